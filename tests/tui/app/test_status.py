from __future__ import annotations

import pytest

from tui.app.status import _ends, _fitting, _shorter, tell_timings
from tui.app.text import clip, plain

TIMINGS = "searched 9 ms · first card 29 ms · all 135 ms"
KEYS = "F1 help · F2 speak · F3 picture"


def test_phases_that_took_no_time_are_no_news() -> None:
    told = tell_timings({"perceive": 0.3, "decide": 17.2, "retrieve": 9, "first_card": 29, "total": 1350})
    assert told == "understood 17 ms · searched 9 ms · first card 29 ms · all 1.4 s"
    assert tell_timings({}) == ""


@pytest.mark.parametrize(
    ("width", "left", "right"),
    [
        (100, TIMINGS, KEYS),
        (66, "first card 29 ms · all 135 ms", KEYS),
        (50, "all 135 ms", KEYS),
        (30, "all 135 ms", "F1 help · F2 speak"),
        (21, "all 135 ms", "F1 help"),
        (12, "all 135 ms", ""),
    ],
)
def test_times_give_way_before_keys_do(width: int, left: str, right: str) -> None:
    assert _fitting(_shorter(TIMINGS, first=True), _shorter(KEYS, first=False), width) == (left, right)
    assert _ends(plain(left), plain(right), width).cell_length <= width


def test_what_is_too_long_for_a_card_ends_in_an_ellipsis() -> None:
    assert clip(plain("one two three"), 20, 1).plain == "one two three"
    assert clip(plain("one two three four"), 7, 2).plain == "one two\nthree…"
    long = clip(plain("x" * 500, "bold"), 10, 3)
    assert long.plain == f"{'x' * 10}\n{'x' * 10}\n{'x' * 9}…"
    wide = clip(plain("革" * 50), 5, 2)
    assert all(line.cell_length <= 5 for line in wide.split("\n"))
