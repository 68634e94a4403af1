from __future__ import annotations

from pathlib import Path

import pytest
from PIL import Image

from encoders.errors import InputError, UsageError
from tests.tui.attachments.files import make_picture, make_sound
from tui.attachments.attached import write_bytes
from tui.attachments.staging import MOST, Staged, existing_file


def test_chips_keep_the_order_in_which_files_came(tmp_path: Path) -> None:
    sound, picture = make_sound(tmp_path / "rain.wav"), make_picture(tmp_path / "bag.png")
    voice, other = make_sound(tmp_path / "said.wav", 75), make_sound(tmp_path / "again.wav", 2)
    staged = Staged().with_file("sound", str(sound)).with_file("voice", voice).with_file("image", picture)
    assert [chip.kind for chip in staged.chips] == ["sound", "voice", "image"]
    assert (staged.images, staged.sounds, staged.voice) == ((picture,), (sound,), voice)
    assert staged.described() == (
        "rain.wav 1.0 s 32 KB",
        "said.wav 1:15 2.4 MB",
        f"bag.png 8×6 {picture.stat().st_size} bytes",
    )
    assert staged.chips[2].described() == ("bag.png", "8×6", f"{picture.stat().st_size} bytes")
    replaced = staged.with_file("voice", other)
    assert (len(replaced), replaced.voice, staged.voice) == (3, other, voice)


def test_any_part_is_taken_back(tmp_path: Path) -> None:
    paths = [make_picture(tmp_path / f"{name}.png") for name in "abc"]
    staged = Staged()
    for path in paths:
        staged = staged.with_file("image", path)
    assert staged.without(1).images == (paths[0], paths[2])
    for index in (-1, 3):
        with pytest.raises(IndexError):
            staged.without(index)
    assert bool(staged) and not Staged()


def test_there_is_a_limit(tmp_path: Path) -> None:
    path = make_picture(tmp_path / "bag.png")
    staged = Staged()
    for _ in range(MOST):
        staged = staged.with_file("image", path)
    with pytest.raises(UsageError, match=f"^{MOST} files wait already"):
        staged.with_file("image", path)


@pytest.mark.parametrize("turned", [1, 3, 6, 8])
def test_pixels_are_those_that_are_seen(turned: int, tmp_path: Path) -> None:
    path = tmp_path / "photo.jpg"
    picture = Image.new("RGB", (40, 30), "red")
    exif = picture.getexif()
    exif[0x0112] = turned
    picture.save(path, exif=exif)
    (chip,) = Staged().with_file("image", path).chips
    assert chip.pixels == ((30, 40) if turned in (6, 8) else (40, 30))


def test_pixels_are_those_of_the_file_and_not_of_what_an_encoder_reads(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    Image.new("L", (3000, 500)).save(path)
    assert Staged().with_file("image", path).chips[0].described()[1] == "3000×500"


@pytest.mark.parametrize("kind", ["image", "sound"])
def test_what_can_t_be_decoded_is_refused(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "note.png"
    path.write_text("words", encoding="utf-8")
    with pytest.raises(InputError, match=r"note\.png"):
        Staged().with_file(kind, path)
    assert Staged().with_file("voice", path).chips[0].seconds is None


def test_a_name_is_shown_without_what_a_terminal_obeys(tmp_path: Path) -> None:
    path = make_picture(tmp_path / ("\x1b[31mbag" + "x" * 90 + ".png"))
    (line,) = Staged().with_file("image", path).described()
    assert line.startswith("bagx") and "… 8×6" in line and "\x1b" not in line


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing.png", "missing.png can't be used: there is no such file; check the path."),
        (".", "it is a folder"),
        ("a\0b", "can't be used"),
        ("x" * 9000, "can't be used"),
        ("~nobody-at-all/a.png", "can't be used"),
    ],
)
def test_what_is_not_there_is_told(name: str, says: str) -> None:
    with pytest.raises(InputError) as refused:
        existing_file(name)
    assert says in str(refused.value) and len(str(refused.value)) < 300


def test_a_command_takes_every_spelling(tmp_path: Path) -> None:
    path = make_picture(tmp_path / "my bag\u202fPM.png")
    for text in (str(path), path.as_uri(), str(path).replace("\u202f", " "), f"'{path}'"):
        assert existing_file(text) == path


@pytest.mark.parametrize(
    ("size", "said"),
    [(999, "999 bytes"), (1000, "1 KB"), (312_400, "312 KB"), (999_499, "999 KB"), (999_500, "1.0 MB")],
)
def test_sizes_are_written_as_file_managers_do(size: int, said: str) -> None:
    assert write_bytes(size) == said


def test_a_path_is_kept_as_it_was_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    make_picture(tmp_path / "bag.png")
    assert Staged().with_file("image", "bag.png").images == (Path("bag.png"),)
