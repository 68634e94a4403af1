"""Bags, purses and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.demo.drawing.svg import circle, line, mirror, path, rect

if TYPE_CHECKING:
    from retrieval.demo.drawing.paint import Paint


def handbag(p: Paint) -> str:
    """Draw a structured bag with two handles and a clasp."""
    handles = line("M88 104Q88 42 128 42Q168 42 168 104", p.dark, 10) + line(
        "M100 104Q100 58 128 58Q156 58 156 104", p.ink, 6
    )
    body = path("M52 100H204L218 206Q218 216 206 216H50Q38 216 38 206z", p.fill)
    flap = path("M52 100H204L208 130Q168 152 128 152Q88 152 48 130z", p.dark)
    return (
        handles
        + body
        + flap
        + rect(116, 140, 24, 26, p.accent, 4)
        + circle(128, 152, 4, p.ink)
        + p.seam("M48 206H208M54 108L46 198M202 108L210 198")
    )


def tote(p: Paint) -> str:
    """Draw an open bag with long straps."""
    straps = line("M92 110Q92 30 128 30Q164 30 164 110", p.dark, 9)
    body = path("M50 96H206L196 222H60z", p.fill)
    return (
        straps
        + body
        + rect(50, 92, 156, 14, p.dark, 2)
        + mirror(line("M92 96V140", p.dark, 9))
        + p.seam("M62 214H194")
        + circle(128, 164, 16, p.light, opacity=0.7)
    )


def satchel(p: Paint) -> str:
    """Draw a satchel: a flap, two buckled straps and a shoulder strap."""
    strap = line("M46 116Q60 24 128 24Q196 24 210 116", p.dark, 7)
    body = rect(40, 98, 176, 118, p.fill, 12)
    flap = path("M40 110Q40 96 54 96H202Q216 96 216 110V152Q216 168 200 168H56Q40 168 40 152z", p.dark)
    buckles = mirror(
        rect(78, 120, 16, 76, p.fill, 3), rect(74, 162, 24, 20, p.accent, 3), rect(80, 168, 12, 8, p.ink, 1)
    )
    return strap + body + flap + buckles + p.seam("M50 158H206M48 206H208")


def crossbody(p: Paint) -> str:
    """Draw a small round-cornered bag on a thin strap."""
    strap = line("M66 132Q40 26 128 26Q216 26 190 132", p.accent, 4)
    body = path("M56 122H200V176Q200 218 160 218H96Q56 218 56 176z", p.fill)
    flap = path("M56 118Q56 108 66 108H190Q200 108 200 118V140Q170 178 128 178Q86 178 56 140z", p.dark)
    return (
        strap + body + flap + circle(128, 172, 9, p.accent) + p.seam("M66 138Q94 168 128 168Q162 168 190 138")
    )


def clutch(p: Paint) -> str:
    """Draw an evening bag with a wrist chain."""
    chain = "".join(
        circle(60 + i * 14, 84 - (i * (9 - i)) * 1.6, 6, "none", stroke=p.accent, stroke_width=3)
        for i in range(10)
    )
    body = rect(36, 90, 184, 112, p.fill, 12)
    return (
        chain
        + body
        + path("M36 102Q36 90 48 90H208Q220 90 220 102L128 164z", p.dark)
        + circle(128, 160, 10, p.accent)
    )


def rucksack(p: Paint) -> str:
    """Draw a backpack with a front pocket and a lid."""
    straps = mirror(line("M82 76Q46 100 52 184", p.ink, 13))
    grip = line("M108 44Q108 26 128 26Q148 26 148 44", p.ink, 8)
    body = path("M70 92Q70 40 128 40Q186 40 186 92V206Q186 222 170 222H86Q70 222 70 206z", p.fill)
    pocket = rect(84, 146, 88, 62, p.dark, 12) + line("M92 162H164", p.accent, 3.5)
    lid = path("M70 96Q70 40 128 40Q186 40 186 96Q186 108 174 108H82Q70 108 70 96z", p.light)
    buckles = mirror(rect(92, 98, 10, 30, p.ink, 3), rect(89, 118, 16, 14, p.accent, 3))
    return grip + straps + body + lid + pocket + buckles


def purse(p: Paint) -> str:
    """Draw a folded wallet with a stud."""
    back = rect(44, 78, 168, 112, p.dark, 12)
    front = rect(44, 92, 168, 112, p.fill, 12)
    tab = path("M212 130H178Q164 130 164 146Q164 162 178 162H212z", p.dark)
    return back + front + tab + circle(178, 146, 6, p.accent) + p.seam("M54 102H202M54 194H202M54 102V194")


def suitcase(p: Paint) -> str:
    """Draw a ribbed case on wheels with a pull-out handle."""
    pull = line("M104 62V22H152V62", "#8a9096", 6)
    body = rect(62, 56, 132, 160, p.fill, 18)
    ribs = "".join(line(f"M{x} 72V200", p.dark, 4) for x in range(84, 180, 22))
    wheels = mirror(circle(86, 222, 11, "#2b2c30"))
    return (
        pull
        + wheels
        + body
        + ribs
        + rect(110, 58, 36, 10, p.ink, 4)
        + mirror(rect(60, 100, 7, 22, p.accent, 3))
    )


def belt(p: Paint) -> str:
    """Draw a rolled belt with its buckle."""
    coil = circle(116, 136, 66, "none", stroke=p.main, stroke_width=26) + circle(
        116, 136, 34, "none", stroke=p.dark, stroke_width=18
    )
    tail = path("M116 58H196V84H116z", p.fill) + rect(
        186, 50, 34, 42, "none", 6, stroke=p.accent, stroke_width=8
    )
    return coil + tail + line("M190 71H216", p.accent, 5) + p.seam("M120 64H184M120 78H184")


SHAPES = {
    "handbag": handbag, "tote": tote, "satchel": satchel, "crossbody": crossbody, "clutch": clutch,
    "rucksack": rucksack, "purse": purse, "suitcase": suitcase, "belt": belt,
}  # fmt: skip
