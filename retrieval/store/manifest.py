"""What a generation holds: written last, so its presence means that the build was finished."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from encoders.atomic import write_text
from encoders.errors import StoreError, StoreTooNew
from retrieval.store.faults import REBUILD, explained
from retrieval.types import Column, Role

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FORMAT = 1
"""Version of the layout on disk; a reader refuses a later one and never touches it."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """The vectors of one modality."""

    encoder: str
    """Id of the encoder that made them."""
    dimension: int
    """Length of a vector."""
    filled: int
    """How many rows have one."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation holds."""

    name: str
    """The catalogue's name."""
    source: str
    """The path that was indexed."""
    created: str
    """When, ISO 8601 with the offset."""
    items: int
    """Number of items, which is the number of rows of every array."""
    interactions: int
    triples: int
    columns: tuple[Column, ...]
    encoded: Mapping[str, Encoded]
    """By modality."""
    digest: str
    """SHA-256 over everything that was indexed: equal digests mean equal generations."""


def write(path: Path, manifest: Manifest) -> None:
    """Write a manifest in one step. Raises StoreError when the disk refuses."""
    columns = [{**asdict(column), "values": dict(column.values)} for column in manifest.columns]
    encoded = {modality: asdict(entry) for modality, entry in manifest.encoded.items()}
    body = {field: getattr(manifest, field) for field in _PLAIN}
    text = json.dumps({"format": FORMAT, **body, "encoded": encoded, "columns": columns}, indent=1)
    with explained("written", path):
        write_text(path, text)


_PLAIN = ("name", "source", "created", "items", "interactions", "triples", "digest")


def read(path: Path) -> Manifest:
    """Read a manifest.

    Raises StoreTooNew when a later version wrote it, StoreError when it is missing, cut short or no manifest.
    """
    with explained("read", path):
        content = path.read_bytes()
    try:
        body = json.loads(content)
        version = body["format"]
        if isinstance(version, int) and version > FORMAT:
            raise StoreTooNew(
                f"{path} can't be read: a later version of Vitrine wrote it (format {version}, this one knows "
                f"{FORMAT}); update Vitrine or choose another folder with --data-dir."
            )
        if version != FORMAT:
            raise ValueError(f"format {version!r}")
        return _decode(body)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise StoreError(f"{path} can't be read: it is damaged ({error}); {REBUILD}.") from error


def _decode(body: Mapping[str, Any]) -> Manifest:
    columns = tuple(Column(**{**column, "role": Role(column["role"])}) for column in body["columns"])
    encoded = {modality: Encoded(**entry) for modality, entry in body["encoded"].items()}
    if not isinstance(body["items"], int) or not isinstance(body["name"], str):
        raise TypeError("items or name of another type")
    return Manifest(**{field: body[field] for field in _PLAIN}, columns=columns, encoded=encoded)
