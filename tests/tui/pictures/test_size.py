from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.pictures.probe import Cell
from tui.pictures.size import GAP, USUAL, Box, Screen, abreast, fit, measure

PIXELS = st.integers(1, 5000)


@given(PIXELS, PIXELS, st.integers(1, 60), st.integers(1, 40), st.integers(4, 30), st.integers(4, 60))
def test_a_picture_fits_and_keeps_its_aspect_to_the_cell(
    width: int, height: int, columns: int, rows: int, cell_width: int, cell_height: int
) -> None:
    cell = Cell(cell_width, cell_height)
    box = fit(width, height, Box(columns, rows), cell)
    assert 1 <= box.columns <= columns
    assert 1 <= box.rows <= rows
    scale = min(columns * cell.width / width, rows * cell.height / height, cell.width)
    assert box.columns == 1 or abs(box.columns * cell.width - width * scale) <= cell.width / 2 + 1e-6
    assert box.rows == 1 or abs(box.rows * cell.height - height * scale) <= cell.height / 2 + 1e-6


@pytest.mark.parametrize(
    ("width", "height", "box"),
    [
        (512, 512, Box(18, 9)),
        (400, 600, Box(12, 9)),
        (4000, 100, Box(18, 1)),
        (10, 4000, Box(1, 9)),
        (1, 1, Box(1, 1)),
        (8, 8, Box(8, 4)),
    ],
)
def test_sizes_at_the_usual_cell(width: int, height: int, box: Box) -> None:
    assert fit(width, height, Box(18, 9), USUAL) == box


@pytest.mark.parametrize(
    ("columns", "rows", "pictures", "expected"),
    [
        (40, 24, 4, (2, Box(18, 8))),
        (80, 24, 4, (4, Box(18, 8))),
        (120, 40, 4, (4, Box(28, 13))),
        (200, 60, 4, (4, Box(32, 16))),
        (80, 24, 20, (4, Box(18, 8))),
        (80, 24, 1, (1, Box(32, 8))),
        (12, 5, 3, (1, Box(11, 4))),
        (1, 1, 3, (1, Box(1, 1))),
    ],
)
def test_how_many_stand_abreast(columns: int, rows: int, pictures: int, expected: tuple[int, Box]) -> None:
    assert abreast(Screen(columns, rows, USUAL), pictures) == expected


@given(st.integers(1, 300), st.integers(1, 100), st.integers(1, 50))
def test_a_shelf_never_reaches_the_last_column(columns: int, rows: int, pictures: int) -> None:
    count, box = abreast(Screen(columns, rows, USUAL), pictures)
    assert 1 <= count <= pictures
    assert count * box.columns + (count - 1) * GAP <= max(columns - 1, 1)


def test_a_cell_as_told_serves_where_the_system_does_not_know(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "77")
    monkeypatch.setenv("LINES", "33")
    assert measure(Cell(9, 18)) == Screen(77, 33, Cell(9, 18))
    assert measure() == Screen(77, 33, USUAL)
