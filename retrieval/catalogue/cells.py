"""What a raw cell is: empty, words, or true and false."""

from __future__ import annotations

import math
import re

from encoders.sanitise import sanitise, sanitise_line

CELL_LIMIT = 20_000
"""Characters of a cell that are kept."""
TITLE_LIMIT = 300
ID_LIMIT = 200

# The spellings that pandas reads as missing, without those that can only come from Windows compilers.
_MISSING = frozenset(
    ("#N/A", "#NA", "-NaN", "-nan", "<NA>", "N/A", "NA", "NULL", "NaN", "None", "n/a", "nan", "null", "NaT")
)
_MISSING_NAME = frozenset(("<NA>", "NULL", "NaN", "nan", "null"))
"""A shorter list for ids and titles: 'NA' is a code of a country and 'None' can be a title."""
_YES = frozenset(("true", "yes", "y", "t"))
_NO = frozenset(("false", "no", "n", "f"))
_OBEYED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffd\ud800-\udfff]")


def is_empty(raw: object, *, name: bool = False) -> bool:
    """Tell whether a cell holds nothing; `name` says that it is an id or a title."""
    if raw is None:
        return True
    if isinstance(raw, str):
        text = raw.strip()
        return not text or text in (_MISSING_NAME if name else _MISSING)
    if isinstance(raw, float):
        return math.isnan(raw)
    if isinstance(raw, list | tuple):
        return all(is_empty(part) for part in raw)
    return isinstance(raw, dict) and not raw


def words_of(raw: object) -> str:
    """Return a cell as words: 'yes' and 'no' for truth values, '3' for 3.0, the parts of a list by line.

    Raises ValueError for bytes.
    """
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "yes" if raw else "no"
    if isinstance(raw, int):
        return _digits(raw)
    if isinstance(raw, float):
        return str(int(raw)) if raw.is_integer() and abs(raw) < 1e15 else repr(raw)
    if isinstance(raw, bytes | bytearray | memoryview):
        raise ValueError("bytes, not text")
    if isinstance(raw, list | tuple):
        return "\n".join(words_of(part) for part in raw if not is_empty(part))
    return str(raw)


def _digits(number: int) -> str:
    try:
        return str(number)
    except ValueError as error:  # Python refuses to write integers of over 4,300 digits
        raise ValueError("a number of over 4,300 digits") from error


def truth(raw: object) -> bool | None:
    """Return the truth value of a cell, None where it has none."""
    if isinstance(raw, bool):
        return raw
    if isinstance(raw, str):
        word = raw.strip().lower()
        if word in _YES:
            return True
        if word in _NO:
            return False
    return None


def has_control(text: str) -> bool:
    """Tell whether a text holds control, direction or undecodable characters, which sanitise removes or can't mend."""
    return _OBEYED.search(text) is not None


def line_cell(raw: object, limit: int = CELL_LIMIT) -> str:
    """Return a cell as one clean line. Raises ValueError for bytes."""
    return sanitise_line(words_of(raw), limit=limit)


def text_cell(raw: object) -> str:
    """Return a cell as clean text with its line ends. Raises ValueError for bytes."""
    text = sanitise(words_of(raw)).strip()
    return text if len(text) <= CELL_LIMIT else text[: CELL_LIMIT - 1].rstrip() + "…"
