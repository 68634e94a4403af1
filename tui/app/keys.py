"""Keys: those of the registry, changed by a person's own file, and as people write them."""

from __future__ import annotations

import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING

from agent.actions import ACTIONS, Place
from encoders.errors import UsageError
from encoders.sanitise import sanitise_line

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
STOP = "escape"
"""The key of 'stop', which is no command: it closes, goes back, or stops a reply."""
REMAPPABLE = (*(action.name for action in ACTIONS.values() if action.key and action.name != "rate"), "stop")
"""Actions whose keys a person may choose."""
_MODIFIERS = frozenset({"ctrl", "alt", "shift", "super", "hyper", "meta"})
_NEEDED = {
    "what one types needs it": "enter tab shift+tab up down left right home end pageup pagedown backspace delete space "
    "ctrl+j shift+enter alt+enter ctrl+v ctrl+c ctrl+x ctrl+z ctrl+y",
    "terminals send it for Enter, Tab, Esc or Backspace": "ctrl+m ctrl+i ctrl+left_square_bracket ctrl+h",
    "it opens the list of all actions": "ctrl+p",
    "it selects a card": " ".join(f"alt+{number}" for number in range(1, 10)),
}
_TAKEN = {key: why for why, keys in _NEEDED.items() for key in keys.split()}
"""Keys that can't be given to anything, and why."""


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

    Raises UsageError when the file is no TOML, names no action or no key, gives one key to two actions, or one to any
    that is needed for something else.
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
            shown = sanitise_line(name, 40)
            raise UsageError(f"{path} gives keys to “{shown}”, which is no action with a key; {hint}")
        if not isinstance(keys, str) or not keys.strip():
            raise UsageError(f'{path}: the keys of {name} are written in quotes, like "f8" or "ctrl+o,f8".')
        anywhere = name == "stop" or ACTIONS[name].place is Place.ANYWHERE
        keymap[name] = ",".join(_checked(path, name, part, anywhere=anywhere) for part in keys.split(","))
    _refuse_doubles(path, keymap)
    return keymap


def _checked(path: Path, name: str, written: str, *, anywhere: bool) -> str:
    """Return a key as Textual names it. Raises UsageError where there is no such key, or it can't be spared."""
    from textual.keys import Keys

    *modifiers, last = written.strip().split("+")
    last = last if len(last) == 1 and not modifiers else last.casefold()
    key = "+".join([*(modifier.strip().casefold() for modifier in modifiers), last])
    known = {each.value for each in Keys}
    one = len(last) == 1 and last.isprintable() and not last.isspace()
    if not (_MODIFIERS.issuperset(key.split("+")[:-1]) and (one or last in known)):
        near = get_close_matches(key, sorted(known), n=1)
        hint = f"did you mean {near[0]}?" if near else 'write it like "f8", "ctrl+o" or "alt+k".'
        raise UsageError(
            f"{path} gives {name} the key “{sanitise_line(written, 40)}”, and there is none of that name; {hint}"
        )
    if (why := _TAKEN.get(key)) is not None:
        raise UsageError(f"{path} gives {name} the key {key}, which can't be spared: {why}; choose another.")
    types = one and set(key.split("+")[:-1]) <= {"shift"}
    if anywhere and types:
        raise UsageError(
            f"{path} gives {name} the key {key}, which could then not be typed; choose one like f8 or ctrl+o."
        )
    if types and last.isdecimal():
        raise UsageError(f"{path} gives {name} the key {key}, which gives stars; choose a letter.")
    return key


def _refuse_doubles(path: Path, keymap: Mapping[str, str]) -> None:
    """Raise UsageError where one key would do two things: the keys that work anywhere also work on a card."""
    taken: dict[str, str] = {}
    for name, default in {**{name: action.key for name, action in ACTIONS.items()}, "stop": STOP}.items():
        for key in filter(None, keymap.get(name, default).split(",")):
            other = taken.setdefault(key, name)
            if other != name:
                raise UsageError(
                    f"{path} gives the key {key} to both {other} and {name}: choose another for one."
                )
