"""What is meant by words about pictures: 'like this but in red', 'the shape of the first, the colour of the second'.

What points at a picture is taken out of the words before they are read, so that 'the shoes in this photo' is read as
'the shoes'; which picture gives its looks and which one only an aspect is told beside them. Turns of English alone:
the catalogue's values come in with `agent.looks`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from agent.types import SEARCHES, ActName, Phrase, PhraseKind, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence


class Aspect(StrEnum):
    """What can be taken from a picture by itself."""

    SHAPE = "shape"
    COLOUR = "colour"
    PATTERN = "pattern"
    MATERIAL = "material"


@dataclass(frozen=True, slots=True)
class Pointed:
    """Words beside pictures, with what they say of these."""

    words: str
    """What is left to read; '' when they only pointed."""
    bases: tuple[int, ...] = ()
    """Pictures whose looks rank, from 0; several count as their mean, none where only aspects are taken."""
    taken: tuple[tuple[Aspect, int], ...] = ()
    """Aspects and the pictures that they are taken from, none of them a base's only role."""
    barred: tuple[Aspect, ...] = ()
    """Aspects that are to be other than the picture's: 'a different colour'."""
    subject: bool = True
    """Whether the picture begins a search; not in 'those, but more like this'."""
    drops: bool = False
    """Whether the picture in force is taken back: 'forget the picture'."""


_PICTURE: Final = r"(?:photos?|pictures?|images?|pics?|photographs?|snaps?|snapshots?|screenshots?)"
_ASPECTS: Final = {
    Aspect.SHAPE: "shape|style|cut|form|silhouette|design|model|type|kind|look",
    Aspect.COLOUR: "colou?rs?|shade|hue|tone|colou?ring",
    Aspect.PATTERN: "pattern|print|motif",
    Aspect.MATERIAL: "material|fabric|texture",
}
_ASPECT: Final = "|".join(_ASPECTS.values())
_NOUN: Final = (
    rf"(?: (?:one|thing|{_PICTURE}|(?!(?:and|or|but|in|with|of|the|under|over|for|from|please|as|like|to|not|that|"
    r"which|instead|is|cheaper|made)\b)[a-z]+))?"
)
_WHICH: Final = (
    r"(?:the |my |your )?(?P<which>1st|2nd|3rd|4th|first|second|third|fourth|last|other|former|latter|left|right|"
    rf"this|that|it|one|{_PICTURE})"
)
_LEAD: Final = r"(?:,\s*)?(?:\b(?:with|in|but|and|has|have|having|using|plus)\s+)*(?:the |a |an )?(?:same )?"
_TAKEN: Final = (
    re.compile(
        rf"{_LEAD}\b(?P<aspect>{_ASPECT})(?: (?:and|&) (?:the )?(?P<also>{_ASPECT}))?"
        rf" (?:of|from|like|as in|as on|as|in|on) {_WHICH}\b{_NOUN}",
        re.IGNORECASE,
    ),
    re.compile(rf"{_LEAD}\b{_WHICH}(?: one| {_PICTURE})?['’]s (?P<aspect>{_ASPECT})\b", re.IGNORECASE),
    re.compile(rf"{_LEAD}\b(?:in|with) (?P<which>this|that) (?P<aspect>{_ASPECT})\b", re.IGNORECASE),
)
_BARRED: Final = (
    re.compile(
        rf"{_LEAD}\b(?:not (?:in )?(?:this|that|the same)|(?:a |any )?(?:different|other)|another|some other) "
        rf"(?P<aspect>{_ASPECT})\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"{_LEAD}\bany(?: other)? (?P<aspect>{_ASPECT}) (?:but|except(?: for)?|other than|than|bar|apart from) "
        r"(?:this|that|it)\b(?: one)?",
        re.IGNORECASE,
    ),
)
_ORDINALS: Final = {"1st": 0, "first": 0, "2nd": 1, "second": 1, "3rd": 2, "third": 2, "4th": 3, "fourth": 3}
_LATER: Final = frozenset({"last", "other", "that", "latter", "right"})
_ONE_OF_SEVERAL: Final = frozenset({*_ORDINALS, "last", "other", "former", "latter", "left", "right", "one"})
_MENTIONED: Final = re.compile(
    r"(?:,?\s*\b(?:like|as|similar to|from|in|on|of|shown|seen|that ?['’]?s|which is|the one|what ?['’]?s)\b)*\s*"
    rf"\b(?:this|these|the|my|that|both|attached)(?: attached| two)? {_PICTURE}\b(?: here| attached)?",
    re.IGNORECASE,
)
_COMPARED: Final = re.compile(
    r"\b(?:than|as) (?:this|that|it|the one|these)(?: one)?(?= (?:but|and)\b|\s*[,.!?]|\s*$)", re.IGNORECASE
)
_DROPPED: Final = re.compile(
    r"(?:(?:ok|okay|no|well|right|please|actually|and|just|now|oh)[, ]+)*"
    r"(?:forget|drop|ignore|remove|never ?mind|lose|scrap|discard|clear|without|leave out|take away|disregard)"
    rf"(?: about)? (?:the |my |that |this |those |both )?{_PICTURE}\b[\s,.!]*"
    r"(?:(?:and|then|now|just|please|but)\b[\s,]*)*",
    re.IGNORECASE,
)
_GOES_ON: Final = re.compile(
    r"\b(?:those|them|the ones|make (?:it|them)|more like (?:this|it|that)|closer to|those ones)\b",
    re.IGNORECASE,
)
_QUESTION: Final = re.compile(
    r"\s*(?:what|whats|which|who|where|when|why|how|is|are|does|did|was|can you (?:tell|see))\b",
    re.IGNORECASE,
)
_AT_THE_PICTURE: Final = re.compile(
    rf"(?:(?:like|similar to|the) )*(?:this|that|these|it|one|the one|same|(?:this|that|the same) one|{_PICTURE})",
    re.IGNORECASE,
)
_AT_ONE_OF_SEVERAL: Final = re.compile(
    r"(?:(?:like|similar to|the) )*(?:both|(?:1st|2nd|first|second|third|other|last)(?: one)?)", re.IGNORECASE
)
_CALLED: Final = re.compile(r"\b(?:this|that|these|those|the same) (?P<noun>[a-z]{3,})\b", re.IGNORECASE)
_MIXED: Final = re.compile(
    r"(?:(?:something|anything) )?(?:(?:like )?a )?(?:mix|mixture|cross|blend|combination)"
    r"(?: (?:of|between)(?: both| these| the)?)?(?: two)?",
    re.IGNORECASE,
)
THE_PICTURE: Final = "the picture"
"""What a dropped picture is called in a reading."""
_OF_A_PICTURE: Final = re.compile(rf"(?:the |my |that |this )?{_PICTURE}", re.IGNORECASE)


