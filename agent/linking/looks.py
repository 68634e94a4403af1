"""Questions about looks: 'what colour is the second one?', 'is this striped?', 'what is in this picture?'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from agent.linking.folding import fold


class Ask(StrEnum):
    """What is asked about a picture or about how items look."""

    COLOUR = "colour"
    """'What colour is it?'"""
    PATTERN = "pattern"
    """'Is it striped?', 'which of these has a pattern?'"""
    SCENE = "scene"
    """'What is in this picture?', 'what does it look like?'"""
    VARIANT = "variant"
    """'Does it come in green?'"""


@dataclass(frozen=True, slots=True)
class Look:
    """A question about looks."""

    ask: Ask
    value: str = ""
    """PATTERN: the pattern as said, '' for any; VARIANT: what it should come in."""
    of_picture: bool = False
    """Whether it names a picture: 'what is in this picture?'."""
    reference: str | None = None
    """The item that it names, as said; None where it says 'it', 'this' or nothing."""
    which: bool = False
    """Whether it asks which of several: 'which of these is striped?'."""


_PATTERNED: Final = (
    r"pattern(?:ed|s)?|stripes?|stripe?y|striped|pinstripes?|checks|checked|checkered|plaid|tartan|gingham|spots|spotted|"
    r"spotty|dots|dotted|polka dots?|polka dotted|floral|flowery|flowered|geometric|paisley|leopard print|"
    r"animal print|camouflage|plain|solid"
)
_COLOUR: Final = re.compile(
    r"\b(?:what|which|whats)(?: is| are|s)?(?: the)?(?: main| exact)? (?:colou?rs?|shade)\b|"
    r"^(?:tell me|name) (?:the|its|their) colou?rs?\b"
)
_PATTERN: Final = re.compile(
    rf"^(?:and |so |but )?(?:is|are|was|does|do|has|have|which|what|any|isnt|arent)\b.*?\b(?P<value>{_PATTERNED})\b"
)
_PICTURE: Final = r"(?:picture|photo|photograph|image|pic|snap|drawing|screenshot)"
_SCENE: Final = re.compile(
    rf"\bwhat(?:s| is| do you see| can you see| did you see|s shown| is shown| have you seen)? "
    rf"(?:in|on) (?:this|the|my|that|its) {_PICTURE}\b|\bwhat (?:do|can|did) (?:you|u) see\b|"
    rf"^(?:describe|tell me about) (?:this|the|my|that|its) {_PICTURE}\b|"
    rf"\bwhat does (?:this|the|my|that|its) {_PICTURE} show\b|^what (?:is|was) (?:this|that)$|^whats (?:this|that)$|"
    r"\bwhat (?:do|does) .+ look like\b"
)
_VARIANT: Final = re.compile(
    r"\b(?:come|comes|available|(?:have|got|get|do|sell|stock) (?:it|this|that|them|one|(?:the|number) [\w ]+?))"
    r" (?:also )?in (?:an? )?(?P<value>[a-z][a-z -]{1,30}?)(?: too| as well| instead)?$"
)
_OFFERED: Final = re.compile(
    r"\b(?:come|comes|available|do you have|have you got|are there|is there|offer|else)\b"
)
_ITEM: Final = re.compile(
    r"\b(?:the |number |no )(?:first|second|third|fourth|fifth|sixth|last|1st|2nd|3rd|4th|5th|\d+)(?: one| item)?\b|"
    r"\bnumber (?:one|two|three|four|five|\d+)\b|\b(?:these|those|them|all of them|both)\b"
)
_POINTED: Final = re.compile(
    r"\b(?:it|its|this|that|they)\b|^(?:and |so |but )?(?:is|are|was|does|has|have|isnt) the\b"
)
_WHICH: Final = re.compile(
    r"^(?:and |so )?(?:which|what)(?: ones?)?(?: of (?:these|those|them|the \w+))?\b|^(?:do|are|have) any\b"
)
_OWN: Final = re.compile(rf"\b(?:this|my|that|the) {_PICTURE}\b")
_LOOKS: Final = re.compile(
    rf"\b(?:{_PICTURE}s?|posters?|covers?|artwork|sleeve art|pattern|patterned|prints?|looks? like|looking like|"
    rf"{_PATTERNED})\b"
)


def look_asked(words: str) -> Look | None:
    """Return the question about looks that `words` ask; None where they ask for something else."""
    said = " ".join(fold(words).strip(" .?!").split())
    item = _ITEM.search(said)
    reference = item[0] if item else None
    of_picture = bool(_OWN.search(said)) and not (item and f"of {item[0]}" in said)
    if match := _VARIANT.search(said):
        return Look(Ask.VARIANT, match["value"].strip(), reference=reference)
    if _COLOUR.search(said) and not _OFFERED.search(said):
        return Look(Ask.COLOUR, "", of_picture, reference)
    match = _PATTERN.search(said)
    which = bool(_WHICH.match(said))
    # 'Do you have plain scarves?' is a search: nothing that is here is pointed at.
    if match and (which or of_picture or reference or _POINTED.search(said)):
        value = "" if match["value"].startswith("pattern") else match["value"]
        return Look(Ask.PATTERN, value, of_picture, reference, which)
    if _SCENE.search(said):
        return Look(Ask.SCENE, "", of_picture, reference)
    return None


def is_about_looks(words: str) -> bool:
    """Tell whether words ask for what a picture shows, so that pictures are worth looking at: 'the Moon poster'."""
    return bool(_LOOKS.search(fold(words))) or look_asked(words) is not None
