"""Dataclasses as JSON and back, by their type hints: one codec for turns, dialogues and sessions.

What is read may come from anywhere: every value is held against its type, and every text passes a filter. Unknown keys
are left out, so that a later version may add some; a key that is missing takes its field's default.
"""

from __future__ import annotations

import base64
import binascii
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np
from numpy.typing import NDArray

Clean = Callable[[str, str], str]
"""Takes where a text stands ('act.constraints[0].said') and the text; returns what is kept of it."""


class Mismatch(ValueError):
    """A value is not what its type says; the message names where it stands."""


def encode(value: object) -> Any:  # noqa: ANN401 - anything JSON can hold
    """Return a value ready for `json.dumps`.

    Arrays become base64 of little-endian float32, sets lists in a fixed order, and what is keyed by anything but text a
    list of pairs.
    """
    if isinstance(value, np.ndarray):
        raw = np.ascontiguousarray(value, "<f4").tobytes()
        return {"float32": base64.b64encode(raw).decode("ascii"), "shape": list(value.shape)}
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: encode(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, np.generic):
        return value.item()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        if all(isinstance(key, str) for key in value):
            return {str(key): encode(item) for key, item in value.items()}
        return [[encode(key), encode(item)] for key, item in value.items()]
    if isinstance(value, set | frozenset):
        return sorted(map(encode, value), key=json.dumps)
    if isinstance(value, tuple | list):
        return [encode(item) for item in value]
    return value


def decode(hint: Any, value: object, clean: Clean, where: str = "") -> Any:  # noqa: ANN401 - of the type `hint`
    """Return the value of type `hint` that `encode` made `value` from.

    Raises Mismatch when it can't be one.
    """
    if isinstance(hint, type) and is_dataclass(hint):
        return _record(hint, value, clean, where)
    origin = get_origin(hint)
    if origin in (Union, UnionType):
        return _one_of(get_args(hint), value, clean, where)
    if origin is np.ndarray:
        return _array(value, where)
    if origin is not None:
        return _collection(origin, get_args(hint), value, clean, where)
    return _scalar(hint, value, clean, where)


@lru_cache(maxsize=64)
def _members(kind: Any) -> tuple[tuple[Field[Any], Any], ...]:  # noqa: ANN401 - a dataclass
    """Return the fields of a dataclass with their types, whose names its module may import for annotations alone."""
    import agent.types
    import retrieval.types
    from agent.hearing import Heard
    from agent.perceive import Perceived
    from agent.state import Dialogue
    from encoders.colours import ColourShare

    names = {
        **vars(retrieval.types),
        **vars(agent.types),
        "Heard": Heard,
        "Perceived": Perceived,
        "Dialogue": Dialogue,
        "ColourShare": ColourShare,
        "Mapping": Mapping,
        "NDArray": NDArray,
        "datetime": datetime,
        "np": np,
    }
    hints = get_type_hints(kind, localns=names)
    return tuple((field, hints[field.name]) for field in fields(kind))


def _record(kind: Any, value: object, clean: Clean, where: str) -> Any:  # noqa: ANN401 - of the class `kind`
    if not isinstance(value, Mapping):
        raise _other(where or "it", value, "an object")
    made: dict[str, Any] = {}
    for field, hint in _members(kind):
        inner = f"{where}.{field.name}" if where else field.name
        if field.name in value:
            made[field.name] = decode(hint, value[field.name], clean, inner)
        elif field.default is MISSING and field.default_factory is MISSING:
            raise Mismatch(f"{inner} is missing")
    return kind(**made)


def _one_of(hints: tuple[Any, ...], value: object, clean: Clean, where: str) -> Any:  # noqa: ANN401 - of one of them
    if value is None and NoneType in hints:
        return None
    rest = [hint for hint in hints if hint is not NoneType]
    if len(rest) == 1:
        return decode(rest[0], value, clean, where)
    for hint in rest:
        if isinstance(value, _JSON_KINDS[get_origin(hint) or hint]) and not isinstance(value, bool):
            return decode(hint, value, clean, where)
    raise _other(where, value, "a text, a number or a list")


