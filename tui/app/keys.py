"""Keys: those of the registry, changed by a person's own file, and as people write them."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING

from agent.actions import ACTIONS
from encoders.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_WRITTEN = {
    "ctrl": "Ctrl",
    "alt": "Alt",
    "shift": "Shift",
    "escape": "Esc",
    "enter": "Enter",
    "delete": "Del",
}
REMAPPABLE = (*(action.name for action in ACTIONS.values() if action.key and action.name != "rate"), "stop")
"""Actions whose keys a person may choose."""


def key_names(keys: str) -> str:
    """Write Textual's names of keys for people: 'ctrl+l,f7' → 'Ctrl+L F7'; a range of digits is one."""
    names = [_key_name(key) for key in keys.split(",") if key]
    digits = len(names) > 2 and all(name.isdecimal() for name in names)
    return f"{names[0]}–{names[-1]}" if digits else " ".join(names)


def _key_name(key: str) -> str:
    parts = key.split("+")
    if len(parts) == 1 and len(key) == 1:
        return key
    return "+".join(_WRITTEN.get(part, part.upper() if len(part) <= 3 else part.title()) for part in parts)


def keys_file() -> Path:
    """Return where a person's own keys are read from."""
    from platformdirs import user_config_path

    return user_config_path("vitrine") / "keys.toml"


def read_keys(path: Path) -> Mapping[str, str]:
    """Read `action = "keys"` lines; no file is no change.

    Raises UsageError when the file is no TOML, names no action, or gives two actions one key.
    """
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise UsageError(
            f'{path} can\'t be read as TOML ({error}): write lines like voice = "f8".'
        ) from error
    keymap: dict[str, str] = {}
    for name, keys in table.items():
        if name not in REMAPPABLE:
            near = get_close_matches(name, REMAPPABLE, n=1)
            hint = f"did you mean {near[0]}?" if near else f"there are {', '.join(REMAPPABLE)}."
            raise UsageError(f"{path} gives keys to {name!r}, which is no action with a key; {hint}")
        if not isinstance(keys, str) or not keys.strip():
            raise UsageError(f'{path}: the keys of {name} are written in quotes, like "f8" or "ctrl+o,f8".')
        keymap[name] = ",".join(part.strip() for part in keys.split(","))
    _refuse_doubles(path, keymap)
    return keymap


def _refuse_doubles(path: Path, keymap: Mapping[str, str]) -> None:
    places = {**{name: action.place for name, action in ACTIONS.items()}}
    taken: dict[tuple[object, str], str] = {}
    for action in ACTIONS.values():
        for key in keymap.get(action.name, action.key).split(","):
            other = taken.setdefault((places[action.name], key), action.name) if key else action.name
            if other != action.name:
                raise UsageError(
                    f"{path} gives the key {key} to both {other} and {action.name}: choose another for one."
                )
