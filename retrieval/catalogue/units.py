"""Units of measure: their spellings, which can be turned into which, and currencies."""

from __future__ import annotations

CURRENCIES = {
    "£": "£", "gbp": "£", "$": "$", "usd": "$", "us$": "$", "€": "€", "eur": "€", "euro": "€", "euros": "€",
    "¥": "¥", "jpy": "¥", "cny": "CN¥", "₹": "₹", "inr": "₹", "₽": "₽", "₩": "₩", "krw": "₩", "₺": "₺",
    "chf": "CHF", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "pln": "zł", "zł": "zł", "kr": "kr", "czk": "Kč",
    "aud": "A$", "cad": "C$", "nzd": "NZ$", "a$": "A$", "c$": "C$", "brl": "R$", "r$": "R$",
}  # fmt: skip
"""Spelling in lower case to sign."""

_SPELLINGS = {
    "min": ("min", "mins", "minute", "minutes"),
    "h": ("h", "hr", "hrs", "hour", "hours"),
    "s": ("s", "sec", "secs", "second", "seconds"),
    "ms": ("ms", "msec", "millis", "milliseconds"),
    "days": ("day", "days"),
    "kg": ("kg", "kgs", "kilo", "kilos", "kilogram", "kilograms"),
    "g": ("g", "gr", "gram", "grams"),
    "mg": ("mg",),
    "lb": ("lb", "lbs"),
    "oz": ("oz", "ounce", "ounces"),
    "mm": ("mm",),
    "cm": ("cm",),
    "m": ("m", "metre", "metres", "meter", "meters"),
    "km": ("km",),
    "m²": ("sqm", "m2", "m²"),
    "ft²": ("sqft", "ft2", "ft²"),
    "in": ("in", "inch", "inches", '"', "″"),
    "ft": ("ft", "foot", "feet"),
    "ml": ("ml",),
    "cl": ("cl",),
    "l": ("l", "litre", "litres", "liter", "liters"),
    "W": ("w", "watt", "watts"),
    "V": ("v", "volt", "volts"),
    "mAh": ("mah",),
    "MB": ("mb",),
    "GB": ("gb",),
    "TB": ("tb",),
    "dB": ("db", "decibel", "decibels"),
    "Hz": ("hz",),
    "kHz": ("khz",),
    "MP": ("mp", "megapixel", "megapixels"),
    "bpm": ("bpm",),
    "stars": ("star", "stars", "★"),
    "pages": ("page", "pages", "pp"),
    "kcal": ("kcal", "cal", "calories"),
    "%": ("%", "percent", "pct"),
    "°C": ("°c", "celsius"),
    "people": ("people", "persons", "members"),
}
UNITS = {spelling: unit for unit, spellings in _SPELLINGS.items() for spelling in spellings}
"""Spelling in lower case to unit."""

IN_NAMES = {
    spelling: unit
    for spelling, unit in {**UNITS, **CURRENCIES}.items()
    if len(spelling) > 1 and spelling not in ("in", "cal", "gr", "pp", "mp", "foot", "feet", "second", "kr")
}
"""Spellings that mean a unit as the last word of a column's name: 'price_gbp', 'weight_kg', but not 'listed_in'."""

_SCALES = {
    "ms": ("time", 1 / 60_000), "s": ("time", 1 / 60), "min": ("time", 1.0), "h": ("time", 60.0),
    "days": ("time", 1440.0),
    "mg": ("mass", 0.001), "g": ("mass", 1.0), "kg": ("mass", 1000.0), "oz": ("mass", 28.349523125),
    "lb": ("mass", 453.59237),
    "mm": ("length", 0.1), "cm": ("length", 1.0), "m": ("length", 100.0), "km": ("length", 100_000.0),
    "in": ("length", 2.54), "ft": ("length", 30.48),
    "ml": ("volume", 1.0), "cl": ("volume", 10.0), "l": ("volume", 1000.0),
    "MB": ("storage", 1.0), "GB": ("storage", 1000.0), "TB": ("storage", 1_000_000.0),
    "Hz": ("frequency", 1.0), "kHz": ("frequency", 1000.0),
}  # fmt: skip


def convert(value: float, unit: str | None, wanted: str | None) -> float:
    """Turn a value of `unit` into `wanted`; a value without a unit is taken to be in `wanted` already.

    Raises ValueError where one can't become the other, as with two currencies.
    """
    if unit is None or wanted is None or unit == wanted:
        return value
    kind, scale = _SCALES.get(unit, (unit, 1.0))
    wanted_kind, wanted_scale = _SCALES.get(wanted, (wanted, 1.0))
    if kind != wanted_kind:
        raise ValueError(f"in {unit}, where the column is in {wanted}")
    # Ten digits: 2.3 kg is 2300 g, and not 2299.9999999999995.
    return float(f"{value * scale / wanted_scale:.10g}")


def is_time(unit: str | None) -> bool:
    """Tell whether a unit measures time."""
    return unit is not None and _SCALES.get(unit, ("", 0.0))[0] == "time"
