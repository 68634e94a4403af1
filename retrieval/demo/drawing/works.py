"""Covers of books, posters of films, sleeves of records and front pages; bars stand for words, for want of fonts."""

from __future__ import annotations

from random import Random

from retrieval.demo.drawing.motifs import motif
from retrieval.demo.drawing.palette import darker, lighter, mix
from retrieval.demo.drawing.svg import circle, group, line, path, rect

MOODS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "dark": (
        ("#1d2433", "#c8242a", "#e9dfc8"),
        ("#23202a", "#d8a53a", "#efe6d6"),
        ("#14282c", "#d9572c", "#d7e4e0"),
    ),
    "tense": (
        ("#7a1f24", "#f0c75e", "#f7efe2"),
        ("#20313f", "#e8632c", "#f2ead8"),
        ("#3a2a4a", "#e0b04a", "#efe8f2"),
    ),
    "warm": (
        ("#e9a24a", "#8a3324", "#fff3d6"),
        ("#d9694a", "#fbe3b4", "#4a2420"),
        ("#f0c987", "#a8452f", "#5a3a22"),
    ),
    "calm": (
        ("#a9c7c4", "#2f5f6a", "#f6f3e6"),
        ("#c9d6b8", "#4f7046", "#fbf8ec"),
        ("#b8c8de", "#3c5680", "#f7f4ec"),
    ),
    "funny": (
        ("#f4d03f", "#d9432f", "#233a5e"),
        ("#ef8fa3", "#3b3b8f", "#fff4d0"),
        ("#6cc0b0", "#f28c38", "#2c2c54"),
    ),
    "hopeful": (
        ("#8cc6e8", "#f4b83f", "#23456b"),
        ("#9bd0a0", "#f0813f", "#234f3a"),
        ("#f8dd8a", "#3f8fb0", "#31476b"),
    ),
    "sad": (
        ("#5a6c86", "#c9d3e0", "#2a3448"),
        ("#74688a", "#e2d6e6", "#322a44"),
        ("#6f8288", "#dfe8e6", "#28363a"),
    ),
    "romantic": (
        ("#e8b4b8", "#a0304a", "#fff5ee"),
        ("#b8476a", "#fbd8c8", "#4a1830"),
        ("#f3cfc0", "#c05a5a", "#6a2a3a"),
    ),
    "adventurous": (
        ("#2f7f86", "#f2b441", "#f7ecd0"),
        ("#c96a2c", "#2a4a56", "#fbe9c8"),
        ("#3f6f4a", "#f0c050", "#efe9cf"),
    ),
    "thoughtful": (
        ("#ddd3c0", "#3f4a5a", "#a8573a"),
        ("#c8c2d0", "#4a3f6a", "#c08a3a"),
        ("#d0d8cc", "#3a5a50", "#b0603a"),
    ),
    "energetic": (
        ("#e8303f", "#ffd23f", "#1f1f3a"),
        ("#ff7a2c", "#2c2c7a", "#fff0c0"),
        ("#5a2ca0", "#3fe0c0", "#ffe05a"),
    ),
}
"""Mood to palettes of (ground, first, second)."""


def palette_of(mood: str, seed: str) -> tuple[str, str, str]:
    """Return ground, first and second colour for a mood."""
    return Random(seed).choice(MOODS[mood])


def _lettering(random: Random, x: float, y: float, width: float, colour: str, rows: int, size: float) -> str:
    """Return bars that stand for words, centred on x."""
    bars = ""
    for row in range(rows):
        words = [random.uniform(0.18, 0.42) for _ in range(random.randint(2, 3))]
        total = sum(words) + 0.06 * (len(words) - 1)
        left = x - width * min(total, 1) / 2
        for word in words:
            share = word / max(total, 1)
            bars += rect(left, y + row * size * 1.6, width * share, size, colour, size / 3)
            left += width * (share + 0.06 / max(total, 1))
    return bars


def book(mood: str, sign: str, seed: str) -> str:
    """Draw a closed book, standing, its spine on the left."""
    random = Random(seed)
    ground, first, second = palette_of(mood, seed)
    pages = path("M202 34L214 44V222L202 226z", "#f4eddc") + line("M206 40V222M210 44V222", "#d6ccb4", 1)
    cover = rect(54, 28, 150, 202, ground, 3) + rect(54, 28, 13, 202, darker(ground, 0.3), 3)
    layout = random.randrange(4)
    if layout == 0:
        art = circle(136, 122, 50, lighter(ground, 0.3)) + motif(sign, 136, 122, 0.95, first, second)
        words = _lettering(random, 136, 44, 112, second, 1, 11) + _lettering(
            random, 136, 200, 70, first, 1, 7
        )
    elif layout == 1:
        art = rect(67, 116, 137, 114, first) + motif(sign, 136, 170, 1.1, second, ground)
        words = _lettering(random, 136, 50, 118, second, 2, 12) + _lettering(random, 136, 98, 60, first, 1, 6)
    elif layout == 2:
        art = rect(76, 38, 120, 182, "none", 0, stroke=second, stroke_width=3) + motif(
            sign, 136, 96, 1.05, first, second
        )
        words = _lettering(random, 136, 154, 100, second, 2, 11) + _lettering(
            random, 136, 202, 56, first, 1, 6
        )
    else:
        art = path("M67 150Q110 110 150 140T204 120V230H67z", mix(first, ground, 0.25)) + motif(
            sign, 136, 132, 1.15, first, second
        )
        words = _lettering(random, 136, 44, 112, first, 1, 13) + _lettering(
            random, 136, 208, 66, second, 1, 7
        )
    return pages + cover + art + words


