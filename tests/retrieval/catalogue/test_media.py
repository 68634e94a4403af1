import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from encoders.errors import InputError
from encoders.picture import decode_picture
from retrieval.catalogue.media import (
    PICTURE_SUFFIXES,
    MediaFolders,
    by_stem,
    check_picture,
    check_sound,
    media_folders,
)


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "shop"
    (folder / "pictures").mkdir(parents=True)
    Image.new("RGB", (4, 3)).save(folder / "pictures" / "a.png")
    (tmp_path / "secret.png").write_bytes((folder / "pictures" / "a.png").read_bytes())
    return folder


@pytest.fixture
def folders(base: Path) -> MediaFolders:
    return media_folders(base, ("pictures", "images"), None)


@pytest.mark.parametrize(
    "cell", ["a.png", "pictures/a.png", "pictures\\a.png", "./pictures/../pictures/a.png"]
)
def test_a_picture_is_found_from_the_folder_or_its_pictures(
    folders: MediaFolders, base: Path, cell: str
) -> None:
    assert folders.find(cell) == (base / "pictures" / "a.png").resolve()


def test_an_absolute_path_inside_is_found(folders: MediaFolders, base: Path) -> None:
    assert folders.find(str((base / "pictures" / "a.png").resolve())).name == "a.png"


@pytest.mark.parametrize("cell", ["b.png", "", "a\0b.png", "x" * 300, "y" * 2000, "pictures"])
def test_what_is_absent_is_said_to_be(folders: MediaFolders, cell: str) -> None:
    with pytest.raises(ValueError, match=r"is absent|no path"):
        folders.find(cell)


def test_no_path_leads_out_of_the_folder(folders: MediaFolders, base: Path, tmp_path: Path) -> None:
    (base / "link.png").symlink_to(tmp_path / "secret.png")
    (base / "images").symlink_to(tmp_path)
    outside = media_folders(base, ("pictures", "images"), None)
    for cell in ("../secret.png", str(tmp_path / "secret.png"), "link.png", "images/secret.png"):
        with pytest.raises(ValueError, match="leaves the catalogue's folder"):
            outside.find(cell)


def test_a_folder_set_by_hand_may_lie_outside(base: Path, tmp_path: Path) -> None:
    chosen = media_folders(base, ("pictures",), tmp_path)
    assert chosen.find("secret.png") == (tmp_path / "secret.png").resolve()
    assert set(by_stem(chosen, (".png",))) == {"secret", "a"}


def test_pictures_are_known_by_their_header(base: Path) -> None:
    check_picture(base / "pictures" / "a.png")
    whole = (base / "pictures" / "a.png").read_bytes()
    for name, content in (("text.png", b"no picture"), ("empty.png", b""), ("cut.png", whole[:20])):
        (base / name).write_bytes(content)
        with pytest.raises(ValueError, match="picture"):
            check_picture(base / name)


@pytest.mark.parametrize("form", ["GIF", "WEBP", "AVIF"])
def test_what_the_decoder_takes_is_a_picture_of_a_catalogue(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{form.lower()}"
    Image.new("RGB", (16, 16)).save(path, form)
    check_picture(path)
    assert decode_picture(path).size == (16, 16)
    assert path.suffix in PICTURE_SUFFIXES


@pytest.mark.parametrize("form", ["BMP", "TIFF"])
def test_what_the_decoder_refuses_is_no_picture_of_a_catalogue(form: str, tmp_path: Path) -> None:
    path = tmp_path / f"a.{form.lower()}"
    Image.new("RGB", (16, 16)).save(path, form)
    with pytest.raises(ValueError, match=f"is a {form} picture, which can't be read: save it as PNG"):
        check_picture(path)
    with pytest.raises(InputError, match=f"is a {form} picture"):
        decode_picture(path)


def test_damaged_notes_of_a_camera_are_no_fault_of_its_picture(tmp_path: Path) -> None:
    path = tmp_path / "a.jpg"
    lies = b"Exif\0\0II*\0" + struct.pack("<IHHHII", 8, 1, 1000, 7, 60_000, 0)
    Image.new("RGB", (16, 16)).save(path, exif=lies)
    check_picture(path)


def test_a_picture_of_too_many_pixels_is_refused_without_decoding(tmp_path: Path) -> None:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    path = tmp_path / "bomb.png"
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", b""))
    with pytest.raises(ValueError, match="too many pixels"):
        check_picture(path)


def test_sounds_are_known_by_their_first_bytes(tmp_path: Path) -> None:
    sound = tmp_path / "a.wav"
    sound.write_bytes(b"RIFF\x00\x00\x00\x00WAVE")
    check_sound(sound)
    sound.write_bytes(b"<html>")
    with pytest.raises(ValueError, match="not a sound"):
        check_sound(sound)