_JSON_KINDS: Mapping[Any, tuple[type, ...]] = {str: (str,), float: (int, float), tuple: (list, tuple)}


def _collection(origin: type[Any], hints: tuple[Any, ...], value: object, clean: Clean, where: str) -> Any:  # noqa: ANN401 - of the type `origin`
    if issubclass(origin, Mapping):
        return _mapping(hints[0], hints[1], value, clean, where)
    if not isinstance(value, list | tuple):
        raise _other(where, value, "a list")
    if origin is tuple and hints[-1] is not Ellipsis:
        if len(value) != len(hints):
            raise Mismatch(f"{where} has {len(value)} parts, not {len(hints)}")
        pairs = zip(hints, value, strict=True)
        return tuple(decode(hint, item, clean, f"{where}[{n}]") for n, (hint, item) in enumerate(pairs))
    return origin(decode(hints[0], item, clean, f"{where}[{n}]") for n, item in enumerate(value))


def _mapping(key: Any, item: Any, value: object, clean: Clean, where: str) -> dict[Any, Any]:  # noqa: ANN401 - types
    if key is str or not value:
        if not isinstance(value, Mapping):
            raise _other(where, value, "an object")
        return {
            clean(where, str(name)): decode(item, one, clean, f"{where}.{name}"[:80])
            for name, one in value.items()
        }
    pairs = decode(list[tuple[key, item]], value, clean, where)
    return dict(pairs)


def _scalar(hint: Any, value: object, clean: Clean, where: str) -> Any:  # noqa: ANN401 - of the type `hint`
    if hint is str and isinstance(value, str):
        return clean(where, value)
    if hint is bool and isinstance(value, bool):
        return value
    if hint is int and isinstance(value, int) and not isinstance(value, bool):
        return value
    if hint is float and isinstance(value, int | float) and not isinstance(value, bool):
        return _finite(value, where)
    if hint is datetime and isinstance(value, str):
        return _moment(value, where)
    if isinstance(hint, type) and issubclass(hint, Enum) and isinstance(value, str):
        try:
            return hint(value)
        except ValueError:
            raise _other(where, value, f"one of {', '.join(str(one.value) for one in hint)}") from None
    raise _other(where, value, _NAMES.get(hint, "a text"))


_NAMES: Mapping[Any, str] = {
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    datetime: "a time",
}


def _finite(value: float, where: str) -> float:
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise Mismatch(f"{where} is no finite number")
    return number


def _moment(value: str, where: str) -> datetime:
    try:
        moment = datetime.fromisoformat(value)
        # Times are told in local time, which one at its calendar's end can't be.
        moment.astimezone()
    except (ValueError, OverflowError, OSError):
        raise _other(where, value, "a time like 2026-03-04T12:00:00+00:00") from None
    if moment.tzinfo is None:
        raise Mismatch(f"{where} is a time without a zone")
    return moment


def _array(value: object, where: str) -> NDArray[np.float32]:
    try:
        if not isinstance(value, Mapping):
            raise _other(where, value, "an object")
        shape = [int(length) for length in value["shape"]]
        raw = base64.b64decode(value["float32"], validate=True)
        if min(shape, default=0) < 0 or len(raw) != 4 * math.prod(shape):
            raise Mismatch(f"{where} has {len(raw):,} bytes, which is not its shape")
        array = np.frombuffer(raw, "<f4").astype(np.float32).reshape(shape)
    except Mismatch:
        raise
    except (KeyError, TypeError, ValueError, OverflowError, binascii.Error):
        raise Mismatch(f"{where} is no array of float32") from None
    if not np.isfinite(array).all():
        raise Mismatch(f"{where} holds numbers that are not finite")
    return array


def _other(where: str, value: object, wanted: str) -> Mismatch:
    shown = "null" if value is None else f"“{value[:40]}”" if isinstance(value, str) else type(value).__name__
    return Mismatch(f"{where} is {shown}, not {wanted}")
