"""The tables of wording: plain text files beside this one, a section a table, a line a template."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@cache
def tables(name: str) -> Mapping[str, tuple[str, ...]]:
    """Read `name`.txt: section to its templates.

    '== section' begins a section, what stands before the first is a comment, and '""' is an empty template.
    """
    read: dict[str, list[str]] = {}
    section: list[str] | None = None
    for line in (Path(__file__).parent / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("== "):
            section = read.setdefault(line[3:].strip(), [])
        elif section is not None and line.strip():
            section.append("" if line == '""' else line)
    return {title: tuple(lines) for title, lines in read.items()}
