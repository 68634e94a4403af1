"""Whole screens as rows of text, at three widths; WRITE_SNAPSHOTS=1 writes them anew, to be read first."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.tui.app.conftest import Open, Person

pytestmark = pytest.mark.anyio
SNAPSHOTS = Path(__file__).parent / "snapshots"
BOOTS = "boots that dont leak, 80 tops"
SIZES = {"narrow": (40, 24), "normal": (80, 24), "wide": (120, 40)}
# What differs from run to run: names of sessions with their dates, and the last line, where times stand.
VARYING = (
    (re.compile(r"\d{8}-\d{6}-[0-9a-f]{4}"), "00000000-000000-0000"),
    (re.compile(r"\b\d{4}-\d\d-\d\d\b"), "0000-00-00"),
    (re.compile(r"\b\d\d:\d\d\b"), "00:00"),
)


def text(person: Person) -> str:
    *rows, _ = person.screen.splitlines()
    whole = "\n".join(row.rstrip() for row in rows) + "\n"
    for pattern, stands in VARYING:
        whole = pattern.sub(stands, whole)
    return whole


def compare(person: Person, name: str) -> None:
    path = SNAPSHOTS / f"{name}.txt"
    now = text(person)
    if os.environ.get("WRITE_SNAPSHOTS"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8"), f"{name}: WRITE_SNAPSHOTS=1 writes it anew\n{now}"


@pytest.mark.parametrize("size", SIZES)
async def test_screens_look_as_they_did(opened: Open, size: str) -> None:
    async with opened(*SIZES[size]) as person:
        compare(person, f"empty-{size}")
        await person.say(BOOTS)
        compare(person, f"cards-{size}")
        await person.press("tab", "1", "w")
        compare(person, f"why-{size}")
        await person.press("escape")
        if size != "wide":
            await person.press("f6")
        await person.say("silk boots")
        compare(person, f"ranked-{size}")
        await person.press("f1")
        compare(person, f"help-{size}")
        await person.press("escape")
        await person.say("/sessions")
        compare(person, f"sessions-{size}")
