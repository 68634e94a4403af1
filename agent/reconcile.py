"""Hold a reading against the catalogue: what a value, a title or a column says of a turn that words alone did not."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from agent.surroundings import in_context, unread_bounds
from agent.types import SEARCHES, ActName, Phrase, PhraseKind, Reading

if TYPE_CHECKING:
    from agent.linking.link import Linker
    from agent.state import Dialogue

_OF_ITS_OWN: Final = 2
"""Conditions from which on a phrase that names a kind is a request by itself."""
_GOING_ON: Final = re.compile(
    r"\b(?:instead|rather|but|also|and|or|only|just|make|same|those|these|them|ones|more|other|else|maybe|actually|no|"
    r"not|meant|said|sorry|what about|how about)\b",
    re.IGNORECASE,
)
_THE_WORDS: Final = 2
"""'The black' may be the black one; 'the central library' is no ellipsis."""
_ASKING: Final = re.compile(
    r"(?:who|whos|what|whats|when|where|how|is|was|does|did|do|has|have|can|tell)\b", re.IGNORECASE
)

_WITHOUT: Final = re.compile(r"(?:no|not|without|nothing with)(?: any)? (.{2,30})", re.IGNORECASE)
_WISHING: Final = re.compile(
    r"(?:i|we)(?:['’]?d| would)? (?:really )?(?:love|like|want|need|fancy|could do with) (?:an? |some )(.{2,40})$",
    re.IGNORECASE,
)
"""'I'd love a coffee' is a wish, where there is coffee."""


def reconcile(reading: Reading, words: str, linker: Linker, dialogue: Dialogue) -> Reading:
    """Return the reading of `words`, changed where the catalogue's own values and titles say something else."""
    if reading.act is ActName.RECOMMEND and linker.mending.is_title(words):
        return Reading(ActName.RECOMMEND, words)  # 'Fargo' is the film before it is James Fargo
    reading = _completed(reading, words, linker)
    if unread := linker.mending.unread_kinds(reading, words):
        return replace(reading, phrases=(*unread, *reading.phrases))
    if reading.act is ActName.CHAT and (linker.is_attribute(words) or linker.mending.is_clipped(words)):
        return Reading(ActName.RECOMMEND, words)
    if reading.act in (ActName.CHAT, ActName.REMEMBER) and (
        barred := _WITHOUT.fullmatch(words.strip(" .!?"))
    ):
        if linker.is_attribute(barred[1]):
            act = ActName.REFINE if dialogue.screen else ActName.RECOMMEND
            return Reading(act, phrases=(Phrase(PhraseKind.AVOID, barred[1]),))
    reading = _either(reading, words, linker)
    if reading.act is ActName.CHAT and (wish := _WISHING.match(words)) and linker.mending.has(wish[1]):
        return reconcile(Reading(ActName.RECOMMEND, wish[1].strip(" .!?")), words, linker, dialogue)
    if (
        reading.act in (ActName.CHAT, ActName.ASK)
        and _ASKING.match(words)
        and (title := linker.mending.title_asked(words))
    ):
        return Reading(ActName.DETAIL, words[: -len(title)].strip(), references=(title,))
    if (
        reading.act is ActName.DETAIL
        and not reading.references
        and (title := linker.mending.title_within(words))
    ):
        return replace(reading, references=(title,))
    reading = _begun_anew(_pointing_at_values(reading, words, linker), words, linker, dialogue)
    if reading.act is ActName.ASK and not reading.references and linker.mending.can_search(reading, words):
        return reconcile(replace(reading, act=ActName.RECOMMEND), words, linker, dialogue)
    if reading.act is ActName.RATE and reading.stars and _asks_for_class(reading, linker, dialogue):
        return Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.LIMIT, reading.stars),))
    return _judging_values(reading, words, linker)


