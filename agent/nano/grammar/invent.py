"""Invented words, numbers, dates and clock times: the open classes of the grammar."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

_ONSETS: Final = "b br c ch cl d dr f fl g gr h j k kl l m n p pl qu r s sh sk sl st t th tr v w y z".split()
_VOWELS: Final = "a e i o u ai ee oo ou ea y".split()
_CODAS: Final = "b ck d ft g l ll m n nd ng nt p r rn rt s sk st t th x".split() + [""] * 8

_UNITS: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen"
).split()
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_DECADES: Final = (
    "fifties sixties seventies eighties nineties 50s 60s 70s 80s 90s 1950s 1970s 1980s 1990s 2000s 2010s noughties"
).split()


def pseudo_word(rng: random.Random, syllables: int | None = None) -> str:
    """Return a word that is none, 'skalou', so that the reader learns where words stand rather than what they are."""
    count = syllables or rng.choice((1, 2, 2, 3))
    return "".join(rng.choice(_ONSETS) + rng.choice(_VOWELS) + rng.choice(_CODAS) for _ in range(count))


def gibberish(rng: random.Random) -> str:
    """Return what means nothing: keys struck without a thought, 'asdlkj', or words that are none."""
    if rng.random() < 0.35:
        return pseudo_word(rng)
    keys = rng.choice(("asdfghjkl", "qwertyuiop", "zxcvbnm", "asdfjkl;", "bcdfghjklmnpqrstvwxz"))
    return "".join(rng.choice(keys) for _ in range(rng.randint(3, 10)))


def number_words(number: int) -> str:
    """Spell a number of 0 to 999,999: 85 → 'eighty five'."""
    if number < 20:
        return _UNITS[number]
    if number < 100:
        rest = number % 10
        return _TENS[number // 10 - 2] + (f" {_UNITS[rest]}" if rest else "")
    if number < 1000:
        rest = number % 100
        return f"{_UNITS[number // 100]} hundred" + (f" and {number_words(rest)}" if rest else "")
    rest = number % 1000
    return f"{number_words(number // 1000)} thousand" + (f" {number_words(rest)}" if rest else "")


def year(rng: random.Random) -> str:
    """Return a year as people write or say it."""
    value = rng.randint(1930, 2025)
    if rng.random() < 0.12:
        low = value % 100
        first = number_words(value // 100)
        return f"{first} {number_words(low)}" if low >= 10 else f"{number_words(value)}"
    return str(value)


def decade(rng: random.Random) -> str:
    """Return a decade, 'nineties' or '90s'."""
    return rng.choice(_DECADES)


def clock(rng: random.Random) -> str:
    """Return a time of day."""
    hour = rng.randint(1, 12)
    half = rng.choice(("am", "pm"))
    forms = (
        f"{hour}{half}",
        f"{hour} {half}",
        f"{hour}:30",
        f"{hour + 11}:00",
        f"{hour} o'clock",
        "noon",
        "midnight",
    )
    return rng.choice(
        (*forms, f"half past {number_words(hour)}", f"{number_words(hour)} in the evening", "lunchtime")
    )