def pointed(words: str, pictures: int) -> Pointed:
    """Tell what `words` say of as many pictures as are shown with them; a question is left as it is."""
    if dropping := _DROPPED.match(words):
        return Pointed(words[dropping.end() :].strip(), drops=True)
    everything = tuple(range(pictures))
    if not pictures or _QUESTION.match(words):
        return Pointed(words, everything)
    subject = not _GOES_ON.search(words)
    taken: list[tuple[Aspect, int]] = []
    for pattern in _TAKEN:
        words = pattern.sub(lambda match: _noted(match, pictures, taken), words)
    barred: list[Aspect] = []
    for pattern in _BARRED:
        words = pattern.sub(lambda match: _kept(match, barred), words)
    bases = _bases(taken, pictures)
    words = _MENTIONED.sub(" ", _COMPARED.sub(" ", words))
    words = re.sub(r"\s+([,.!?])", r"\1", " ".join(words.split())).strip(" ,;.")
    if _is_at_a_picture(words, pictures > 1) or _MIXED.fullmatch(words):
        words = ""
    donors = tuple(
        (aspect, index) for aspect, index in taken if aspect is not Aspect.SHAPE or index not in bases
    )
    return Pointed(words, bases, donors, tuple(dict.fromkeys(barred)), subject=subject and bool(bases))


def unnamed(about: Pointed, kinds: Sequence[str]) -> Pointed:
    """Return words that call the picture by its own kind without that name: 'this bag', shown a handbag.

    The name would otherwise ask for the catalogue's kind 'bags', which a handbag is not.
    """
    for said in _CALLED.finditer(about.words):
        noun = said["noun"].casefold().removesuffix("s")
        if any(kind.casefold().removesuffix("s").endswith(noun) for kind in kinds):
            return replace(about, words=about.words.replace(said[0], "this", 1))
    return about


