"""Things for camping, cycling, walking and the rain."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.demo.drawing.svg import circle, ellipse, line, mirror, path, rect

if TYPE_CHECKING:
    from retrieval.demo.drawing.paint import Paint

_METAL = "#8b9298"


def tent(p: Paint) -> str:
    """Draw a ridge tent, its door open."""
    side = path("M128 54L232 208H128z", p.dark)
    door = path("M96 208L112 116L128 208z", p.ink)
    ropes = line("M24 208L8 220M232 208L248 220", "#7a6a52", 3)
    return (
        ropes
        + path("M128 54L24 208H232z", p.fill)
        + side
        + door
        + path("M112 116L128 208L140 190z", p.light)
        + line("M128 54V40", _METAL, 5)
    )


def dome_tent(p: Paint) -> str:
    """Draw a dome tent with crossed poles."""
    dome = path("M22 208Q40 62 128 60Q216 62 234 208z", p.fill)
    door = path("M92 208Q94 120 128 118Q162 120 164 208z", p.dark) + path(
        "M128 120Q160 124 164 208H150z", p.light
    )
    return (
        dome
        + line("M30 208Q70 66 176 74M226 208Q186 66 80 74", p.accent, 4)
        + door
        + line("M128 122V208", p.ink, 3)
        + line("M14 210H242", p.ink, 4)
    )


def sleeping_bag(p: Paint) -> str:
    """Draw a mummy bag."""
    body = path(
        "M128 22Q188 26 186 96Q184 170 164 218Q152 236 128 236Q104 236 92 218Q72 170 70 96Q68 26 128 22z",
        p.fill,
    )
    baffles = "".join(
        line(f"M{74 + i * 4} {118 + i * 28}Q128 {128 + i * 28} {182 - i * 4} {118 + i * 28}", p.dark, 4)
        for i in range(4)
    )
    return (
        body
        + ellipse(128, 68, 34, 34, p.dark)
        + ellipse(128, 72, 24, 24, p.light)
        + baffles
        + line("M160 84Q164 160 150 214", p.accent, 3)
    )


def torch(p: Paint) -> str:
    """Draw a hand torch with its beam."""
    beam = path("M150 78L244 30V150L172 116z", "#ffe58a", opacity=0.7)
    return (
        beam
        + path("M128 92L160 68L188 116L152 128z", p.dark)
        + path("M130 94L154 126L72 214Q60 220 50 208Q38 196 46 186z", p.fill)
        + line("M82 170L94 158", p.accent, 9)
        + line("M56 196L64 206", p.ink, 4)
    )


def head_torch(p: Paint) -> str:
    """Draw a lamp on an elastic band."""
    beam = path("M104 148L50 236H206L152 148z", "#ffe58a", opacity=0.6)
    return (
        ellipse(128, 104, 94, 52, "none", stroke=p.main, stroke_width=20)
        + beam
        + rect(92, 108, 72, 56, p.dark, 14)
        + circle(128, 136, 20, "#fff4c2")
        + line("M60 78Q128 46 196 78", p.light, 4)
    )


def stove(p: Paint) -> str:
    """Draw a camping stove on its gas can."""
    flame = "".join(
        path(f"M{x} 92Q{x + 10} 66 {x} 52Q{x - 10} 66 {x} 92z", "#3d8ad6") for x in (104, 128, 152)
    )
    return (
        flame
        + mirror(line("M112 108L70 92V82", _METAL, 7))
        + rect(104, 92, 48, 18, _METAL, 4)
        + rect(118, 108, 20, 30, "#5d646a")
        + path("M70 150Q70 134 92 134H164Q186 134 186 150V216Q186 226 174 226H82Q70 226 70 216z", p.fill)
        + rect(70, 168, 116, 26, p.light)
        + line("M138 122H176", "#b5382c", 6)
    )


def flask(p: Paint) -> str:
    """Draw a steel bottle with a loop."""
    loop = line("M108 42Q108 18 128 18Q148 18 148 42", p.ink, 7)
    return (
        loop
        + rect(100, 36, 56, 34, p.ink, 8)
        + path("M100 68H156Q176 78 176 102V210Q176 228 158 228H98Q80 228 80 210V102Q80 78 100 68z", p.fill)
        + line("M96 104V200", p.light, 8)
        + rect(80, 196, 96, 12, p.dark)
    )


def helmet(p: Paint) -> str:
    """Draw a cycling helmet."""
    shell = path("M30 150Q32 66 126 62Q216 62 228 146Q230 160 214 158L48 164Q30 164 30 150z", p.fill)
    vents = (
        path("M76 132Q84 94 116 82Q106 110 106 130z", p.ink)
        + path("M128 128Q130 96 150 82Q166 100 166 124z", p.ink)
        + path("M184 124Q184 100 180 88Q204 100 210 128z", p.ink)
    )
    return (
        line("M74 160Q96 222 132 224Q160 214 178 156", "#3a3c40", 6)
        + shell
        + vents
        + rect(116, 216, 28, 12, p.accent, 4)
    )


def bicycle(p: Paint) -> str:
    """Draw a town bicycle."""
    wheels = "".join(
        circle(x, 166, 48, "none", stroke="#2b2c30", stroke_width=7) + circle(x, 166, 5, _METAL)
        for x in (66, 190)
    )
    spokes = "".join(line(f"M{x} 120V212M{x - 46} 166H{x + 46}", "#b8bdc2", 1.5) for x in (66, 190))
    frame = line("M66 166L104 98L168 98L124 168H66M104 98L124 168M168 98L190 166M168 98L164 76", p.main, 9)
    return (
        spokes
        + wheels
        + frame
        + line("M164 76H190", "#2b2c30", 7)
        + line("M102 98L98 82", _METAL, 6)
        + rect(80, 74, 42, 11, "#6d4534", 5)
        + circle(124, 168, 13, p.dark)
        + rect(168, 82, 50, 30, "#c9a06c", 4)
    )


def umbrella(p: Paint) -> str:
    """Draw an open umbrella."""
    canopy = path(
        "M22 136Q30 44 128 40Q226 44 234 136Q216 118 198 136Q180 116 163 136"
        "Q146 116 128 136Q110 116 93 136Q76 116 58 136Q40 118 22 136z",
        p.fill,
    )
    ribs = line("M128 42Q90 80 93 132M128 42Q166 80 163 132M128 42V132", p.dark, 2.5)
    return (
        line("M128 130V206Q128 230 106 230Q88 228 90 210", "#6d4534", 8)
        + canopy
        + ribs
        + line("M128 40V26", "#6d4534", 6)
    )


def camp_chair(p: Paint) -> str:
    """Draw a folding chair."""
    legs = line("M72 132L184 228M184 132L72 228M66 48L78 132M190 48L178 132", _METAL, 7)
    return (
        legs
        + path("M66 44H190L182 128H74z", p.fill)
        + path("M62 124H194L186 152H70z", p.dark)
        + mirror(rect(40, 104, 44, 13, p.ink, 6))
        + p.seam("M76 54H180")
    )


def binoculars(p: Paint) -> str:
    """Draw binoculars."""
    tube = mirror(
        path("M82 54H114V120L122 206H54L66 120z", p.fill)
        + rect(78, 38, 40, 22, p.ink, 6)
        + ellipse(88, 207, 35, 13, p.ink)
        + ellipse(88, 207, 24, 8, "#7fb0cc")
    )
    return (
        tube
        + rect(112, 92, 32, 36, p.dark, 8)
        + circle(128, 84, 11, p.accent)
        + p.seam("M70 150H114M142 150H186")
    )


def walking_poles(p: Paint) -> str:
    """Draw a pair of walking poles."""
    pole = (
        line("M88 60L146 212", p.main, 15)
        + line("M132 176L150 224", _METAL, 7)
        + rect(70, 22, 26, 52, p.ink, 11, transform="rotate(-20 83 48)")
        + ellipse(146, 210, 18, 6, p.dark)
    )
    return pole + mirror(pole)


SHAPES = {
    "tent": tent, "dome tent": dome_tent, "sleeping bag": sleeping_bag, "torch": torch,
    "head torch": head_torch, "stove": stove, "flask": flask, "helmet": helmet, "bicycle": bicycle,
    "umbrella": umbrella, "camp chair": camp_chair, "binoculars": binoculars, "walking poles": walking_poles,
}  # fmt: skip
