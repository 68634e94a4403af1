"""Emblems of clubs, and portraits of invented people as flat silhouettes with what they do."""

from __future__ import annotations

from random import Random

from retrieval.demo.drawing.motifs import motif
from retrieval.demo.drawing.palette import darker, lighter
from retrieval.demo.drawing.svg import circle, ellipse, mirror, path, rect

_GROUNDS = ("#2f6f86", "#a8452f", "#4f7046", "#6a4a86", "#c08a2c", "#2a4a6a", "#9a3a5a", "#3f7f6a")
_SKINS = ("#f2d0b4", "#e3b18c", "#c68a5e", "#9a6240", "#6f432b")
_HAIRS = ("#2a211c", "#5a3a24", "#8a5a2c", "#c9a04e", "#9aa0a4", "#b5482c")


def emblem(sign: str, seed: str) -> str:
    """Draw a round badge, a shield or a pennant with a sign."""
    random = Random(seed)
    ground = random.choice(_GROUNDS)
    pale, deep = lighter(ground, 0.82), darker(ground, 0.3)
    shape = random.randrange(3)
    if shape == 0:
        body = circle(128, 128, 102, deep) + circle(128, 128, 92, pale) + circle(128, 128, 80, ground)
    elif shape == 1:
        shield = "M128 22L218 48V120Q214 196 128 236Q42 196 38 120V48z"
        body = (
            path(shield, deep)
            + path(shield, ground, transform="translate(12.8 12.8) scale(.9)")
            + rect(50, 60, 156, 10, pale)
        )
    else:
        body = path("M38 32H218V178L128 232L38 178z", deep) + path("M50 44H206V172L128 218L50 172z", ground)
    return body + motif(sign, 128, 130, 1.25, pale, lighter(ground, 0.45))


def portrait(sign: str, seed: str) -> str:
    """Draw head and shoulders before a coloured round, and a small badge of what the person does."""
    random = Random(seed)
    ground, skin, hair = random.choice(_GROUNDS), random.choice(_SKINS), random.choice(_HAIRS)
    shirt = random.choice([colour for colour in _GROUNDS if colour != ground])
    back = circle(128, 124, 102, lighter(ground, 0.45))
    body = path("M42 226Q46 164 106 156H150Q210 164 214 226z", shirt) + path(
        "M108 150H148V166Q128 186 108 166z", darker(skin, 0.15)
    )
    head = ellipse(128, 108, 40, 48, skin)
    style = random.randrange(5)
    behind, front = "", ""
    if style == 0:
        front = path("M86 104Q80 54 128 52Q176 54 170 104Q162 80 128 78Q94 80 86 104z", hair)
    elif style == 1:
        behind = path("M80 166Q72 50 128 48Q184 50 176 166z", hair)
        front = path("M88 100Q92 66 140 64Q168 70 168 100Q150 88 138 76Q112 92 88 100z", hair)
    elif style == 2:
        behind = circle(128, 50, 22, hair)
        front = path("M86 102Q84 60 128 58Q172 60 170 102Q156 74 128 74Q100 74 86 102z", hair)
    elif style == 3:
        front = "".join(
            circle(x, y, 17, hair)
            for x, y in ((92, 84), (104, 66), (122, 58), (142, 60), (158, 70), (166, 86))
        )
    else:
        front = path(
            "M87 108Q86 150 128 160Q170 150 169 108Q164 136 150 134Q128 128 106 134Q92 136 87 108z", hair
        ) + path("M88 92Q92 60 128 60Q164 60 168 92Q150 74 128 74Q106 74 88 92z", hair)
    face = mirror(circle(112, 108, 4, "#2a211c")) + path(
        "M116 134Q128 146 140 134Q128 140 116 134z", "#9a3a3a"
    )
    glasses = (
        mirror(circle(112, 108, 12, "none", stroke="#2a2c30", stroke_width=3))
        + rect(122, 106, 12, 3, "#2a2c30")
        if random.random() < 0.3
        else ""
    )
    badge = (
        circle(204, 202, 40, "#fbf8f1")
        + circle(204, 202, 35, ground)
        + motif(sign, 204, 202, 0.56, "#fbf8f1", lighter(ground, 0.5))
    )
    return back + behind + body + head + front + face + glasses + badge
