"""The few SVG elements that the shapes are made of; the canvas is 256 units square, y points down."""

from __future__ import annotations

SIDE = 256
"""Width and height of a picture, in units and in pixels."""


def _attributes(given: dict[str, str | float]) -> str:
    return "".join(f' {name.replace("_", "-")}="{_number(value)}"' for name, value in given.items())


def _number(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.5g}"


def path(d: str, fill: str, **attributes: str | float) -> str:
    """Return a filled outline."""
    return f'<path d="{d}" fill="{fill}"{_attributes(attributes)}/>'


def line(d: str, colour: str, width: float = 3, **attributes: str | float) -> str:
    """Return a stroked line with round ends."""
    return (
        f'<path d="{d}" fill="none" stroke="{colour}" stroke-width="{width:.5g}" stroke-linecap="round" '
        f'stroke-linejoin="round"{_attributes(attributes)}/>'
    )


def rect(
    x: float, y: float, width: float, height: float, fill: str, r: float = 0, **attributes: str | float
) -> str:
    """Return a rectangle with corners of radius `r`."""
    box = f'x="{x:.5g}" y="{y:.5g}" width="{width:.5g}" height="{height:.5g}"'
    return f'<rect {box} rx="{r:.5g}" fill="{fill}"{_attributes(attributes)}/>'


def circle(x: float, y: float, r: float, fill: str, **attributes: str | float) -> str:
    """Return a disc."""
    return f'<circle cx="{x:.5g}" cy="{y:.5g}" r="{r:.5g}" fill="{fill}"{_attributes(attributes)}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, **attributes: str | float) -> str:
    """Return a filled ellipse."""
    return f'<ellipse cx="{x:.5g}" cy="{y:.5g}" rx="{rx:.5g}" ry="{ry:.5g}" fill="{fill}"{_attributes(attributes)}/>'


def group(*parts: str, **attributes: str | float) -> str:
    """Return parts together, under one transform or opacity."""
    return f"<g{_attributes(attributes)}>{''.join(parts)}</g>"


def mirror(*parts: str) -> str:
    """Return parts and their reflection about the vertical middle."""
    body = "".join(parts)
    return body + group(body, transform=f"matrix(-1 0 0 1 {SIDE} 0)")


def at(x: float, y: float, scale: float, *parts: str) -> str:
    """Return parts drawn around the origin, moved to (x, y) and scaled."""
    return group(*parts, transform=f"translate({x:.5g} {y:.5g}) scale({scale:.5g})")


def document(*parts: str) -> str:
    """Return a whole picture."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{SIDE}" height="{SIDE}" viewBox="0 0 {SIDE} {SIDE}">'
        f"{''.join(parts)}</svg>"
    )
