"""Clothes, laid flat."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.demo.drawing.svg import circle, ellipse, line, mirror, path, rect

if TYPE_CHECKING:
    from retrieval.demo.drawing.paint import Paint

_SLEEVE = "M84 62L40 120L34 178L62 182L72 132L92 108z"
_BODY = "M84 56L108 46Q128 60 148 46L172 56L184 108L178 210H78L72 108z"


def dress(p: Paint) -> str:
    """Draw a sleeveless dress, fitted at the waist, with a full skirt."""
    skirt = "M98 122H158L206 222Q128 240 50 222z"
    bodice = "M96 36Q104 62 128 64Q152 62 160 36L168 60Q160 84 158 122H98Q96 84 88 60z"
    folds = line("M112 140L98 226M128 140V231M144 140L158 226", p.dark, 2, opacity=0.6)
    return path(skirt, p.fill) + path(bodice, p.fill) + folds + rect(97, 117, 62, 10, p.dark, 3)


def long_dress(p: Paint) -> str:
    """Draw a maxi dress with short sleeves."""
    gown = "M96 34Q128 62 160 34L192 62L178 92L160 84L158 106L190 236H66L98 106L96 84L78 92L64 62z"
    folds = line("M116 120L102 234M140 120L154 234", p.dark, 2, opacity=0.6)
    return path(gown, p.fill) + folds + line("M98 106Q128 114 158 106", p.dark, 5)


def shirt(p: Paint) -> str:
    """Draw a shirt with long sleeves, a collar and a row of buttons."""
    buttons = "".join(circle(128, y, 3, p.accent) for y in range(84, 206, 24))
    collar = path("M108 44L128 68L106 80L98 52z", p.light) + path("M148 44L128 68L150 80L158 52z", p.light)
    pocket = line("M144 104H168V128H144z", p.dark, 2)
    body = mirror(path(_SLEEVE, p.fill)) + path(_BODY, p.fill) + line("M128 66V210", p.dark, 2)
    return body + collar + buttons + pocket + p.seam("M80 204H176")


def tee(p: Paint) -> str:
    """Draw a T-shirt with short sleeves and a round neck."""
    sleeve = mirror(path("M84 56L36 92L54 128L86 112z", p.fill))
    neck = line("M106 47Q128 72 150 47", p.dark, 6)
    return sleeve + path(_BODY, p.fill) + neck + line("M78 200H178", p.dark, 1.5, opacity=0.5)


def jumper(p: Paint) -> str:
    """Draw a knitted jumper with ribbed cuffs and hem."""
    cuffs = mirror(path("M33 174L63 180L62 194L32 190z", p.dark))
    ribs = "".join(line(f"M{x} 199V212", p.light, 2) for x in range(84, 178, 9))
    neck = line("M104 49Q128 74 152 49", p.dark, 9)
    hem = rect(77, 196, 102, 18, p.dark, 4)
    return mirror(path(_SLEEVE, p.fill)) + path(_BODY, p.fill) + cuffs + hem + ribs + neck


def cardigan(p: Paint) -> str:
    """Draw a knitted jacket, open at the neck, with buttons."""
    opening = path("M110 46L128 116L146 46Q128 58 110 46z", p.dark)
    buttons = "".join(circle(128, y, 4, p.accent) for y in (130, 156, 182))
    pockets = mirror(rect(86, 158, 30, 28, p.dark, 3, opacity=0.55))
    body = mirror(path(_SLEEVE, p.fill)) + path(_BODY, p.fill)
    return (
        body
        + opening
        + line("M128 116V212", p.dark, 5)
        + buttons
        + pockets
        + rect(77, 202, 102, 9, p.dark, 3)
    )


def coat(p: Paint) -> str:
    """Draw a long double-breasted coat with lapels and a belt."""
    body = "M84 48L108 38Q128 52 148 38L172 48L182 112L190 230H66L74 112z"
    sleeve = mirror(path("M84 50L44 116L36 190L64 194L76 136z", p.fill))
    lapels = mirror(path("M106 38L128 104L100 92L92 50z", p.dark))
    buttons = "".join(circle(x, y, 4, p.accent) for x in (116, 140) for y in (124, 166, 190))
    belt = rect(72, 138, 112, 12, p.dark, 3) + rect(120, 135, 16, 18, p.accent, 3)
    return sleeve + path(body, p.fill) + line("M128 104V230", p.dark, 2.5) + lapels + belt + buttons


def jacket(p: Paint) -> str:
    """Draw a hooded rain jacket with a zip."""
    hood = path("M92 60Q96 22 128 22Q160 22 164 60L128 78z", p.dark)
    hole = path("M106 58Q108 36 128 36Q148 36 150 58L128 70z", p.ink)
    body = "M86 58Q128 84 170 58L184 108L180 204H76L72 108z"
    zip_line = line("M128 74V204", p.accent, 3.5)
    pockets = mirror(line("M88 148L106 178", p.ink, 4))
    cuffs = mirror(path("M34 174L63 180L62 190L32 186z", p.dark))
    tapes = mirror(line("M90 92Q104 100 122 98", p.light, 3))
    return (
        mirror(path(_SLEEVE, p.fill)) + hood + hole + path(body, p.fill) + zip_line + pockets + cuffs + tapes
    )


def blazer(p: Paint) -> str:
    """Draw a tailored jacket over a pale shirt."""
    inner = path("M106 46L128 130L150 46Q128 58 106 46z", "#f6f3ee")
    lapels = mirror(path("M104 46L126 128L96 104L104 96L92 86z", p.dark))
    pockets = mirror(rect(86, 164, 30, 6, p.dark, 2))
    cut = path("M118 212L128 150L138 212z", p.dark, opacity=0.5)
    body = mirror(path(_SLEEVE, p.fill)) + path(_BODY, p.fill)
    return (
        body + inner + lapels + pockets + cut + circle(128, 142, 4, p.accent) + circle(128, 162, 4, p.accent)
    )


def gilet(p: Paint) -> str:
    """Draw a quilted body warmer without sleeves."""
    body = path("M88 52L108 42Q128 54 148 42L168 52Q160 86 180 112V208H76V112Q96 86 88 52z", p.fill)
    quilting = "".join(line(f"M80 {y}H176", p.dark, 3) for y in range(86, 206, 22))
    return body + quilting + line("M128 52V208", p.accent, 4) + line("M106 44Q128 62 150 44", p.dark, 8)


def trousers(p: Paint) -> str:
    """Draw straight legs with a crease."""
    legs = path("M82 34H174L186 226H142L128 96L114 226H70z", p.fill)
    crease = mirror(line("M100 62L92 224", p.dark, 2))
    return (
        legs
        + rect(81, 32, 94, 14, p.dark, 3)
        + crease
        + circle(128, 39, 3.5, p.accent)
        + line("M128 46V92", p.dark, 2)
    )


def jeans(p: Paint) -> str:
    """Draw jeans with pockets, seams and turn-ups."""
    legs = path("M82 34H174L184 218H144L128 98L112 218H72z", p.fill)
    turn_ups = mirror(rect(71, 210, 42, 16, p.light, 2))
    thread = "#e0a050"
    pockets = mirror(line("M86 50Q92 72 112 72", thread, 2)) + line(
        "M128 48V94M128 60Q140 62 142 48", thread, 2
    )
    seams = mirror(line("M78 76L74 208", thread, 1.6, stroke_dasharray="5 4"))
    return legs + rect(81, 32, 94, 14, p.dark, 2) + pockets + seams + turn_ups + circle(128, 39, 3.5, thread)


def skirt(p: Paint) -> str:
    """Draw a pleated skirt, to the knee."""
    body = path("M92 58H164L206 206Q128 224 50 206z", p.fill)
    pleats = line("M104 70L84 213M120 70L112 216M136 70L144 216M152 70L172 213", p.dark, 3)
    return body + pleats + rect(90, 50, 76, 16, p.dark, 4)


def shorts(p: Paint) -> str:
    """Draw shorts with a drawstring."""
    legs = path("M78 66H178L196 186H140L128 124L116 186H60z", p.fill)
    cord = line("M122 78Q116 104 120 110M134 78Q140 104 136 110", p.accent, 3)
    return legs + rect(77, 62, 102, 16, p.dark, 4) + mirror(line("M72 100Q90 108 94 82", p.dark, 2.5)) + cord


def scarf(p: Paint) -> str:
    """Draw a long scarf in a loop, its ends fringed."""
    loop = path("M64 62Q128 24 192 62Q204 98 128 112Q52 98 64 62z", p.fill)
    hole = path("M88 64Q128 42 168 64Q168 84 128 90Q88 84 88 64z", p.ink)
    front = path("M92 98L136 106L128 206L82 202z", p.fill) + path("M128 104L168 92L186 186L146 196z", p.dark)
    fringe = "".join(line(f"M{x} 204L{x - 2} 224", p.main, 3) for x in range(86, 128, 8))
    ends = "".join(
        line(f"M{x} {232 - x * 0.25:.5g}L{x + 3} {250 - x * 0.25:.5g}", p.dark, 3) for x in range(150, 188, 8)
    )
    return loop + hole + front + fringe + ends + line("M92 98L82 202M136 106L128 206", p.dark, 2)


def beanie(p: Paint) -> str:
    """Draw a knitted hat with a turned brim and a bobble."""
    dome = path("M60 164Q56 64 128 64Q200 64 196 164z", p.fill)
    ribs = line("M84 160Q84 96 112 70M172 160Q172 96 144 70M128 160V68", p.dark, 2.5)
    brim = rect(50, 150, 156, 42, p.dark, 14)
    edge = "".join(line(f"M{x} 156V186", p.main, 3) for x in range(64, 200, 12))
    return dome + ribs + brim + edge + circle(128, 56, 22, p.light)


def hat(p: Paint) -> str:
    """Draw a hat with a brim and a band."""
    crown = path("M78 150Q76 76 104 74Q128 88 152 74Q180 76 178 150z", p.fill)
    return (
        ellipse(128, 158, 104, 26, p.dark)
        + ellipse(128, 152, 104, 24, p.fill)
        + crown
        + path("M77 134Q128 152 179 134L179 150Q128 168 77 150z", p.accent)
    )


def gloves(p: Paint) -> str:
    """Draw a pair of gloves."""
    palm = (
        "M44 132L40 92Q42 82 50 90L56 118L58 68Q64 58 70 68L74 114L80 62Q88 54 92 66L92 116L102 78Q110 74 112 84"
        "L106 132Q118 118 124 126Q122 140 106 164V186H56z"
    )
    hand = path(palm, p.fill) + rect(52, 182, 58, 34, p.dark, 6) + p.seam("M60 176H102")
    return hand + f'<g transform="matrix(-1 0 0 1 256 8)">{hand}</g>'


def socks(p: Paint) -> str:
    """Draw a pair of socks with darker heels and toes."""
    leg = "M70 40H116V130Q116 150 134 164L164 186Q182 206 162 220Q148 228 128 216L84 184Q70 172 70 150z"
    one = path(leg, p.fill) + rect(68, 36, 50, 22, p.dark, 5)
    tips = path("M164 186Q182 206 162 220Q148 228 136 221Q144 200 164 186z", p.dark)
    heel = path("M70 146Q92 150 92 190L84 184Q70 172 70 146z", p.dark)
    back = f'<g transform="translate(28 -14)">{one}{tips}{heel}</g>'
    return back + f'<g transform="translate(-16 6)">{one}{tips}{heel}</g>'


def tie(p: Paint) -> str:
    """Draw a tie."""
    return path("M108 30H148L140 62H116z", p.dark) + path("M116 62H140L162 196L128 236L94 196z", p.fill)


def pyjamas(p: Paint) -> str:
    """Draw a folded top over trousers, with piping."""
    legs = path("M92 120H164L172 232H136L128 160L120 232H84z", p.dark)
    top = path("M92 44L112 36L128 52L144 36L164 44L204 100L180 118L166 100V160H90V100L76 118L52 100z", p.fill)
    piping = line("M112 36L128 66L144 36M128 66V160", p.light, 3)
    return (
        legs
        + top
        + piping
        + "".join(circle(136, y, 3, p.light) for y in (84, 108, 132))
        + line("M90 154H166", p.light, 3)
    )


SHAPES = {
    "dress": dress, "long dress": long_dress, "shirt": shirt, "tee": tee, "jumper": jumper, "cardigan":
    cardigan, "coat": coat, "jacket": jacket, "blazer": blazer, "gilet": gilet, "trousers": trousers,
    "jeans": jeans, "skirt": skirt, "shorts": shorts, "scarf": scarf, "beanie": beanie, "hat": hat,
    "gloves": gloves, "socks": socks, "tie": tie, "pyjamas": pyjamas,
}  # fmt: skip
