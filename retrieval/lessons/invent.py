"""Drawings that no catalogue has: other colours, materials, patterns and motifs on the demo's shapes."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from retrieval.demo.drawing.motifs import MOTIFS
from retrieval.demo.drawing.palette import SHADES, mix
from retrieval.demo.drawing.picture import SHAPES, Badge, Drawing, Page, Product, Room, Work
from retrieval.demo.drawing.works import MOODS
from retrieval.lessons.facts import PATTERNS, Facts, facts_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.demo.entry import Entry

_SHARES = (("product", 0.72), ("work", 0.15), ("badge", 0.05), ("page", 0.03), ("room", 0.05))
"""Things for sale are what people show pictures of."""
_FORMS = ("book", "film", "record")


def held_out(entry: Entry) -> bool:
    """Tell whether a demo item's drawing is kept from training: every fifth product line, whole, chosen by its name."""
    from zlib import crc32

    return crc32(f"{entry.text('shelf')} {entry.line}".encode()) % 5 == 0


def signature(drawing: Drawing, colour: str) -> tuple[object, ...]:
    """Return what makes two drawings the same to the eye, but for a shade or some lettering."""
    match drawing:
        case Product(shape, _, material, features):
            return shape, colour, material, tuple(one for one in PATTERNS if one in features)
        case Work(form, mood, motif, _):
            return form, mood, motif
        case Room(room, time, devices):
            return room, time, frozenset(devices)
        case _:
            return (drawing,)


def invent(count: int, entries: Sequence[Entry], seed: int = 1) -> Iterator[tuple[Drawing, Facts]]:
    """Yield `count` drawings with their facts; none that looks like a drawing held out."""
    random = Random(seed)
    kept = {signature(entry.drawing, entry.text("colour")) for entry in entries if held_out(entry)}
    products = [entry.drawing for entry in entries if isinstance(entry.drawing, Product)]
    materials = {
        shape: sorted({str(one.material) for one in products if one.shape == shape and one.material})
        for shape in SHAPES
    }
    every = sorted({str(one.material) for one in products if one.material})
    rooms = [entry.drawing for entry in entries if isinstance(entry.drawing, Room)]
    sections = sorted({entry.text("section") for entry in entries if entry.text("section")})
    names = [name for name, _ in _SHARES]
    made = 0
    while made < count:
        what = random.choices(names, [share for _, share in _SHARES])[0]
        colour = ""
        drawing: Drawing
        tag = f"invented {seed} {made}"
        if what == "product":
            shape = random.choice(list(SHAPES))
            colour = random.choice(list(SHADES))
            own = materials[shape] if random.random() < 0.7 and materials[shape] else every
            pattern = (random.choice(PATTERNS),) if random.random() < 0.3 else ()
            drawing = Product(shape, _shade(colour, random), random.choice(own), pattern)
        elif what == "work":
            mood, motif = random.choice(list(MOODS)), random.choice(list(MOTIFS))
            drawing = Work(random.choice(_FORMS), mood, motif, tag)
        elif what == "badge":
            drawing = Badge(random.random() < 0.5, random.choice(list(MOTIFS)), tag)
        elif what == "page":
            drawing = Page(random.choice(sections), random.choice(list(MOTIFS)), tag)
        else:
            drawing = _room(rooms, random)
        if signature(drawing, colour) in kept:
            continue
        made += 1
        yield drawing, facts_of(drawing, colour)


def _shade(colour: str, random: Random) -> str:
    """Return a shade of a colour, up to 12 % towards another of the same name and up to 6 % towards grey values."""
    shades = [tint for _, tint in SHADES[colour]]
    tint = mix(random.choice(shades), random.choice(shades), random.random())
    return mix(tint, random.choice(("#ffffff", "#000000", "#808080")), random.random() * 0.06)


def _room(rooms: Sequence[Room], random: Random) -> Room:
    pick = [random.choice(rooms) for _ in range(3)]
    devices = list(dict.fromkeys((*pick[0].devices[:2], *pick[2].devices[:1])))
    return Room(pick[0].room, pick[1].time, tuple(devices[: random.randint(1, 3)]))
