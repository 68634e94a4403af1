"""Orders and counts: 'cheapest', 'best rated first', 'by year', 'three of them'; and soft words such as 'cheap'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from agent.linking.amounts import amounts
from agent.linking.dimensions import dimension, far
from agent.linking.folding import content, fold, tokens
from agent.linking.numerals import digits
from retrieval.types import Column, Role

if TYPE_CHECKING:
    from agent.linking.fields import Fields

MOST: Final = 20
"""Items that one turn may show."""
_FEW: Final = 3


class Degree(StrEnum):
    """How an order is said."""

    MOST = "most"
    """'cheapest', 'newest first', 'by price'."""
    MORE = "more"
    """'cheaper', 'newer': against something."""
    SOME = "some"
    """'cheap', 'recent', 'highly rated'."""


@dataclass(frozen=True, slots=True)
class Leaning:
    """A column and the end of it that is wanted."""

    column: Column
    up: bool
    """Whether large values are wanted."""
    degree: Degree
    rest: str = ""
    """The words of the phrase that don't say it."""

    @property
    def sort(self) -> str:
        """The order as an act spells it: the column, with '-' for the largest first."""
        return ("-" if self.up else "") + self.column.name


# kind | up | superlative | comparative | positive
_TABLE: Final = (
    ("price", False, r"cheapest|least expensive|lowest[ -]pric\w*|most affordable|least pricey|best value|"
                     r"price low to high|"
     r"low(?:est)? to high(?:est)?|lowest cost|cheap(?:er)? first",
     r"cheaper|less (?:expensive|pricey|money|costly|dear|steep)|lower[ -]pric\w*|more affordable|"
     r"(?:not (?:so|as|that)|"
     r"too) (?:expensive|"
     r"pricey|dear|steep|costly|much money)|lower in price|costs? less|^(?:(?:a|bit|lot|"
     r"much) )*less(?: th[ae]n)?$|for (?:(?:a|quite|bit|little|lot|much) )*less|a better price",
     r"cheap|affordable|inexpensive|low[ -]cost|budget(?:[ -]friendly)?|bargain|good value|"
     r"reasonably[ -]priced|"
     r"low[ -]price(?:d)?"),
    ("price", True, r"(?:best|highest|most highly)[ -](?:paid|paying|pay|wages?|salary)|most money|"
                    r"most expensive|dearest|priciest|highest[ -]pric\w*|price high to low|"
                    r"high(?:est)? to low(?:est)?|most costly",
     r"pricier|dearer|more (?:expensive|costly|upmarket|luxurious|money)|higher[ -]pric\w*|too cheap|costs? more|"
     r"(?:better|higher|more highly)[ -](?:paid|pay|paying|wages?|salary|money)",
     r"expensive|pricey|dear|steep|costly|luxury|luxurious|premium|high[ -]end|upmarket|posh|"
     r"top[ -]of[ -]the[ -]range"),
    ("rating", True, r"(?:best|top|highest|most highly)[ -](?:rat\w+|review\w*|scor\w+)|best|highest rating\w*|"
                     r"most loved|top|"
     r"best first|finest|rating high to low",
     r"(?:better|higher|more highly)[ -](?:rat\w+|review\w*|scor\w+)|better|with better (?:reviews|ratings)",
     r"(?:highly|well|good)[ -](?:rat\w+|review\w*|regarded)|good (?:reviews|ratings)|acclaimed|great reviews|"
     r"well[ -]liked"),
    ("rating", False, r"(?:worst|lowest)(?:[ -]rat\w+)?|worst reviewed", r"(?:lower|worse)[ -]rat\w+|"
                                                                         r"worse", r"badly[ -]rated"),
    ("date", False, r"soonest(?: \w+ing)?|next (?:up|first)?", r"sooner", r"soon"),
    ("date", True, r"newest|latest|most recent|most modern|most recently \w+|new(?:er)? first",
     r"newer|more (?:recent|modern|current)|later|(?:too|so) old|less old|not (?:so|as) old",
     r"recent|new|brand[ -]new|modern|current|up[ -]to[ -]date|just (?:out|released)|recently \w+"),
    ("date", False, r"oldest|earliest|least recent|old(?:er)? first", r"older|earlier|less recent|(?:too|"
                                                                      r"so) (?:new|recent|modern)",
     r"old|older"),
    ("duration", False, r"shortest|quickest|least time|short(?:er)? first", r"shorter|quicker|less long|(?:too|"
                                                                            r"so) long|not (?:so|as) long",
     r"short|quick|brief"),
    ("duration", True, r"longest|long(?:er)? first", r"longer|(?:too|so) short|lengthier", r"long|lengthy|"
                                                                                           r"epic length"),
    ("tempo", False, r"slowest", r"slower|less fast|(?:too|so) fast", r"slow|slow[ -]tempo|down[ -]?tempo"),
    ("tempo", True, r"fastest", r"faster|more (?:upbeat|up[ -]?tempo)|(?:too|so) slow", r"fast|upbeat|up[ -]tempo"),
    ("weight", False, r"lightest|least heavy", r"lighter|less heavy|(?:too|so) heavy", r"light|lightweight"),
    ("weight", True, r"heaviest", r"heavier|(?:too|so) light", r"heavy"),
    ("popularity", True, r"most (?:popular|known|famous|watched|sold|played|downloaded|reviewed|voted)|"
                         r"best[ -]sell\w+|biggest hits?",
     r"more (?:popular|famous|known|mainstream)|better known", r"popular|well[ -]known|famous|mainstream"),
    ("popularity", False, r"least (?:popular|known|famous)|most obscure", r"less (?:popular|famous|known|"
                                                                          r"mainstream)|lesser known|"
     r"more obscure", r"obscure|unknown|hidden gems?|little[ -]known"),
)  # fmt: skip
_PATTERNS: Final = tuple(
    (kind, up, degree, re.compile(rf"(?<![\w-])(?:{words})(?![\w-])"))
    for degree, place in ((Degree.MOST, 2), (Degree.MORE, 3), (Degree.SOME, 4))
    for row in _TABLE
    for kind, up, words in ((str(row[0]), bool(row[1]), str(row[place])),)
)
_GOOD: Final = frozenset({"best", "better", "top"})
_NAMED_MOST = re.compile(r"\b(most|best|top|fewest|least|[a-z]{3,}est|max\w*|min\w*) (?:number of )?(.+)")
_NAMED_MORE = re.compile(
    r"\b(more|better|fewer|less|(?!other|rather|over|under|after|never|number)[a-z]{2,}er)(?: (?:of a|in))? (.+)"
)
_PADDING: Final = frozenset(
    "price priced prices cost rating ratings rated reviews reviewed film films movie movies product products release "
    "released releases year than possible as can be gets come first available much lot far way slightly little".split()
)
_UTMOST: Final = re.compile(r"\bas (?:\w+ ){1,3}as (?:possible|you can|can be|it gets|they come)\b")
_LOW: Final = frozenset(
    "fewest least lowest smallest shortest lightest cheapest narrowest thinnest fewer less lower smaller "
    "shorter lighter "
    "cheaper narrower thinner quieter nearest nearer closest closer soonest earliest".split()
)
_BY = re.compile(
    r"\b(?:sort(?:ed)?|order(?:ed)?|rank(?:ed)?|arrange[d]?)?(?: them| these| it| results?)? ?by (?:the )?(.+)"
)
_DOWN = re.compile(
    r"\b(?:desc\w*|high(?:est)? (?:to low|first)|largest first|down(?:wards?)?|z to a|reverse\w*|falling)\b"
)
_UP = re.compile(r"\b(?:asc\w*|low(?:est)? (?:to high|first)|smallest first|up(?:wards?)?|a to z|rising)\b")


