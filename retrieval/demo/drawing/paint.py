"""What a shape is painted with: an item's colour with its tints, its pattern, and the hints of its material."""

from __future__ import annotations

from dataclasses import dataclass

from retrieval.demo.drawing.palette import darker, lighter, lightness, mix
from retrieval.demo.drawing.svg import circle, line, path, rect

_KNITTED = {"wool", "merino wool", "lambswool", "cashmere", "alpaca", "mohair"}
_STITCHED = {"leather", "suede", "denim", "vegan leather", "canvas", "waxed cotton"}
_WOVEN = {"jute", "wicker", "linen", "seagrass", "rattan", "raffia"}
_WOODEN = {"oak", "wood", "beech", "walnut", "acacia", "bamboo", "pine", "birch"}
_SHINY = {
    "stainless steel",
    "steel",
    "copper",
    "brass",
    "aluminium",
    "chrome",
    "cast iron",
    "enamel",
    "silk",
    "satin",
}


@dataclass(frozen=True, slots=True)
class Paint:
    """Colours of one item."""

    main: str
    """The item's colour, hex."""
    light: str
    dark: str
    ink: str
    """For outlines and soles."""
    accent: str
    """A metal, lining or trim that shows against `main`."""
    fill: str
    """`main`, or a reference to the pattern in `definitions`."""
    definitions: str
    """Body of <defs>."""
    stitched: bool
    """Leather, suede, denim and canvas show their seams."""

    def seam(self, d: str) -> str:
        """Return a row of stitches where the material has one, else nothing."""
        if not self.stitched:
            return ""
        thread = self.light if lightness(self.main) < 0.6 else self.dark
        return line(d, thread, 1.6, stroke_dasharray="4 3.4")


def paint(
    colour: str, material: str | None = None, features: tuple[str, ...] = (), accent: str | None = None
) -> Paint:
    """Return the paint of an item; `colour` and `accent` are hex."""
    dark_item = lightness(colour) < 0.25
    light = lighter(colour, 0.22 if dark_item else 0.35)
    dark = darker(colour, 0.28)
    body = _pattern(colour, material or "", features)
    return Paint(
        main=colour,
        light=light,
        dark=dark if not dark_item else darker(colour, 0.5),
        ink=darker(colour, 0.62) if not dark_item else lighter(colour, 0.16),
        accent=accent or ("#d8b25a" if lightness(colour) < 0.75 else "#b88a3c"),
        fill="url(#p)" if body else colour,
        definitions=body,
        stitched=material in _STITCHED,
    )


def _pattern(colour: str, material: str, features: tuple[str, ...]) -> str:
    pale = lighter(colour, 0.62) if lightness(colour) < 0.7 else darker(colour, 0.35)
    soft = mix(colour, pale, 0.22)
    if "striped" in features:
        return _tile(18, colour, rect(0, 0, 18, 6, pale))
    if "checked" in features:
        bars = rect(0, 0, 9, 24, pale, opacity=0.5) + rect(0, 0, 24, 9, pale, opacity=0.5)
        return _tile(24, colour, bars + line("M16 0V24M0 16H24", darker(colour, 0.4), 1))
    if "floral" in features:
        petals = "".join(circle(x, y, 3.4, pale) for x, y in ((9, 5), (13, 9), (9, 13), (5, 9)))
        return _tile(30, colour, petals + circle(9, 9, 2.4, "#e8b93c") + circle(23, 23, 2.6, pale))
    if "spotted" in features:
        return _tile(20, colour, circle(5, 5, 3.2, pale) + circle(15, 15, 3.2, pale))
    if material in _KNITTED:
        return _tile(10, colour, line("M0 2L5 7L10 2M0 -8", soft, 2))
    if material in _WOVEN:
        return _tile(8, colour, rect(0, 0, 4, 4, soft) + rect(4, 4, 4, 4, soft))
    if material in _WOODEN:
        grain = line("M0 5C14 1 26 9 40 5M0 14C12 18 28 10 40 14", darker(colour, 0.16), 1.4)
        return _tile(40, colour, grain, height=20)
    if material in _SHINY:
        stops = (
            (0, lighter(colour, 0.1)),
            (0.28, lighter(colour, 0.42)),
            (0.5, colour),
            (1, darker(colour, 0.22)),
        )
        body = "".join(f'<stop offset="{where:g}" stop-color="{tint}"/>' for where, tint in stops)
        return f'<linearGradient id="p" x1="0" y1="0" x2="1" y2="0.15">{body}</linearGradient>'
    if material == "tweed":
        return _tile(8, colour, path("M0 0L4 4L0 8zM8 0L4 4L8 8z", soft))
    return ""


def _tile(width: float, ground: str, body: str, height: float | None = None) -> str:
    high = width if height is None else height
    inside = rect(0, 0, width, high, ground) + body
    return f'<pattern id="p" width="{width:g}" height="{high:g}" patternUnits="userSpaceOnUse">{inside}</pattern>'
