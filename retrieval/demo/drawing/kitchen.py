"""Things to cook with, and to eat from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.demo.drawing.svg import circle, ellipse, line, mirror, path, rect

if TYPE_CHECKING:
    from retrieval.demo.drawing.paint import Paint

_COFFEE = "#4a2c1a"


def pan(p: Paint) -> str:
    """Draw a frying pan from above."""
    handle = line("M168 168L226 226", p.ink, 20)
    return (
        handle
        + circle(110, 110, 84, p.dark)
        + circle(110, 110, 76, p.fill)
        + circle(110, 110, 58, p.dark, opacity=0.55)
        + line("M70 84Q88 62 116 62", p.light, 6)
    )


def casserole(p: Paint) -> str:
    """Draw a heavy pot with a lid."""
    ears = mirror(rect(18, 122, 36, 16, p.dark, 8))
    body = path("M40 110H216V186Q216 214 188 214H68Q40 214 40 186z", p.fill)
    lid = path("M36 108Q44 70 128 68Q212 70 220 108z", p.dark)
    return (
        ears
        + body
        + lid
        + rect(30, 102, 196, 14, p.main, 7)
        + circle(128, 58, 13, p.accent)
        + line("M62 136V184", p.light, 8)
    )


def knife(p: Paint) -> str:
    """Draw a cook's knife and a small one."""
    big = path("M52 40Q98 60 104 148H60z", "#c3cad0") + rect(60, 148, 34, 76, p.fill, 10)
    small = path("M158 84Q182 96 184 154H160z", "#c3cad0") + rect(158, 154, 26, 66, p.fill, 9)
    return (
        big
        + small
        + "".join(circle(77, y, 4, p.accent) for y in (168, 188, 208))
        + "".join(circle(171, y, 3.4, p.accent) for y in (172, 190, 206))
        + line("M60 146L54 50", "#eef2f4", 3)
    )


def board(p: Paint) -> str:
    """Draw a chopping board with a hanging hole."""
    return (
        rect(54, 66, 148, 164, p.fill, 16)
        + rect(110, 20, 36, 62, p.fill, 14)
        + circle(128, 40, 8, p.ink)
        + rect(66, 78, 124, 140, "none", 10, stroke=p.dark, stroke_width=3)
        + circle(150, 168, 22, "#d6432f")
        + circle(150, 168, 15, "#ee7a5c")
        + path("M142 140Q150 128 160 138", "#4f8a4a")
    )


def toaster(p: Paint) -> str:
    """Draw a two-slice toaster, done."""
    toast = path("M86 100V64Q84 44 106 46Q128 44 126 64V100z", "#d99a4e") + path(
        "M134 100V64Q132 44 154 46Q176 44 174 64V100z", "#c98a40"
    )
    return (
        toast
        + rect(36, 92, 184, 112, p.fill, 28)
        + rect(70, 90, 116, 12, p.ink, 5)
        + rect(204, 122, 22, 14, p.ink, 5)
        + circle(176, 168, 12, p.dark)
        + line("M52 184H150", p.dark, 4)
        + mirror(rect(54, 202, 30, 10, p.ink, 3))
    )


def bowl(p: Paint) -> str:
    """Draw two stacked bowls."""
    lower = path("M36 140H220Q212 218 150 222H106Q44 218 36 140z", p.fill)
    upper = path("M48 96H208Q202 148 160 156H96Q54 148 48 96z", p.dark)
    return (
        lower
        + ellipse(128, 140, 92, 15, p.dark)
        + upper
        + ellipse(128, 96, 80, 16, p.light)
        + line("M58 166Q66 192 86 204", p.light, 6)
    )


