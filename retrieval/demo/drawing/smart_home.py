"""Things that listen, light, warm and clean at home."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.demo.drawing.svg import circle, ellipse, line, mirror, path, rect

if TYPE_CHECKING:
    from retrieval.demo.drawing.paint import Paint

_GLASS = "#24303c"
_SKY = "#7db7d8"


def smart_speaker(p: Paint) -> str:
    """Draw a cloth-covered globe with a light ring."""
    mesh = "".join(
        line(
            f"M{58 + abs(i - 3) * 7} {84 + i * 22}Q128 {94 + i * 22} {198 - abs(i - 3) * 7} {84 + i * 22}",
            p.dark,
            2,
        )
        for i in range(6)
    )
    return (
        circle(128, 136, 84, p.fill)
        + mesh
        + ellipse(128, 66, 48, 14, p.ink)
        + ellipse(128, 66, 48, 14, "none", stroke="#5ec8e8", stroke_width=5)
        + rect(84, 212, 88, 12, p.ink, 6)
    )


def radio(p: Paint) -> str:
    """Draw a kitchen radio with a dial."""
    grille = "".join(line(f"M48 {y}H136", p.dark, 4) for y in range(116, 200, 13))
    return (
        line("M60 78Q60 52 92 52H164Q196 52 196 78", "#7b4a2a", 8)
        + line("M190 84L226 20", "#8b9298", 4)
        + rect(28, 78, 200, 140, p.fill, 20)
        + grille
        + circle(184, 136, 30, "#f6eeda")
        + line("M184 136L198 118", "#b5382c", 4)
        + circle(166, 190, 10, p.accent)
        + circle(202, 190, 10, p.accent)
    )


def bulb(p: Paint) -> str:
    """Draw a smart bulb."""
    rays = "".join(
        line("M128 22V6", p.accent, 6, transform=f"rotate({a} 128 104)") for a in range(-120, 121, 40)
    )
    glass = path("M128 34Q192 36 194 100Q192 132 164 160V176H92V160Q64 132 62 100Q64 36 128 34z", p.fill)
    waves = line("M104 118Q128 96 152 118M114 132Q128 120 142 132", p.dark, 5) + circle(128, 144, 5, p.dark)
    return (
        rays
        + glass
        + waves
        + rect(94, 178, 68, 14, "#9aa1a7", 5)
        + rect(98, 194, 60, 14, "#868d93", 5)
        + path("M104 210H152L140 226H116z", "#6b7177")
    )


def television(p: Paint) -> str:
    """Draw a television on its feet."""
    picture = (
        rect(28, 58, 200, 118, "#2b4a66", 3)
        + path("M28 150Q78 110 128 146Q178 176 228 128V176H28z", "#c8743c")
        + circle(176, 96, 19, "#f8d66a")
    )
    return rect(18, 48, 220, 138, p.fill, 8) + picture + mirror(line("M74 188L58 214", p.dark, 8))


def doorbell(p: Paint) -> str:
    """Draw a video doorbell."""
    return (
        rect(84, 26, 88, 204, p.fill, 34)
        + circle(128, 80, 29, _GLASS)
        + circle(128, 80, 14, "#4a7a9a")
        + circle(121, 73, 5, "#d7edf8")
        + circle(128, 172, 27, p.dark)
        + circle(128, 172, 27, "none", stroke="#5ec8e8", stroke_width=6)
    )


def thermostat(p: Paint) -> str:
    """Draw a round dial with an arc from cool to warm."""
    arc = (
        line("M74 178Q40 128 84 76", "#4d9fd6", 10)
        + line("M96 68Q160 42 188 104", "#f0a03a", 10)
        + line("M190 116Q196 152 182 176", "#d9432f", 10)
    )
    leaf = path("M104 148Q100 108 152 108Q154 148 104 148z", "#6fbf73") + line(
        "M108 146L140 118", "#e9f6e4", 4
    )
    return circle(128, 128, 100, p.fill) + circle(128, 128, 82, "#1c2228") + arc + leaf


def vacuum(p: Paint) -> str:
    """Draw a robot vacuum from above."""
    return (
        circle(128, 128, 96, p.fill)
        + circle(128, 128, 82, p.dark)
        + circle(128, 104, 30, p.ink)
        + circle(128, 104, 17, p.accent)
        + path("M48 176Q128 232 208 176L200 190Q128 244 56 190z", p.ink)
        + mirror(line("M62 186L38 216M62 186L34 198", "#c3c8cc", 4))
        + circle(128, 164, 7, "#6fd08a")
    )


SHAPES = {
    "smart speaker": smart_speaker, "radio": radio, "bulb": bulb, "television": television,
    "doorbell": doorbell, "thermostat": thermostat, "robot vacuum": vacuum,
}  # fmt: skip
