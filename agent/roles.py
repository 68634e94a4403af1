"""What a label makes of its values in a sentence: 'brown' goes with 'in', 'Ridley Scott' with 'by', 'women' with 'for'.

Labels are open, so rules over their words decide, and 'other' is safe for whatever no rule knows.
"""

from __future__ import annotations

import re

_LABELS: tuple[tuple[str, str], ...] = (
    ("price", r"price|cost|fee|rent|fare"),
    ("count", r"number of \w+|(?:reviews?|votes?|ratings?) count"),
    ("rating", r"ratings?|stars?|score|reviewed"),
    ("colour", r"colou?rs?|shade|hue"),
    ("material", r"materials?|fabric|upper|lining|made of"),
    ("writer", r"writers?|screenwriters?|screenplay|written|lyricist"),
    (
        "maker",
        r"brand|makers?|authors?|artists?|directors?|directed|designers?|composers?|by|label|publisher|manufacturer",
    ),
    ("cast", r"cast|starring|actors?|actress(?:es)?"),
    ("venue", r"venue|place|where|hall|address"),
    ("room", r"rooms?"),
    ("origin", r"origin|country|made in"),
    ("area", r"city|town|location|region|area"),
    ("duration", r"runtime|duration|length|playtime|running time"),
    ("season", r"seasons?|time|when|month"),
    ("day", r"day|weekday|days"),
    ("date", r"date|released?|year|published|issued|added|out"),
    ("list", r"tags?|features?|ingredients|topics?|keywords?|includes"),
    ("devices", r"devices|materials used"),
    ("size", r"sizes?|fit"),
    ("purpose", r"occasions?|usage|use|purpose|audience|gender|ages?|for|suits|activity"),
    ("genre", r"genres?"),
    ("kind", r"kind|type|category|subcategory|section|shelf|department|class"),
    ("style", r"styles?|mood|feel|finish|pattern|character|tone|look|pace|strength|effect|level"),
    ("key", r"key|mode"),
)
_RULES = tuple((name, re.compile(rf"(?:^|\W)(?:{words})(?:\W|$)", re.IGNORECASE)) for name, words in _LABELS)
SAYS_NOTHING = frozenset({"everyone", "anyone", "all", "any", "all year", "any time", "unisex", "none"})
"""Values that leave nothing out, and so tell nobody anything."""
_COMMON = frozenset({"colour", "material", "season", "purpose", "genre", "kind", "style", "list", "room"})
_TITLED = re.compile(r"[A-Z][a-z]+(?: (?:[A-Z][a-z]+|[a-z&]+))*")
_NAMES = frozenset(
    """january february march april may june july august september october november december christmas easter diwali
    halloween french english italian spanish german japanese chinese indian british american""".split()
)
_ADJECTIVAL = re.compile(
    r"(?:proof|free|able|ible|ed|weight|resistant|safe|friendly|made|organic|vegan|warm|cool|quiet|light|soft|slow|fast|"
    r"small|dry)$|^(?:made|suitable|good|easy|hard|safe|free) ",
    re.I,
)
_PLURAL = re.compile(r"[a-z]{2,}(?<![suia])s")
_RANGED = frozenset({"min", "minimum", "max", "maximum", "hours", "minutes", "miles", "stars", "average"})
_OFFERED = re.compile(r"\w (?:allowed|included|welcome|accepted|permitted|available)$", re.IGNORECASE)
_WORN = frozenset(
    {"casual", "formal", "smart casual", "ethnic", "sporty", "everyday casual", "business", "unisex"}
)
_USED = frozenset({"everyday", "daily", "outdoor", "indoor", "domestic", "professional"})
_SINGLE = frozenset(
    {"wedding", "party", "birthday", "gift", "holiday", "picnic", "run", "walk", "dinner party"}
)


def role_of(label: str) -> str:
    """Return the role of a label: 'price', 'colour', 'maker' …, or 'other'."""
    return next((name for name, rule in _RULES if rule.search(label)), "other")


def is_counted(label: str) -> bool:
    """Tell whether a label names what a number counts: 'bedrooms', 'gears', but neither 'rent' nor 'min players'."""
    words = label.casefold().split()
    return bool(words) and bool(_PLURAL.fullmatch(words[-1])) and words[0] not in _RANGED


def is_offered(label: str) -> bool:
    """Tell whether a label of yes and no says of something that it is offered: 'breakfast included', 'pets allowed'."""
    return bool(_OFFERED.search(label))


def lowered(role: str, value: str) -> str:
    """Write a common word as it stands inside a sentence: 'Navy Blue' as 'navy blue', but neither names nor 'XL'."""
    if role not in _COMMON or not _TITLED.fullmatch(value):
        return value
    return value if set(value.casefold().split()) & _NAMES else value.lower()


def is_adjectival(value: str) -> bool:
    """Tell whether something may be called `value`, as 'waterproof', rather than have it, as 'long battery'."""
    return bool(_ADJECTIVAL.search(value)) or (" " not in value and not value.endswith("s"))


def use_frame(value: str) -> str:
    """Return how a use stands after 'for', '{}' being its place: '{} wear' of casual, 'a {}' of wedding."""
    folded = value.casefold()
    if folded in _WORN:
        return "{} wear"
    return "{} use" if folded in _USED else "a {}" if folded in _SINGLE else "{}"
