"""The words that fill the slots of the grammar, one domain at a time."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from agent.nano.grammar import invent
from agent.nano.grammar.language import Grammar, join

if TYPE_CHECKING:
    import random
    from collections.abc import Callable, Mapping, Sequence

HERE: Final = Path(__file__).parent

OPEN: Final = frozenset({"noun", "adj", "with", "maker", "genre"})
"""Slots that any word may fill: some of the time they get a word of another domain, of the dictionary, or of none."""

_BY_BOUND: Final = {
    "price": "bound_price", "rating": "bound_rating", "year": "bound_year", "decade": "bound_decade",
    "recent": "bound_recent", "date": "bound_date", "time": "bound_time", "size": "bound_size",
}  # fmt: skip
_SUBJECTS: Final = frozenset({"i'm", "we're", "it's", "its", "i", "my", "we", "the", "i've", "we've"})
_NOTES: Final = {"price", "bigprice", "salary", "rent", "nightprice"}


def _split(values: str) -> tuple[str, ...]:
    return tuple(value.strip() for value in values.split(","))


@cache
def domains() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Return all domains, name to slot to values."""
    raw = tomllib.loads((HERE / "domains.toml").read_text(encoding="utf-8"))
    return {
        name: {
            slot.removesuffix("s") if slot == "nouns" else slot: _split(values)
            for slot, values in slots.items()
        }
        for name, slots in raw.items()
    }


@cache
def names() -> Mapping[str, tuple[str, ...]]:
    """Return the words that invented makers, people, places and titles are made of."""
    raw = tomllib.loads((HERE / "names.toml").read_text(encoding="utf-8"))
    return {slot: _split(values) for slot, values in raw.items()}


@cache
def units() -> Mapping[str, Mapping[str, Any]]:
    """Return the units: kind of number to its range and forms."""
    return tomllib.loads((HERE / "units.toml").read_text(encoding="utf-8"))


WHOLE: Final = 0.65
WHOLE_RULE: Final = "whole_"


@cache
def grammar() -> Grammar:
    """Return the parsed request grammar; files that give the same rule each add alternatives to it.

    Whole requests, those of `lines_*.grammar`, go into rules of their own, such as `whole_refine`, of which the rule
    `refine` draws WHOLE at most: the templates know more words and orders, the whole requests how people talk.
    """
    lines: list[str] = []
    for file in sorted(HERE.glob("*.grammar")):
        text = file.read_text(encoding="utf-8")
        whole = file.name.startswith("lines_")
        lines.extend((re.sub(r"(?m)^= ", f"= {WHOLE_RULE}", text) if whole else text).splitlines())
    made = Grammar(lines)
    for rule in sorted(made.rules):
        if rule.startswith(WHOLE_RULE):
            made.share(rule.removeprefix(WHOLE_RULE), rule, WHOLE)
    return made