def plate(p: Paint) -> str:
    """Draw a dinner plate with cutlery."""
    fork = line("M26 56V96Q26 108 34 108Q42 108 42 96V56M34 56V210", "#8f979e", 5)
    blade = path("M220 50Q236 90 230 130H220z", "#8f979e") + line("M223 128V210", "#8f979e", 6)
    return (
        fork
        + blade
        + circle(128, 132, 78, p.fill)
        + circle(128, 132, 52, p.light)
        + circle(128, 132, 52, "none", stroke=p.dark, stroke_width=2)
    )


def apron(p: Paint) -> str:
    """Draw an apron with a pocket."""
    loop = line("M98 62Q98 24 128 24Q158 24 158 62", p.dark, 6)
    body = path("M92 56H164Q166 104 200 114V218Q128 232 56 218V114Q90 104 92 56z", p.fill)
    ties = mirror(line("M58 116Q34 120 28 154", p.dark, 6))
    return (
        loop
        + ties
        + body
        + rect(88, 144, 80, 48, p.dark, 6)
        + line("M128 144V192", p.main, 3)
        + p.seam("M92 150H164")
    )


def blender(p: Paint) -> str:
    """Draw a jug blender with something green in it."""
    jug = path("M82 46H174L164 150H92z", "#dcebee") + path("M86 88H170L164 150H92z", "#7fb35a")
    return (
        jug
        + rect(78, 30, 100, 18, p.dark, 6)
        + line("M172 62Q206 64 198 112Q194 126 168 126", p.dark, 10)
        + path("M84 150H172L190 226H66z", p.fill)
        + circle(128, 190, 15, p.accent)
        + line("M128 190V178", p.ink, 4)
    )


def bottle(p: Paint) -> str:
    """Draw a bottle of oil or vinegar."""
    return (
        rect(112, 24, 32, 26, "#8a6a4c", 5)
        + path(
            "M114 48H142V86Q176 104 176 136V214Q176 228 162 228H94Q80 228 80 214V136Q80 104 114 86z", p.fill
        )
        + rect(88, 142, 80, 58, "#f6eeda", 4)
        + line("M100 160H156M108 176H148", p.dark, 4)
        + line("M94 122V134", p.light, 6)
    )


def jar(p: Paint) -> str:
    """Draw a preserving jar."""
    return (
        rect(66, 70, 124, 156, "#e4eff1", 18)
        + rect(72, 96, 112, 124, p.fill, 14)
        + rect(74, 44, 108, 30, "#c7a142", 6)
        + rect(92, 124, 72, 62, "#f6eeda", 4)
        + circle(128, 154, 18, p.dark)
        + line("M80 100V200", "#ffffff", 5, opacity=0.7)
    )


def scales(p: Paint) -> str:
    """Draw kitchen scales with a bowl."""
    return (
        path("M52 70H204Q196 128 128 128Q60 128 52 70z", p.light)
        + path("M78 132H178L206 222H50z", p.fill)
        + circle(128, 178, 34, "#fbf8f1")
        + line("M128 178L146 160", "#b5382c", 5)
        + "".join(
            line("M128 150V156", p.ink, 3, transform=f"rotate({a} 128 178)") for a in range(-120, 121, 40)
        )
    )


def baking_tray(p: Paint) -> str:
    """Draw a cake tin with a cake."""
    cake = path("M60 120Q64 72 128 70Q192 72 196 120z", "#d99a4e") + path(
        "M66 104Q92 122 112 100Q132 124 152 100Q172 120 190 102Q180 70 128 70Q76 70 66 104z", "#fbeede"
    )
    return (
        cake
        + circle(128, 62, 11, "#c8242a")
        + path("M44 118H212L196 206H60z", p.fill)
        + rect(36, 112, 184, 14, p.dark, 6)
        + line("M76 138L84 192", p.light, 6)
    )


SHAPES = {
    "pan": pan, "casserole": casserole, "knife": knife, "board": board, "toaster": toaster, "bowl": bowl,
    "plate": plate, "apron": apron, "blender": blender, "bottle": bottle, "jar": jar, "scales": scales,
    "baking tray": baking_tray,
}  # fmt: skip
