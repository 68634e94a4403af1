"""The clipboard, read by real processes: what the tools print is played by small shell scripts."""

from __future__ import annotations

import io
import os
import shlex
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from encoders.errors import InputError
from encoders.picture import decode_picture
from tests.tui.attachments.files import make_picture, make_sound, picture_bytes
from tui.attachments.clipboard import Failed, NoPicture, TooLarge, Unavailable, clipboard_picture

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    Play = Callable[[str, Mapping[str, bytes | str]], None]

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the scripts are a shell's")

WAYLAND = {"WAYLAND_DISPLAY": "wayland-0"}
X11 = {"DISPLAY": ":0"}


class Desk:
    """A folder of tools, and the environment in which they are found."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()

    def tool(self, name: str, answers: Mapping[str, bytes | str], rest: str = "exit 1") -> None:
        """A tool that prints the first answer whose pattern its arguments match, else does the rest."""
        cases = ""
        for number, (pattern, answer) in enumerate(answers.items()):
            data = self.folder / f"{name}.{number}"
            data.write_bytes(answer if isinstance(answer, bytes) else answer.encode())
            cases += f"  {pattern}) exec /bin/cat {shlex.quote(str(data))} ;;\n"
        script = self.folder / name
        script.write_text(f'#!/bin/sh\ncase "$*" in\n{cases}esac\n{rest}\n', encoding="utf-8")
        script.chmod(0o755)

    def environ(self, **more: str) -> dict[str, str]:
        return {"PATH": str(self.folder), **more}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "tools")


def tiff() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (5, 7), "blue").save(buffer, "TIFF")
    return buffer.getvalue()


def bmp() -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (5, 7), "blue").save(buffer, "BMP")
    return buffer.getvalue()


TOOLS = {
    "wl-paste": (WAYLAND, "--list-types", "*--type\\ {}"),
    "xclip": (X11, "*TARGETS", "*-t\\ {}"),
}


def offer(desk: Desk, tool: str, held: Mapping[str, bytes | str], rest: str = "exit 1") -> dict[str, str]:
    environ, types, one = TOOLS[tool]
    listing = "\n".join(["TARGETS", "TIMESTAMP", *held])
    desk.tool(tool, {types: listing, **{one.format(kind): data for kind, data in held.items()}}, rest)
    return desk.environ(**environ)


@pytest.mark.parametrize("tool", TOOLS)
@pytest.mark.parametrize(
    ("kind", "picture", "suffix"),
    [
        ("image/png", picture_bytes(), ".png"),
        ("image/jpeg", picture_bytes("JPEG"), ".jpg"),
        ("image/webp", picture_bytes("WEBP"), ".webp"),
        ("image/tiff", tiff(), ".png"),
        ("image/bmp", bmp(), ".png"),
    ],
)
def test_a_picture_is_saved_where_only_the_person_can_read_it(
    desk: Desk, tool: str, kind: str, picture: bytes, suffix: str
) -> None:
    found = clipboard_picture(offer(desk, tool, {"text/html": "<img>", kind: picture}), "linux")
    (path,) = found.paths
    assert found.saved and path.suffix == suffix
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert decode_picture(path).size == decode_picture(path.read_bytes()).size
    if suffix != ".png" or kind == "image/png":
        assert path.read_bytes() == picture


@pytest.mark.parametrize("tool", TOOLS)
def test_copied_files_are_those_files(desk: Desk, tool: str, tmp_path: Path) -> None:
    picture, sound = make_picture(tmp_path / "my bäg.png"), make_sound(tmp_path / "rain.wav")
    note = tmp_path / "note.txt"
    note.write_text("words", encoding="utf-8")
    uris = "\r\n".join(path.as_uri() for path in (picture, note, sound)) + "\r\n"
    held: dict[str, bytes | str] = {"text/uri-list": f"# copied\r\n{uris}", "image/png": b"an icon"}
    found = clipboard_picture(offer(desk, tool, held), "linux")
    assert (found.paths, found.saved) == ((picture, sound), False)
    with pytest.raises(NoPicture, match="no picture or sound that can be read"):
        clipboard_picture(offer(desk, tool, {"text/uri-list": note.as_uri()}), "linux")


@pytest.mark.parametrize("tool", TOOLS)
def test_text_is_told_from_nothing(desk: Desk, tool: str) -> None:
    with pytest.raises(NoPicture, match="There is text on the clipboard"):
        clipboard_picture(offer(desk, tool, {"UTF8_STRING": "hello", "text/plain": "hello"}), "linux")
    complaint = {"wl-paste": "Nothing is copied", "xclip": "Error: target TARGETS not available"}[tool]
    desk.tool(tool, {}, rest=f"echo '{complaint}' >&2; exit 1")
    with pytest.raises(NoPicture, match="There is no picture on the clipboard"):
        clipboard_picture(desk.environ(**TOOLS[tool][0]), "linux")


@pytest.mark.parametrize("tool", TOOLS)
def test_a_missing_tool_names_its_package(desk: Desk, tool: str) -> None:
    package = {"wl-paste": "wl-clipboard", "xclip": "xclip"}[tool]
    with pytest.raises(Unavailable, match=f"{tool} is not installed: install the package {package} "):
        clipboard_picture(desk.environ(**TOOLS[tool][0]), "linux")


def test_what_is_installed_is_taken_where_both_displays_are(desk: Desk) -> None:
    environ = offer(desk, "xclip", {"image/png": picture_bytes()}) | WAYLAND
    assert clipboard_picture(environ, "linux").saved


def test_without_a_desktop_and_over_ssh_there_is_no_clipboard(desk: Desk) -> None:
    with pytest.raises(Unavailable, match="no desktop is running"):
        clipboard_picture(desk.environ(), "linux")
    far = desk.environ(SSH_CONNECTION="10.0.0.1 5 10.0.0.2 22")
    for platform in ("linux", "darwin"):
        with pytest.raises(Unavailable, match="Over SSH"):
            clipboard_picture(far, platform)
    # A forwarded X11 display shows the person's own clipboard.
    assert clipboard_picture(far | offer(desk, "xclip", {"image/png": picture_bytes()}), "linux").saved


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_that_fails_is_quoted(desk: Desk, tool: str) -> None:
    desk.tool(tool, {}, rest='echo "Error: Can\'t open display: :0\x1b[2J" >&2; exit 1')
    with pytest.raises(Failed) as failed:
        clipboard_picture(desk.environ(**TOOLS[tool][0]), "linux")
    assert f"({tool}: Error: Can't open display: :0)" in str(failed.value)
    assert "/image PATH" in str(failed.value)


def test_a_tool_that_never_answers_is_stopped_with_what_it_started(desk: Desk, tmp_path: Path) -> None:
    mark = tmp_path / "still there"
    desk.tool("wl-paste", {}, rest=f"(/bin/sleep 4; echo > {shlex.quote(str(mark))}) & /bin/sleep 60")
    began = time.monotonic()
    with pytest.raises(Failed, match="took more than 2 seconds"):
        clipboard_picture(desk.environ(**WAYLAND), "linux")
    assert time.monotonic() - began < 3.5
    time.sleep(max(began + 4.3 - time.monotonic(), 0))
    assert not mark.exists()


def test_too_much_is_not_read_to_its_end(desk: Desk) -> None:
    desk.tool("wl-paste", {"--list-types": "image/png"}, rest="exec /bin/cat /dev/zero")
    with pytest.raises(TooLarge, match="larger than 32 MB"):
        clipboard_picture(desk.environ(**WAYLAND), "linux")


@pytest.mark.parametrize("kind", ["image/png", "image/tiff", "image/bmp"])
@pytest.mark.parametrize("data", [b"", b"not a picture", picture_bytes()[:40], tiff()[:60], bmp()[:40]])
def test_a_damaged_picture_is_refused_in_a_sentence(desk: Desk, kind: str, data: bytes) -> None:
    with pytest.raises(InputError) as refused:
        clipboard_picture(offer(desk, "xclip", {kind: data}), "linux")
    assert "\n" not in str(refused.value) and str(refused.value).endswith(".")


def osascript(desk: Desk, info: str, answers: Mapping[str, bytes | str]) -> dict[str, str]:
    desk.tool("osascript", {"*clipboard\\ info*": info, **answers})
    return desk.environ()


def test_macos_prints_pictures_as_hexadecimal_and_prefers_a_file_to_its_icon(
    desk: Desk, tmp_path: Path
) -> None:
    png = f"«data PNGf{picture_bytes().hex().upper()}»\n"
    environ = osascript(desk, "«class PNGf», 70, «class utf8», 4", {"*PNGf*": png})
    (path,) = clipboard_picture(environ, "darwin").paths
    assert path.read_bytes() == picture_bytes()

    environ = osascript(desk, "TIFF picture, 70", {"*TIFF*": f"«data TIFF{tiff().hex()}»\n"})
    assert decode_picture(clipboard_picture(environ, "darwin").paths[0]).size == (5, 7)

    bag = make_picture(tmp_path / "bäg.png")
    environ = osascript(desk, "«class furl», 20, «class PNGf», 70", {"*furl*": f"{bag}\n", "*PNGf*": png})
    assert clipboard_picture(environ, "darwin").paths == (bag,)

    with pytest.raises(NoPicture, match="There is text"):
        clipboard_picture(osascript(desk, "«class utf8», 5, string, 5", {}), "darwin")
    with pytest.raises(NoPicture, match="no picture on the clipboard"):
        clipboard_picture(osascript(desk, "\n", {}), "darwin")


def test_wsl_asks_windows_even_where_a_display_is_shown(desk: Desk, tmp_path: Path) -> None:
    environ = desk.environ(WSL_DISTRO_NAME="Debian", **X11)
    desk.tool("powershell.exe", {"*EncodedCommand*": b"P" + picture_bytes()})
    (path,) = clipboard_picture(environ, "linux").paths
    assert path.read_bytes() == picture_bytes()
    bag = make_picture(tmp_path / "bag.png")
    desk.tool("powershell.exe", {"*": f"F{bag}\r\nC:\\nowhere.png"})
    assert clipboard_picture(environ, "linux").paths == (bag,)
    for answer, says in (("T", "There is text"), ("", "There is no picture")):
        desk.tool("powershell.exe", {"*": answer})
        with pytest.raises(NoPicture, match=says):
            clipboard_picture(environ, "linux")
    desk.tool("powershell.exe", {}, rest="echo 'Requested Clipboard operation did not succeed.' >&2; exit 1")
    with pytest.raises(Failed, match="did not succeed"):
        clipboard_picture(environ, "linux")


def test_windows_is_asked_through_pillow(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    # On Linux Pillow's own reader calls wl-paste, so that what comes of its answer runs here too.
    desk.tool("wl-paste", {"-l": "image/png", "-t*": picture_bytes()})
    monkeypatch.setenv("PATH", str(desk.folder))
    monkeypatch.setenv("XDG_SESSION_TYPE", "wayland")
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    (path,) = clipboard_picture({}, "win32").paths
    assert decode_picture(path).size == (8, 6)
    desk.tool("wl-paste", {"-l": "text/plain"}, rest="echo No suitable type of content copied >&2; exit 1")
    with pytest.raises(NoPicture):
        clipboard_picture({}, "win32")
    desk.tool("wl-paste", {}, rest="echo broken >&2; exit 1")
    with pytest.raises(Failed, match="broken"):
        clipboard_picture({}, "win32")


def test_what_was_saved_is_deleted_when_the_program_ends(desk: Desk) -> None:
    environ = offer(desk, "wl-paste", {"image/png": picture_bytes()})
    program = (
        "from tui.attachments.clipboard import clipboard_picture\n"
        "path = clipboard_picture(platform='linux').paths[0]\n"
        "print(path, path.exists())"
    )
    ran = subprocess.run(
        [sys.executable, "-c", program],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environ},
    )
    path, there = ran.stdout.split()
    assert there == "True"
    assert not Path(path).exists() and not Path(path).parent.exists()
