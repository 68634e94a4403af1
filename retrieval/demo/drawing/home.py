"""Things for rooms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.demo.drawing.svg import circle, ellipse, line, mirror, path, rect

if TYPE_CHECKING:
    from retrieval.demo.drawing.paint import Paint

_LEAF = "#4f8a4a"


def table_lamp(p: Paint) -> str:
    """Draw a shade on a turned base."""
    glow = circle(128, 112, 84, "#ffe9a8", opacity=0.35)
    shade = path("M90 40H166L200 128H56z", p.fill)
    base = path("M118 128H138V150Q160 164 154 196H102Q96 164 118 150z", p.dark)
    return glow + base + rect(88, 196, 80, 16, p.ink, 6) + shade + line("M58 124H198", p.light, 5)


def floor_lamp(p: Paint) -> str:
    """Draw an arc with a dome."""
    return (
        circle(92, 96, 60, "#ffe9a8", opacity=0.35)
        + line("M190 224V70Q190 26 142 26Q100 26 92 56", p.dark, 7)
        + path("M46 100Q46 52 92 52Q138 52 138 100z", p.fill)
        + ellipse(92, 101, 46, 9, "#ffe08a")
        + rect(152, 216, 76, 14, p.ink, 7)
    )


def cushion(p: Paint) -> str:
    """Draw a plump square with piping."""
    d = "M46 52Q128 72 210 52Q192 128 210 208Q128 190 46 208Q64 128 46 52z"
    return (
        path(d, p.fill)
        + line(d, p.dark, 5)
        + line("M84 92Q104 110 110 140M176 170Q156 150 150 124", p.dark, 2, opacity=0.5)
    )


def rug(p: Paint) -> str:
    """Draw a rug with borders and fringes."""
    fringe = "".join(line(f"M{x} 56V40M{x} 200V216", p.light, 3) for x in range(36, 226, 9))
    inner = rect(46, 72, 164, 112, "none", 2, stroke=p.light, stroke_width=6)
    diamond = path("M128 84L176 128L128 172L80 128z", p.dark) + path(
        "M128 104L152 128L128 152L104 128z", p.accent
    )
    return fringe + rect(28, 54, 200, 148, p.fill, 3) + inner + diamond


def armchair(p: Paint) -> str:
    """Draw a deep chair with round arms."""
    legs = mirror(path("M66 202H80L74 230H66z", "#6b4a2e"))
    back = rect(60, 44, 136, 128, p.fill, 30)
    seat = rect(66, 134, 124, 50, p.light, 16)
    arms = mirror(rect(36, 112, 44, 92, p.dark, 20))
    return (
        legs
        + back
        + rect(66, 170, 124, 36, p.fill, 8)
        + seat
        + arms
        + line("M128 54V128", p.dark, 2, opacity=0.5)
    )


def chair(p: Paint) -> str:
    """Draw a wooden dining chair."""
    legs = mirror(line("M82 150L74 230", p.dark, 10) + line("M96 148L94 214", p.ink, 8))
    back = mirror(line("M84 148L80 34", p.main, 11)) + "".join(
        rect(80, y, 96, 13, p.fill, 5) for y in (38, 66, 94)
    )
    return legs + back + path("M70 138H186L196 160H60z", p.fill) + rect(60, 156, 136, 9, p.dark, 3)


def side_table(p: Paint) -> str:
    """Draw a round table on three legs."""
    legs = line("M128 118V226M92 116L66 228M164 116L190 228", p.dark, 10)
    return legs + ellipse(128, 112, 92, 24, p.dark) + ellipse(128, 104, 92, 24, p.fill)


def throw(p: Paint) -> str:
    """Draw a folded blanket with a fringe."""
    fringe = "".join(line(f"M{x} 200V222", p.main, 4) for x in range(50, 212, 10))
    folds = rect(42, 76, 172, 126, p.fill, 12) + path(
        "M42 88Q42 60 70 60H186Q214 60 214 88Q214 112 186 112H70Q42 112 42 88z", p.dark
    )
    return fringe + folds + line("M60 146H214M60 174H214", p.dark, 2.5)


def vase(p: Paint) -> str:
    """Draw a bellied vase with stems."""
    stems = line("M118 70Q108 40 88 26M128 70V20M138 70Q152 44 172 34", _LEAF, 4)
    buds = circle(86, 26, 12, "#e8a0a8") + circle(128, 20, 12, "#f0c75e") + circle(174, 34, 12, "#d97a6c")
    body = path(
        "M106 66H150Q146 92 168 116Q196 150 172 210Q166 226 128 226Q90 226 84 210Q60 150 88 116Q110 92 106 66z",
        p.fill,
    )
    return stems + buds + body + line("M96 132Q84 160 96 196", p.light, 6) + rect(102, 62, 52, 9, p.dark, 4)


def candle(p: Paint) -> str:
    """Draw a candle in a jar."""
    flame = path("M128 46Q148 74 128 92Q108 74 128 46z", "#f6a623") + path(
        "M128 64Q137 78 128 90Q119 78 128 64z", "#fff1b8"
    )
    glow = circle(128, 78, 46, "#ffe9a8", opacity=0.45)
    jar = rect(70, 110, 116, 112, p.fill, 16) + rect(70, 106, 116, 16, p.light, 8)
    return (
        glow
        + line("M128 92V110", "#3a322c", 4)
        + flame
        + jar
        + rect(94, 150, 68, 40, "#f7f1e4", 4)
        + line("M106 164H150M114 176H142", p.ink, 3)
    )


def clock(p: Paint) -> str:
    """Draw a round wall clock."""
    ticks = "".join(line("M128 56V66", p.ink, 4, transform=f"rotate({a} 128 128)") for a in range(0, 360, 30))
    hands = line("M128 128V82", p.ink, 6) + line("M128 128L160 146", p.ink, 6)
    return (
        circle(128, 128, 98, p.fill)
        + circle(128, 128, 79, "#fbf8f1")
        + ticks
        + hands
        + circle(128, 128, 7, p.main)
    )


def mirror_frame(p: Paint) -> str:
    """Draw an arched mirror."""
    outer = "M66 226V104Q66 28 128 28Q190 28 190 104V226z"
    glass = "M80 214V106Q80 42 128 42Q176 42 176 106V214z"
    return path(outer, p.fill) + path(glass, "#cfe0e6") + line("M98 160L150 84M110 190L160 118", "#f2f8fa", 7)


def plant_pot(p: Paint) -> str:
    """Draw a pot with a broad-leaved plant."""
    leaves = "".join(
        path("M128 142Q96 92 128 40Q160 92 128 142z", c, transform=f"rotate({a} 128 142)")
        for a, c in ((-62, "#3f7a45"), (62, "#3f7a45"), (-30, _LEAF), (30, _LEAF), (0, "#62a05a"))
    )
    return leaves + path("M76 144H180L166 226H90z", p.fill) + rect(68, 136, 120, 20, p.dark, 5)


def bedding(p: Paint) -> str:
    """Draw a made bed from the foot."""
    head = rect(44, 60, 168, 90, "#8a6a4c", 16)
    pillows = mirror(rect(56, 92, 68, 44, "#faf7f0", 14))
    cover = path("M40 132Q128 116 216 132L226 212H30z", p.fill)
    return (
        head
        + pillows
        + cover
        + path("M40 132Q128 116 216 132L219 154Q128 138 37 154z", p.light)
        + rect(34, 210, 188, 12, p.dark, 4)
    )


def towel(p: Paint) -> str:
    """Draw towels, folded and stacked."""
    stack = "".join(
        rect(48 + i * 4, 172 - i * 46, 160 - i * 8, 42, p.fill if i != 1 else p.dark, 16) for i in range(3)
    )
    bands = "".join(line(f"M{70 + i * 4} {193 - i * 46}H{196 - i * 4}", p.light, 4) for i in range(3))
    return stack + bands


def basket(p: Paint) -> str:
    """Draw a woven basket with handles."""
    handles = mirror(line("M58 110Q26 110 30 140Q34 160 60 152", p.dark, 8))
    body = path("M46 96H210L192 214H64z", p.fill)
    weave = "".join(line(f"M{50 + i * 4} {120 + i * 23}H{206 - i * 4}", p.dark, 3) for i in range(4))
    return handles + body + weave + rect(42, 88, 172, 16, p.dark, 8)


def frame(p: Paint) -> str:
    """Draw a framed landscape."""
    scene = (
        rect(66, 50, 124, 156, "#bfdcea")
        + path("M66 150L106 96L140 140L160 118L190 150V206H66z", "#5f8a6a")
        + circle(158, 82, 14, "#f5c84a")
    )
    return rect(44, 28, 168, 200, p.fill, 4) + rect(58, 42, 140, 172, "#fbf8f1") + scene


def shelf_unit(p: Paint) -> str:
    """Draw an open bookcase with things on it."""
    frame_ = rect(54, 26, 148, 206, p.dark, 4) + "".join(
        rect(64, y, 128, 52, p.light) for y in (36, 100, 164)
    )
    books = "".join(
        rect(68 + i * 13, 46 + (i % 3) * 5, 11, 42 - (i % 3) * 5, c)
        for i, c in enumerate(("#b5483c", "#3f6f8f", "#d8a53a", "#5d7c38", "#7a5a8c"))
    )
    return (
        rect(50, 20, 156, 12, p.main)
        + frame_
        + books
        + circle(160, 134, 17, "#3e8a6a")
        + rect(74, 124, 52, 28, "#e9dcc2", 3)
        + rect(84, 186, 84, 30, p.fill, 3)
        + "".join(rect(54, y, 148, 12, p.main) for y in (88, 152, 216))
    )


def lantern_string(p: Paint) -> str:
    """Draw a string of paper lanterns."""
    cord = line("M20 54Q128 116 236 54", "#5b5048", 4)
    spots = ((58, 74), (128, 88), (198, 74))
    globes = "".join(
        line(f"M{x} {y}V{y + 14}", "#5b5048", 3)
        + ellipse(x, y + 54, 32, 40, p.fill)
        + line(f"M{x - 30} {y + 46}H{x + 30}M{x - 30} {y + 62}H{x + 30}", p.dark, 2)
        for x, y in spots
    )
    return cord + globes


SHAPES = {
    "table lamp": table_lamp, "floor lamp": floor_lamp, "cushion": cushion, "rug": rug, "armchair": armchair,
    "chair": chair, "side table": side_table, "throw": throw, "vase": vase, "candle": candle, "clock": clock,
    "mirror": mirror_frame, "plant pot": plant_pot, "bedding": bedding, "towel": towel, "basket": basket,
    "frame": frame, "shelf unit": shelf_unit, "lanterns": lantern_string,
}  # fmt: skip
