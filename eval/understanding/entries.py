"""YAML whose words stay as they are written: 'no' is a word, not False, and 2026-05 no date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from encoders.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

Entry = dict[str, Any]
"""A mapping of a file; its leaves are texts."""


def read_yaml(path: Path) -> object:
    """Read a YAML file with every leaf as text.

    Raises InputError when it can't be read, is not YAML or has a key twice in one mapping.
    """
    import yaml

    try:
        written = path.read_text(encoding="utf-8")
        root = yaml.compose(written, Loader=yaml.BaseLoader)
        twice = next(_twice(root), None)
        data: object = yaml.load(written, Loader=yaml.BaseLoader)
    except OSError as error:
        raise InputError(f"{path} can't be read ({error.strerror}): check its path.") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        reason = " ".join(str(error).split())
        raise InputError(f"{path} is not YAML: {reason}.") from error
    if twice:
        raise InputError(f"{path} has the key `{twice[0]}` twice, again in line {twice[1]}: remove one.")
    return data


def _twice(node: Any) -> Iterator[tuple[str, int]]:  # noqa: ANN401 - a node of an untyped library
    """Yield (key, line) of keys that a mapping has already; a loader would silently keep the last."""
    if not node or isinstance(node.value, str):
        return
    seen: set[str] = set()
    for child in node.value:
        key, value = child if isinstance(child, tuple) else (None, child)
        if key is not None:
            if key.value in seen:
                yield key.value, key.start_mark.line + 1
            seen.add(key.value)
        yield from _twice(value)


def mapping(value: object, known: frozenset[str], place: str) -> Entry:
    """Return a mapping with no keys but known ones.

    Raises InputError naming `place`.
    """
    if not isinstance(value, dict):
        raise InputError(f"In {place} a mapping is needed: see eval/understanding/case.py.")
    if unknown := [key for key in value if key not in known]:
        raise InputError(f"In {place} the key `{unknown[0]}` is unknown: use {', '.join(sorted(known))}.")
    return value


def text(entry: Mapping[str, Any], key: str, place: str) -> str | None:
    """Return one text, None where the key is absent or empty.

    Raises InputError naming `place` and the key for anything else.
    """
    value = entry.get(key)
    if isinstance(value, dict | list):
        raise InputError(f"In {place} `{key}` is not one text: quote it or write it in one line.")
    return value or None


def texts(entry: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    """Return a list of texts, or one text as a list of it; () where the key is absent.

    Raises InputError naming `place` and the key for anything else.
    """
    value = entry.get(key) or []
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(one, str) and one.strip() for one in values):
        raise InputError(f"In {place} `{key}` is not a list of texts: quote those with ':', '#' or brackets.")
    return tuple(values)
