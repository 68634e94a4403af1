"""A reader made of regular expressions and word lists, to say what a model adds over one.

The acts are told apart by cues in the words and by what is on screen, in the order of their surety; what no rule
claims is a search, a new one or the one in force changed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agent.types import ActName, Phrase, PhraseKind, Reading
from eval.readers import act_cues, cues
from eval.readers.conditions import kind, search
from eval.readers.references import references

if TYPE_CHECKING:
    from agent.types import Scene


class RuleReader:
    """Reads a turn by rules; every string it returns is a stretch of the request."""

    id = "rules"

    def read(self, scene: Scene) -> Reading:
        """Return what the rules make of `scene`."""
        text = scene.text
        if not any(character.isalnum() for character in text):
            return Reading(ActName.RECOMMEND if scene.seen else ActName.CHAT)
        return (
            _profile(text, scene)
            or _about_items(text, scene)
            or _talk(text, scene)
            or _searching(text, scene)
        )


def _note(match: re.Match[str]) -> str:
    return act_cues.AFTERTHOUGHT.sub("", match["note"]).strip(" .!,")


def _profile(text: str, scene: Scene) -> Reading | None:
    """Read what is to be remembered of the person, or forgotten."""
    said = text.strip()
    if forget := act_cues.FORGET.match(said):
        return Reading(ActName.FORGET, note=_note(forget))
    force = scene.query or scene.constraints or scene.screen
    for one in (
        act_cues.REMEMBER,
        act_cues.REMEMBER_THAT,
        act_cues.OF_ME,
        *(() if force else (act_cues.TASTE,)),
    ):
        if (match := one.fullmatch(said)) and not said.endswith("?"):
            return Reading(ActName.REMEMBER, note=_note(match))
    return None


def _about_items(text: str, scene: Scene) -> Reading | None:
    """Read what is said of items: on screen, or like one that is named."""
    if likened := _likened(text, scene):
        return likened
    if not scene.screen:
        return None
    meant = tuple(references(text, scene.screen, scene.query))
    named = tuple(references(text, scene.screen, scene.query, pronouns=False))
    stars = cues.STARS.search(text)
    bound = any(one.search(text) for one in cues.BOUNDS)
    if stars and not bound and (named or act_cues.RATE.search(text)):
        said = stars["said"] or stars["bare"] or stars["last"]
        return Reading(ActName.RATE, references=tuple(one for one in meant if one != said), stars=said)
    if act_cues.EXPLAIN.match(text):
        return Reading(ActName.EXPLAIN, references=meant)
    if comparison := _compared(text, named):
        return comparison
    if (
        named
        and re.search(r"\bbut\b", text)
        and not act_cues.DISLIKE.search(text)
        and not act_cues.LIKE.search(text)
    ):
        return _search_like(text, scene, named)
    opinion = not act_cues.FOR_STOCK.match(text) and not (
        act_cues.QUESTION.match(text) and text.rstrip().endswith("?")
    )
    if opinion and (whole := _judged(text, meant, named)):
        return whole
    if text.strip(" .!?") in named and not scene.asked:
        return Reading(ActName.DETAIL, references=named)
    if meant and act_cues.QUESTION.match(text) and not act_cues.FOR_STOCK.match(text):
        return Reading(ActName.DETAIL, query=_asked_for(text, meant), references=meant)
    return None


def _likened(text: str, scene: Scene) -> Reading | None:
    match = act_cues.SIMILAR.search(text)
    if match is None or act_cues.DISLIKE.search(text[: match.end()].split(" but ")[0]):
        return None
    said = match["said"] or match["to"] or ""
    meant = references(said, scene.screen, scene.query, pronouns=bool(scene.screen))
    if not meant and (name := act_cues.NAMED.search(said)):
        meant = [name[0]]
    return _search_like(text, scene, tuple(meant)) if meant else None


def _search_like(text: str, scene: Scene, meant: tuple[str, ...]) -> Reading:
    found = search(text, _values(scene), going_on=True, meant=meant)
    noun = next((word for word in re.findall(r"\w+", text) if kind(word)), "")
    query = noun if noun and not scene.screen and noun not in " ".join(meant) else ""
    left = tuple(one for one in found.phrases if kind(one.text) is False and one.text != query)
    return Reading(ActName.SIMILAR, query, left, meant, sort=found.sort, count=found.count)


def _compared(text: str, named: tuple[str, ...]) -> Reading | None:
    """Read a comparison: it is called one, or two items are joined by 'or'."""
    either = len(named) > 1 and re.search(r"\bor\b", text)
    match = act_cues.COMPARE.search(text)
    if not either and (match is None or (cues.ORDER.search(text) and not named)):
        return None
    quality = act_cues.QUALITY.search(text)
    said = quality["said"] if quality else ""
    return Reading(ActName.COMPARE, query="" if said in named else said, references=named)


def _judged(text: str, meant: tuple[str, ...], named: tuple[str, ...]) -> Reading | None:
    short = len(text.split()) <= 4
    if not (named or short or re.search(r"\b(?:this|these|it)\b", text)):
        return None
    if act_cues.DISLIKE.search(text) and (meant or re.search(r"\bnot (?:for me|keen)\b", text)):
        return Reading(ActName.DISLIKE, references=meant)
    if meant and act_cues.LIKE.search(text) and not re.search(r"\b(?:would|that['’]?s)\b", text):
        return Reading(ActName.LIKE, references=meant)
    return None


def _asked_for(text: str, meant: tuple[str, ...]) -> str:
    """Return the longest stretch of a question that is neither its frame nor an item: 'waterproof', 'how tall'."""
    rest = text
    for one in meant:
        rest = rest.replace(one, "|" * len(one))
    begun = act_cues.ASKED.match(rest)
    frame = begun.end() if begun and not re.match(r"(?:how|when|where)\b", text, re.IGNORECASE) else 0
    rest = "|" * frame + rest[frame:]
    rest = re.sub(
        r"\b(?:is|are|does|do|did|will|the|any|that in|come with)\b", lambda one: "|" * len(one[0]), rest
    )
    return max((part.strip(" ?!.,") for part in rest.split("|")), key=len, default="")


def _talk(text: str, scene: Scene) -> Reading | None:
    """Read small talk and what is too vague to search for."""
    said = text.strip()
    if scene.asked and re.fullmatch(
        r"(?i)(?:yes|yeah|no|nope|(?:i )?do?n['’]?t mind|either.*|any(?:thing)?(?: (?:is|will|would) .*)?)\W*",
        said,
    ):
        return Reading(ActName.REFINE)
    if act_cues.CHAT.fullmatch(said) or act_cues.SMALL_TALK.search(said):
        return Reading(ActName.CHAT)
    if vague := act_cues.VAGUE.fullmatch(said):
        noun = next((word for word in re.findall(r"\w+", vague[0]) if kind(word)), "")
        return Reading(ActName.ASK, query=noun)
    return None


def _searching(text: str, scene: Scene) -> Reading:
    """Read a search, a new one or the one in force changed."""
    force = bool(scene.query or scene.constraints or scene.screen)
    if not force and act_cues.OWN_STORY.match(text) and not act_cues.NEW.search(text):
        return Reading(ActName.RECOMMEND, query=text.strip())
    if force and act_cues.AFRESH.fullmatch(text):
        return Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.DROP, text.strip()),))
    meant = tuple(references(text, scene.screen, scene.query, pronouns=False)) if " than " in text else ()
    fresh = not force or _another_kind(text, scene)
    found = search(text, _values(scene), going_on=not fresh, meant=meant)
    act = ActName.RECOMMEND if fresh else ActName.REFINE
    if not force and not scene.seen and not scene.asked and _hangs(text):
        items = tuple(references(text, ()))
        asked = _asked_for(text, items) if items and act_cues.QUESTION.match(text) else ""
        return Reading(ActName.ASK, asked, () if items else found.phrases, items)
    return Reading(act, found.query, found.phrases, meant, sort=found.sort, count=found.count)


def _another_kind(text: str, scene: Scene) -> bool:
    """Whether a kind of thing is named that is not the one in force, and not only said of it."""
    nouns = [word.lower() for word in re.findall(r"\w+", text) if kind(word)]
    force = scene.query.lower()
    new = [noun for noun in nouns if noun.rstrip("s") not in force and force not in noun]
    return bool(new) and bool(act_cues.NEW.search(text) or text.lower().split()[-1:] == new[-1:])


def _hangs(text: str) -> bool:
    """Whether words mean something only beside a search: 'cheaper', 'the second one', 'is it waterproof?'."""
    bare = cues.COMPARATIVE.fullmatch(text.strip(" .!?"))
    item = references(text, (), pronouns=False)
    asked = re.match(r"(?i)\W*(?:is|does|will|has|can) (?:it|this|that)\b", text)
    return bool(bare or asked or (item and len(text.split()) <= 4))


def _values(scene: Scene) -> frozenset[str]:
    return frozenset(value.lower() for values in scene.columns.values() for value in values)
