from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from tests.fakes.microphone import tone
from tui.microphone.level import QUIETEST, SILENT, level_bar, level_of, write_level

decibels = st.floats(allow_nan=False)
blocks = arrays(np.float32, st.integers(0, 50), elements=st.floats(-1, 1, width=32))


def test_a_sine_at_full_scale_peaks_at_0_and_sounds_3_below() -> None:
    level = level_of(tone(1.0, amplitude=1.0))
    assert level.peak == pytest.approx(0.0, abs=0.01)
    assert level.rms == pytest.approx(-3.01, abs=0.01)


@given(blocks, st.floats(1.01, 100))
def test_what_is_louder_is_never_shown_lower(block: np.ndarray, times: float) -> None:
    soft = (block / 100).astype(np.float32)
    quiet, loud = level_of(soft), level_of((soft * times).astype(np.float32))
    assert loud.rms >= quiet.rms and loud.peak >= quiet.peak
    assert quiet.peak >= quiet.rms or quiet.peak == pytest.approx(quiet.rms, abs=1e-6)


@given(st.floats(-1, 1, width=32), st.integers(0, 100))
def test_an_offset_is_no_sound(offset: float, count: int) -> None:
    assert level_of(np.full(count, offset, np.float32)).rms < -150


def test_what_is_no_number_is_silence() -> None:
    assert level_of(np.array([np.nan, np.inf, -np.inf], np.float32)) == SILENT


@given(decibels, decibels, st.integers(0, 40))
def test_the_bar_keeps_its_width_and_grows_with_the_level(one: float, other: float, cells: int) -> None:
    low, high = sorted((one, other))
    assert len(level_bar(one, cells)) == cells
    assert drawn(level_bar(low, cells)) <= drawn(level_bar(high, cells))


def test_the_bar_has_eighths_from_its_empty_to_its_full_end() -> None:
    assert level_bar(QUIETEST, 4) == level_bar(-math.inf, 4) == "    "
    assert level_bar(0, 4) == level_bar(3, 4) == "████"
    assert level_bar(-30, 4) == "██  "
    assert level_bar(-60 + 60 / 4 * 1.5, 4) == "█▌  "


@given(decibels.filter(lambda level: level < 100))
def test_the_number_has_one_width(level: float) -> None:
    assert len(write_level(level)) == 7


def test_the_number_says_what_the_bar_shows() -> None:
    assert write_level(-18.2) == " −18 dB"
    assert write_level(-0.3) == "   0 dB"
    assert write_level(-math.inf) == "<−60 dB"


def drawn(bar: str) -> int:
    """Eighths of a cell."""
    return sum(8 if cell == "█" else " ▏▎▍▌▋▊▉".index(cell) for cell in bar)
