"""Rooms at a time of day, with the devices of a home scene at work."""

# ruff: noqa: E501 - one drawing a line, its path data unbroken

from __future__ import annotations

from retrieval.demo.drawing.palette import darker, lighter, mix
from retrieval.demo.drawing.svg import at, circle, line, path, rect

_WALLS = {
    "kitchen": "#e8c98a", "living room": "#d9a48a", "bedroom": "#b9b0d8", "bathroom": "#a8d4d6", "hall": "#c9bda8",
    "study": "#a9bd98", "garden": "#a8cf9a", "nursery": "#f0c4ce", "whole home": "#d8cbb4", "garage": "#b4b8bc",
    "dining room": "#d8a878",
}  # fmt: skip
_SKIES = {
    "early morning": ("#f6c8a0", "#f8e0a0"), "morning": ("#bfe2f4", "#ffe680"), "midday": ("#8fd0f4", "#ffe14a"), "afternoon": ("#a8d8f0", "#ffd76a"),
    "evening": ("#e8885a", "#f8b45a"), "night": ("#1e2a4e", "#f2eec8"), "any time": ("#a8d8f0", "#ffe680"),
}  # fmt: skip
_WOOD, _METAL, _DARK = "#8a5f3c", "#9aa1a7", "#2f3238"


def _lights(dim: str) -> str:
    return (
        line("M0 -60V-22", _DARK, 3)
        + path("M-26 0Q-22 -24 0 -24Q22 -24 26 0z", dim)
        + circle(0, 2, 7, "#fff2b0")
        + path("M-26 4H26L56 90H-56z", "#fff2b0", opacity=0.35)
    )


