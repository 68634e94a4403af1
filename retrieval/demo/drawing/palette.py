"""Colours: the plain names that people say, the shades that shops sell, and mixing."""

from __future__ import annotations

SHADES: dict[str, tuple[tuple[str, str], ...]] = {
    "black": (("Ink", "#23252b"), ("Coal", "#2c2d31"), ("Jet", "#1c1d21")),
    "white": (("Chalk", "#f5f4ef"), ("Snow", "#fafafa"), ("Milk", "#f7f3ea")),
    "grey": (("Slate", "#77808a"), ("Ash", "#989da3"), ("Pewter", "#6b7177")),
    "silver": (("Steel", "#b4bbc2"), ("Silver", "#bfc5ca")),
    "brown": (("Chestnut", "#7b4a2a"), ("Walnut", "#613f28"), ("Cocoa", "#6d4534")),
    "tan": (("Tan", "#bf8850"), ("Biscuit", "#c79862"), ("Saddle", "#b57b45")),
    "beige": (("Oat", "#d6c4a2"), ("Sand", "#d8c198"), ("Wheat", "#d9c8a0")),
    "cream": (("Cream", "#f0e5cb"), ("Ivory", "#f2ead6")),
    "red": (("Poppy", "#cf2c2c"), ("Cherry", "#ba1f30"), ("Pillar Box", "#c8242a")),
    "burgundy": (("Claret", "#6f1c30"), ("Mulberry", "#742440")),
    "pink": (("Blush", "#ecabb6"), ("Rose", "#e07b96"), ("Thrift", "#df6f9f")),
    "orange": (("Marmalade", "#e17c1e"), ("Rust", "#c65a1c"), ("Ember", "#dd6424")),
    "yellow": (("Mustard", "#dba823"), ("Gorse", "#ecc830"), ("Lemon", "#f1d64a")),
    "gold": (("Brass", "#c7a142"), ("Gold", "#cda63d")),
    "copper": (("Copper", "#b76b41"), ("Penny", "#ad643f")),
    "green": (("Moss", "#5d7c38"), ("Fern", "#3e8a4c"), ("Bottle", "#1f5c42")),
    "teal": (("Lagoon", "#1d8886"), ("Peacock", "#12747c")),
    "blue": (("Harbour", "#2f6fb0"), ("Cornflower", "#4d7fd0"), ("Sky", "#6aaede")),
    "navy": (("Midnight", "#1d2b52"), ("Navy", "#20305c")),
    "purple": (("Heather", "#8767a8"), ("Plum", "#632f69"), ("Damson", "#54306e")),
}
"""Plain name to the shades sold under it, as (shop's name, hex)."""


def channels(colour: str) -> tuple[int, int, int]:
    """Return red, green and blue, 0…255, of '#rrggbb'."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def mix(first: str, second: str, share: float) -> str:
    """Return `first` with `share` (0…1) of `second`."""
    pairs = zip(channels(first), channels(second), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def lightness(colour: str) -> float:
    """Return the luma (Rec. 601), 0…1."""
    red, green, blue = channels(colour)
    return (0.299 * red + 0.587 * green + 0.114 * blue) / 255


def lighter(colour: str, share: float = 0.25) -> str:
    """Return a tint."""
    return mix(colour, "#ffffff", share)


def darker(colour: str, share: float = 0.25) -> str:
    """Return a shade towards a warm black."""
    return mix(colour, "#14110f", share)
