from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from encoders.device import Placement
from encoders.errors import UsageError
from encoders.image import load_image
from encoders.picture import decode_picture
from encoders.quiet import loading
from eval.benchmarks import encoding
from eval.benchmarks.protocol import find
from tests.encoders.families import make_tiny

if TYPE_CHECKING:
    from pathlib import Path

    from encoders.image import OpenClipEncoder

TIMED = ["bare model", "decoded pictures in", "files in", "one picture at a time"]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory: pytest.TempPathFactory) -> OpenClipEncoder:
    with loading():
        _, folder = make_tiny("nano", tmp_path_factory.mktemp("nano") / "clip")
    return load_image(folder, placement=Placement("cpu", "float32", "test"))


def test_all_ways_are_timed_beside_the_bare_model(
    encoder: OpenClipEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "_SECONDS", 0.01)
    measured = encoding.measure(encoder, encoding.draw(tmp_path, 4), rounds=3)
    assert list(measured.rows) == TIMED
    assert measured.batch in (1, 4, 8, 16, 32, 64)
    for rate, share in measured.rows.values():
        assert rate.value > 0 and share.value > 0 and rate.cases == share.cases == 3
    share = measured.rows["bare model"][1]
    assert (share.value, share.error) == (1, 0)
    # One picture at a time has no batch to gain from.
    assert measured.rows["one picture at a time"][1].value < 1


def test_the_bundled_model_is_measured_where_it_is_there(
    encoder: OpenClipEncoder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encoding, "_SECONDS", 0.01)
    monkeypatch.setattr(encoding, "_PICTURES", 2)
    monkeypatch.setattr(encoding, "untrained", lambda: encoder)
    monkeypatch.setattr(encoding, "_bundled", lambda: encoder)
    monkeypatch.setattr(encoding, "FOLDER", tmp_path)
    said: list[str] = []
    table = encoding.run(said.append, rounds=1)
    assert said == ["timing ViT-B-32-256", "timing bundled"]
    assert list(table.rows) == [f"{model}: {what}" for model in ("ViT-B-32-256", "bundled") for what in TIMED]
    assert "float32" in table.notes["bundled"]
    monkeypatch.setattr(encoding, "FOLDER", tmp_path / "absent")
    assert list(encoding.run(said.append, rounds=1).rows) == [f"ViT-B-32-256: {what}" for what in TIMED]


def test_the_drawn_pictures_are_the_same_each_time(tmp_path: Path) -> None:
    (tmp_path / "again").mkdir()
    first, again = encoding.draw(tmp_path, 2), encoding.draw(tmp_path / "again", 2)
    assert [path.read_bytes() for path in first] == [path.read_bytes() for path in again]
    assert {decode_picture(path).size for path in first} == {(640, 480)}
    assert first[0].read_bytes() != first[1].read_bytes()


def test_it_stands_among_the_benchmarks_that_there_are() -> None:
    with pytest.raises(UsageError, match="encoding"):
        find("imagenet")