_DEVICES = {
    "lights": _lights("#c8573c"),
    "lamp": path("M-18 -14H18L28 18H-28z", "#f0b84a") + rect(-3, 18, 6, 34, _DARK) + rect(-16, 50, 32, 6, _DARK, 3) + circle(0, 10, 44, "#fff2b0", opacity=0.35),
    "coffee machine": rect(-30, -34, 60, 20, "#b5382c", 5) + rect(-30, -16, 18, 50, "#8a2a22") + rect(-34, 32, 68, 8, _DARK, 3) + path("M-2 6H24Q24 30 11 30Q-2 30 -2 6z", "#fbf8f1") + line("M11 -14V2", "#4a2c1a", 4),
    "kettle": path("M-22 -22H22L30 36H-30z", "#3f8f9a") + line("M24 -16Q46 -16 38 22", _DARK, 7) + path("M-22 -14L-40 -22L-28 4z", "#3f8f9a") + line("M-12 -34Q-18 -44 -10 -52M6 -34Q0 -44 8 -52", "#ffffff", 4),
    "speaker": rect(-22, -34, 44, 70, "#4a5560", 12) + circle(0, 10, 15, _DARK) + circle(0, -18, 8, _DARK) + line("M32 -18Q42 0 32 18M42 -28Q58 0 42 28", "#4a5560", 4),
    "thermostat": circle(0, 0, 30, "#fbf8f1") + circle(0, 0, 23, _DARK) + line("M-12 10Q-16 -12 0 -14Q16 -12 12 10", "#f0883a", 6),
    "heating": rect(-40, -28, 80, 56, "#f4f1ea", 5) + line("M-28 -22V22M-14 -22V22M0 -22V22M14 -22V22M28 -22V22", "#c4beb0", 5) + line("M-20 -38Q-26 -48 -18 -58M0 -38Q-6 -48 2 -58M20 -38Q14 -48 22 -58", "#e8632c", 4),
    "blinds": rect(-42, -36, 84, 8, _WOOD, 3) + "".join(rect(-40, -26 + i * 12, 80, 7, "#f2ead8", 2) for i in range(5)),
    "television": rect(-52, -34, 104, 64, _DARK, 5) + rect(-46, -28, 92, 52, "#3f7fa8") + path("M-46 10Q-20 -14 6 6T46 -2V24H-46z", "#e0a050") + rect(-20, 32, 40, 6, _DARK, 3),
    "lock": rect(-24, -4, 48, 40, "#c7a142", 7) + line("M-14 -4V-20Q-14 -36 0 -36Q14 -36 14 -20V-4", _METAL, 8) + circle(0, 14, 6, _DARK),
    "camera": rect(-34, -18, 54, 34, "#f4f1ea", 10) + circle(-12, -1, 11, _DARK) + line("M20 0H38V30", _METAL, 6) + circle(8, -8, 3, "#d9432f"),
    "fan": line("M0 8V48M-18 50H18", _DARK, 6) + circle(0, -8, 38, "none", stroke=_METAL, stroke_width=4) + "".join(path("M0 -8Q-14 -26 0 -40Q14 -26 0 -8z", "#5aa0c0", transform=f"rotate({a} 0 -8)") for a in (0, 120, 240)),
    "vacuum": path("M-40 20Q-40 2 0 2Q40 2 40 20V26H-40z", _DARK) + circle(0, 10, 7, "#5ec8e8") + line("M-60 28H60", "#c4beb0", 3),
    "sprinkler": line("M0 40V6", _METAL, 7) + line("M0 4Q-22 -34 -46 8M0 4Q22 -34 46 8M0 4Q-10 -40 -22 -4M0 4Q10 -40 22 -4", "#5aa8dc", 4),
    "plug": rect(-26, -26, 52, 52, "#fbf8f1", 10) + rect(-5, -16, 10, 14, _DARK, 2) + rect(-15, 4, 10, 8, _DARK, 2) + rect(5, 4, 10, 8, _DARK, 2),
    "oven": rect(-38, -36, 76, 76, "#6b7177", 6) + rect(-28, -10, 56, 38, "#f0883a", 4) + circle(-20, -24, 5, "#fbf8f1") + circle(0, -24, 5, "#fbf8f1") + circle(20, -24, 5, "#fbf8f1"),
    "bath": path("M-54 -6H54Q50 36 26 38H-26Q-50 36 -54 -6z", "#fbf8f1") + path("M-48 -6Q-30 -26 -12 -10Q6 -30 22 -10Q40 -22 48 -6z", "#dff0f6") + line("M36 -8V-36H18", _METAL, 6),
    "washing machine": rect(-36, -38, 72, 80, "#f4f1ea", 6) + circle(0, 8, 24, _METAL) + circle(0, 8, 17, "#7fb8d8") + circle(-22, -26, 5, _METAL) + line("M0 -26H26", _METAL, 5),
    "doorbell": rect(-18, -38, 36, 76, _DARK, 14) + circle(0, -16, 10, "#5a8aa8") + circle(0, 18, 10, "#f4f1ea") + line("M28 6Q38 18 28 30M38 -2Q54 18 38 38", "#5ec8e8", 4),
    "alarm clock": circle(0, 6, 32, "#d9572c") + circle(0, 6, 24, "#fbf8f1") + line("M0 6V-8M0 6L10 12", _DARK, 4) + circle(-24, -26, 10, "#d9572c") + circle(24, -26, 10, "#d9572c"),
    "feeder": path("M-24 -40H24L18 12H-18z", "#e0b04a") + path("M-40 18H40L30 40H-30z", "#3f8f9a") + circle(-10, 16, 6, "#7b4a2a") + circle(6, 14, 6, "#7b4a2a"),
    "projector": rect(-34, -16, 56, 34, "#f4f1ea", 6) + circle(22, 0, 12, _DARK) + path("M26 -6L70 -40V40L26 6z", "#fff2b0", opacity=0.6),
    "fire": path("M0 -44Q34 -6 24 18Q16 34 0 34Q-16 34 -24 18Q-28 0 -10 -14z", "#e8632c") + path("M0 -8Q16 10 8 26Q-10 30 -10 12z", "#f8d05a") + line("M-36 40L36 30M-36 30L36 40", _WOOD, 8),
    "humidifier": path("M-22 36Q-30 -10 0 -14Q30 -10 22 36z", "#f4f1ea") + line("M-8 -24Q-16 -36 -6 -46M8 -24Q0 -38 12 -52", "#8fc8e0", 5) + circle(0, 18, 5, "#5ec8e8"),
}  # fmt: skip
"""Device to a drawing around the origin, about 90 units across."""

DEVICES = frozenset(_DEVICES)
"""Names of the devices that can be drawn."""


def room(name: str, time: str, devices: tuple[str, ...]) -> str:
    """Draw a wall, a floor and a window showing the hour, with up to three devices."""
    wall = _WALLS[name]
    sky, sun = _SKIES[time]
    if time == "night":
        wall = mix(wall, "#232a48", 0.45)
    floor = darker(wall, 0.32)
    base = rect(20, 24, 216, 208, wall, 14) + path("M20 182H236V218Q236 232 222 232H34Q20 232 20 218z", floor)
    if name == "garden":
        base = (
            rect(20, 24, 216, 208, sky, 14)
            + path("M20 150Q80 120 128 146T236 138V218Q236 232 222 232H34Q20 232 20 218z", "#5d9a4f")
            + circle(196, 62, 20, sun)
        )
    else:
        base += (
            rect(34, 40, 76, 70, lighter(wall, 0.5), 4)
            + rect(40, 46, 64, 58, sky)
            + circle(86, 64, 10, sun)
            + line("M72 46V104M40 75H104", lighter(wall, 0.5), 4)
        )
    places = {1: ((160, 146, 1.3),), 2: ((168, 104, 0.95), (100, 176, 0.95))}
    spots = places.get(len(devices[:3]), ((176, 92, 0.8), (84, 176, 0.8), (180, 178, 0.75)))
    return base + "".join(at(x, y, s, _DEVICES[d]) for (x, y, s), d in zip(spots, devices[:3], strict=True))
