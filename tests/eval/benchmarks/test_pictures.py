from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PIL import Image

from encoders.errors import InputError
from eval.benchmarks.pictures import run
from tests.fakes.encoders import HashImageEncoder

if TYPE_CHECKING:
    from pathlib import Path


def test_a_folder_without_photographs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no photographs"):
        run(tmp_path, HashImageEncoder(), lambda _: None)


@pytest.mark.slow  # draws the whole demo
def test_labels_words_and_damage_are_measured(tmp_path: Path) -> None:
    for colour in ("red", "green"):
        (tmp_path / colour).mkdir()
        Image.new("RGB", (20, 20), colour).save(tmp_path / colour / "one.jpg")
    measured = run(tmp_path, HashImageEncoder(), lambda _: None)
    values = {name: means[0].value for name, means in measured.rows.items()}
    assert values["photographs: right label of 2, zero-shot"] == 1.0
    assert 0 < values["drawings held out: in the first 10 of those held out, by words"] < 1
    assert values["demo pictures after JPEG 30: their item first"] > 0.3
    assert all(name in measured.notes for name in ("photographs", "drawings", "one picture"))
