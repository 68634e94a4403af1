"""Units as people say them, on top of the catalogue's own: 'quid', 'bucks', 'pence', 'gigs', 'weeks', 'miles'."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from retrieval.catalogue.units import CURRENCIES, UNITS
from retrieval.catalogue.units import convert as convert_catalogue

_SPOKEN: Final = {
    "£": ("quid", "pound", "pounds", "sterling"),
    "$": ("dollar", "dollars", "buck", "bucks"),
    "¥": ("yen",),
    "CHF": ("franc", "francs"),
    "SEK": ("krona", "kronor"),
    "NOK": ("krone", "kroner"),
    "zł": ("zloty", "zlotys", "zlotych"),
    "R$": ("real", "reais"),
    "₹": ("rupee", "rupees", "rs"),
    "stars": ("⭐",),
    "kg": ("kilogramme", "kilogrammes"),
    "g": ("gramme", "grammes"),
    "mm": ("millimetre", "millimetres", "millimeter", "millimeters"),
    "cm": ("cms", "centimetre", "centimetres", "centimeter", "centimeters"),
    "km": ("kms", "kilometre", "kilometres", "kilometer", "kilometers"),
    "ml": ("millilitre", "millilitres", "milliliter", "milliliters"),
    "l": ("litre", "litres", "liter", "liters"),
    "GB": ("gig", "gigs", "gigabyte", "gigabytes"),
    "TB": ("terabyte", "terabytes"),
}
_MULTIPLES: Final = {
    "p": ("£", 0.01), "pence": ("£", 0.01), "penny": ("£", 0.01), "cent": ("$", 0.01), "cents": ("$", 0.01),
    "month": ("days", 30.4375), "months": ("days", 30.4375), "year": ("days", 365.25), "years": ("days", 365.25),
    "week": ("days", 7.0), "weeks": ("days", 7.0), "mile": ("km", 1.609344), "miles": ("km", 1.609344),
}  # fmt: skip
SPANS: Final = {"weeks": 7.0, "months": 30.4375, "years": 365.25}
"""Units that a column's name may give it, in days."""
_MANY: Final = 10
"""Weeks, months or years from which on parts of one are not meant."""
# A letter that is a unit in a column of numbers but hardly ever in a sentence.
_UNSPOKEN: Final = frozenset({"d", "v", "kr", "cal", "gr", "feet ", "second"})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit that was said."""

    name: str
    """As the catalogue's units spell it: 'min', 'cm', '£', 'stars' …"""
    times: float = 1.0
    """How many of `name` it is: 0.01 for pence."""

    @property
    def money(self) -> bool:
        """Whether it is a currency."""
        return self.name in _SIGNS


_SIGNS: Final = frozenset(CURRENCIES.values())
SPOKEN: Final = (
    {word: Unit(name) for word, name in {**UNITS, **CURRENCIES}.items() if word not in _UNSPOKEN}
    | {word: Unit(name) for name, words in _SPOKEN.items() for word in words}
    | {word: Unit(name, times) for word, (name, times) in _MULTIPLES.items()}
)
"""Folded word or sign to its unit."""


def is_money(unit: str | None) -> bool:
    """Tell whether a column's unit is a currency."""
    return unit in _SIGNS


def convert(value: float, said: Unit | None, wanted: str | None) -> float | None:
    """Turn an amount into the unit of a column; None when one can't become the other.

    An amount without a unit, and a column without one, are taken as they are; so is money in another currency, because
    no rate of exchange is known and people say 'bucks' of any.
    """
    if said is None:
        return value
    if wanted is None:
        # A column 'mileage' counts what its name says; pence are never pounds.
        return value * said.times if said.money else value
    if wanted in SPANS:
        spans = value * said.times / SPANS[wanted]
        whole = round(spans) if spans >= _MANY else float(f"{spans:.3g}")  # two years are 104 weeks to people
        return float(whole) if said.name == "days" else None
    if said.money and is_money(wanted):
        return value * said.times
    try:
        return convert_catalogue(value * said.times, said.name, wanted)
    except ValueError:
        return None
