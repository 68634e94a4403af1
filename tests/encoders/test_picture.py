from __future__ import annotations

import io
import os
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from encoders.errors import InputError
from encoders.picture import FORMATS, PictureLimits, decode_picture


def encoded(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge: the header is all that a decoder needs to see."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("form", "mode"),
    [("PNG", mode) for mode in ("RGB", "L", "1", "P", "RGBA", "LA", "I;16")]
    + [("JPEG", mode) for mode in ("RGB", "L", "CMYK")]
    + [("WEBP", mode) for mode in ("RGB", "RGBA")],
)
def test_every_kind_of_picture_becomes_rgb(form: str, mode: str) -> None:
    picture = decode_picture(encoded(Image.new(mode, (30, 20)), form))
    assert (picture.mode, picture.size) == ("RGB", (30, 20))


def test_a_large_picture_is_shrunk_and_keeps_its_shape() -> None:
    assert decode_picture(encoded(Image.new("RGB", (3000, 1500)), "JPEG")).size == (1024, 512)
    assert decode_picture(encoded(Image.new("RGB", (10, 1500))), PictureLimits(longest=150)).size == (1, 150)


def test_the_rotation_noted_by_a_camera_is_applied_and_its_notes_dropped() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    picture = decode_picture(encoded(Image.new("RGB", (40, 20)), "JPEG", exif=exif))
    assert picture.size == (20, 40) and not picture.info and not picture.getexif()


def test_transparent_parts_become_white() -> None:
    assert decode_picture(encoded(Image.new("RGBA", (2, 2), (255, 0, 0, 0)))).getpixel((0, 0)) == (
        255,
        255,
        255,
    )


def test_the_first_picture_of_an_animation_is_taken() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], "WEBP", save_all=True, append_images=frames[1:], lossless=True)
    assert decode_picture(data).getpixel((0, 0)) == (255, 0, 0)  # lossless, so exactly red


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not a PNG, JPEG or WebP"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "not a PNG, JPEG or WebP"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "not a PNG, JPEG or WebP"),
        (bomb(9000, 9000), "9000 × 9000 pixels"),
        (bomb(13_000, 13_000), "unreasonable size"),
        (bomb(60_000, 60_000), "unreasonable size"),
        (encoded(Image.effect_noise((64, 64), 90))[:-400], "damaged or cut short"),
    ],
)
def test_what_cannot_be_used_is_told_in_one_sentence(data: bytes, said: str) -> None:
    with pytest.raises(InputError, match=said) as caught:
        decode_picture(data)
    assert str(caught.value).endswith(".") and "\n" not in str(caught.value)


def test_a_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.png"
    path.write_bytes(b"\x89PNG" + b"\x00" * (1 << 20))
    with pytest.raises(InputError, match="larger than 1 MB"):
        decode_picture(path, PictureLimits(max_bytes=1 << 20))


def test_paths_that_are_no_picture_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"can't be read \(No such file"):
        decode_picture(tmp_path / "nothing.png")
    with pytest.raises(InputError, match="is not a file"):
        decode_picture(tmp_path)
    os.mkfifo(tmp_path / "pipe.png")
    with pytest.raises(InputError, match="is not a file"):
        decode_picture(tmp_path / "pipe.png")
    with pytest.raises(InputError, match="can't be read"):
        decode_picture(Path("null\x00byte.png"))


def test_escape_sequences_of_a_name_do_not_reach_the_message(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        decode_picture(tmp_path / "a\x1b[2Jb.png")
    assert "\x1b" not in str(caught.value)


SEEDS = [encoded(Image.effect_noise((24, 24), 60), form) for form in FORMATS]


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    seed=st.sampled_from(SEEDS),
    edits=st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 255)), max_size=12),
    cut=st.integers(0, 4000),
)
def test_damaged_files_decode_or_are_refused_and_nothing_else(
    seed: bytes, edits: list[tuple[int, int]], cut: int
) -> None:
    data = bytearray(seed[: max(len(seed) - cut % len(seed), 1)])
    for position, value in edits:
        data[position % len(data)] = value
    try:
        assert decode_picture(bytes(data)).mode == "RGB"
    except InputError as error:
        assert str(error).startswith("The picture")
