"""Small signs drawn around the origin, about 80 units across, for covers, posters, sleeves and emblems."""

# ruff: noqa: E501 - one drawing a line, its path data unbroken

from __future__ import annotations

from collections.abc import Callable

from retrieval.demo.drawing.svg import at, circle, ellipse, group, line, path, rect

Motif = Callable[[str, str], str]
"""(first colour, second colour) to SVG around the origin."""


def _star(x: float, y: float, r: float, colour: str) -> str:
    points = "M0 -10L2.9 -3.1L10 -3.1L4.5 1.5L6.5 9L0 4.6L-6.5 9L-4.5 1.5L-10 -3.1L-2.9 -3.1z"
    return at(x, y, r / 10, path(points, colour))


def _wheel(x: float, y: float, r: float, colour: str) -> str:
    return circle(x, y, r, "none", stroke=colour, stroke_width=4) + line(
        f"M{x - r} {y}H{x + r}M{x} {y - r}V{y + r}", colour, 1.5
    )


MOTIFS: dict[str, Motif] = {
    "magnifier": lambda a, b: circle(-8, -8, 26, "none", stroke=a, stroke_width=8) + circle(-8, -8, 20, b, opacity=0.35) + line("M12 12L36 36", a, 11),
    "key": lambda a, b: circle(-22, 0, 17, "none", stroke=a, stroke_width=9) + line("M-4 0H40M26 0V14M38 0V16", a, 9),
    "house": lambda a, b: path("M-40 0L0 -38L40 0z", a) + rect(-30, 0, 60, 40, b) + rect(-8, 14, 16, 26, a) + rect(-24, 8, 12, 12, a) + rect(12, 8, 12, 12, a),
    "lighthouse": lambda a, b: path("M-14 40L-9 -20H9L14 40z", a) + rect(-11, -36, 22, 16, b) + path("M-14 -36H14L0 -46z", a) + path("M11 -30L46 -42V-18z", b, opacity=0.7) + path("M-12 14H12L13 24H-13z", b),
    "ship": lambda a, b: path("M-40 16H40L28 36H-28z", a) + line("M0 16V-40", a, 4) + path("M4 -36Q32 -12 34 10H4z", b) + path("M-4 -28Q-26 -8 -28 10H-4z", b),
    "train": lambda a, b: rect(-40, -18, 80, 40, a, 8) + rect(-30, -8, 16, 14, b, 2) + rect(-6, -8, 16, 14, b, 2) + rect(18, -8, 14, 14, b, 2) + circle(-24, 28, 8, b) + circle(0, 28, 8, b) + circle(24, 28, 8, b),
    "mountains": lambda a, b: path("M-46 34L-12 -34L14 14L26 -8L48 34z", a) + path("M-12 -34L-22 -14L-12 -8L-4 -16z", b) + circle(30, -30, 10, b),
    "waves": lambda a, b: "".join(line(f"M-44 {y}Q-33 {y - 14} -22 {y}T0 {y}T22 {y}T44 {y}", c, 6) for y, c in ((-20, a), (0, b), (20, a))),
    "tree": lambda a, b: rect(-6, 6, 12, 34, b) + circle(0, -14, 28, a) + circle(-18, 0, 18, a) + circle(18, 0, 18, a),
    "leaf": lambda a, b: path("M-34 34Q-36 -36 36 -36Q38 34 -34 34z", a) + line("M-30 30L22 -22M-10 10V-14M-10 10H14", b, 4),
    "bird": lambda a, b: path("M-42 4Q-20 -26 0 0Q20 -26 42 4Q20 -8 0 16Q-20 -8 -42 4z", a) + circle(0, 2, 4, b),
    "fox": lambda a, b: path("M-34 -34L-12 -20H12L34 -34L28 8L0 36L-28 8z", a) + path("M-26 8L0 36L26 8L8 4L0 18L-8 4z", b) + circle(-11, -4, 4, "#201a18") + circle(11, -4, 4, "#201a18"),
    "cat": lambda a, b: path("M-28 -34L-14 -20H14L28 -34L30 6Q30 34 0 34Q-30 34 -30 6z", a) + circle(-11, 0, 5, b) + circle(11, 0, 5, b) + line("M-6 16Q0 22 6 16", b, 3),
    "crown": lambda a, b: path("M-38 26V-20L-18 4L0 -32L18 4L38 -20V26z", a) + circle(0, 14, 5, b) + circle(-22, 14, 4, b) + circle(22, 14, 4, b),
    "castle": lambda a, b: path("M-36 36V-24H-26V-14H-14V-34H14V-14H26V-24H36V36z", a) + path("M-10 36V14Q0 2 10 14V36z", b) + rect(-4, -22, 8, 12, b),
    "dragon": lambda a, b: path("M-44 20Q-20 -40 8 -8Q24 -34 44 -22Q30 -16 30 0Q36 28 4 32Q-14 34 -22 16Q-30 22 -44 20z", a) + circle(30, -16, 3, b) + line("M-6 8Q6 20 20 12", b, 4),
    "rocket": lambda a, b: path("M0 -44Q24 -18 16 22H-16Q-24 -18 0 -44z", a) + path("M-16 6L-30 28H-14zM16 6L30 28H14z", b) + circle(0, -12, 8, b) + path("M-8 26H8L0 44z", "#f0a03a"),
    "planet": lambda a, b: circle(0, 0, 26, a) + ellipse(0, 4, 46, 11, "none", stroke=b, stroke_width=5, transform="rotate(-16)") + _star(34, -32, 7, b) + _star(-36, 28, 5, b),
    "heart": lambda a, b: path("M0 36Q-46 4 -36 -20Q-20 -40 0 -16Q20 -40 36 -20Q46 4 0 36z", a) + path("M-24 -14Q-20 -24 -10 -20", b, opacity=0.8),
    "rings": lambda a, b: circle(-14, 4, 24, "none", stroke=a, stroke_width=7) + circle(14, 4, 24, "none", stroke=b, stroke_width=7),
    "city": lambda a, b: rect(-44, -6, 22, 44, a) + rect(-18, -34, 20, 72, b) + rect(6, -16, 18, 54, a) + rect(28, 4, 16, 34, b) + "".join(rect(x, y, 4, 5, "#f8e6a0") for x, y in ((-38, 4), (-30, 16), (-12, -24), (-12, -6), (-5, 10), (12, -4), (12, 14))),
    "moon": lambda a, b: path("M12 -36A38 38 0 1 0 36 14A30 30 0 0 1 12 -36z", a) + circle(22, -14, 4, b) + circle(34, 0, 3, b),
    "sun": lambda a, b: circle(0, 0, 22, a) + "".join(line("M0 -30V-42", b, 6, transform=f"rotate({t})") for t in range(0, 360, 45)),
    "flower": lambda a, b: "".join(ellipse(0, -20, 10, 18, a, transform=f"rotate({t})") for t in range(0, 360, 60)) + circle(0, 0, 11, b),
    "feather": lambda a, b: path("M-30 36Q-34 -30 34 -38Q34 18 -18 26z", a) + line("M-36 42L22 -26", b, 4),
    "quill": lambda a, b: path("M38 -42Q-14 -34 -22 22Q26 14 38 -42z", a) + line("M-34 40L20 -22", b, 4) + line("M-40 42H10", b, 3),
    "knife": lambda a, b: path("M-6 -44Q10 -30 8 10H-6z", b) + rect(-8, 10, 18, 34, a, 6),
    "door": lambda a, b: rect(-24, -42, 48, 84, a) + rect(-17, -35, 34, 77, b) + circle(10, 4, 4, a),
    "window": lambda a, b: rect(-32, -38, 64, 76, a, 4) + rect(-25, -31, 22, 28, b) + rect(3, -31, 22, 28, b) + rect(-25, 3, 22, 28, b) + rect(3, 3, 22, 28, b),
    "clock": lambda a, b: circle(0, 0, 38, a) + circle(0, 0, 30, b) + line("M0 0V-20M0 0L14 8", a, 5),
    "compass": lambda a, b: circle(0, 0, 38, "none", stroke=a, stroke_width=6) + path("M0 -30L9 0L0 30L-9 0z", b) + path("M0 -30L9 0H-9z", a),
    "map": lambda a, b: path("M-42 -28L-14 -36L14 -28L42 -36V28L14 36L-14 28L-42 36z", a) + line("M-14 -36V28M14 -28V36", b, 3) + line("M-32 18Q-12 -16 8 8T34 -14", b, 4, stroke_dasharray="5 7"),
    "flame": lambda a, b: path("M0 -44Q36 -4 26 22Q18 40 0 40Q-18 40 -26 22Q-30 4 -12 -10Q-6 -22 0 -44z", a) + path("M0 -4Q16 14 10 28Q4 36 -4 34Q-14 26 -8 12z", b),
    "whisk": lambda a, b: line("M0 40V6", a, 8) + "".join(ellipse(0, -18, r, 26, "none", stroke=b, stroke_width=4) for r in (6, 14, 22)),
    "pot": lambda a, b: rect(-34, -8, 68, 40, a, 8) + rect(-42, -14, 84, 9, b, 4) + circle(0, -22, 6, b) + line("M-14 -32Q-20 -40 -14 -46M12 -32Q6 -40 12 -46", b, 3),
    "bread": lambda a, b: path("M-42 12Q-42 -26 0 -26Q42 -26 42 12Q42 26 28 26H-28Q-42 26 -42 12z", a) + line("M-20 -16L-10 4M0 -20L10 2M20 -16L30 4", b, 5),
    "ball": lambda a, b: circle(0, 0, 36, a) + path("M0 -14L13 -4L8 12H-8L-13 -4z", b) + line("M0 -14V-36M13 -4L33 -12M8 12L20 30M-8 12L-20 30M-13 -4L-33 -12", b, 4),
    "bat": lambda a, b: path("M-34 34L10 -24Q20 -34 28 -26Q36 -18 26 -8L-26 40z", a) + circle(28, 24, 11, b) + line("M-34 34L-42 42", b, 8),
    "racket": lambda a, b: ellipse(8, -14, 22, 28, b, opacity=0.5) + ellipse(8, -14, 22, 28, "none", stroke=a, stroke_width=6) + line("M-4 12L-24 42", a, 8) + circle(-26, -24, 8, b),
    "runner": lambda a, b: circle(14, -34, 10, a) + line("M10 -20L-4 8L16 18L10 42M-4 8L-28 26", a, 9) + line("M8 -16L-18 -12L-26 2M8 -16L26 -2L38 -10", b, 7),
    "swimmer": lambda a, b: circle(20, -14, 11, a) + line("M10 -4L-34 10M4 -6L-8 -30L12 -36", a, 9) + line("M-44 26Q-33 14 -22 26T0 26T22 26T44 26", b, 6),
    "bicycle": lambda a, b: _wheel(-24, 14, 18, a) + _wheel(24, 14, 18, a) + line("M-24 14L-10 -14H14L24 14M-10 -14L0 14H-24M0 14L14 -14L10 -24H22M-16 -22H-4", b, 4),
    "chess": lambda a, b: path("M-24 40H24V30H-24zM-18 28Q-14 0 -10 -10Q-26 -8 -28 -18L-8 -40Q22 -34 20 0Q18 14 22 28z", a) + circle(-6, -24, 4, b),
    "dice": lambda a, b: rect(-32, -32, 64, 64, a, 12) + "".join(circle(x, y, 6, b) for x, y in ((-15, -15), (15, -15), (0, 0), (-15, 15), (15, 15))),
    "cards": lambda a, b: rect(-34, -26, 40, 58, b, 5, transform="rotate(-14)") + rect(-6, -30, 40, 58, a, 5, transform="rotate(10)") + path("M14 -12L24 2L14 16L4 2z", b),
    "book": lambda a, b: path("M0 -22Q-20 -34 -42 -26V28Q-20 20 0 32z", a) + path("M0 -22Q20 -34 42 -26V28Q20 20 0 32z", b) + line("M-32 -12Q-20 -16 -8 -10M-32 2Q-20 -2 -8 4", b, 3),
    "pencil": lambda a, b: path("M-36 36L-30 14L18 -34L34 -18L-14 30z", a) + path("M-36 36L-30 14L-14 30z", b) + line("M10 -26L26 -10", b, 4),
    "brush": lambda a, b: path("M38 -42L4 8L-8 -4z", a) + path("M2 10Q-4 34 -40 38Q-28 28 -26 14Q-20 -4 -10 -2z", b),
    "camera": lambda a, b: rect(-40, -20, 80, 52, a, 8) + rect(-16, -32, 32, 14, a, 4) + circle(0, 6, 19, b) + circle(0, 6, 9, a),
    "note": lambda a, b: ellipse(-18, 26, 14, 11, a) + ellipse(22, 18, 14, 11, a) + line("M-6 24V-30L34 -38V16", a, 6) + line("M-6 -18L34 -26", b, 6),
    "guitar": lambda a, b: circle(-14, 20, 24, a) + circle(6, 0, 17, a) + circle(-10, 16, 8, b) + line("M8 -4L38 -38", b, 7) + line("M-22 26L-14 34", b, 4),
    "piano": lambda a, b: rect(-42, -28, 84, 56, "#fbf8f1", 4) + "".join(rect(-38 + i * 14, -28, 8, 32, a) for i in (0, 1, 3, 4, 5)) + line("M-30 4V28M-16 4V28M-2 4V28M12 4V28M26 4V28", b, 2),
    "trumpet": lambda a, b: path("M10 -14L44 -30V18L10 2z", a) + line("M-42 -6H12", a, 8) + rect(-26, 0, 34, 22, "none", 9, stroke=b, stroke_width=5) + line("M-16 -6V-22M-6 -6V-22M4 -6V-22", b, 5),
    "violin": lambda a, b: circle(-12, 18, 20, a) + circle(4, 0, 15, a) + line("M4 0L34 -36", b, 6) + line("M-36 -16L34 30", b, 3) + line("M-16 12L-6 22", b, 3),
    "drum": lambda a, b: rect(-34, -10, 68, 40, a) + ellipse(0, 30, 34, 10, a) + ellipse(0, -10, 34, 11, b) + line("M-40 -38L-8 -12M40 -38L8 -12", b, 5) + line("M-34 0L-17 32L0 2L17 32L34 0", b, 2.5),
    "disco": lambda a, b: circle(0, 6, 32, a) + "".join(line(f"M-31 {y}H31", b, 2) for y in (-6, 6, 18)) + "".join(ellipse(0, 6, r, 32, "none", stroke=b, stroke_width=2) for r in (10, 22)) + line("M0 -26V-46", b, 3) + _star(26, -26, 8, b),
    "synth": lambda a, b: "".join(rect(-44 + i * 13, 34 - h, 9, h, a if i % 2 else b, 3) for i, h in enumerate((24, 48, 68, 40, 60, 32, 18))),
    "vinyl": lambda a, b: circle(0, 0, 42, a) + "".join(circle(0, 0, r, "none", stroke=b, stroke_width=1.5, opacity=0.5) for r in (36, 30, 24)) + circle(0, 0, 14, b) + circle(0, 0, 4, a),
    "rain": lambda a, b: path("M-34 0Q-36 -22 -14 -22Q-6 -40 14 -32Q34 -32 34 -12Q44 4 28 6H-26Q-36 6 -34 0z", a) + line("M-20 18L-26 34M0 18L-6 34M20 18L14 34", b, 5),
    "snow": lambda a, b: "".join(line("M0 0V-40M0 -26L-9 -36M0 -26L9 -36", a, 5, transform=f"rotate({t})") for t in range(0, 360, 60)) + circle(0, 0, 6, b),
    "star": lambda a, b: _star(0, 0, 42, a) + _star(0, 2, 20, b),
    "stars": lambda a, b: _star(-18, 8, 24, a) + _star(22, -20, 16, b) + _star(24, 24, 11, a),
    "mask": lambda a, b: path("M-40 -26Q-10 -16 0 -20V32Q-38 26 -40 -26z", a) + path("M40 -26Q10 -16 0 -20V32Q38 26 40 -26z", b) + path("M-28 -6Q-20 -12 -12 -6Q-20 0 -28 -6z", b) + path("M28 -6Q20 -12 12 -6Q20 0 28 -6z", a) + line("M-16 14Q0 28 16 14", "#201a18", 3),
    "paw": lambda a, b: ellipse(0, 14, 22, 18, a) + "".join(ellipse(x, y, 8, 11, b) for x, y in ((-28, -6), (-11, -24), (11, -24), (28, -6))),
    "spade": lambda a, b: line("M0 6V-40M-12 -40H12", b, 7) + path("M-20 0H20Q22 32 0 44Q-22 32 -20 0z", a),
    "scissors": lambda a, b: circle(-22, 26, 12, "none", stroke=a, stroke_width=7) + circle(22, 26, 12, "none", stroke=a, stroke_width=7) + line("M-16 16L22 -40M16 16L-22 -40", b, 7),
    "yarn": lambda a, b: circle(-6, 6, 32, a) + line("M-34 -4Q-6 -22 20 -6M-36 12Q-4 -8 26 12M-26 28Q-6 10 20 26", b, 3) + line("M-42 -42L34 34M40 -42L-20 20", b, 4),
    "mic": lambda a, b: rect(-14, -42, 28, 50, a, 14) + line("M-26 -6Q-26 22 0 22Q26 22 26 -6M0 22V40M-16 40H16", b, 6),
    "speech": lambda a, b: path("M-42 -32H22V8H-12L-28 24V8H-42z", a) + path("M-6 14H42V-16H28V14z", b) + path("M-2 14H42V34H26L14 44V34H-2z", b),
    "hand": lambda a, b: path("M-40 0L-14 -22L4 -10L16 -22L40 2L14 30Q0 40 -12 28z", a) + line("M-14 8L2 -8L20 10", b, 6),
    "boot": lambda a, b: path("M-20 -40H6V2Q10 12 26 16Q42 20 42 36H-24z", a) + line("M-26 38H44", b, 7) + line("M-2 -24H8M-2 -10H8", b, 4),
    "tent": lambda a, b: path("M0 -36L46 36H-46z", a) + path("M0 -6L16 36H-16z", b),
    "cup": lambda a, b: path("M-34 -14H24V18Q24 36 6 36H-16Q-34 36 -34 18z", a) + circle(28, 4, 12, "none", stroke=a, stroke_width=7) + line("M-16 -24Q-22 -32 -16 -40M4 -24Q-2 -32 4 -40", b, 4),
    "plane": lambda a, b: path("M-42 4L44 -32L14 40L0 14z", a) + path("M0 14L44 -32L-10 8z", b),
    "chart": lambda a, b: rect(-38, 8, 16, 30, a) + rect(-12, -10, 16, 48, a) + rect(14, -28, 16, 66, a) + line("M-40 -4L-8 -26L14 -38L40 -46", b, 5),
    "cogs": lambda a, b: circle(-8, 4, 24, a) + "".join(rect(-14, -30, 12, 12, a, 2, transform=f"rotate({t} -8 4)") for t in range(0, 360, 45)) + circle(-8, 4, 9, b) + circle(28, -24, 14, b) + circle(28, -24, 5, a),
    "flask": lambda a, b: path("M-10 -40H10V-14L36 34Q36 40 28 40H-28Q-36 40 -36 34L-10 -14z", a) + path("M-20 12H20L32 34Q32 36 28 36H-28Q-32 36 -32 34z", b) + circle(-2, 22, 5, a),
    "cross": lambda a, b: rect(-14, -38, 28, 76, a, 4) + rect(-38, -14, 76, 28, a, 4) + line("M-30 0H-14L-6 -12L6 12L14 0H30", b, 4),
    "flag": lambda a, b: line("M-28 44V-42", b, 6) + path("M-24 -40Q0 -52 12 -38Q26 -28 40 -36V2Q24 12 10 2Q-4 -8 -24 2z", a),
    "bridge": lambda a, b: line("M-46 18H46", a, 7) + line("M-26 18V-34M26 18V-34", a, 6) + line("M-46 6Q-36 -30 -26 -34Q0 26 26 -34Q36 -30 46 6", b, 4) + line("M-46 36Q-33 28 -22 36T0 36T22 36T46 36", b, 4),
    "fish": lambda a, b: path("M-20 0Q4 -30 40 0Q4 30 -20 0z", a) + path("M-16 0L-42 -18V18z", b) + circle(24, -5, 4, b),
    "umbrella": lambda a, b: path("M-42 2Q-36 -38 0 -38Q36 -38 42 2Q28 -8 14 2Q0 -8 -14 2Q-28 -8 -42 2z", a) + line("M0 -38V28Q0 40 -12 38", b, 5),
    "person": lambda a, b: circle(0, -22, 17, b) + path("M-34 42Q-32 2 0 2Q32 2 34 42z", a),
    "car": lambda a, b: path("M-44 22V2L-28 -2L-16 -24H18L32 -2L44 4V22z", a) + path("M-18 -4L-10 -16H0V-4zM6 -4V-16H14L22 -4z", b) + circle(-22, 24, 10, b) + circle(24, 24, 10, b),
}  # fmt: skip
"""Name to drawing."""


def motif(name: str, x: float, y: float, scale: float, first: str, second: str) -> str:
    """Return a sign centred on (x, y); KeyError when there is none of that name."""
    return at(x, y, scale, group(MOTIFS[name](first, second)))
