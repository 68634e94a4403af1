"""The programs that read a clipboard, chosen by system and session."""

from __future__ import annotations

import base64
import io
import re
import shutil
import threading
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PIL import Image

from encoders.errors import InputError
from encoders.picture import PictureLimits
from encoders.sanitise import sanitise_line
from tui.attachments.bounded import Output, run_bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

SECONDS = 2.0
"""For each call of a tool; one that is well takes some hundredths."""
_POWERSHELL_SECONDS = 6.0
"""PowerShell loads .NET at every start, which takes it seconds on a busy machine."""
MAX_BYTES = PictureLimits().max_bytes

_INSTEAD = "or give the picture's path with /image PATH"
_FORMS = (
    "image/png",
    "image/jpeg",
    "image/webp",
    "image/gif",
    "image/avif",
    "image/heic",
    "image/tiff",
    "image/bmp",
    "image/x-bmp",
    "image/x-MS-bmp",
)


class Unavailable(InputError):
    """There is no clipboard here, or no tool that reads it."""


class TooLarge(InputError):
    """What the clipboard holds is larger than a picture may be."""


class Failed(InputError):
    """The tool failed, or took too long."""


@dataclass(frozen=True, slots=True)
class Held:
    """What a clipboard holds."""

    picture: bytes = b""
    """A picture in any format that Pillow reads."""
    files: tuple[str, ...] = ()
    """Paths or URIs of files that were copied."""
    text: bool = False
    """Whether there is text."""


@dataclass(frozen=True, slots=True)
class _Selection:
    """A tool that tells which types a clipboard offers, and reads one."""

    name: str
    package: str
    types: tuple[str, ...]
    one: tuple[str, ...]
    """The type's name follows."""
    empty: str
    """What it complains of when there is nothing."""

    def read(self, environ: Mapping[str, str]) -> Held:
        """Read copied files, else a picture."""
        told = _run([self.name, *self.types], environ, accept=self.empty)
        types = told.data.decode("utf-8", "replace").splitlines() if told.code == 0 else []
        files: tuple[str, ...] = ()
        if "text/uri-list" in types:
            listed = _run([self.name, *self.one, "text/uri-list"], environ).data.decode(
                "utf-8", "surrogateescape"
            )
            files = tuple(line.strip() for line in listed.splitlines() if line.startswith("file:"))
        form = next((form for form in _FORMS if form in types), None)
        picture = b"" if form is None or files else _run([self.name, *self.one, form], environ).data
        return Held(
            picture, files, any(kind.lower().startswith(("text/", "utf8", "string")) for kind in types)
        )


_WAYLAND = _Selection(
    "wl-paste",
    "wl-clipboard",
    ("--list-types",),
    ("--no-newline", "--type"),
    r"nothing is copied|no selection",
)
_X11 = _Selection(
    "xclip",
    "xclip",
    ("-selection", "clipboard", "-o", "-t", "TARGETS"),
    ("-selection", "clipboard", "-o", "-t"),
    r"target targets not available",
)


def reader_for(environ: Mapping[str, str], platform: str) -> Callable[[], Held]:
    """Return what reads the clipboard of this place. Raises Unavailable."""
    away = any(environ.get(name) for name in ("SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"))
    shown = any(environ.get(name) for name in ("WAYLAND_DISPLAY", "DISPLAY"))
    if away and (platform in ("darwin", "win32") or not shown):
        raise Unavailable(
            "Over SSH the clipboard of your own machine is out of reach: copy the picture's file over, and give its "
            "path with /image PATH."
        )
    if platform == "win32":
        return _windows
    if platform == "darwin":
        return partial(_macos, environ)
    # WSLg also shows an X11 and a Wayland display, but what a person copies lies on Windows' own clipboard.
    if environ.get("WSL_DISTRO_NAME") and _has("powershell.exe", environ):
        return partial(_powershell, environ)
    wanted = [tool for tool, name in ((_WAYLAND, "WAYLAND_DISPLAY"), (_X11, "DISPLAY")) if environ.get(name)]
    if not wanted:
        raise Unavailable(
            f"There is no clipboard here: no desktop is running (WAYLAND_DISPLAY and DISPLAY are not set); "
            f"run Vitrine in a desktop's terminal, {_INSTEAD}."
        )
    for tool in wanted:
        if _has(tool.name, environ):
            return partial(tool.read, environ)
    tool = wanted[0]
    raise Unavailable(
        f"The clipboard can't be read because {tool.name} is not installed: install the package {tool.package} "
        f"(`sudo apt install {tool.package}`), {_INSTEAD}."
    )


def _has(name: str, environ: Mapping[str, str]) -> bool:
    return shutil.which(name, path=environ.get("PATH")) is not None


