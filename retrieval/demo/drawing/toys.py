"""Toys and games."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.demo.drawing.svg import circle, ellipse, line, mirror, path, rect

if TYPE_CHECKING:
    from retrieval.demo.drawing.paint import Paint

_LEAF = "#4f8a4a"


def train(p: Paint) -> str:
    """Draw a wooden engine."""
    cab = (
        rect(142, 76, 62, 96, p.fill, 6)
        + rect(156, 92, 34, 32, "#f3e7c4", 4)
        + rect(134, 64, 78, 16, p.dark, 6)
    )
    boiler = (
        rect(50, 112, 96, 60, p.fill, 20) + rect(66, 76, 22, 40, p.dark, 4) + ellipse(77, 74, 18, 7, p.accent)
    )
    wheels = "".join(
        circle(x, 186, r, "#d6a658") + circle(x, 186, r * 0.4, "#7a5530")
        for x, r in ((76, 22), (124, 22), (178, 28))
    )
    return boiler + cab + rect(40, 164, 170, 14, p.ink, 5) + wheels + line("M30 214H226", "#a77b48", 6)


def bear(p: Paint) -> str:
    """Draw a sitting bear."""
    ears = mirror(circle(88, 54, 22, p.fill) + circle(88, 54, 11, p.light))
    limbs = mirror(
        ellipse(66, 152, 22, 34, p.dark) + ellipse(80, 208, 30, 22, p.dark) + circle(78, 208, 12, p.light)
    )
    head = (
        circle(128, 84, 54, p.fill) + ellipse(128, 100, 24, 18, p.light) + ellipse(128, 92, 9, 6, "#2a211c")
    )
    eyes = mirror(circle(108, 76, 5, "#2a211c"))
    return (
        ears
        + ellipse(128, 172, 58, 54, p.fill)
        + limbs
        + head
        + eyes
        + line("M128 98V106Q120 112 114 106M128 106Q136 112 142 106", "#2a211c", 2.5)
    )


def board_game(p: Paint) -> str:
    """Draw a box with a board, a die and two counters."""
    board = path("M34 112L128 72L222 112L128 156z", "#f4ead2") + line(
        "M81 92L175 134M175 92L81 134M128 72L128 156", "#b79b6c", 2
    )
    box = path("M34 120L128 164V224L34 178z", p.fill) + path("M222 120L128 164V224L222 178z", p.dark)
    pieces = (
        circle(96, 92, 10, p.main)
        + path("M84 112L96 80L108 112z", p.main)
        + circle(160, 104, 10, p.accent)
        + path("M148 124L160 92L172 124z", p.accent)
    )
    die = rect(118, 36, 32, 32, "#ffffff", 6, stroke="#c9c2b4", stroke_width=2) + "".join(
        circle(x, y, 3, "#333") for x, y in ((126, 44), (142, 44), (134, 52), (126, 60), (142, 60))
    )
    return board + box + line("M50 150L112 180M50 160L112 190", p.light, 4) + pieces + die


def jigsaw(p: Paint) -> str:
    """Draw four pieces, one still loose."""
    piece = "M0 0H30Q24 -16 38 -16Q52 -16 46 0H76V30Q92 24 92 38Q92 52 76 46V76H0z"
    tints = (p.main, p.light, p.dark)
    places = ((44, 60), (44, 136), (120, 136))
    fixed = "".join(
        path(piece, tint, transform=f"translate({x} {y})", stroke="#ffffff", stroke_width=3)
        for (x, y), tint in zip(places, tints, strict=True)
    )
    loose = path(piece, p.accent, transform="translate(150 42) rotate(18)", stroke="#ffffff", stroke_width=3)
    return fixed + loose


def blocks(p: Paint) -> str:
    """Draw building blocks."""
    arch = path("M60 150V106H196V150H160Q160 122 128 122Q96 122 96 150z", p.dark)
    base = rect(44, 150, 74, 66, p.fill, 4) + rect(138, 150, 74, 66, "#e0b04a", 4)
    return (
        base
        + arch
        + path("M76 106L128 44L180 106z", p.main)
        + circle(128, 84, 10, "#fff5dc")
        + circle(81, 183, 16, p.light)
        + path("M175 164L194 200H156z", "#fff2cf")
    )


SHAPES = {
    "train": train, "bear": bear, "board game": board_game, "jigsaw": jigsaw, "blocks": blocks,
}  # fmt: skip