def leaning(text: str, fields: Fields) -> Leaning | None:
    """Read the end of a column that a phrase leans to; None when it leans nowhere or there is no such column."""
    said = fold(text)
    if by := _by(said, fields):
        return by
    if named := _named(said, fields, near=False):
        return named
    utmost = _UTMOST.search(said)
    for kind, up, how, pattern in _PATTERNS:
        if match := pattern.search(said):
            degree = Degree.MOST if utmost and how is Degree.SOME else how
            column = fields.popularity if kind == "popularity" else fields.kind(kind)
            if kind == "date" and fields.age and "old" in match[0]:
                column, up = fields.age, not up  # the oldest dog has the most years
            if column and (column.role in (Role.NUMBER, Role.DATE) or fields.span(column)[0] is not None):
                return Leaning(column, up, degree, _rest(said, match))
    return _named(said, fields) or _dimension(said, fields)


def _by(said: str, fields: Fields) -> Leaning | None:
    match = _BY.search(said)
    if not match:
        return None
    name = _UP.sub(" ", _DOWN.sub(" ", match[1]))
    column = fields.named(name)
    if column is None:
        return None
    up = bool(_DOWN.search(match[1])) or not (fields.small_first(column) or _UP.search(match[1]))
    return Leaning(column, up, Degree.MOST)


