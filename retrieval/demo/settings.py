"""The settings file that goes with the demo, so that no column has to be guessed."""

from __future__ import annotations

from retrieval.demo.entry import COLUMNS


def settings_toml() -> str:
    """Return `catalogue.toml`."""
    lines = ['name = "demo"', "", "[columns]"]
    for name, (role, label, unit) in COLUMNS.items():
        said = f'role = "{role}", label = "{label}"' + (f', unit = "{unit}"' if unit else "")
        lines.append(f"{name} = {{ {said} }}")
    return "\n".join(lines) + "\n"
