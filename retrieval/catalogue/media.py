"""Picture and sound files of items: found inside the catalogue's folder, and known by their first bytes."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

from retrieval.catalogue.text import read_error

PICTURE_SUFFIXES = (
    ".jpg",
    ".jpeg",
    ".png",
    ".webp",
    ".gif",
    ".bmp",
    ".tif",
    ".tiff",
    ".avif",
    ".heic",
    ".heif",
)
"""What a column of pictures may name; those that can't be read are told one by one."""
SOUND_SUFFIXES = (".wav", ".flac", ".ogg", ".oga", ".opus", ".mp3", ".m4a", ".aac", ".aif", ".aiff", ".webm")
PICTURE_FOLDERS = ("pictures", "images")
SOUND_FOLDERS = ("sounds", "audio")
_SOUND_SIGNATURES = (
    (0, b"RIFF"), (0, b"fLaC"), (0, b"OggS"), (0, b"ID3"), (0, b"FORM"), (4, b"ftyp"), (0, b"\x1a\x45\xdf\xa3"),
    (0, b"\xff\xfb"), (0, b"\xff\xfa"), (0, b"\xff\xf3"), (0, b"\xff\xf2"), (0, b"\xff\xf1"), (0, b"\xff\xf9"),
)  # fmt: skip
"""Offset and bytes: WAV, FLAC, Ogg, tagged MP3, AIFF, MP4, WebM, and the frame marks of bare MP3 and AAC."""
_PATH_LIMIT = 1_000
_HEAD = 64
"""Bytes that tell formats apart."""


@dataclass(frozen=True, slots=True)
class MediaFolders:
    """Where the files of one kind may lie."""

    roots: tuple[Path, ...]
    """Resolved folders; a path is relative to one of them, and may lead out of none."""
    own: tuple[Path, ...] = ()
    """Those that hold files of this kind alone."""

    def find(self, cell: str) -> Path:
        """Return the file that a cell names, resolved. Raises ValueError with the reason in a clause."""
        if not cell or len(cell) > _PATH_LIMIT or "\0" in cell:
            raise ValueError("no path")
        relative = Path(cell.replace("\\", "/"))
        outside = False
        for root in self.roots:
            try:
                path = (root / relative).resolve()
                if not any(path.is_relative_to(allowed) for allowed in self.roots):
                    outside = True
                elif path.is_file():
                    return path
            except (OSError, RuntimeError, ValueError):  # a name too long, a loop of links
                continue
        raise ValueError(
            "leaves the catalogue's folder (only image_folder and sound_folder of the settings may)"
            if outside
            else "is absent"
        )


def media_folders(base: Path, names: tuple[str, ...], chosen: Path | None) -> MediaFolders:
    """Return where to look: the folder chosen in the settings, the catalogue's own, and its folders of those names."""
    base = base.resolve()
    inside = [(base / name).resolve() for name in names]
    own = [chosen.resolve()] if chosen else []
    own += [root for root in inside if root.is_relative_to(base) and root.is_dir()]
    return MediaFolders((*own, base), tuple(own))


def by_stem(folders: MediaFolders, suffixes: tuple[str, ...]) -> dict[str, Path]:
    """Return the files of the kind's own folders by name without suffix, for items that name no file.

    Raises CatalogueError when a folder can't be read.
    """
    found: dict[str, Path] = {}
    for root in folders.own:
        try:
            files = sorted(root.iterdir())
        except OSError as error:
            raise read_error(root, error) from error
        for path in files:
            if path.suffix.lower() in suffixes:
                found.setdefault(path.stem, path)
    return found


def check_picture(path: Path) -> None:
    """Raise ValueError when a file is no picture that can be shown; reads its header alone."""
    from PIL import Image, UnidentifiedImageError

    from encoders.picture import FORMATS, is_readable

    # No other than the decoder takes: some of Pillow's run programs.
    formats = [form for form in FORMATS if is_readable(form)]
    try:
        with warnings.catch_warnings():
            # A camera's damaged notes are no fault of the picture, and Pillow would tell of each on the terminal.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=formats) as picture:
                if min(picture.size) < 1:
                    raise ValueError("is an empty picture")
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise ValueError("is a picture of too many pixels") from error
    except UnidentifiedImageError as error:
        raise ValueError(_no_picture(path)) from error
    except (OSError, SyntaxError, EOFError, OverflowError, TypeError, KeyError, IndexError) as error:
        # What Pillow's readers raise on broken headers, beside their own error.
        raise ValueError("is a broken picture") from error


def _no_picture(path: Path) -> str:
    from encoders.container import describe

    with path.open("rb") as stream:
        kind = describe(stream.read(_HEAD))
    return f"is {kind}, which can't be read: save it as PNG or JPEG" if kind else "is not a picture"


def check_sound(path: Path) -> None:
    """Raise ValueError when a file does not begin as a sound does; reads 16 bytes."""
    try:
        with path.open("rb") as stream:
            head = stream.read(16)
    except OSError as error:
        raise ValueError("can't be read") from error
    if not any(head.startswith(signature, offset) for offset, signature in _SOUND_SIGNATURES):
        raise ValueError("is not a sound")
