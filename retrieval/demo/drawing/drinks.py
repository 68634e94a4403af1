"""Things to make coffee and tea with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.demo.drawing.svg import circle, ellipse, line, mirror, path, rect

if TYPE_CHECKING:
    from retrieval.demo.drawing.paint import Paint

_COFFEE = "#4a2c1a"


def kettle(p: Paint) -> str:
    """Draw an electric kettle with its base."""
    handle = line("M168 80Q224 72 216 140Q212 172 178 178", p.ink, 13)
    spout = path("M80 84L42 74L66 118z", p.dark)
    body = path("M82 72H170L190 200H66z", p.fill)
    lid = path("M84 72Q128 44 168 72z", p.dark) + circle(126, 52, 8, p.ink)
    return (
        handle
        + spout
        + body
        + lid
        + rect(58, 202, 140, 18, p.ink, 8)
        + line("M96 96L84 184", p.light, 7)
        + rect(142, 108, 9, 60, "#dfeef5", 4)
    )


def stove_kettle(p: Paint) -> str:
    """Draw a whistling kettle for the hob."""
    arch = line("M76 112Q80 36 128 36Q176 36 180 112", p.ink, 11)
    spout = path("M186 138L230 96L238 108L206 176z", p.dark)
    body = path("M40 190Q36 108 128 104Q220 108 216 190Q216 212 196 212H60Q40 212 40 190z", p.fill)
    return (
        arch
        + spout
        + body
        + ellipse(128, 108, 36, 9, p.dark)
        + circle(128, 96, 9, p.ink)
        + line("M66 150Q62 176 68 192", p.light, 8)
    )


def mug(p: Paint) -> str:
    """Draw a mug with steam."""
    steam = line(
        "M98 66Q88 50 98 36Q108 24 98 12M132 66Q122 50 132 36Q142 24 132 12", "#ffffff", 5, opacity=0.9
    )
    handle = line("M176 108Q226 104 218 150Q210 184 168 178", p.main, 15)
    body = path("M54 82H180V190Q180 220 150 220H84Q54 220 54 190z", p.fill)
    return (
        steam
        + handle
        + body
        + ellipse(117, 83, 63, 13, p.dark)
        + ellipse(117, 85, 53, 9, _COFFEE)
        + line("M72 110V186", p.light, 7, opacity=0.8)
    )


def cup(p: Paint) -> str:
    """Draw a cup on a saucer."""
    handle = line("M180 118Q218 116 206 148Q196 166 170 160", p.main, 10)
    return (
        ellipse(120, 206, 92, 16, p.dark)
        + ellipse(120, 201, 92, 15, p.light)
        + handle
        + path("M56 100H186Q184 188 142 196H98Q58 188 56 100z", p.fill)
        + ellipse(121, 100, 65, 13, p.dark)
        + ellipse(121, 102, 55, 9, _COFFEE)
    )


def teapot(p: Paint) -> str:
    """Draw a round teapot."""
    spout = path("M180 150Q214 142 222 92L240 98Q236 176 184 188z", p.dark)
    handle = line("M72 116Q18 108 26 150Q34 188 76 184", p.dark, 13)
    return (
        spout
        + handle
        + ellipse(128, 154, 74, 62, p.fill)
        + path("M92 102Q128 72 164 102z", p.dark)
        + circle(128, 78, 10, p.accent)
        + rect(94, 208, 68, 12, p.dark, 5)
        + line("M80 136Q74 158 84 180", p.light, 7)
    )


def espresso_machine(p: Paint) -> str:
    """Draw a pump coffee machine with a cup under the spout."""
    body = (
        rect(52, 40, 152, 64, p.fill, 12) + rect(52, 96, 44, 112, p.dark) + rect(44, 204, 168, 20, p.ink, 6)
    )
    group_head = (
        rect(116, 104, 60, 18, "#8b9298", 4)
        + line("M116 114H84", "#3a2b22", 9)
        + rect(134, 122, 24, 12, "#6f767c", 3)
    )
    stream = line("M146 134V164", _COFFEE, 4) + path(
        "M124 162H168Q168 200 146 200Q124 200 124 162z", "#fbf8f1"
    )
    dials = circle(78, 70, 12, p.ink) + circle(112, 70, 8, p.accent) + circle(136, 70, 8, p.accent)
    return (
        body
        + group_head
        + stream
        + dials
        + circle(176, 70, 14, "#f5f3ee")
        + line("M176 70L184 62", "#b5382c", 3)
        + line("M190 104Q206 132 196 158", "#8b9298", 5)
    )


def cafetiere(p: Paint) -> str:
    """Draw a glass press in a frame."""
    handle = line("M176 96Q220 96 214 146Q208 186 174 188", p.main, 13)
    glass = rect(72, 78, 104, 140, "#dcebee", 10) + rect(76, 122, 96, 92, _COFFEE, 8)
    return (
        handle
        + glass
        + mirror(rect(68, 78, 10, 142, p.main, 3))
        + rect(64, 66, 118, 18, p.fill, 8)
        + line("M124 66V34", "#8b9298", 5)
        + circle(124, 28, 11, p.main)
        + rect(64, 192, 120, 28, p.fill, 6)
        + path("M72 70L50 78L72 92z", p.dark)
    )


def pour_over(p: Paint) -> str:
    """Draw a dripper on a carafe."""
    cone = path("M66 54H190L146 122H110z", p.fill) + line("M190 66Q222 70 206 98L180 94", p.main, 9)
    carafe = path("M106 130H150L186 206Q188 226 168 226H88Q68 226 70 206z", "#dcebee") + path(
        "M88 176H168L186 206Q188 226 168 226H88Q68 226 70 206z", _COFFEE
    )
    return (
        carafe
        + cone
        + path("M76 54Q128 30 180 54L170 60H86z", "#fbf5e6")
        + rect(98, 118, 60, 12, p.dark, 5)
        + line("M128 130V172", _COFFEE, 4)
    )


def grinder(p: Paint) -> str:
    """Draw a hand grinder."""
    crank = line("M128 66V46H186", "#6f767c", 7) + circle(192, 46, 13, "#7b4a2a")
    return (
        crank
        + path("M84 66H172L162 104H94z", p.dark)
        + rect(92, 104, 72, 116, p.fill, 10)
        + line("M106 118V204", p.light, 7)
        + rect(88, 150, 80, 18, p.ink, 5)
    )


def coffee_bag(p: Paint) -> str:
    """Draw a bag of beans with a label."""
    bag = path("M68 64H188L200 214Q200 226 188 226H68Q56 226 56 214z", p.fill) + path(
        "M72 40H184L188 66H68z", p.dark
    )
    bean = ellipse(0, 0, 20, 28, _COFFEE, transform="translate(128 148) rotate(32)") + line(
        "M116 128Q136 146 138 170", "#c9a06c", 4
    )
    return (
        bag
        + rect(82, 102, 92, 92, "#f6eeda", 6)
        + bean
        + circle(128, 84, 5, p.ink)
        + line("M72 52H184", p.light, 3)
    )


def tin(p: Paint) -> str:
    """Draw a tea caddy with a leaf."""
    leaf = path("M104 172Q104 128 156 128Q156 172 104 172z", "#5d8a4a") + line(
        "M108 168L146 138", "#e8f0dc", 3
    )
    return (
        rect(66, 84, 124, 140, p.fill, 8)
        + rect(60, 56, 136, 34, p.dark, 8)
        + rect(84, 110, 88, 84, "#f6eeda", 6)
        + leaf
        + line("M78 96V210", p.light, 6)
    )


SHAPES = {
    "kettle": kettle, "stove kettle": stove_kettle, "mug": mug, "cup": cup, "teapot": teapot,
    "espresso machine": espresso_machine, "cafetiere": cafetiere, "pour over": pour_over, "grinder": grinder,
    "coffee bag": coffee_bag, "tin": tin,
}  # fmt: skip
