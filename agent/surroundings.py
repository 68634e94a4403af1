"""What the words around a phrase of a request do to it: 'nothing made after 1965', 'a spa or a sauna', 'no languages'.

A reading marks the words that carry a condition; the ones beside them that turn it round, loosen it or join it to
another may be left outside. They are taken in here, by rules of English that know no catalogue.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from agent.linking.folding import fold
from agent.types import Phrase, PhraseKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_MARKS: Final = re.compile(r"[.,!?;:…]+(?!\d)")
_AVERSE: Final = re.compile(
    r"\b(?:(?:do not|dont|didnt|never|cannot|cant|wont)(?: really| much| particularly| even)? "
    r"(?:like|want|wear|fancy|care for|enjoy|stand|do)|hate|detest|loathe|dislike|allergic to|sick of|tired of|"
    r"fed up (?:with|of)|nothing|nowt|skip|avoid|omit|leave out|steer clear of|stay away from|"
    r"keep away from|not(?: \w+)? (?:in the mood for|into|keen on|a fan of|fond of|interested in))"
    r"(?: (?:any|a|an|the|anything|things|stuff|in|made of|with|too|so))*$"
)
_DENIED: Final = re.compile(
    r"\b(?:no|without|except|excluding|minus|apart from|other than)(?: (?:any|the|a|an))* $"
)
_CUE: Final = re.compile(
    r"\b(?:nothing|not|never|no|(?:at )?(?:about|around|roughly|approximately|nearly|almost)|under|over|below|above|"
    r"at (?:least|most)|no (?:more|less|later|earlier) than|(?:less|more|fewer) than|up to|before|after|since)\s+$",
    re.IGNORECASE,
)
_UNABLE: Final = re.compile(
    r"\b(?:cannot|cant|couldnt|could not|wont|will not|wouldnt|dont(?: want to)?|rather not|not|never)"
    r"(?: really)? (?:go|stretch|spend|pay|be|cost|run|get)(?: to)?$"
)
_OR: Final = re.compile(r"[\s,]*\bor\b[\s,]*(?:(?:an?|some|maybe|perhaps|even|else)\s+)*", re.IGNORECASE)
_INSTEAD: Final = re.compile(r"\s+(?:instead|rather)\b(?! of| than)", re.IGNORECASE)


def in_context(phrases: Sequence[Phrase], text: str) -> tuple[Phrase, ...]:
    """Return the phrases of `text` with what the words around them say."""
    cued = tuple(_cued(phrase, text) for phrase in phrases)
    told = tuple(_instead(phrase, text) for phrase in _alternatives(cued, text))
    said = plain(text)
    return tuple(
        replace(phrase, kind=PhraseKind.AVOID)
        if (phrase.kind in (PhraseKind.WANT, PhraseKind.DROP) and _dislikes(phrase.text, said))
        or (phrase.kind is PhraseKind.WANT and _denied(phrase.text, text))
        else phrase
        for phrase in told
    )


def plain(text: str) -> str:
    """Return folded words without the marks between them."""
    return " ".join(_MARKS.sub(" ", fold(text)).split())


def _cued(phrase: Phrase, text: str) -> Phrase:
    """Take into a bound the words before it that turn it round or loosen it: 'nothing' of 'nothing made after 1965'."""
    at = text.find(phrase.text) if phrase.kind is PhraseKind.LIMIT else -1
    if at > 0 and _UNABLE.search(plain(text[:at])):
        return replace(phrase, text=f"not {phrase.text}")
    cue = _CUE.search(text[:at]) if at > 0 else None
    return replace(phrase, text=text[cue.start() : at] + phrase.text) if cue else phrase


def _alternatives(phrases: tuple[Phrase, ...], text: str) -> tuple[Phrase, ...]:
    """Join wishes that 'or' parts, so that either will do: 'a spa or a sauna'; 'or silver' widens what is in force."""
    joined: list[Phrase] = []
    end = 0
    for phrase in phrases:
        at = text.find(phrase.text, end) if phrase.kind is PhraseKind.WANT else -1
        if at >= 0 and _OR.fullmatch(text[end:at]):
            last = joined[-1] if joined else None
            if last is not None and last.kind is PhraseKind.WANT and text[:end].endswith(last.text):
                start = end - len(last.text)
                joined[-1] = replace(last, text=text[start : at + len(phrase.text)])
            elif not joined:
                joined.append(replace(phrase, text=f"or {phrase.text}"))
            else:
                joined.append(phrase)
        else:
            joined.append(phrase)
        end = at + len(phrase.text) if at >= 0 else end
    return tuple(joined)


def _instead(phrase: Phrase, text: str) -> Phrase:
    """Keep 'instead' with the wish that it follows, which then takes the place of another: 'with fish instead'."""
    after = text[text.find(phrase.text) + len(phrase.text) :] if phrase.kind is PhraseKind.WANT else ""
    match = _INSTEAD.match(after)
    return replace(phrase, text=phrase.text + match[0]) if match else phrase


def _denied(phrase: str, text: str) -> bool:
    """Tell whether a bare 'no' or 'without' stands before a phrase: 'no languages', but not 'no, languages'."""
    words = fold(phrase)
    at = fold(text).find(words) if words else -1
    return at > 0 and bool(_DENIED.search(fold(text)[:at]))


def _dislikes(phrase: str, said: str) -> bool:
    words = plain(phrase)
    at = said.find(words) if words else -1
    return at > 0 and bool(_AVERSE.search(said[:at].rstrip()))
