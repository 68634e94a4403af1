"""Corrections of what was seen: 'it's burgundy', 'no, that's a tote, not a handbag'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agent.sight.aspects import Aspect
from agent.types import ActName, Phrase, PhraseKind, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.sight.seeing import Sight

_LEAD: Final = r"(?:(?:no|nope|nah|wait|hmm?|sorry|actually|but|well|oh|erm?|um)\W+)*"
_A: Final = r"(?:(?:an?|the|more of an?|more|really|actually|made (?:of|from)) )?"
_IS: Final = r"(?:(?:it|that|this)(?:['’]?s| is| was)|they(?:['’]?re| are)|those are|these are)"
_THING: Final = r"(?P<{}>[\w-]+(?: [\w-]+){{0,2}}?)"
_SAID: Final = (
    re.compile(
        rf"{_LEAD}(?:{_IS} )?{_A}{_THING.format('right')},?(?: and)? not (?:an? |the )?{_THING.format('wrong')}",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_LEAD}(?:{_IS} )?not (?!only |just )(?:an? |the )?{_THING.format('wrong')}[,;:–-]*"
        rf"(?: but)?(?: {_IS})? {_A}{_THING.format('right')}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_LEAD}{_IS} {_A}{_THING.format('right')}", re.IGNORECASE),
    re.compile(rf"(?:no|nope|nah|actually|i (?:said|meant))\W+{_A}{_THING.format('right')}", re.IGNORECASE),
)
"""Tried in this order: what is denied beside what is so, then what is so alone."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What a picture shows after all."""

    right: str
    """As said: 'burgundy'."""
    wrong: str = ""
    """What it does not show, if that was said."""


def correction(words: str, seen: Sequence[str], sight: Sight) -> Correction | None:
    """Return the correction of what was seen that `words` make from end to end, if they do."""
    said = " ".join(words.strip(" .!").split())
    for rule in _SAID:
        match = rule.fullmatch(said)
        if match is None:
            continue
        groups = match.groupdict()
        found = Correction(_without_kind(groups["right"], seen, sight), groups.get("wrong") or "")
        # 'It's lovely' corrects nothing; 'a tote, not a handbag' does, even where nobody sells totes or only 'bags'
        # was said of it.
        denied = _same(found.wrong, seen) or sight.aspect_of(found.wrong) is Aspect.KIND
        if sight.aspect_of(found.right) or (found.wrong and denied):
            return found
    return None


def corrected(seen: Sequence[str], made: Correction, sight: Sight) -> tuple[str, ...]:
    """Return the words for a picture with a correction in the place of what it corrects."""
    right = made.right.casefold()
    aspect = sight.aspect_of(right)
    wrong = [word for word in seen if _same(made.wrong, [word])]
    if not wrong and sight.aspect_of(made.wrong) is Aspect.KIND:
        aspect = Aspect.KIND
    if not wrong and aspect:
        wrong = [word for word in seen if sight.aspect_of(word) is aspect]
    if not wrong:
        # The colour stands first and the kind last.
        first = aspect is not None and aspect.value == "colour"
        return (right, *seen) if first else (*seen, right)
    return tuple(dict.fromkeys(right if word in wrong else word for word in seen))


def as_reading(made: Correction, seen: Sequence[str], sight: Sight) -> Reading:
    """Return the change of the search that a correction asks for.

    A kind that was `seen` and not corrected stands confirmed, so it is searched for too.
    """
    kinds = [word for word in seen if sight.aspect_of(word) is Aspect.KIND and word != made.right.casefold()]
    phrases = [Phrase(PhraseKind.WANT, made.right)]
    if made.wrong:
        phrases.append(Phrase(PhraseKind.AVOID, made.wrong))
    return Reading(ActName.REFINE, kinds[0] if kinds else "", tuple(phrases))


def _without_kind(right: str, seen: Sequence[str], sight: Sight) -> str:
    """Leave out the kind that was seen where it is only said again: 'blue' of 'blue toy', seen 'red toy'."""
    for word in seen:
        changed = right[: -len(word)].rstrip()
        again = right.casefold().endswith(f" {word.casefold()}")
        if again and sight.aspect_of(word) is Aspect.KIND and sight.aspect_of(changed):
            return changed
    return right


def _same(wrong: str, seen: Sequence[str]) -> bool:
    return any(
        wrong.casefold() == word.casefold() or f"{wrong}s".casefold() == word.casefold() for word in seen
    )
