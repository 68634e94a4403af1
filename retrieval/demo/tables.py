"""Reading the tables in `shelves/`: a header, then one row a line, cells parted by '|', lists by ';'.

A ';' with a space behind it parts nothing, so that sentences may have their semicolons.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

FOLDER = Path(__file__).with_name("shelves")

Row = dict[str, str]


def read_table(name: str) -> list[Row]:
    """Return the rows of shelves/NAME.psv. Raises ValueError where a row has too many or too few cells."""
    with (FOLDER / f"{name}.psv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter="|", quoting=csv.QUOTE_NONE))
    for number, row in enumerate(rows, start=2):
        if None in row or None in row.values():
            raise ValueError(f"{name}.psv, line {number}: not as many cells as the header has")
    return rows


def listed(cell: str) -> tuple[str, ...]:
    """Return the values of a list cell."""
    return tuple(part for part in re.split(r";(?! )", cell) if part)