def _kept(match: re.Match[str], barred: list[Aspect]) -> str:
    barred.append(_aspect(match["aspect"]))
    return " "


def _aspect(said: str) -> Aspect:
    return next(one for one, words in _ASPECTS.items() if re.fullmatch(words, said, re.IGNORECASE))


def _noted(match: re.Match[str], pictures: int, taken: list[tuple[Aspect, int]]) -> str:
    """Keep which aspect is taken from which picture; what points at an item on screen stays in the words."""
    which = match["which"].casefold()
    if pictures < 2 and which in _ONE_OF_SEVERAL:
        return match[0]
    index = _ORDINALS.get(which, pictures - 1 if which in _LATER else 0)
    if index >= pictures:
        return match[0]
    named = match.groupdict()
    for said in (named["aspect"], named.get("also")):
        if said:
            taken.append((_aspect(said), index))
    return " "


def _bases(taken: Sequence[tuple[Aspect, int]], pictures: int) -> tuple[int, ...]:
    """Return the pictures whose looks rank: the one whose shape is wanted, else those that nothing is taken from."""
    shaped = tuple(dict.fromkeys(index for aspect, index in taken if aspect is Aspect.SHAPE))
    donors = {index for _, index in taken}
    return shaped or tuple(index for index in range(pictures) if index not in donors)


def _is_at_a_picture(said: str, several: bool) -> bool:
    """Tell whether words point at a picture of this turn; 'the second' does only where `several` are shown."""
    said = said.strip(" .,!")
    return bool(_AT_THE_PICTURE.fullmatch(said) or (several and _AT_ONE_OF_SEVERAL.fullmatch(said)))


def with_pictures(reading: Reading, about: Pointed, wishes: Sequence[Phrase], *, going_on: bool) -> Reading:
    """Return the reading of `about.words` as that of a turn with pictures.

    `wishes` are the aspects taken from pictures, in words; `going_on` says that a search is in force.
    """
    reading = replace(reading, phrases=(*reading.phrases, *wishes))
    if reading.act in SEARCHES or reading.act in (ActName.ASK, ActName.CHAT):
        several = len({*about.bases, *(index for _, index in about.taken)}) > 1
        left = tuple(one for one in reading.references if not _is_at_a_picture(one, several))
        reading = replace(reading, references=left)
    # With a picture there is something to look for, whatever else is said.
    lost = reading.act in (ActName.ASK, ActName.CHAT) or (
        reading.act is ActName.SIMILAR and not reading.references
    )
    if wishes and reading.references and reading.act in (ActName.DETAIL, ActName.EXPLAIN):
        return replace(reading, act=ActName.SIMILAR, query="")  # 'the second one in this colour'
    if lost or (reading.act is ActName.REFINE and (about.subject or not going_on)):
        act = ActName.REFINE if going_on and not about.subject else ActName.RECOMMEND
        reading = replace(reading, act=act)
    return reading


def with_picture_in_force(reading: Reading) -> Reading:
    """Take wishes alone for a change of the search by picture: 'in blue instead', 'not leather', 'cheaper'."""
    more = (reading.query, reading.references, reading.sort, reading.note)
    if reading.act in (ActName.RECOMMEND, ActName.ASK) and reading.phrases and not any(more):
        return replace(reading, act=ActName.REFINE)
    return reading


def dropping(rest: Reading | None) -> Reading:
    """Return the reading of a turn that takes the picture back, with what it asks for besides."""
    drop = Phrase(PhraseKind.DROP, THE_PICTURE)
    if rest is None:
        return Reading(ActName.REFINE, phrases=(drop,))
    return replace(rest, phrases=(drop, *rest.phrases))


def drops_picture(reading: Reading) -> bool:
    """Tell whether a reading takes the picture in force back, as '/drop picture' does too."""
    return any(
        phrase.kind is PhraseKind.DROP and _OF_A_PICTURE.fullmatch(phrase.text.strip(" .!"))
        for phrase in reading.phrases
    )