class Vocabulary:
    """Fills slots for one request: a domain, and the titles on screen."""

    def __init__(self, domain: str, dictionary: Sequence[str], strangeness: float = 0.12) -> None:
        """Take a domain's name, words of a dictionary, and the share of open slots that get a stranger's word."""
        self.name = domain
        self.screen: tuple[str, ...] = ()
        self._words = domains()[domain]
        self._dictionary = dictionary
        self._strangeness = strangeness
        self._unit = "price"
        self._special: dict[str, Callable[[random.Random], str]] = {
            "quantity": self._quantity,
            "pair": self._pair,
            "range": self._range,
            "bound": self._bound,
            "money": self._money,
            "year": invent.year,
            "decade": invent.decade,
            "clock": invent.clock,
            "gibberish": invent.gibberish,
            "rare": lambda rng: rng.choice(self._dictionary),
            "number": lambda rng: str(rng.randint(2, 14)),
            "title": self.title,
            "shown": lambda rng: self._shown(rng).lower(),
            "shown_short": self._shown_short,
            "label": lambda rng: rng.choice(self._words["labels"]),
            "genre": lambda rng: rng.choice(self._words.get("genre", self._words["adj"])),
            "maker": self._maker,
            "wish": self._wish,
            "genre_request": lambda rng: "= genre_only" if "genre" in self._words else "= np",
            "by": lambda rng: rng.choice(
                [word for word in self._words["by"] if word not in ("with", "from", "like")]
            ),
        }

    def __call__(self, slot: str, rng: random.Random) -> str | None:
        """Fill `slot`; None when it is a rule of the grammar. Capitalised slots give title case."""
        if slot[0].isupper():
            lower = self._plain(slot.lower(), rng)
            return None if lower is None else lower.title().replace("'S", "'s")
        if slot in OPEN and rng.random() < self._strangeness:
            return self._stranger(slot, rng)
        return self._plain(slot, rng)

    def _plain(self, slot: str, rng: random.Random) -> str | None:
        if slot in self._special:
            return self._special[slot](rng)
        for source in (self._words, names()):
            if slot in source:
                return rng.choice(source[slot])
        return None

    def _stranger(self, slot: str, rng: random.Random) -> str:
        kind = rng.random()
        if kind < 0.35 and slot != "maker":
            other = domains()[rng.choice(list(domains()))]
            return rng.choice(other.get(slot, other["adj"]))
        if kind < 0.75:
            return rng.choice(self._dictionary)
        word = invent.pseudo_word(rng)
        return word.title() if slot == "maker" else word

    def _wish(self, rng: random.Random) -> str:
        """Return a request that names no thing; some leave out who they are about, 'freezing in here'."""
        wish = rng.choice(self._words["wish"])
        first, _, rest = wish.partition(" ")
        return rest if first in _SUBJECTS and rest.count(" ") >= 2 and rng.random() < 0.25 else wish

    def _maker(self, rng: random.Random) -> str:
        made_by_people = any(word in ("directed by", "written by", "taught by") for word in self._words["by"])
        if made_by_people or rng.random() < 0.2:
            return f"{rng.choice(names()['first'])} {rng.choice(names()['last'])}"
        return rng.choice(names()["maker"])

    def title(self, rng: random.Random) -> str:
        """Invent a title of the domain."""
        return join(grammar().sample(self._words["titles"][0], self, rng))[0]

    def _shown(self, rng: random.Random) -> str:
        return rng.choice(self.screen) if self.screen else self.title(rng)

    def _shown_short(self, rng: random.Random) -> str:
        """One or two telling words of a title: 'kelda', 'quiet orchard'."""
        parts = [word for word in self._shown(rng).lower().replace(",", "").split() if len(word) > 3] or [
            "one"
        ]
        at = rng.randrange(len(parts))
        return " ".join(parts[at : at + rng.choice((1, 1, 2))])

    def _number(self, rng: random.Random) -> str:
        unit = units()[self._unit]
        steps = (unit["high"] - unit["low"]) // unit["step"]
        # Small numbers are commoner than large ones.
        value = unit["low"] + unit["step"] * int(steps * rng.random() ** 2)
        if self._unit in _NOTES and value > 20 and rng.random() < 0.7:
            value = round(value, -1)
        return invent.number_words(value) if rng.random() < 0.22 else str(value)

    def _quantity(self, rng: random.Random) -> str:
        form: str = rng.choice(units()[self._unit]["forms"])
        return form.replace("{}", self._number(rng))

    def _pair(self, rng: random.Random) -> str:
        first = self._number(rng)
        return f"{first} {rng.choice(('and', 'and', 'to'))} {self._quantity(rng)}"

    def _range(self, rng: random.Random) -> str:
        return f"{self._number(rng)}{rng.choice((' to ', '-', ' - '))}{self._quantity(rng)}"

    def _money(self, rng: random.Random) -> str:
        kinds = _NOTES.intersection(self._words["bounds"])
        self._unit = rng.choice(sorted(kinds)) if kinds else "price"
        return self._quantity(rng)

    def _bound(self, rng: random.Random) -> str:
        """Choose what the bound is about; '= rule' sends the grammar on to the rule for it."""
        kind = rng.choice(self._words["bounds"])
        if kind in units():
            self._unit = kind
        return "= " + _BY_BOUND.get(kind, "bound_amount")


def dictionary(vocabulary: Path) -> tuple[str, ...]:
    """Read whole words of four letters or more from a word-piece vocabulary, one a line."""
    lines = vocabulary.read_text(encoding="utf-8").splitlines()
    return tuple(word for word in lines if len(word) >= 4 and word.isascii() and word.isalpha())
