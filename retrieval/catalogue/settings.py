"""The settings file of a catalogue, `catalogue.toml`: what the guesses get wrong.

name = "shop"
encoding = "cp1252"
delimiter = ";"
image_folder = "photos"
sound_folder = "clips"

[columns]
colour = "facet"
price_gbp = { role = "number", label = "price", unit = "£" }
tags = { role = "list", separator = "/" }
"""

from __future__ import annotations

import codecs
import difflib
import tomllib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING

from encoders.errors import CatalogueError
from retrieval.catalogue.columns import Choice
from retrieval.catalogue.text import read_error
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SETTINGS_NAME = "catalogue.toml"
_COLUMN_KEYS = ("role", "label", "unit", "separator")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a settings file says; None leaves it to the guess."""

    name: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    """CSV: one character."""
    image_folder: Path | None = None
    """Where picture paths start; may lie outside the catalogue's folder."""
    sound_folder: Path | None = None
    columns: Mapping[str, Choice] = field(default_factory=dict)


class _RefusedError(Exception):
    """A key can't be taken; the message is a clause that names it."""


def read_settings(path: Path) -> Settings:
    """Read a settings file. Raises CatalogueError naming the file, the key and the nearest valid name."""
    try:
        with path.open("rb") as stream:
            table = tomllib.load(stream)
    except OSError as error:
        raise read_error(path, error) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CatalogueError(f"{path} is not TOML ({error}); mend it there.") from error
    try:
        return _settings(table, path.parent)
    except _RefusedError as error:
        stop = "" if str(error).endswith("?") else "."
        raise CatalogueError(f"{path}: {error}{stop}") from error


def _settings(table: Mapping[str, object], base: Path) -> Settings:
    valid = tuple(known.name for known in fields(Settings))
    for key in table:
        if key not in valid:
            raise _RefusedError(f"'{key}' is no setting; {_nearest(key, valid)}")
    encoding, delimiter = _text(table, "encoding"), _text(table, "delimiter")
    if encoding is not None:
        try:
            codecs.lookup(encoding)
        except LookupError as error:
            raise _RefusedError(
                f"'encoding' names no encoding Python knows, '{encoding}'; try utf-8 or cp1252"
            ) from error
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise _RefusedError("'delimiter' must be one character, as ';' is")
    columns = table.get("columns", {})
    if not isinstance(columns, dict):
        raise _RefusedError("'columns' must be a table, [columns]")
    return Settings(
        name=_text(table, "name"),
        encoding=encoding,
        delimiter=delimiter,
        image_folder=_folder(table, "image_folder", base),
        sound_folder=_folder(table, "sound_folder", base),
        columns={name: _choice(name, value) for name, value in columns.items()},
    )


def _choice(name: str, value: object) -> Choice:
    if isinstance(value, str):
        return Choice(role=_role(f"columns.{name}", value))
    if not isinstance(value, dict):
        raise _RefusedError(f"'columns.{name}' must be a role, or a table with {', '.join(_COLUMN_KEYS)}")
    for key in value:
        if key not in _COLUMN_KEYS:
            raise _RefusedError(f"'columns.{name}.{key}' is no setting; {_nearest(key, _COLUMN_KEYS)}")
    role = _text(value, "role", f"columns.{name}.")
    return Choice(
        role=None if role is None else _role(f"columns.{name}.role", role),
        label=_text(value, "label", f"columns.{name}."),
        unit=_text(value, "unit", f"columns.{name}."),
        separator=_text(value, "separator", f"columns.{name}."),
    )


def _role(key: str, value: str) -> Role:
    try:
        return Role(value)
    except ValueError as error:
        raise _RefusedError(f"'{key}' is '{value}', which is no role; {_nearest(value, Role)}") from error


def _text(table: Mapping[str, object], key: str, prefix: str = "") -> str | None:
    value = table.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value:
        raise _RefusedError(f"'{prefix}{key}' must be words in quotes")
    return value


def _folder(table: Mapping[str, object], key: str, base: Path) -> Path | None:
    value = _text(table, key)
    if value is None:
        return None
    folder = base / value
    if "\0" in value or not folder.is_dir():
        raise _RefusedError(f"'{key}' is '{value}', which is no folder beside the file")
    return folder


def _nearest(name: str, valid: Iterable[str]) -> str:
    names = [str(known) for known in valid]
    near = difflib.get_close_matches(name, names, n=1)
    return f"did you mean '{near[0]}'?" if near else f"there are {', '.join(names)}"