def _completed(reading: Reading, words: str, linker: Linker) -> Reading:
    """Mend values that the reading cut, and add what it left unread."""
    reading = linker.mending.snapped(reading, words)
    if reading.act not in SEARCHES:
        return reading
    reading = linker.mending.labelled(reading, words)
    if reading.act is not ActName.RECOMMEND:
        reading = replace(reading, phrases=(*reading.phrases, *linker.mending.unread_labels(reading, words)))
    parts = (reading.query, reading.sort, reading.count, reading.stars, *reading.references)
    held = [*(part for part in parts if part), *(phrase.text for phrase in reading.phrases)]
    unread = (*linker.mending.unread_values(reading, words), *unread_bounds(held, words))
    return replace(reading, phrases=(*reading.phrases, *in_context(unread, words))) if unread else reading


def _pointing_at_values(reading: Reading, words: str, linker: Linker) -> Reading:
    """Take what a search refers to for wishes where it is values and no item: 'de niro and pacino', 'or silver'."""
    if reading.act not in (ActName.RECOMMEND, ActName.REFINE):
        return reading
    values = tuple(one for one in reading.references if linker.is_attribute(one))
    wishes = in_context([Phrase(PhraseKind.WANT, one) for one in values], words)
    left = tuple(one for one in reading.references if one not in values)
    return replace(reading, references=left, phrases=(*reading.phrases, *wishes)) if values else reading


def _either(reading: Reading, words: str, linker: Linker) -> Reading:
    """Take a query that is one of two alternatives for a wish as the other is: 'prawns or fish'."""
    if reading.act not in SEARCHES or not reading.query or not linker.is_attribute(reading.query):
        return reading
    query = re.escape(reading.query)
    for phrase in reading.phrases:
        other = re.escape(phrase.text)
        if phrase.kind is PhraseKind.WANT and (
            found := re.search(
                rf"(?:{query} or (?:an? )?{other}|{other} or (?:an? )?{query})", words, re.IGNORECASE
            )
        ):
            both = replace(phrase, text=found[0])
            return replace(
                reading, query="", phrases=tuple(both if one is phrase else one for one in reading.phrases)
            )
    return reading


def _begun_anew(reading: Reading, words: str, linker: Linker, dialogue: Dialogue) -> Reading:
    """Take another kind of thing with a wish of its own for a new search: 'comedies with meg ryan' after horror."""
    plainly = reading.act is ActName.REFINE and not dialogue.asked and not _GOING_ON.search(words)
    rest = (reading.query, reading.references, reading.sort, reading.count)
    wishes = all(one.kind in (PhraseKind.WANT, PhraseKind.LIMIT) for one in reading.phrases)
    if not plainly or any(rest) or not wishes or len(reading.phrases) < _OF_ITS_OWN:
        return reading
    kinds = [one for one in reading.phrases if linker.mending.names_new_kind(one.text, dialogue.constraints)]
    return replace(reading, act=ActName.RECOMMEND) if kinds == [reading.phrases[0]] else reading


def _asks_for_class(reading: Reading, linker: Linker, dialogue: Dialogue) -> bool:
    """Tell whether bare stars, said with several hotels on screen, are their class and not a rating of one."""
    classed = any(column.label.casefold() == "stars" for column in linker.fields.ratings)
    return classed and not reading.references and len(dialogue.screen) > 1 and not dialogue.focus


def _praised(reading: Reading, words: str) -> bool:
    """Tell whether something is said of what is referred to: 'the red watch is hideous' is no wish."""
    said = rf"\bthe {re.escape(reading.references[-1].removeprefix('the '))} (?:is|are|looks?)\b"
    return bool(re.search(said, words, re.IGNORECASE))


def _judging_values(reading: Reading, words: str, linker: Linker) -> Reading:
    """Take what is said of an attribute for a search: 'I hate leather' rates no item."""
    said = reading.references
    if reading.act is ActName.DISLIKE:  # 'not the central library' names a place, not an item
        said = tuple(one.removeprefix("the ") if len(one.split()) > _THE_WORDS else one for one in said)
    judging = reading.act in (ActName.LIKE, ActName.DISLIKE) and not reading.phrases
    if not judging or not said or not all(map(linker.is_attribute, said)) or _praised(reading, words):
        return reading
    kind = PhraseKind.AVOID if reading.act is ActName.DISLIKE else PhraseKind.WANT
    return Reading(ActName.REFINE, phrases=tuple(Phrase(kind, one) for one in said))