def _run(
    command: Sequence[str],
    environ: Mapping[str, str],
    *,
    accept: str = "",
    limit: int = MAX_BYTES,
    seconds: float = SECONDS,
) -> Output:
    """Run a tool; `accept` is a complaint with which it may fail. Raises TooLarge and Failed."""
    name = command[0]
    program = shutil.which(name, path=environ.get("PATH"))
    try:
        if program is None:
            raise FileNotFoundError(2, "it is not installed")
        output = run_bounded([program, *command[1:]], limit=limit, seconds=seconds, environ=environ)
    except OSError as error:
        why = (error.strerror or "it can't be started").lower()
        raise Failed(f"The clipboard can't be read ({name}: {why}): {_AGAIN}.") from error
    if output.late:
        raise Failed(f"The clipboard did not answer ({name} took more than {seconds:g} seconds): {_AGAIN}.")
    if len(output.data) > limit:
        raise TooLarge(
            f"The picture on the clipboard is larger than {MAX_BYTES >> 20} MB: copy a smaller part of it, {_INSTEAD}."
        )
    if output.code and not (accept and re.search(accept, output.complaint, re.IGNORECASE)):
        why = output.complaint or f"exit code {output.code}"
        raise Failed(f"The clipboard can't be read ({name}: {why.rstrip('.')}): {_AGAIN}.")
    return output


_AGAIN = f"copy the picture again, {_INSTEAD}"

_DATA = re.compile(rb"data (?:PNGf|TIFF)((?:[0-9A-Fa-f]{2})+)")


def _macos(environ: Mapping[str, str]) -> Held:
    """Ask AppleScript, which prints data as «data PNGf89504E47…»; a file's own picture there is its icon."""

    def ask(script: str, limit: int = 65_536) -> bytes:
        return _run(["osascript", "-e", script], environ, limit=limit).data

    types = ask("clipboard info").decode("utf-8", "replace")
    if "furl" in types:
        path = ask("POSIX path of (the clipboard as «class furl»)").decode("utf-8", "surrogateescape")
        return Held(files=(path.rstrip("\r\n"),))
    for name, script in (
        ("PNGf", "the clipboard as «class PNGf»"),
        ("TIFF", "the clipboard as TIFF picture"),
    ):
        # 'clipboard info' calls the same type «class TIFF» or TIFF picture.
        if name in types and (found := _DATA.search(ask(script, 2 * MAX_BYTES + 64))):
            return Held(bytes.fromhex(found[1].decode()))
    return Held(text=any(kind in types for kind in ("utf8", "ut16", "string", "Unicode text")))


_SCRIPT = """
$ErrorActionPreference = 'Stop'; $ProgressPreference = 'SilentlyContinue'
$out = [Console]::OpenStandardOutput()
function Put($kind, $bytes) { $out.WriteByte([byte][char]$kind); $out.Write($bytes, 0, $bytes.Length) }
$files = Get-Clipboard -Format FileDropList
if ($files) { Put 'F' ([Text.Encoding]::UTF8.GetBytes((($files | ForEach-Object { $_.FullName }) -join "`n"))); exit }
$picture = Get-Clipboard -Format Image
if ($picture) {
  $memory = New-Object IO.MemoryStream
  $picture.Save($memory, [Drawing.Imaging.ImageFormat]::Png)
  Put 'P' $memory.ToArray()
  exit
}
if (Get-Clipboard -Raw) { Put 'T' @() }
"""
"""One start for all: the first byte says what follows, files (F), a picture as PNG (P) or that there is text (T)."""


def _powershell(environ: Mapping[str, str]) -> Held:
    # Encoded, since quotes do not survive the way from WSL to a program of Windows.
    script = base64.b64encode(_SCRIPT.encode("utf-16-le")).decode()
    command = ["powershell.exe", "-NoProfile", "-NonInteractive", "-Sta", "-EncodedCommand", script]
    data = _run(command, environ, seconds=_POWERSHELL_SECONDS).data
    kind, rest = data[:1], data[1:]
    if kind == b"F":
        return Held(files=tuple(rest.decode("utf-8", "replace").splitlines()))
    return Held(picture=rest if kind == b"P" else b"", text=kind == b"T")


def _windows() -> Held:
    """Ask Windows through Pillow, in a thread: a program that holds the clipboard can keep it waiting."""
    answers: list[Held | Exception] = []
    asked = threading.Thread(target=lambda: answers.append(_grab()), daemon=True)
    asked.start()
    asked.join(SECONDS)
    if not answers:
        raise Failed(f"The clipboard did not answer in {SECONDS:g} seconds: {_AGAIN}.")
    (answer,) = answers
    if isinstance(answer, Exception):
        raise Failed(
            f"The clipboard can't be read ({sanitise_line(str(answer), 160)}): {_AGAIN}."
        ) from answer
    return answer


def _grab() -> Held | Exception:
    from PIL import ImageGrab

    try:
        grabbed = ImageGrab.grabclipboard()
        if not isinstance(grabbed, Image.Image):
            return Held(files=tuple(grabbed or ()))
        buffer = io.BytesIO()
        grabbed.save(buffer, "PNG", compress_level=1)
    except Exception as error:
        return error
    return Held(buffer.getvalue())
