"""Invented catalogues that random briefs are drawn from, and words that the writer isn't meant to know."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

Draw = Callable[[Random], str]


def _of(*values: str) -> Draw:
    return lambda rng: rng.choice(values)


def _money(low: float, high: float) -> Draw:
    return lambda rng: f"{rng.uniform(low, high):.2f}"


def _number(low: int, high: int, unit: str) -> Draw:
    return lambda rng: f"{rng.randint(low, high)} {unit}".strip()


def _several(*values: str) -> Draw:
    return lambda rng: ", ".join(rng.sample(values, rng.randint(1, 3)))


def _stars(rng: Random) -> str:
    return f"{rng.uniform(2.4, 5):.1f}{rng.choice((' stars', '', ' stars'))}"


def _date(rng: Random) -> str:
    year = rng.randint(1950, 2026)
    return rng.choice((f"{year}", f"{year}-{rng.randint(1, 12):02}-{rng.randint(1, 28):02}"))


_NAMES = _of(
    "Kelda", "Fellside", "Ridley Scott", "Ida Morrow", "Harbour & Sons", "Tom Ashby", "Nordlys", "Brackenhill",
     "Ona Vale",
    "Jun Ito", "Marlowe", "Peel Street", "Sofia Brandt", "Old Quay", "Lark & Finch", "Wren Okafor", "Agnes Varda",
)  # fmt: skip
_COLOURS = _of(
    "brown", "grey", "navy", "moss green", "black", "red", "cream", "mustard", "teal", "white", "plum"
)
_CAST = _several(
    "Ida Morrow", "Tom Ashby", "Ona Vale", "Jun Ito", "Ridley Scott", "Sofia Brandt", "Wren Okafor", "Agnes Varda",
    "Nils Aune", "Mara Quill", "Theo Lamb", "Greta Holm",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Domain:
    """An invented catalogue."""

    queries: Sequence[str]
    firsts: Sequence[str]
    lasts: Sequence[str]
    """A title is one of `firsts` and one of `lasts`."""
    fields: Sequence[tuple[str, Draw]]
    passages: Sequence[str]
    strangers: Sequence[str] = ()


_GOODS = (
    "Fellside",
    "Kelda",
    "Harbour",
    "Ashby",
    "Tarn",
    "Bracken",
    "Lowther",
    "Quay",
    "Marsh",
    "Linden",
    "Orchard",
)
_WORKS = (
    "The Long",
    "A Quiet",
    "Night",
    "Salt",
    "The Last",
    "Small",
    "Winter",
    "Glass",
    "Blue",
    "The Other",
    "Paper",
)
DOMAINS: Sequence[Domain] = (
    Domain(
        ("boots", "waterproof boots", "something for muddy walks", "a warm coat", "shirts", "a dress for a wedding",
         "trainers"),
        _GOODS, ("Mid Boot", "Trail Boot", "Welly", "Chelsea", "Parka", "Overshirt", "Wrap Dress", "Runner",
         "Rain Cape"),
        (("price", _money(12, 180)), ("rating", _stars), ("colour", _COLOURS), ("brand", _NAMES), ("size", _of("9",
         "M", "42", "XL")),
         ("material", _of("leather", "rubber", "wool", "synthetic", "linen")), ("occasion", _of("walking",
          "weddings", "town", "everyday")),
         ("tags", _several("waterproof", "light", "warm", "breathable", "lined")), ("kind", _of("boots", "coats",
          "shirts", "dresses"))),
        ("seam-sealed membrane, tested to 24 hours", "keeps the rain out", "light and quick to dry",
         "cut for long legs", "a lining you can take out"),
    ),
    Domain(
        ("a film for tonight", "something like Alien", "a quiet drama", "films about the sea", "a thriller",
         "comedies"),
        _WORKS, ("Harbour", "Season", "Passage", "Letters", "Orbit", "Room", "Tide", "Witness", "Garden (1987)",
         "Engine (2004)"),
        (("director", _NAMES), ("year", _date), ("genre", _several("drama", "thriller", "science fiction", "comedy")),
         ("rating", _stars),
         ("runtime", _number(78, 190, "min")), ("starring", _CAST), ("writer", _NAMES),
         ("mood", _of("calm", "tense", "bleak", "warm")), ("country", _of("France", "Japan", "Wales"))),
        ("a lighthouse keeper waits for a ship that is late", "two sisters and one summer",
         "a slow burn in deep space"),
    ),
    Domain(
        ("calm music for working", "a fast track", "songs for a run", "something with piano", "late-night jazz"),
        _WORKS, ("Signal", "Lullaby", "Static", "Meadow", "Avenue", "Waltz", "Rain", "Circuit"),
        (("artist", _NAMES), ("tempo", _number(60, 180, "bpm")), ("mood", _of("calm", "bright", "wistful",
         "driving")), ("genre", _of("jazz", "folk", "ambient")),
         ("length", lambda rng: f"{rng.randint(2, 7)}:{rng.randint(0, 59):02}"), ("rating", _stars), ("price",
          _money(0.5, 12)), ("released", _date), ("key", _of("E minor", "G major", "A minor", "D major"))),
        ("brushed drums and a low piano", "recorded in one take", "builds slowly from a single note"),
    ),
    Domain(
        ("a lamp", "something for a small kitchen", "a quiet kettle", "headphones", "a gift for a cook",
         "storage for toys"),
        _GOODS, ("Kettle", "Desk Lamp", "Throw", "Pan Set", "Speaker", "Storage Basket", "Headphones", "Side Table",
         "Tent 2"),
        (("price", _money(6, 420)), ("rating", _stars), ("colour", _COLOURS), ("material", _of("oak", "steel",
         "cotton", "glass", "bamboo")),
         ("weight", lambda rng: f"{rng.uniform(0.2, 9):.1f} kg"), ("battery", _number(4, 60, "h")), ("maker",
          _NAMES), ("room", _of("kitchen", "hall", "bedroom")),
         ("style", _of("plain", "vintage", "modern", "rustic")), ("stock", _of("in stock", "two left",
          "out of stock")), ("dishwasher safe", _of("yes", "no")), ("reviews", _number(3, 900, "reviews")), ("features",
          _several("quiet", "dishwasher safe", "long battery", "foldable")), ("kind", _of("lamps", "kettles", "mugs"))),
        ("boils a cup in fifty seconds", "folds flat behind a door", "dims to a candle's light",
         "holds a charge all week"),
    ),
    Domain(
        ("a club for beginners", "people to run with", "something on Tuesday evening", "a choir", "chess"),
        ("Tuesday", "Quayside", "Northgate", "Open", "First Light", "Hill"), ("Choir", "Runners", "Chess Circle",
         "Sketch Club", "Book Table", "Rowers"),
        (("place", _of("the Town Hall", "the boathouse", "the library")), ("day", _of("Tuesday", "Saturday",
         "Thursday")), ("level", _of("beginner", "mixed", "advanced")),
         ("members", _number(6, 120, "members")), ("age", _of("adults", "all ages", "over 60")), ("host", _NAMES),
          ("activity", _of("singing", "running", "chess"))),
        ("no audition, come as you are", "bring your own board", "tea afterwards"),
    ),
    Domain(
        ("news about trams", "something to read", "articles on food", "good morning", "I'd love a coffee",
         "the latest on the harbour"),
        ("Harbour", "Tram", "Market", "Morning", "Evening", "School"), ("Line Reopens", "Vote Delayed",
         "Prices Settle", "Coffee Routine", "Wind-down", "Opens Doors"),
        (("section", _of("local", "business", "culture")), ("date", _date), ("author", _NAMES), ("length",
         _number(200, 1900, "words")),
         ("time of day", _of("morning", "evening", "night")), ("devices", _several("lamp", "kettle", "blinds",
          "speaker")), ("room", _of("kitchen", "bedroom"))),
        ("the first tram left at dawn", "warms the machine and lights the kitchen", "traders welcomed the change"),
    ),
)  # fmt: skip

_STRANGERS = (
    "xkcd florb wug paris einstein quantum zebra teh blorp napoleon france bitcoin lasagne mars shakespeare jkl "
    "elephant rome physics homework football japan germany pikachu kubernetes sdfg hjkl"
).split()


def strangers(rng: Random) -> tuple[str, ...]:
    """Draw words that the writer is not meant to know, some of them made up."""
    letters = "abcdefghijklmnopqrstuvwxyz"
    made = tuple("".join(rng.choice(letters) for _ in range(rng.randint(3, 9))) for _ in range(3))
    return (*made, *rng.sample(_STRANGERS, 3))
