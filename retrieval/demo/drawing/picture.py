"""An item's whole picture: ground, shadow and shape; and its rendering into a small PNG."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.demo.drawing import (
    bags,
    clothing,
    drinks,
    electronics,
    footwear,
    garden,
    home,
    kitchen,
    outdoor,
    smart_home,
    toys,
)
from retrieval.demo.drawing.paint import Paint, paint
from retrieval.demo.drawing.palette import lightness
from retrieval.demo.drawing.people import emblem, portrait
from retrieval.demo.drawing.rooms import room
from retrieval.demo.drawing.svg import SIDE, document, ellipse, rect
from retrieval.demo.drawing.works import book, film, front_page, record

if TYPE_CHECKING:
    from collections.abc import Callable

SHAPES: dict[str, Callable[[Paint], str]] = {
    **clothing.SHAPES,
    **footwear.SHAPES,
    **bags.SHAPES,
    **home.SHAPES,
    **toys.SHAPES,
    **kitchen.SHAPES,
    **drinks.SHAPES,
    **outdoor.SHAPES,
    **garden.SHAPES,
    **electronics.SHAPES,
    **smart_home.SHAPES,
}
"""Name to drawing, of everything that is sold in a colour."""

_GROUNDS = ("#f3eee6", "#eaf0f1", "#f1ece9", "#eceee6")
_DEEP_GROUNDS = ("#b9c7cf", "#c3bfd0", "#b8c9bd")


@dataclass(frozen=True, slots=True)
class Product:
    """A thing to draw in its colour."""

    shape: str
    """Key of SHAPES."""
    colour: str
    """Hex."""
    material: str | None
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A book, film or record."""

    form: str
    """'book', 'film' or 'record'."""
    mood: str
    motif: str
    seed: str


@dataclass(frozen=True, slots=True)
class Page:
    """A newspaper's front page."""

    section: str
    motif: str
    seed: str


@dataclass(frozen=True, slots=True)
class Badge:
    """A club's emblem or a person's portrait."""

    person: bool
    motif: str
    seed: str


@dataclass(frozen=True, slots=True)
class Room:
    """A home scene."""

    room: str
    time: str
    devices: tuple[str, ...]


Drawing = Product | Work | Page | Badge | Room

_WORKS = {"book": book, "film": film, "record": record}


def svg(drawing: Drawing) -> str:
    """Return the picture of a drawing as SVG, 256 units square."""
    match drawing:
        case Product(shape, colour, _, _):
            grounds = _DEEP_GROUNDS if lightness(colour) > 0.72 else _GROUNDS
            return _product(drawing, rect(0, 0, SIDE, SIDE, grounds[len(shape) % len(grounds)]))
        case Work(form, mood, sign, seed):
            return document(
                rect(0, 0, SIDE, SIDE, "#ebe7df"),
                ellipse(128, 228, 86, 9, "#1a1a1a", opacity=0.16),
                _WORKS[form](mood, sign, seed),
            )
        case Page(section, sign, seed):
            return document(rect(0, 0, SIDE, SIDE, "#c6ccd0"), front_page(section, sign, seed))
        case Badge(person, sign, seed):
            body = portrait(sign, seed) if person else emblem(sign, seed)
            return document(rect(0, 0, SIDE, SIDE, "#f1ede4"), body)
        case Room(name, time, devices):
            return document(rect(0, 0, SIDE, SIDE, "#f1ede4"), room(name, time, devices))


def groundless(drawing: Drawing) -> str:
    """Return the picture of a drawing as SVG, a product without the ground behind it."""
    return _product(drawing) if isinstance(drawing, Product) else svg(drawing)


def _product(drawing: Product, ground: str = "") -> str:
    brush = paint(drawing.colour, drawing.material, drawing.features)
    defs = f"<defs>{brush.definitions}</defs>" if brush.definitions else ""
    shadow = ellipse(128, 226, 92, 11, "#1a1a1a", opacity=0.13)
    return document(defs, ground, shadow, SHAPES[drawing.shape](brush))


def png(source: str) -> bytes:
    """Render SVG into a palette PNG of 256 by 256 pixels and at most 64 colours.

    64 colours hold these flat drawings without visible loss at a third of the bytes of true colour.
    """
    import resvg_py
    from PIL import Image

    rendered = resvg_py.svg_to_bytes(svg_string=source, skip_system_fonts=True)
    with Image.open(io.BytesIO(bytes(rendered))) as image:
        small = image.convert("RGB").quantize(64, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    out = io.BytesIO()
    small.save(out, "PNG")
    return out.getvalue()
