from __future__ import annotations

import importlib.util
import io
import os
import struct
import time
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageOps

from encoders.container import MAX_PARTS, MAX_SCANS
from encoders.errors import InputError
from encoders.picture import PictureLimits, decode_picture

HEIC = importlib.util.find_spec("pillow_heif") is not None
if HEIC:
    import pillow_heif

    pillow_heif.register_heif_opener()
needs_heic = pytest.mark.skipif(not HEIC, reason="the extra 'heic' is not installed")


def encoded(picture: Image.Image, form: str = "PNG", **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, form, **options)
    return buffer.getvalue()


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is huge: the header is all that a decoder needs to see."""
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
    + [("WEBP", mode) for mode in ("RGB", "RGBA")]
    + [("GIF", mode) for mode in ("L", "P", "RGBA")]
    + [("AVIF", mode) for mode in ("RGB", "RGBA")]
    + [pytest.param("HEIF", mode, marks=needs_heic) for mode in ("RGB", "RGBA")],
)
def test_every_kind_of_picture_becomes_rgb(form: str, mode: str) -> None:
    picture = decode_picture(encoded(Image.new(mode, (30, 20)), form))
    assert (picture.mode, picture.size) == ("RGB", (30, 20))


def test_a_large_picture_is_shrunk_and_keeps_its_shape() -> None:
    assert decode_picture(encoded(Image.new("RGB", (3000, 1500)), "JPEG")).size == (1024, 512)
    assert decode_picture(encoded(Image.new("RGB", (10, 1500))), PictureLimits(longest=150)).size == (1, 150)


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "AVIF", pytest.param("HEIF", marks=needs_heic)])
@pytest.mark.parametrize("held", range(1, 9))
def test_the_rotation_noted_by_a_camera_is_applied_and_its_notes_dropped(form: str, held: int) -> None:
    stored = Image.new("RGB", (64, 32), "blue")
    stored.paste("red", (0, 0, 32, 16))
    exif = Image.Exif()
    exif[0x0112] = held
    wanted = ImageOps.exif_transpose(Image.open(io.BytesIO(encoded(stored, "PNG", exif=exif))))
    # As bytes: of an object pillow-heif writes no rotation.
    picture = decode_picture(encoded(stored, form, exif=exif.tobytes()))
    assert picture.size == wanted.size and not picture.info and not picture.getexif()
    for corner in ((4, 4), (picture.width - 5, 4), (4, picture.height - 5)):
        was, now = wanted.getpixel(corner), picture.getpixel(corner)
        assert isinstance(was, tuple) and isinstance(now, tuple)
        assert max(abs(a - b) for a, b in zip(was, now, strict=True)) < 40


def test_sixteen_bits_of_grey_keep_their_middle() -> None:
    grey = Image.fromarray(np.full((4, 4), 0x8000, np.uint16))
    assert decode_picture(encoded(grey)).getpixel((0, 0)) == (128, 128, 128)


def test_a_name_says_nothing(tmp_path: Path) -> None:
    path = tmp_path / "boot.jpg"
    path.write_bytes(encoded(Image.new("RGB", (8, 8), "red")))
    assert decode_picture(path).getpixel((0, 0)) == (255, 0, 0)


def test_transparent_parts_become_white() -> None:
    assert decode_picture(encoded(Image.new("RGBA", (2, 2), (255, 0, 0, 0)))).getpixel((0, 0)) == (
        255,
        255,
        255,
    )


@pytest.mark.parametrize(
    ("form", "options"), [("WEBP", {"lossless": True}), ("GIF", {}), ("PNG", {}), ("AVIF", {"quality": 100})]
)
def test_the_first_picture_of_an_animation_is_taken(form: str, options: dict[str, object]) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    data = encoded(frames[0], form, save_all=True, append_images=frames[1:], **options)
    found = decode_picture(data).getpixel((0, 0))
    assert isinstance(found, tuple) and found[0] > 250 and found[2] < 5


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "it has no frame"),
        (b"GIF89a", "it is cut short"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "not a PNG, JPEG or WebP picture, nor a GIF, AVIF or HEIC"),
        (b"%PDF-1.7\n", "is a PDF"),
        (b"\n<!DOCTYPE html><html>404</html>", "is a web page"),
        (b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "is an SVG drawing"),
        (b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom", "is a video"),
        (b"RIFF\x00\x00\x00\x00AVI LIST", "is a video"),
        (encoded(Image.new("RGB", (2, 2)), "BMP"), "is a BMP picture"),
        (encoded(Image.new("RGB", (2, 2)), "TIFF"), "is a TIFF picture"),
        (b"\x89PNG\r\n\x1a\n<html>not a picture</html>", "damaged or cut short"),
        (b"\xff\xd8\xff\xe0 and then nothing of a JPEG", "damaged or cut short"),
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


def passes(count: int, side: int = 64) -> bytes:
    """A progressive JPEG whose last scan comes `count` times more."""
    data = encoded(Image.effect_noise((side, side), 60), "JPEG", progressive=True)
    return data[:-2] + data[data.rindex(b"\xff\xda") : -2] * count + data[-2:]


def many_parts() -> dict[str, bytes]:
    png, jpeg = (encoded(Image.new("RGB", (8, 8)), form) for form in ("PNG", "JPEG"))
    gif = encoded(Image.new("P", (8, 8)), "GIF")
    head = 13 + (3 << ((gif[10] & 7) + 1))
    return {
        "PNG": png[:33] + chunk(b"tEXt", b"") * MAX_PARTS + png[33:],
        "JPEG": jpeg[:2] + b"\xff\xe2\x00\x02" * MAX_PARTS + jpeg[2:],
        "JPEG of many scans": passes(MAX_SCANS),
        "GIF": gif[:head] + b"!\xfe" + b"\x01a" * 400_000 + gif[head:],
    }


@pytest.mark.parametrize("kind", many_parts())
def test_a_file_of_very_many_parts_is_refused_at_once(kind: str) -> None:
    began = time.process_time()
    with pytest.raises(InputError, match="it has too many parts"):
        decode_picture(many_parts()[kind])
    assert time.process_time() - began < 2


def test_a_progressive_picture_of_ten_scans_more_is_taken() -> None:
    assert decode_picture(passes(10)).size == (64, 64)


def test_fill_bytes_before_a_marker_cost_nothing() -> None:
    # Pillow takes one at a time: 32 MB of them took 20 s.
    data = encoded(Image.new("RGB", (8, 8), "red"), "JPEG")
    began = time.process_time()
    assert decode_picture(data[:2] + b"\xff" * (8 << 20) + data[2:]).size == (8, 8)
    assert time.process_time() - began < 1


def test_what_a_phone_appends_to_a_picture_is_left_out() -> None:
    plain = encoded(Image.effect_noise((32, 32), 60), "JPEG")
    with_video = plain + b"\x00\x00\x00\x18ftypmp42" + b"\xff\xda\x00\x04" * 1000
    assert decode_picture(with_video).tobytes() == decode_picture(plain).tobytes()


def test_notes_that_lie_are_not_read() -> None:
    # 3000 tags that each claim the whole file; Pillow warns of each.
    tags = b"".join(struct.pack("<HHII", tag, 7, 60_000, 0) for tag in range(1000, 4000))
    exif = b"Exif\0\0II*\0" + struct.pack("<IH", 8, 3000) + tags
    for form in ("PNG", "JPEG", "WEBP", "AVIF"):
        plain = encoded(Image.new("RGB", (8, 8)), form)
        if form != "AVIF":  # Pillow would parse it in order to write it
            plain = encoded(Image.new("RGB", (8, 8)), form, exif=exif)
        assert decode_picture(plain).size == (8, 8)


@pytest.mark.skipif(HEIC, reason="the extra 'heic' is installed")
def test_without_the_extra_a_heic_picture_is_refused_by_naming_it() -> None:
    with pytest.raises(
        InputError, match=r"the extra 'heic'; install it with `pip install 'vitrine\[heic\]'`"
    ):
        decode_picture(b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic")


def seeds() -> list[bytes]:
    noise = Image.effect_noise((24, 24), 60)
    more = [Image.effect_noise((24, 24), 60) for _ in range(2)]
    exif = Image.Exif()
    exif[0x0112] = 6
    forms = ["PNG", "JPEG", "WEBP", "GIF", "AVIF", *(["HEIF"] if HEIC else [])]
    moving: list[bytes] = [
        encoded(noise, form, save_all=True, append_images=more)
        for form in ("PNG", "WEBP", "GIF", "AVIF", "MPO")
    ]
    noted = [encoded(noise, form, exif=exif) for form in forms if form != "GIF"]
    return [*(encoded(noise, form) for form in forms), *moving, *noted, passes(1, 24)]


SEEDS = seeds()
WORDS = (b"\xff\xff\xff\xff", b"\0\0\0\0", b"\x7f\xff\xff\xff", b"\0\0\xff\xff")
EDITS = st.lists(st.tuples(st.integers(0, 6000), st.integers(0, 255) | st.sampled_from(WORDS)), max_size=12)


@settings(max_examples=400, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    seed=st.sampled_from(SEEDS),
    edits=EDITS,
    cut=st.just(0) | st.integers(0, 6000),
    copied=st.tuples(st.integers(0, 6000), st.integers(0, 6000), st.integers(0, 200)),
)
def test_damaged_files_decode_or_are_refused_and_nothing_else(
    seed: bytes, edits: list[tuple[int, int | bytes]], cut: int, copied: tuple[int, int, int]
) -> None:
    data = bytearray(seed[: max(len(seed) - cut % len(seed), 1)])
    for position, value in edits:
        new = bytes((value,)) if isinstance(value, int) else value
        data[position % len(data) : position % len(data) + len(new)] = new
    source, target, length = copied
    data[target % len(data) : target % len(data)] = data[source % len(data) :][:length]
    try:
        picture = decode_picture(bytes(data), PictureLimits(max_pixels=4_000_000))
    except InputError as error:
        assert str(error).startswith("The picture") and str(error).endswith(".") and "\n" not in str(error)
    else:
        assert picture.mode == "RGB" and max(picture.size) <= 1024 and not picture.info


@settings(max_examples=100, deadline=None)
@given(
    start=st.sampled_from([seed[:size] for seed in SEEDS for size in (4, 12, 30)]),
    rest=st.binary(max_size=300),
)
def test_a_true_beginning_with_anything_behind_it(start: bytes, rest: bytes) -> None:
    try:
        assert decode_picture(start + rest).mode == "RGB"
    except InputError as error:
        assert str(error).startswith("The picture")
