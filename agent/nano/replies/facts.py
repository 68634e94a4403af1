"""How a fact of each class is worded: behind a title or 'it is' (BESIDE), as a verb phrase (VERBS), as a miss."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# '{}' is the fact, '{l}' its label. A fact never begins a sentence: its value may be in lower case.
BESIDE: Mapping[str, Sequence[str]] = {
    "price": ("{}",),
    "rating": ("rated {}", "rated {}", "rated {} on average", "scoring {}", "averaging {}"),
    "count": ("with {}",),
    "number": ("{}", "{l} {}"),
    "duration": ("{} long", "{}"),
    "date": ("from {}", "dating from {}"),
    "colour": ("in {}",),
    "material": ("made of {}", "in {}"),
    "maker": ("by {}",),
    "writer": ("written by {}",),
    "cast": ("with {}", "starring {}"),
    "venue": ("at {}", "held at {}"),
    "room": ("for the {}", "made for the {}"),
    "area": ("in {}",),
    "origin": ("from {}",),
    "day": ("on {}",),
    "season": ("for {}", "meant for {}"),
    "kind": ("listed under {}", "filed under {}"),
    "genre": ("listed as {}", "filed under {}"),
    "genres": ("a mix of {}", "a blend of {}"),
    "list": ("{}",),
    "extra": ("with {}",),
    "purpose": ("for {}", "meant for {}", "made for {}"),
    "size": ("in size {}",),
    "style": ("{}",),
    "key": ("in {}",),
    "bare": ("{l} ({})",),
    "other": ("with {l} {}", "{}"),
}  # fmt: skip
"""Each also fits behind 'it is'."""

VERBS: Mapping[str, Sequence[str]] = {
    "price": ("costs {}", "costs {}", "sells for {}", "is {}", "goes for {}", "is yours for {}"),
    "rating": ("is rated {}", "has a rating of {}", "averages {}", "scores {}"),
    "count": ("has {}",),
    "number": ("comes in at {}", "lists {l} as {}"),
    "duration": ("runs {}", "lasts {}", "is {} long"),
    "date": ("is from {}", "dates from {}"),
    "colour": ("comes in {}", "is {}"),
    "material": ("is made of {}", "is made from {}"),
    "maker": ("is by {}", "comes from {}"),
    "writer": ("was written by {}",),
    "cast": ("stars {}", "features {}", "has {} in it"),
    "venue": ("takes place at {}", "is at {}"),
    "room": ("is for the {}", "suits the {}"),
    "area": ("is in {}",),
    "origin": ("is from {}", "comes from {}"),
    "day": ("is on {}", "falls on {}"),
    "season": ("is for {}", "suits {}", "is meant for {}"),
    "kind": ("is listed under {}", "comes under {}"),
    "genre": ("is listed as {}", "counts as {}"),
    "genres": ("mixes {}", "blends {}", "is a mix of {}"),
    "list": ("is {}",),
    "extra": ("comes with {}", "has {}"),
    "purpose": ("is for {}", "is meant for {}", "suits {}", "works for {}"),
    "size": ("comes in size {}",),
    "style": ("is {}",),
    "key": ("is in {}",),
    "bare": ("has {l} {}", "lists {l} as {}"),
    "other": ("has {l} {}", "lists {l} as {}", "is {}"),
}  # fmt: skip

MET: Mapping[str, Sequence[str]] = {
    "price": ("in your range at {}", "in your price range at {}"),
    "colour": ("in the {} you wanted", "in {}, as you asked"),
    "material": ("made of {}, as you asked",),
    "maker": ("by {}, as you asked",),
    "list": ("{}, as you asked", "{}, as you wanted"),
    "extra": ("with {}, as you asked",),
    "purpose": ("right for {}", "just right for {}"),
    "season": ("right for {}", "just right for {}"),
    "style": ("{}, as you asked", "{}, as you wanted"),
    "date": ("from {}, as you wanted",),
    "room": ("right for the {}",),
}
"""Beside a title, for what was asked for."""

MET_VERBS: Mapping[str, Sequence[str]] = {
    "price": ("stays in your range at {}", "keeps to your budget at {}"),
    "colour": ("comes in the {} you wanted", "is {}, as you asked"),
    "material": ("is made of {}, as you asked",),
    "list": ("is {}, as you asked", "is {}, which you wanted"),
    "purpose": ("is right for {}", "is just right for {}"),
    "season": ("is right for {}",),
    "style": ("is {}, as you asked",),
    "cast": ("has {}, as you asked", "stars {}, as you wanted"),
    "maker": ("is by {}, as you asked",),
    "date": ("is from {}, as you asked",),
}
"""As a verb phrase, for what was asked for."""

LOW = ("the cheapest here at {}", "the cheapest of these at {}", "the cheapest at {}")
LOW_VERBS = ("costs least at {}", "is the cheapest here at {}", "is the cheapest of these at {}")
TOP = ("the best-rated of these at {}", "top-rated at {}", "the best-rated here at {}")
TOP_VERBS = (
    "is the best-rated here at {}",
    "has the highest rating at {}",
    "is the best-rated of these at {}",
)

MISSES: Mapping[str, Sequence[str]] = {
    "price": ("it costs {}", "the price is {}"),
    "cast": ("it has {} instead", "it stars {}"),
    "bare": ("its {l} is {}",),
    "other": ("its {l} is {}", "the {l} is {}", "it is {}"),
    "number": ("its {l} is {}", "it is {}"),
    "extra": ("it only lists {}",),
    "count": ("it has {}",),
    "quote": ("the catalogue says {}",),
    "review": ("one person says {}",),
}
"""Where 'it is' does not do."""

# A number that misses, by how much: '4.50 over' is {over}, '0.3 short' {short}, any other gap {gap}.
GAPS: Mapping[str, Sequence[str]] = {
    "over": ("at {value} it is {over}", "it is {value}, {over} your limit", "it is {over} your limit at {value}"),
    "over price": (
        "at {value} it is {over} your budget", "it costs {value}, {over} your budget",
        "it is {over} your budget at {value}", "it is {over} your budget", "you would pay {value}, {over} your budget",
        "it goes {over} your budget",
    ),
    "short": ("at {value} it is {short}", "it has {value}, {short} of what you asked", "it falls {short} at {value}"),
    "short price": ("at {value} it is {short} of what you asked",),
    "gap": ("at {value} it is {gap}", "it is {value}, {gap}"),
    "gap date": ("it is from {value}, {gap}", "it dates from {value}, {gap}"),
    "over duration": ("at {value} it is {over}", "it runs {value}, {over} what you asked"),
    "short rating": ("it is rated {value}, {short}", "at {value} it is {short} of what you asked"),
}  # fmt: skip

QUOTES = (
    "the description says {quote}", "the catalogue says {quote}", "quoted from its page: {quote}",
    "its page says {quote}", "the catalogue puts it this way: {quote}", "in its own words: {quote}",
    "from the description: {quote}",
)  # fmt: skip
REVIEWS = (
    "one person says {review}", "someone writes of it: {review}", "as one person puts it: {review}",
    "one verdict on it: {review}",
)  # fmt: skip