_CLIP = '<clipPath id="s"><rect x="56" y="14" width="144" height="216"/></clipPath>'


def film(mood: str, sign: str, seed: str) -> str:
    """Draw a poster, with billing at its foot."""
    random = Random(seed)
    ground, first, second = palette_of(mood, seed)
    sheet = rect(56, 14, 144, 216, ground, 2)
    layout = random.randrange(4)
    if layout == 0:
        art = (
            path("M56 160L96 112L130 150L160 104L200 150V230H56z", darker(ground, 0.35))
            + circle(150, 72, 30, first)
            + motif(sign, 128, 128, 0.95, second, first)
        )
    elif layout == 1:
        rays = "".join(
            path("M128 110L116 -60H140z", mix(ground, first, 0.35), transform=f"rotate({a} 128 110)")
            for a in range(0, 360, 40)
        )
        art = _CLIP + group(rays, clip_path="url(#s)") + motif(sign, 128, 104, 1.25, first, second)
    elif layout == 2:
        art = (
            rect(56, 14, 144, 108, first)
            + circle(128, 108, 50, second)
            + motif(sign, 128, 108, 0.9, ground, first)
        )
    else:
        art = "".join(rect(56, 14 + i * 26, 144, 13, mix(ground, first, 0.12 * i)) for i in range(7)) + motif(
            sign, 128, 100, 1.3, second, first
        )
    foot = rect(56, 200, 144, 30, darker(ground, 0.55)) + _lettering(
        random, 128, 206, 120, lighter(ground, 0.6), 2, 4
    )
    return sheet + art + _lettering(random, 128, 176, 116, second if layout != 2 else first, 1, 13) + foot


def record(mood: str, sign: str, seed: str) -> str:
    """Draw a square sleeve with the record half out."""
    random = Random(seed)
    ground, first, second = palette_of(mood, seed)
    disc = (
        circle(168, 128, 76, "#1c1d21")
        + "".join(circle(168, 128, r, "none", stroke="#3c3e44", stroke_width=1.5) for r in (68, 58, 48))
        + circle(168, 128, 25, first)
        + circle(168, 128, 5, "#f5f3ee")
    )
    sleeve = rect(18, 40, 176, 176, ground, 3)
    layout = random.randrange(4)
    if layout == 0:
        art = circle(106, 116, 58, first) + motif(sign, 106, 116, 1.05, second, ground)
    elif layout == 1:
        art = "".join(rect(18, 40 + i * 22, 176, 11, mix(ground, first, 0.5)) for i in range(8)) + motif(
            sign, 106, 124, 1.35, second, first
        )
    elif layout == 2:
        art = path("M18 216V140L194 70V216z", first) + motif(sign, 100, 112, 1.15, second, ground)
    else:
        art = "".join(
            circle(106, 124, r, "none", stroke=mix(ground, first, 0.3 + i * 0.2), stroke_width=9)
            for i, r in enumerate((72, 54, 36))
        ) + motif(sign, 106, 124, 0.8, second, first)
    return disc + sleeve + art + _lettering(random, 106, 192, 120, second, 1, 9)


_SECTIONS = {
    "local": "#3c5680",
    "sport": "#2f7f4a",
    "business": "#8a6a2c",
    "culture": "#8a3a6a",
    "science": "#2f7f86",
    "weather": "#4d8fc0",
    "food": "#c05a2c",
    "travel": "#3f8f8a",
    "opinion": "#6a4a3a",
    "technology": "#4a4a9a",
    "health": "#b03a4a",
    "environment": "#4f7f3a",
}


def front_page(section: str, sign: str, seed: str) -> str:
    """Draw a newspaper folded once: masthead in the section's colour, a picture and columns."""
    random = Random(seed)
    tint = _SECTIONS[section]
    sheet = path("M40 26H208L218 36V232H40z", "#d9d3c4") + rect(36, 22, 176, 206, "#fbf8ef", 2)
    head = rect(36, 22, 176, 32, tint, 2) + _lettering(random, 124, 31, 130, "#ffffff", 1, 13)
    headline = _lettering(random, 124, 64, 150, "#26262a", 2, 9)
    left = random.random() < 0.5
    x = 46 if left else 112
    photo = rect(x, 98, 90, 78, lighter(tint, 0.62)) + motif(sign, x + 45, 137, 0.78, tint, darker(tint, 0.3))
    column = 146 if left else 46
    text = "".join(
        line(f"M{column} {y}H{column + random.choice((56, 56, 50, 38))}", "#9a968c", 3)
        for y in range(101, 176, 9)
    )
    below = "".join(
        line(f"M{cx} {y}H{cx + random.choice((46, 46, 40, 30))}", "#9a968c", 3)
        for cx in (46, 102, 158)
        for y in range(188, 222, 9)
    )
    return sheet + head + headline + photo + text + below
