"""Adjectives of size and strength to the column that measures them: 'too tall', 'smaller', 'less fattening'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from retrieval.catalogue.units import is_time
from retrieval.types import Column, Role

if TYPE_CHECKING:
    from agent.linking.fields import Fields

# labels that measure it, the likeliest first | adjectives of much | adjectives of little
_TABLE: Final = (
    ("height|length", "tall|high|lofty", "short|low"),
    ("width|diameter", "wide|broad|across", "narrow"),
    ("depth", "deep", "shallow"),
    ("thickness", "thick|chunky", "thin|slim"),
    ("size|screen|capacity|volume|ml|litres|height|length|width|bedrooms|seats|weight", "big|large|huge|"
                                                                                        "massive|enormous|"
                                                                                        "giant",
     "small|tiny|little|compact|petite|titchy"),
    ("size|capacity|volume|bedrooms|seats", "roomy|spacious", "cramped|poky"),
    ("length", "long", "short"),
    ("tempo|bpm|speed", "fast|quick|upbeat|lively", "slow|sleepy"),
    ("volume|noise|loudness|decibels", "loud|noisy", "quiet|silent"),
    ("strength|abv|alcohol", "strong|boozy|potent", "weak|light"),
    ("power|watts|wattage", "powerful|strong", "weak"),
    ("spiciness|heat", "hot|spicy|fiery", "mild"),
    ("calories|fat", "fattening|calorific|filling|heavy|naughty", "light|healthy|lean"),
    ("fat", "fatty|rich|creamy", "lean|light"),
    ("strength", "strong|sharp|mature", "mild|weak|gentle"),
    ("ascent", "steep|hilly|climby", "flat|level"),
    ("sugar|sweetness", "sweet|sugary", "dry|bitter"),
    ("age|age from", "old|grown up", "young|babyish"),
    ("difficulty|level|complexity", "hard|difficult|tricky|fiddly|complicated|complex|advanced", "easy|simple|basic"),
    ("mileage|miles", "worn|used", "fresh"),
    ("power|bhp|horsepower", "powerful|fast|nippy", "slow|gutless"),
    ("players", "crowded", "intimate"),
)  # fmt: skip
_LITTLE_BIT: Final = r"(?:(?:a |much |far |way |quite |rather |just |little |bit |lot |even |that |this )*)"


def _forms(adjectives: str, ending: str) -> str:
    """Spell the comparatives or superlatives of some adjectives: 'bigger', 'narrower', 'noisier'."""
    spelt: set[str] = set()
    for word in adjectives.split("|"):
        if word.endswith("y") and len(word) > 3:
            spelt.add(f"{word[:-1]}i{ending}")
        doubled = re.search(r"[^aeiou][aeiou][bdgmnpt]$", word)
        spelt.add(f"{word}{word[-1]}{ending}" if doubled else f"{word.removesuffix('e')}{ending}")
    return "|".join(sorted(spelt))


def _more(much: str, little: str) -> str:
    """Spell what asks for more: 'taller', 'too short', 'not so short', 'less short'."""
    return (
        rf"(?:{_forms(much, 'er')}|more (?:{much})|less (?:{little})|"
        rf"(?:too|so|awfully|terribly|bit|little|overly) (?:{little})|(?:not|isnt|arent) (?:so|as|that|"
        rf"quite so) (?:{little}))"
    )


def _most(much: str, little: str) -> str:
    return rf"(?:{_forms(much, 'est')}|most (?:{much})|least (?:{little}))"


_Side = tuple[tuple[str, ...], bool, re.Pattern[str], re.Pattern[str]]


def _side(labels: str, up: bool, wanted: str, other: str) -> _Side:
    return (
        tuple(labels.split("|")),
        up,
        re.compile(rf"(?<![\w-]){_LITTLE_BIT}{_more(wanted, other)}(?![\w-])"),
        re.compile(rf"(?<![\w-])(?:the )?{_most(wanted, other)}(?![\w-])"),
    )


_SIDES: Final = tuple(
    side
    for labels, much, little in _TABLE
    for side in (_side(labels, True, much, little), _side(labels, False, little, much))
)


_PHYSICAL: Final = 5
"""The first rows of the table, of what is measured with a ruler."""
_MEASURED: Final = tuple(
    (tuple(labels.split("|")), re.compile(rf"\b(?:{both}|{_forms(both, 'er')}|{_forms(both, 'est')})\b"))
    for labels, much, little in _TABLE[:_PHYSICAL]
    for both in (f"{much}|{little}",)
)


def measured(said: str, fields: Fields) -> tuple[Column, ...] | None:
    """Return the columns that a folded phrase with an adjective of size may bound, the likeliest first: '150 high'.

    None where it has no such adjective; () where the catalogue measures no such thing.
    """
    found: dict[str, Column] = {}
    spoken, said = False, _OR_HIGHER.sub(" ", said)
    for labels, pattern in _MEASURED:
        if pattern.search(said):
            spoken = True
            named = (fields.named(label) for label in labels)
            found.update((one.name, one) for one in named if one and one.role is Role.NUMBER)
    return tuple(found.values()) if spoken else None


_OR_HIGHER: Final = re.compile(r"\bor (?:higher|lower|longer|shorter|bigger|smaller|larger)\b")
"""'Nine or higher' is of anything."""
_NEARER: Final = re.compile(
    r"\b(?:(?:a bit |much |lot )*(?:nearer|closer)|less far|(?:too|so) (?:far|remote)(?: (?:out|away))?|"
    r"not (?:so|as) far|"
    r"(?P<most>nearest|closest))\b"
)
_FARTHER: Final = re.compile(r"\b(?:farther|further)(?: (?:out|away))\b|\btoo (?:near|close|central)\b")


def far(said: str, fields: Fields) -> tuple[Column, bool, bool, re.Match[str]] | None:
    """Return the column of distances, as `dimension` does, where a folded phrase is of near and far."""
    nearer, farther = _NEARER.search(said), _FARTHER.search(said)
    match = nearer or farther
    if match is None or fields.distance is None:
        return None
    return fields.distance, nearer is None, bool(match.groupdict().get("most")), match


_NOUN: Final = re.compile(
    r" (?!(?:one|ones|than|please|size|but|and|or|if|with|for|in|the|too|still|now|thing|version|piece|model|"
    r"option)\b)[a-z]{4,}"
)


def dimension(said: str, fields: Fields) -> tuple[Column, bool, bool, re.Match[str]] | None:
    """Return the column that a folded phrase compares, whether upwards, whether it is a superlative, and where.

    None where it says no such thing or the catalogue measures none of it.
    """
    for labels, up, more, most in _SIDES:
        found = most.search(said) or more.search(said)
        if found is None or (labels[0] == "size" and _NOUN.match(said[found.end() :])):
            continue  # 'a bigger discount' is no bigger thing
        columns = (fields.named(label) for label in labels)
        timed = labels[0] in ("height", "width", "depth", "thickness", "size", "length")
        column = next(
            (
                one
                for one in columns
                if one and one.role is Role.NUMBER and not (timed and is_time(fields.unit(one)))
            ),
            None,
        )
        if column:
            return column, up, found.re is most, found
    return None
