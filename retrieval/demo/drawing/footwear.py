"""Shoes and boots, seen from the side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.demo.drawing.palette import lightness
from retrieval.demo.drawing.svg import circle, line, path, rect

if TYPE_CHECKING:
    from retrieval.demo.drawing.paint import Paint

_ANKLE = "M74 58H146V120Q150 140 178 148Q216 156 222 184V196H62Q58 170 68 140Q76 100 74 58z"


def _lugs(colour: str, start: int, stop: int, y: int) -> str:
    return "".join(rect(x, y, 12, 9, colour, 2) for x in range(start, stop, 18))


def walking_boot(p: Paint) -> str:
    """Draw a padded ankle, laces through hooks and a lugged sole."""
    sole = path("M56 190H226V204Q226 212 216 212H66Q56 212 56 202z", p.ink) + _lugs(p.ink, 62, 218, 209)
    laces = "".join(line(f"M134 {y}L156 {y + 8}", p.accent, 4) for y in (74, 90, 106))
    lower = line("M142 128L166 122M150 140L176 134", p.accent, 4)
    toe = path("M182 150Q216 156 222 184V190H176Q172 164 182 150z", p.dark)
    cuff = rect(70, 48, 80, 24, p.dark, 10)
    return (
        path(_ANKLE, p.fill)
        + toe
        + cuff
        + laces
        + lower
        + sole
        + p.seam("M84 80Q86 130 76 182M104 182Q112 150 140 148")
    )


def chelsea(p: Paint) -> str:
    """Draw an ankle boot with an elastic side and a pull tab."""
    gusset = path("M98 66H132Q132 110 116 128Q100 110 98 66z", p.ink)
    sole = path("M58 192H224V204H112V200H104V212H60z", p.ink)
    tab = line("M82 56Q82 42 92 42Q100 42 100 56", p.dark, 5)
    return tab + path(_ANKLE, p.fill) + gusset + sole + p.seam("M92 64Q92 122 116 136Q140 122 140 64")


def heeled_boot(p: Paint) -> str:
    """Draw a tall boot with a block heel."""
    shaft = "M84 26H146L140 128Q146 150 178 166Q210 176 216 198V204H84Q74 176 82 130z"
    heel = path("M76 190H108L104 230H82z", p.ink) + path("M104 204H218V212H110z", p.ink)
    return path(shaft, p.fill) + heel + line("M98 30V120", p.accent, 3) + p.seam("M90 40H138")


def welly(p: Paint) -> str:
    """Draw a rubber boot."""
    shaft = "M82 28H150L146 136Q150 152 180 160Q216 168 222 194V204H72Q72 160 80 130z"
    sole = path("M64 200H226V212Q226 220 216 220H74Q64 220 64 212z", p.ink) + _lugs(p.ink, 70, 216, 216)
    band = rect(80, 26, 72, 14, p.dark, 5) + line("M94 52V140", p.light, 5, opacity=0.8)
    return (
        path(shaft, p.fill)
        + band
        + rect(128, 58, 14, 18, p.accent, 3)
        + sole
        + line("M76 186H216", p.dark, 3)
    )


def trainer(p: Paint) -> str:
    """Draw a running shoe with a pale sole and a swoosh of trim."""
    upper = "M40 122Q52 98 74 108Q92 118 108 98L132 92Q146 128 184 140Q222 148 224 178H36Q32 148 40 122z"
    sole = path(
        "M32 172H228Q232 202 206 204H52Q30 202 32 172z", "#f5f3ee" if lightness(p.main) < 0.8 else "#cfd4d8"
    )
    laces = line("M116 112L134 104M126 124L146 116M138 134L158 126", "#ffffff", 5)
    trim = path("M70 166Q110 168 150 134L160 142Q122 176 74 176z", p.light) + path(
        "M40 122Q36 150 38 172H58Q50 146 62 108Q46 106 40 122z", p.dark
    )
    return path(upper, p.fill) + trim + laces + sole + line("M40 190H222", p.accent, 4)


def shoe(p: Paint) -> str:
    """Draw a laced shoe with a heel and punched toe cap."""
    upper = "M42 128Q70 112 84 122Q108 116 124 104Q142 126 178 138Q218 146 224 182H40Q34 150 42 128z"
    cap = path("M182 139Q218 148 224 182H176Q168 158 182 139z", p.dark)
    dots = "".join(circle(x, y, 1.8, p.light) for x, y in ((176, 148), (172, 156), (170, 165), (171, 174)))
    laces = line("M114 122L132 114M124 132L144 124M136 142L156 132", p.ink, 3.5)
    return (
        path(upper, p.fill)
        + cap
        + dots
        + laces
        + path("M36 180H226V190H96V206H40z", p.ink)
        + p.seam("M52 134Q80 130 96 172")
    )


def loafer(p: Paint) -> str:
    """Draw a slip-on shoe with a saddle strap."""
    upper = "M40 134Q66 112 88 130Q110 138 130 118Q160 132 188 144Q220 152 224 184H40Q34 156 40 134z"
    strap = path("M116 130L134 117L160 133L140 178H104z", p.dark)
    return (
        path(upper, p.fill)
        + strap
        + rect(124, 142, 20, 8, p.accent, 3)
        + path("M36 182H226V192H92V204H40z", p.ink)
        + p.seam("M150 140Q190 150 214 176")
    )


def sandal(p: Paint) -> str:
    """Draw two straps on a cork footbed."""
    sole = path("M36 178Q80 190 120 178Q170 168 222 184Q230 206 208 208H56Q32 206 36 178z", "#c9a06c")
    straps = path("M60 184Q64 132 96 128L118 134Q104 150 104 182z", p.fill) + path(
        "M142 174Q142 140 164 138L196 152Q190 160 196 178z", p.fill
    )
    buckle = rect(74, 142, 16, 14, p.accent, 3) + rect(158, 148, 16, 14, p.accent, 3)
    return (
        line("M52 184Q50 140 62 122Q84 124 96 134", p.dark, 8)
        + sole
        + straps
        + buckle
        + line("M40 200H216", p.ink, 6)
    )


def heel(p: Paint) -> str:
    """Draw a court shoe."""
    upper = (
        "M38 86Q52 70 66 92Q92 146 150 158Q208 160 224 192Q226 202 212 202H160Q112 196 84 158Q60 130 46 124z"
    )
    return (
        path("M40 110L66 136L58 208H48z", p.ink)
        + path(upper, p.fill)
        + line("M66 92Q92 146 150 158", p.dark, 4)
        + circle(168, 172, 8, p.accent)
        + line("M152 204H218", p.ink, 5)
    )


def slipper(p: Paint) -> str:
    """Draw a slipper with a fleece collar."""
    upper = "M60 136Q112 116 150 136Q214 142 224 178V188H48Q44 156 60 136z"
    fleece = "".join(circle(x, 138 - abs(x - 104) * 0.08, 13, "#f4ead8") for x in range(62, 152, 14))
    return (
        path(upper, p.fill)
        + fleece
        + rect(42, 184, 186, 16, p.ink, 8)
        + line("M150 158Q190 158 208 176", p.dark, 3)
    )


SHAPES = {
    "walking boot": walking_boot, "chelsea": chelsea, "heeled boot": heeled_boot, "welly": welly, "trainer":
    trainer, "shoe": shoe, "loafer": loafer, "sandal": sandal, "heel": heel, "slipper": slipper,
}  # fmt: skip
