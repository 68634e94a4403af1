"""Words for what is seen: 'a handbag' of handbags, 'mostly navy and white' of measured shares."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from agent.wording import write_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from encoders.colours import ColourShare

_PAIRS: Final = frozenset(
    "boots shoes trainers sneakers sandals heels flats slippers wellies loafers jeans trousers pants shorts leggings "
    "tights socks gloves mittens sunglasses glasses headphones earphones earbuds earrings cufflinks pyjamas binoculars "
    "scissors tongs scales pliers clothes goods accessories series news games blinds dungarees overalls boxers "
    "trunks briefs tracksuits".split()
)
"""Words that stay as they are: pairs, and what is no more than one."""
_ENDINGS: Final = (
    (re.compile(r"(?:men)$"), "man"),
    (re.compile(r"(?<=[a-z])ies$"), "y"),
    (re.compile(r"(?<=[lr])ves$"), "f"),
    (re.compile(r"(?<=ni)ves$"), "fe"),
    (re.compile(r"(?<=s|x|z)es$|(?<=sh|ch)es$"), ""),
    (re.compile(r"(?<=[^sui])s$"), ""),
)
_SEVERAL: Final = re.compile(r"\band\b|[&,/]|ics$", re.IGNORECASE)
"""Names of shelves, which no one thing has: 'shoes and bags', 'electronics'."""
_ODD: Final = {
    "mice": "mouse",
    "scarves": "scarf",
    "movies": "movie",
    "ties": "tie",
    "pies": "pie",
    "watches": "watch",
}
_ALONE: Final = 0.75
"""Share from which one colour, or two together, are said to be most of it."""


def singular(value: str) -> str:
    """Return a kind as people say it of one thing: 'handbag' of 'Handbags', but 'boots' of 'boots'."""
    words = value.strip().split()
    if not words or _SEVERAL.search(value):
        return " ".join(words).casefold()
    last = words[-1].casefold()
    if last not in _PAIRS:
        last = _ODD.get(last) or next(
            (rule.sub(end, last) for rule, end in _ENDINGS if rule.search(last)), last
        )
    return " ".join((*(word if word.isupper() else word.casefold() for word in words[:-1]), last))


def with_article(thing: str) -> str:
    """Return 'a handbag', 'an umbrella', but 'boots'."""
    if thing.split()[-1:] and (
        thing.split()[-1] in _PAIRS
        or re.search(r"(?:[^su]s|wear|apparel|clothing|bedding|furniture|jewell?e?ry)$", thing)
    ):
        return thing
    return f"{'an' if re.match('[aeio]|u(?!ni|se)', thing, re.IGNORECASE) else 'a'} {thing}"


def speak_colours(colours: Sequence[ColourShare]) -> str:
    """Say measured colours: 'navy', 'mostly navy and white', 'red, black and white'."""
    if not colours:
        return ""
    names = [colour.name for colour in colours]
    if colours[0].share >= _ALONE:
        return names[0] if colours[0].share >= 0.9 else f"mostly {names[0]}"
    if len(colours) > 1 and colours[0].share + colours[1].share >= _ALONE:
        return f"mostly {names[0]} and {names[1]}"
    return write_list(names)