def _dimension(said: str, fields: Fields) -> Leaning | None:
    found = far(said, fields) or dimension(said, fields)
    if found is None:
        return None
    column, up, most, match = found
    return Leaning(column, up, Degree.MOST if most else Degree.MORE, _rest(said, match))


def _named(said: str, fields: Fields, *, near: bool = True) -> Leaning | None:
    for degree, pattern in ((Degree.MOST, _NAMED_MOST), (Degree.MORE, _NAMED_MORE)):
        if match := pattern.search(said):
            column = fields.named(re.sub(r"\b(?:first|one|ones)\b", " ", match[2]), near=near)
            column = column or next((c for c in fields.mentioned(match[2]) if c.role is Role.NUMBER), None)
            if column and column.role in (Role.NUMBER, Role.DATE):
                if match[1] in _GOOD:
                    return Leaning(column, not fields.small_first(column), degree)
                return Leaning(column, match[1] not in _LOW and not match[1].startswith("min"), degree)
    return None


def _rest(said: str, match: re.Match[str]) -> str:
    words = tokens(said[: match.start()] + " " + said[match.end() :])
    return " ".join(word.text for word in content(words) if word.text not in _PADDING)


def sort(text: str, fields: Fields) -> str | None:
    """Return the order a person asks for: 'price', '-rating' …; None when the catalogue can't be put in it."""
    found = leaning(text, fields)
    if found:
        return found.sort
    said = _UP.sub(" ", _DOWN.sub(" ", re.sub(r"\bfirst\b", " ", fold(text))))
    column = fields.named(said)
    if column is None or column.role not in (Role.NUMBER, Role.DATE):
        return None
    rising = bool(_UP.search(fold(text))) or fields.small_first(column)
    return column.name if rising and not _DOWN.search(fold(text)) else f"-{column.name}"


def count(text: str) -> int | None:
    """Return how many items are asked for, 1 to MOST: 'three', 'a couple', 'a few'; None without a number."""
    said = re.sub(r"\b(?:one|single|just an?)\b", "1", digits(text))
    found = [amount for amount in amounts(said) if amount.unit is None]
    if found:
        return min(max(int(found[0].value), 1), MOST)
    if re.search(r"\b(?:few|some|several|handful)\b", said):
        return _FEW if "several" not in said else 5
    if re.search(r"\b(?:all|every(?:thing)?|as many|lots|more)\b", said):
        return MOST
    return 1 if re.fullmatch(r"\W*(?:an?|the|only|another)\W*", said) else None
