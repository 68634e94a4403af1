from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest

from encoders.errors import InputError
from encoders.sound import RATE
from encoders.vectors import unit
from eval.benchmarks.changed_sounds import changes, with_noise, within
from eval.benchmarks.sound import SoundLikeness, own_first, sharing, within_tolerance
from tests.encoders.test_audio import MAJOR, MINOR, music
from tests.encoders.test_sound import write_wav
from tests.fakes.encoders import HashTextEncoder

if TYPE_CHECKING:
    from pathlib import Path

TONE = np.asarray(0.3 * np.sin(2 * np.pi * 1000 * np.arange(4 * RATE) / RATE), np.float32)


def power(samples: np.ndarray) -> float:
    return float(np.mean(np.square(samples, dtype=np.float64)))


def test_changes_keep_what_a_listener_would_know_again() -> None:
    for name, change in changes().items():
        changed = change(TONE)
        assert np.isfinite(changed).all() and 2.9 * RATE <= len(changed) <= 4.2 * RATE, name
        strongest = np.argmax(np.abs(np.fft.rfft(changed))) * RATE / len(changed)
        assert abs(strongest - 1000) < 5, name


def test_noise_and_bands_are_as_strong_as_said() -> None:
    assert 10 * np.log10(power(TONE) / power(with_noise(TONE, 10) - TONE)) == pytest.approx(10, abs=0.1)
    assert power(within(TONE, 2000, 4000)) < 0.001 * power(TONE) < power(within(TONE, 900, 1100))


def test_what_is_nearest_is_counted() -> None:
    vectors = unit([[1, 0], [0.9, 0.1], [0, 1], [0.1, 0.9]])
    assert own_first(vectors, vectors)[0].value == 1
    assert own_first(vectors[[2, 1, 0, 3]], vectors)[0].value == 0.5
    near, anywhere = sharing(np.repeat(vectors, 2, axis=0), list("aaaabbbb"))
    assert near.value == 1 and anywhere.value == pytest.approx(3 / 7)
    told, true = np.array([92.0, 184.0, np.nan, 70.0]), np.full(4, 90.0)
    assert within_tolerance(told, true, [1.0]) == [1, 0, 0, 0]
    assert within_tolerance(told, true, [0.5, 1.0, 2.0]) == [1, 1, 0, 0]


def test_a_catalogue_with_sounds_is_measured(tmp_path: Path) -> None:
    rows = []
    (tmp_path / "sounds").mkdir()
    for number, (beats, chord) in enumerate([(70, MAJOR), (72, MAJOR), (140, MINOR), (144, MINOR)]):
        write_wav(tmp_path / "sounds" / f"{number}.wav", music(beats, chord, 220, 4 + 6 * (number // 2), 4))
        mode = "major" if chord is MAJOR else "minor"
        rows.append(
            {
                "id": f"t{number}",
                "title": f"Tune {number}",
                "mode": mode,
                "tempo": beats,
                "sound": f"sounds/{number}.wav",
            }
        )
    (tmp_path / "items.jsonl").write_text("\n".join(map(json.dumps, rows)))
    said: list[str] = []
    table = SoundLikeness().run(tmp_path, HashTextEncoder(), said.append)
    assert table.rows["own sound first: 26 dB quieter"][0].value == 1
    assert table.rows["tempo, its half or its double within 8 %"][0].value == 1
    assert {len(means) for means in table.rows.values()} == {2} and said
    assert "3 nearest share mode" in table.rows and "mode is told" in table.rows


def test_a_catalogue_without_sounds_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "items.csv"
    path.write_text("id,title\n1,a\n2,b\n")
    with pytest.raises(InputError, match="0 sounds"):
        SoundLikeness().run(path, HashTextEncoder(), lambda _: None)
