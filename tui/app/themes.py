"""Three themes; every colour of text reaches 4.5:1 on every ground it stands on (WCAG 2.2, 1.4.3), the third 7:1.

Textual's own light theme does not: its warning, success and accent come to 3.3:1.
"""

from __future__ import annotations

from textual.theme import Theme


def _variables(muted: str, chosen: str, on_chosen: str, track: str, thumb: str) -> dict[str, str]:
    return {
        "muted": muted,
        "chosen": chosen,
        "on-chosen": on_chosen,
        "block-cursor-background": chosen,
        "block-cursor-foreground": on_chosen,
        "block-cursor-text-style": "bold",
        "block-cursor-blurred-background": chosen,
        "block-cursor-blurred-foreground": on_chosen,
        "block-hover-background": track,
        "input-cursor-background": chosen,
        "input-cursor-foreground": on_chosen,
        "input-selection-background": chosen,
        "input-selection-foreground": on_chosen,
        "screen-selection-background": chosen,
        "screen-selection-foreground": on_chosen,
        "scrollbar": thumb,
        "scrollbar-hover": thumb,
        "scrollbar-active": chosen,
        "scrollbar-background": track,
        "scrollbar-background-hover": track,
        "scrollbar-background-active": track,
        "scrollbar-corner-color": track,
        "border": thumb,
        "border-blurred": thumb,
    }


DARK = Theme(
    name="dark",
    primary="#86b8ff",
    secondary="#9ad0c2",
    accent="#f0bd62",
    warning="#f0bd62",
    error="#ff9a93",
    success="#86d492",
    foreground="#e8e8e6",
    background="#14161b",
    surface="#1b1e25",
    panel="#262a34",
    boost="#262a34",
    dark=True,
    variables=_variables("#a9b1be", "#f0bd62", "#14161b", "#1b1e25", "#6d7687"),
)
LIGHT = Theme(
    name="light",
    primary="#0a4f96",
    secondary="#135e52",
    accent="#7d4400",
    warning="#7d4400",
    error="#9c1529",
    success="#1a622b",
    foreground="#1c1e22",
    background="#fbfaf7",
    surface="#f2f0ea",
    panel="#e6e3da",
    boost="#e6e3da",
    dark=False,
    variables=_variables("#50555f", "#0a4f96", "#ffffff", "#f2f0ea", "#7a7871"),
)
CONTRAST = Theme(
    name="high-contrast",
    primary="#8fe3ff",
    secondary="#a8ffe0",
    accent="#ffe14d",
    warning="#ffe14d",
    error="#ffb3ad",
    success="#8dff9d",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#1c1c1c",
    boost="#1c1c1c",
    dark=True,
    variables=_variables("#e4e4e4", "#ffe14d", "#000000", "#1c1c1c", "#ffffff"),
)
COLOURLESS = Theme(
    name="no-colour",
    primary="ansi_default",
    secondary="ansi_default",
    accent="ansi_default",
    warning="ansi_default",
    error="ansi_default",
    success="ansi_default",
    foreground="ansi_default",
    background="ansi_default",
    surface="ansi_default",
    panel="ansi_default",
    boost="ansi_default",
    ansi=True,
    variables=_variables("ansi_default", "ansi_default", "ansi_default", "ansi_default", "ansi_default"),
)
"""The terminal's own two colours, where NO_COLOR asks for no other; what is chosen is reversed and marked."""

THEMES = (DARK, LIGHT, CONTRAST)
"""In the order in which the key goes through them."""
