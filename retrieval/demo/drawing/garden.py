"""Things for the garden and for picnics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.demo.drawing.svg import circle, ellipse, line, mirror, path, rect

if TYPE_CHECKING:
    from retrieval.demo.drawing.paint import Paint

_METAL = "#8b9298"


def watering_can(p: Paint) -> str:
    """Draw a watering can."""
    return (
        line("M104 96Q128 30 168 60Q214 90 186 190", p.dark, 11)
        + path("M84 134L36 86L26 96L84 186z", p.dark)
        + path("M44 66L16 100L26 108L52 78z", p.accent)
        + path("M80 96H176L186 220H76z", p.fill)
        + ellipse(128, 97, 48, 11, p.dark)
        + line("M80 190H184", p.light, 4)
    )


def trowel(p: Paint) -> str:
    """Draw a hand trowel and a fork."""
    blade = (
        path("M52 128Q52 216 78 236Q104 216 104 128z", _METAL)
        + line("M78 128V100", _METAL, 9)
        + rect(64, 22, 28, 84, p.fill, 12)
    )
    fork = line("M158 136V210M178 136V220M198 136V210M158 138H198M178 138V100", _METAL, 8) + rect(
        164, 22, 28, 84, p.fill, 12
    )
    return blade + fork + line("M78 140V206", "#aab1b7", 4)


def hammock(p: Paint) -> str:
    """Draw a hammock between two posts."""
    posts = rect(14, 44, 14, 184, "#7b5a3a", 4) + rect(228, 44, 14, 184, "#7b5a3a", 4)
    ropes = line("M24 76L62 112M24 76L58 134M232 76L194 112M232 76L198 134", "#c9b48a", 3)
    return (
        posts
        + ropes
        + path("M56 106Q128 208 200 106L204 140Q128 246 52 140z", p.fill)
        + line("M56 106Q128 208 200 106", p.dark, 6)
    )


def picnic_blanket(p: Paint) -> str:
    """Draw a rug rolled in straps, with a basket handle."""
    roll = (
        rect(30, 96, 196, 96, p.fill, 46)
        + ellipse(54, 144, 22, 46, p.dark)
        + circle(54, 144, 18, p.light)
        + circle(54, 144, 8, p.dark)
    )
    return (
        line("M98 96Q98 40 140 40Q182 40 182 96", "#7b4a2a", 10)
        + roll
        + rect(90, 94, 16, 100, "#7b4a2a", 3)
        + rect(174, 94, 16, 100, "#7b4a2a", 3)
        + rect(86, 130, 24, 18, p.accent, 3)
        + rect(170, 130, 24, 18, p.accent, 3)
    )


def lantern(p: Paint) -> str:
    """Draw a camping lantern."""
    return (
        line("M86 74Q88 20 128 20Q168 20 170 74", _METAL, 6)
        + circle(128, 132, 74, "#ffe9a8", opacity=0.4)
        + rect(94, 92, 68, 88, "#fff2bf", 10)
        + path("M128 112Q144 138 128 162Q112 138 128 112z", "#f6a623")
        + path("M84 92Q90 62 128 60Q166 62 172 92z", p.fill)
        + rect(76, 178, 104, 40, p.fill, 10)
        + mirror(line("M94 92V180", p.dark, 5))
        + circle(128, 198, 8, p.accent)
    )


def cool_box(p: Paint) -> str:
    """Draw a cool box with a handle."""
    return (
        line("M66 88Q66 40 128 40Q190 40 190 88", p.dark, 10)
        + rect(40, 104, 176, 116, p.fill, 14)
        + rect(34, 80, 188, 32, p.light, 10)
        + rect(112, 100, 32, 22, p.ink, 5)
        + line("M58 160H198", p.dark, 3)
        + path(
            "M128 146L134 158L147 160L138 169L140 182L128 176L116 182L118 169L109 160L122 158z",
            "#ffffff",
            opacity=0.9,
        )
    )


def bird_feeder(p: Paint) -> str:
    """Draw a seed feeder with a robin."""
    bird = (
        ellipse(196, 150, 26, 20, "#7a5a3c")
        + circle(216, 134, 13, "#7a5a3c")
        + ellipse(206, 154, 15, 13, "#d9572c")
        + circle(219, 131, 2.5, "#1c1d21")
        + path("M228 134L240 138L228 140z", "#c9a142")
    )
    return (
        line("M108 52V18", _METAL, 4)
        + path("M52 88L108 48L164 88z", p.fill)
        + rect(76, 88, 64, 92, "#e6eff0", 6)
        + rect(80, 120, 56, 58, "#c7a35a", 3)
        + rect(52, 178, 128, 14, p.dark, 6)
        + bird
    )


SHAPES = {
    "watering can": watering_can, "trowel": trowel, "hammock": hammock, "picnic blanket": picnic_blanket,
    "lantern": lantern, "cool box": cool_box, "bird feeder": bird_feeder,
}  # fmt: skip
