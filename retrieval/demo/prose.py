"""Sentences around an item: what its features mean, its colour in words, what buyers wrote, and their stars."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from retrieval.demo.drawing.palette import lightness
from retrieval.demo.tables import listed, read_table

if TYPE_CHECKING:
    from random import Random

_COLOUR_SENTENCES = (
    "{Shade} is a {depth} {colour}.",
    "This one is {colour}, in the shade we call {Shade}.",
    "Here in {Shade}, our {depth} {colour}.",
    "{Shade}: a {depth} {colour} that goes with most things.",
    "The {colour} version, in {Shade}.",
    "Shown in {Shade}, a {depth} shade of {colour}.",
    "A {depth} {colour}, sold as {Shade}.",
    "In {depth} {colour}.",
)
_BARE_COLOURS = ("black", "white", "silver", "gold", "copper", "cream", "navy")
"""Colours of which nobody says 'a pale' or 'a deep' one."""


@cache
def feature_sentences() -> dict[str, tuple[str, ...]]:
    """Return the sentences that explain each feature."""
    return {row["feature"]: listed(row["sentences"]) for row in read_table("features")}


@cache
def _reviews() -> dict[str, tuple[tuple[str, ...], ...]]:
    return {
        row["group"]: (listed(row["good"]), listed(row["fair"]), listed(row["poor"]))
        for row in read_table("reviews")
    }


def colour_sentence(colour: str, shade: str, hexadecimal: str, random: Random) -> str:
    """Return a sentence that says the colour both plainly and as the shop does."""
    if colour in _BARE_COLOURS:
        template = random.choice(
            ("This one is {colour}.", "The {colour} version, in {Shade}.", "In {colour}.")
        )
    else:
        template = random.choice(_COLOUR_SENTENCES)
    level = lightness(hexadecimal)
    depth = "deep" if level < 0.33 else "rich" if level < 0.5 else "soft" if level < 0.68 else "pale"
    return template.format(Shade=shade, colour=colour, depth=depth)


def describe(text: str, colour: str, features: tuple[str, ...], random: Random) -> str:
    """Return a description: the line's own words, its colour, and two features that the words don't tell yet."""
    known = feature_sentences()
    said = text.lower()
    silent = [name for name in features if name.split()[0].lower() not in said and name in known]
    chosen = random.sample(silent, min(2, len(silent)))
    return " ".join([text, colour, *(random.choice(known[name]) for name in chosen)])


def rate(random: Random, quality: float) -> tuple[float, int]:
    """Return (rating in stars with one decimal, number of reviews); `quality` shifts the line's mean of 4.35."""
    rating = min(5.0, max(2.8, random.gauss(4.35 + quality, 0.16)))
    return round(rating, 1), max(3, int(random.lognormvariate(3.9, 1.0)))


def review(group: str, rating: float, random: Random, **words: str) -> str:
    """Return one or two short reviews that agree with a rating; `words` fill {colour}, {material} and {one}."""
    good, fair, poor = _reviews()[group]
    if rating >= 4.2:
        chosen = random.sample(good, 2 if random.random() < 0.75 else 1)
    elif rating >= 3.8:
        chosen = [random.choice(good), random.choice(fair)]
    else:
        chosen = [random.choice(fair), random.choice(poor)]
    given = {"colour": "colour", "material": "material", "one": "one", **words}
    return " ".join(sentence.format(**given) for sentence in chosen)


def stock(random: Random) -> int:
    """Return how many are left; one in twelve is sold out."""
    return 0 if random.random() < 1 / 12 else max(1, int(random.lognormvariate(2.5, 0.9)))
