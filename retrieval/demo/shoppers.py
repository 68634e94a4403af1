"""Four hundred simulated shoppers and their twelve thousand interactions.

The model. An item's traits are its shelf, kind, style or mood, colour, material or genre, and maker, each
trait a fixed random direction in a latent space of 16 dimensions; an item's vector is the weighted sum of its
traits' directions and a small one of its own. A shopper has a latent vector of the same space, made of two to
four favourite traits and noise, and a favourite two or three shelves. Utility = 1.1 · (shopper · item) + 1.0
· (shelf is a favourite) + 0.6 · log popularity + Gumbel noise; a shopper takes the items of highest utility,
which is a draw without replacement from the softmax (Gumbel top-k). Stars follow the taste and the item's own
quality, not the popularity. Nothing of this is stored with the items.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from retrieval.demo.entry import Entry

PEOPLE = 400
TOTAL = 12_000
_FACTORS = 16
_LEAST = 8
"""Interactions of the least active shopper."""
_FROM, _TO = 1_735_689_600, 1_790_812_800
"""1 January 2025 to 1 October 2026, UTC, in seconds since 1970."""
_WEIGHTS = {
    "shelf": 0.8, "kind": 1.0, "style": 0.7, "mood": 0.9, "colour": 0.6, "genre": 1.0, "section": 0.8, "maker": 0.4,
    "material": 0.3, "room": 0.5,
}  # fmt: skip

Interaction = tuple[str, str, int, int]
"""User, item, stars, seconds since 1970."""


def interactions(entries: Sequence[Entry], seed: int = 20260401) -> list[Interaction]:
    """Return TOTAL interactions of PEOPLE shoppers, in the order of their times."""
    random = np.random.default_rng(seed)
    items, traits = _item_factors(entries, random)
    people, favourites = _people(entries, traits, random)
    popularity = random.lognormal(0, 1.0, len(entries))
    quality = np.array([item.number("rating") - 4.3 for item in entries])
    shelves = np.array([e.text("shelf") for e in entries])
    counts = _counts(random)
    made: list[Interaction] = []
    for person in range(PEOPLE):
        taste = people[person] @ items.T
        at_home = np.isin(shelves, favourites[person])
        utility = 1.1 * taste + 1.0 * at_home + 0.6 * np.log(popularity) + random.gumbel(size=len(entries))
        chosen = np.argsort(-utility, kind="stable")[: counts[person]]
        stars = 3.55 + 0.55 * taste[chosen] + 1.1 * quality[chosen] + random.normal(0, 0.7, len(chosen))
        times = _times(len(chosen), random)
        order = random.permutation(len(chosen))
        for place, when in zip(order, times, strict=True):
            rating = int(np.clip(np.rint(stars[place]), 1, 5))
            made.append((f"user-{person + 1:03d}", entries[int(chosen[place])].id, rating, int(when)))
    return sorted(made, key=lambda row: (row[3], row[0], row[1]))


def _item_factors(
    entries: Sequence[Entry], random: np.random.Generator
) -> tuple[NDArray[np.float64], dict[tuple[str, str], NDArray[np.float64]]]:
    """Return item vectors of unit length, shape (items, factors), and the directions of the traits."""
    traits: dict[tuple[str, str], NDArray[np.float64]] = {}
    for item in entries:
        for column in _WEIGHTS:
            if item.text(column):
                traits.setdefault((column, item.text(column)), random.normal(size=_FACTORS))
    rows = []
    for item in entries:
        vector = random.normal(0, 0.35, _FACTORS)
        for column, weight in _WEIGHTS.items():
            if item.text(column):
                vector = vector + weight * traits[column, item.text(column)]
        rows.append(vector / np.linalg.norm(vector))
    return np.array(rows), traits


def _people(
    entries: Sequence[Entry], traits: dict[tuple[str, str], NDArray[np.float64]], random: np.random.Generator
) -> tuple[NDArray[np.float64], list[list[str]]]:
    """Return shoppers' vectors, of length 3, and each one's favourite shelves."""
    names = list(traits)
    shelves = list(dict.fromkeys(item.text("shelf") for item in entries))
    vectors, favourites = [], []
    for _ in range(PEOPLE):
        loved = random.choice(len(names), size=int(random.integers(2, 5)), replace=False)
        vector = sum((traits[names[int(i)]] for i in loved), np.zeros(_FACTORS)) + random.normal(
            0, 0.4, _FACTORS
        )
        vectors.append(3 * vector / np.linalg.norm(vector))
        chosen = random.choice(
            len(shelves), size=min(len(shelves), int(random.integers(2, 4))), replace=False
        )
        favourites.append([shelves[int(i)] for i in chosen])
    return np.array(vectors), favourites


def _counts(random: np.random.Generator) -> NDArray[np.int64]:
    """Return how often each shopper acts: long-tailed, summing to TOTAL."""
    share = random.gamma(1.3, 1.0, PEOPLE)
    counts = _LEAST + np.floor(share / share.sum() * (TOTAL - _LEAST * PEOPLE)).astype(np.int64)
    short = TOTAL - int(counts.sum())
    counts[np.argsort(-share, kind="stable")[:short]] += 1
    return np.asarray(counts, np.int64)


def _times(count: int, random: np.random.Generator) -> NDArray[np.int64]:
    """Return rising times: a few sittings, each within two hours."""
    sittings = random.integers(_FROM, _TO - 7200, size=max(1, count // 4))
    return np.sort(random.choice(sittings, size=count) + random.integers(0, 7200, size=count))
