"""Things with a plug, a battery or a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.demo.drawing.svg import circle, ellipse, line, mirror, path, rect

if TYPE_CHECKING:
    from retrieval.demo.drawing.paint import Paint

_GLASS = "#24303c"
_SKY = "#7db7d8"


def headphones(p: Paint) -> str:
    """Draw over-ear headphones."""
    band = line("M50 150Q44 36 128 34Q212 36 206 150", p.main, 17) + line(
        "M70 96Q84 54 128 52Q172 54 186 96", p.dark, 8
    )
    return band + mirror(
        rect(30, 128, 46, 84, p.fill, 22), rect(66, 134, 24, 72, p.ink, 11), circle(50, 170, 9, p.accent)
    )


def earbuds(p: Paint) -> str:
    """Draw two buds over their case."""
    bud = mirror(
        circle(88, 70, 26, p.fill)
        + rect(76, 74, 17, 56, p.fill, 8)
        + ellipse(108, 66, 12, 15, p.ink)
        + circle(80, 68, 5, p.accent)
    )
    case = path("M50 160Q50 134 78 134H178Q206 134 206 160V190Q206 222 174 222H82Q50 222 50 190z", p.dark)
    return case + line("M50 164H206", p.light, 3) + circle(128, 188, 5, "#6fd08a") + bud


def phone(p: Paint) -> str:
    """Draw a smartphone, front and back."""
    back = (
        rect(104, 30, 98, 196, p.fill, 18)
        + circle(178, 58, 13, p.ink)
        + circle(178, 88, 13, p.ink)
        + circle(178, 58, 6, "#4a5560")
        + circle(178, 88, 6, "#4a5560")
    )
    screen = (
        rect(50, 42, 98, 192, p.ink, 16)
        + rect(57, 50, 84, 176, _SKY, 10)
        + path("M57 176L88 138L112 168L126 154L141 172V216Q141 226 131 226H67Q57 226 57 216z", "#48785e")
        + circle(118, 88, 13, "#f8d66a")
    )
    return back + screen + rect(86, 54, 26, 7, p.ink, 3)


def laptop(p: Paint) -> str:
    """Draw an open laptop."""
    screen = (
        rect(52, 52, 152, 108, p.main, 10)
        + rect(60, 60, 136, 92, _GLASS, 4)
        + path("M60 130L102 88L138 122L160 104L196 138V152H60z", "#3f7f8a")
    )
    return (
        screen
        + path("M34 168H222L240 204H16z", p.fill)
        + "".join(line(f"M{46 - i * 4} {176 + i * 7}H{210 + i * 4}", p.dark, 3) for i in range(3))
        + path("M14 204H242V210Q240 216 232 216H24Q16 216 14 210z", p.dark)
    )


def tablet(p: Paint) -> str:
    """Draw a tablet with a pen."""
    return (
        rect(42, 44, 148, 184, p.fill, 16)
        + rect(54, 58, 124, 156, "#f7f3e8", 4)
        + line("M72 176Q96 96 120 140Q140 178 160 92", "#3f6f8f", 6)
        + circle(88, 92, 15, "#e0a23a")
        + rect(202, 60, 13, 134, "#f5f3ee", 6)
        + path("M202 190H215L208 212z", p.ink)
    )


def ereader(p: Paint) -> str:
    """Draw a page of a book on grey paper."""
    text = "".join(
        line(f"M78 {y}H{176 if i % 4 != 3 else 140}", "#6b6a64", 4) for i, y in enumerate(range(72, 186, 14))
    )
    return (
        rect(54, 28, 148, 204, p.fill, 16)
        + rect(66, 44, 124, 156, "#e7e5da", 3)
        + text
        + circle(128, 216, 7, p.light)
    )


def speaker(p: Paint) -> str:
    """Draw a round-cornered wireless speaker."""
    cones = (
        circle(128, 156, 46, p.ink)
        + circle(128, 156, 33, p.dark)
        + circle(128, 156, 13, p.accent)
        + circle(128, 76, 22, p.ink)
        + circle(128, 76, 10, p.accent)
    )
    return rect(64, 32, 128, 196, p.fill, 26) + cones + line("M78 46V208", p.light, 4, opacity=0.7)


def watch(p: Paint) -> str:
    """Draw a smart watch."""
    strap = path("M96 18H160L166 82H90z", p.fill) + path("M90 174H166L160 238H96z", p.fill)
    face = rect(70, 72, 116, 112, p.ink, 30) + rect(80, 82, 96, 92, "#10151a", 22)
    rings = circle(
        128, 128, 32, "none", stroke="#5ec87a", stroke_width=8, stroke_dasharray="150 60"
    ) + circle(128, 128, 19, "none", stroke="#f0a03a", stroke_width=7, stroke_dasharray="80 60")
    return (
        strap
        + face
        + rings
        + rect(186, 112, 9, 32, p.accent, 4)
        + "".join(circle(128, y, 3, p.ink) for y in (196, 210, 224))
    )


def camera(p: Paint) -> str:
    """Draw a camera with a leatherette body."""
    body = (
        rect(28, 84, 200, 128, p.fill, 16)
        + path("M88 86L102 56H154L168 86z", p.dark)
        + rect(28, 84, 200, 26, "#c3c8cc", 10)
    )
    return (
        rect(44, 70, 34, 16, p.ink, 5)
        + body
        + circle(128, 154, 53, p.ink)
        + circle(128, 154, 40, "#3a444e")
        + circle(128, 154, 25, "#172029")
        + circle(116, 142, 9, "#8fc3e0")
        + circle(200, 98, 7, "#c8242a")
        + rect(112, 64, 32, 15, _SKY, 3)
    )


def keyboard(p: Paint) -> str:
    """Draw a keyboard."""
    keys = "".join(
        rect(34 + c * 19.5, 94 + r * 25, 15, 19, p.light if (r + c) % 7 else p.accent, 3)
        for r in range(3)
        for c in range(10)
    )
    return rect(20, 80, 216, 116, p.fill, 14) + keys + rect(74, 170, 108, 17, p.light, 4)


def mouse(p: Paint) -> str:
    """Draw a computer mouse."""
    return (
        line("M128 48Q128 20 160 16", p.ink, 4)
        + path("M128 44Q188 46 188 122Q188 220 128 224Q68 220 68 122Q68 46 128 44z", p.fill)
        + line("M128 46V116M70 116Q128 134 186 116", p.dark, 4)
        + rect(119, 68, 18, 34, p.accent, 9)
    )


def power_bank(p: Paint) -> str:
    """Draw a battery pack with its cable."""
    lights = "".join(circle(106 + i * 15, 86, 4.5, "#6fd08a" if i < 3 else p.dark) for i in range(4))
    bolt = path("M138 106L102 164H126L116 208L158 142H132z", p.accent)
    return (
        line("M128 40Q128 14 178 20Q222 28 216 84", p.ink, 6)
        + rect(207, 82, 18, 30, p.ink, 4)
        + rect(70, 38, 116, 190, p.fill, 20)
        + lights
        + bolt
    )


def turntable(p: Paint) -> str:
    """Draw a record player from above."""
    disc = (
        circle(110, 128, 74, "#1d1e22")
        + "".join(circle(110, 128, r, "none", stroke="#3a3c42", stroke_width=2) for r in (64, 52, 40))
        + circle(110, 128, 25, "#c8242a")
        + circle(110, 128, 5, "#f5f3ee")
    )
    return (
        rect(20, 38, 216, 180, p.fill, 12)
        + disc
        + circle(206, 72, 17, p.dark)
        + line("M206 72L204 148L166 178", "#c3c8cc", 6)
        + circle(206, 188, 11, p.accent)
    )


def console(p: Paint) -> str:
    """Draw a hand-held game."""
    return (
        rect(16, 70, 224, 120, p.fill, 46)
        + rect(74, 82, 108, 96, _GLASS, 6)
        + path("M74 150H110V130H140V150H182V178H74z", "#5d9a4a")
        + rect(100, 104, 16, 16, "#f0c830")
        + line("M46 112V144M30 128H62", p.ink, 12)
        + circle(202, 114, 9, p.accent)
        + circle(216, 136, 9, "#c8242a")
        + circle(52, 160, 7, p.dark)
    )


SHAPES = {
    "headphones": headphones, "earbuds": earbuds, "phone": phone, "laptop": laptop, "tablet": tablet,
    "e-reader": ereader, "speaker": speaker, "watch": watch, "camera": camera, "keyboard": keyboard,
    "mouse": mouse, "power bank": power_bank, "turntable": turntable, "console": console,
}  # fmt: skip
