"""In which encoding a text file is read, and files that are no text."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import TYPE_CHECKING, TextIO

from encoders.errors import CatalogueError

if TYPE_CHECKING:
    from pathlib import Path

_CHUNK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with that of UTF-16
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_NOT_TEXT = (
    (b"PK\x03\x04", "a spreadsheet or zip archive", "save it as CSV, or unpack it"),
    (b"\xd0\xcf\x11\xe0", "an old spreadsheet", "save it as CSV"),
    (b"\x1f\x8b", "compressed with gzip", "unpack it"),
    (b"BZh", "compressed with bzip2", "unpack it"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd", "unpack it"),
    (b"%PDF", "a PDF", "give its table as CSV"),
    (b"\x89PNG", "a picture", "give a folder of pictures, or an items file"),
    (b"\xff\xd8\xff", "a picture", "give a folder of pictures, or an items file"),
    (b"SQLite format 3\0", "an SQLite database", "export its table as CSV"),
)
_NUL_SHARE = 0.001
"""A text with single stray NULs is read and its cells are reported; more of them are a binary file."""


@dataclass(frozen=True, slots=True)
class TextForm:
    """How to decode a file."""

    encoding: str
    note: str | None = None
    """What was assumed, when it was."""

    def open(self, path: Path) -> TextIO:
        """Open the file as text with its line ends as they are.

        Bytes that mean nothing in the encoding become U+FFFD, which the import reports cell by cell.
        """
        return path.open(encoding=self.encoding, errors="replace", newline="")


def read_error(path: Path, error: OSError) -> CatalogueError:
    """Return the error of a file that the system does not let us read."""
    return CatalogueError(
        f"{path} can't be read ({error.strerror or error}); check the path and its permissions."
    )


def text_form(path: Path, encoding: str | None = None) -> TextForm:
    """Find how to decode a file: the encoding asked for, its byte order mark, UTF-8, else Windows-1252 with a note.

    Raises CatalogueError when the file is empty, unreadable or binary.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(1 << 16)
            _refuse_binary(path, head)
            if encoding is not None:
                return TextForm(encoding)
            for mark, name in _BOMS:
                if head.startswith(mark):
                    return TextForm(name)
            stream.seek(0)
            decoder = codecs.getincrementaldecoder("utf-8")()
            line = 1
            while chunk := stream.read(_CHUNK):
                try:
                    decoder.decode(chunk)
                except UnicodeDecodeError as error:
                    # A sequence split between chunks is decoded with the bytes kept from the one before.
                    line += error.object[: error.start].count(b"\n")
                    return _fallback(line, error.object[error.start])
                line += chunk.count(b"\n")
    except OSError as error:
        raise read_error(path, error) from error
    return TextForm("utf-8")


def _fallback(line: int, byte: int) -> TextForm:
    note = f"byte 0x{byte:02x} at line {line} is not UTF-8, so the file was read as Windows-1252"
    return TextForm("cp1252", note)


def _refuse_binary(path: Path, head: bytes) -> None:
    if not head.strip():
        raise CatalogueError(f"{path} is empty; give a file with at least one item.")
    for signature, kind, advice in _NOT_TEXT:
        if head.startswith(signature):
            raise CatalogueError(f"{path} is {kind}, not an items file; {advice}.")
    wide = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not wide and head.count(0) > max(8, len(head) * _NUL_SHARE):
        raise CatalogueError(
            f"{path} is a binary file, not an items file; give CSV, JSON Lines, JSON or Parquet."
        )
