"""The six shelves of things for sale: each row of a table is a product line, made into its colours and sizes."""

from __future__ import annotations

from random import Random

from retrieval.demo.drawing.palette import SHADES
from retrieval.demo.drawing.picture import Product
from retrieval.demo.entry import Entry, entry
from retrieval.demo.prose import colour_sentence, describe, rate, review, stock
from retrieval.demo.tables import Row, listed, read_table

SHELVES = (
    ("clothing", "clothing"),
    ("shoes", "shoes and bags"),
    ("home", "home"),
    ("kitchen", "kitchen"),
    ("outdoor", "outdoor"),
    ("electronics", "electronics"),
)
"""Table and the shelf it fills."""

_SHOES = {
    "women": tuple("3 4 5 6 7 8 9".split()),
    "men": tuple("6 7 8 9 10 11 12 13".split()),
    "everyone": tuple("3 4 5 6 7 8 9 10 11 12".split()),
    "children": tuple(f"child {size}" for size in range(7, 14)),
}
_CLOTHES = {
    "women": tuple("8 10 12 14 16 18 20".split()),
    "men": tuple("S M L XL XXL".split()),
    "everyone": tuple("XS S M L XL XXL".split()),
    "children": ("3-4 years", "5-6 years", "7-8 years", "9-10 years"),
}
_WAISTS = tuple(f"{inches} inch" for inches in range(28, 42, 2))
_FOOTWEAR = {"boots", "wellies", "trainers", "shoes", "sandals", "heels", "slippers"}
_SINGULAR = {
    "dresses": "dress",
    "knives": "knife",
    "mice": "mouse",
    "scarves": "scarf",
    "shelves": "shelf",
    "torches": "torch",
    "watches": "watch",
}
_PAIRS = {"trousers", "shorts", "pyjamas", "gloves", "socks"}
_ONE_SIZE = {"scarves", "hats"}
_GROUPS = {
    "clothing": "wear", "shoes and bags": "carry", "home": "home", "kitchen": "kitchen", "outdoor": "outdoor",
    "electronics": "tech",
}  # fmt: skip
"""Shelf to the group of reviews for most of what stands on it."""
_OWN_GROUPS = {
    "toy": {"toys"},
    "play": {"board games", "jigsaws", "games"},
    "food": {"coffee beans", "tea", "oils and vinegars"},
    "drink": {
        "kettles",
        "mugs",
        "cups",
        "teapots",
        "coffee machines",
        "coffee grinders",
        "flasks",
        "camp kitchen",
    },
    "warmth": {"scarves", "hats", "gloves", "socks", "throws", "belts"},
    "shelter": {"tents", "sleeping bags", "hammocks"},
    "sound": {"headphones", "earbuds", "speakers", "smart speakers", "radios", "turntables"},
    "wear": {"rain jackets"},
    "feet": _FOOTWEAR,
}
"""Group of reviews to the kinds that have it whatever their shelf."""
_IMPLIED = {"machine washable": "washable"}
"""A feature that says another, so that asking for either finds it."""


def products() -> list[Entry]:
    """Return everything that is for sale, line by line."""
    made: list[Entry] = []
    for table, shelf in SHELVES:
        number = 0
        for row in read_table(table):
            for variant in _line(row, shelf):
                number += 1
                cells, drawing, line = variant
                made.append(entry({"id": f"{table}-{number:03d}", **cells}, drawing, line))
    return made


def _line(
    row: Row, shelf: str
) -> list[tuple[dict[str, str | int | float | tuple[str, ...] | None], Product, str]]:
    name, kind, material = row["line"], row["kind"], row["material"]
    common = Random(f"line {shelf} {name}")
    quality = common.gauss(0, 0.22)
    said = listed(row["features"])
    features = (*said, *(_IMPLIED[given] for given in said if given in _IMPLIED))
    shades: dict[str, tuple[str, str]] = {}
    made = []
    for variant in listed(row["colours"]):
        colour, _, rest = variant.partition("/")
        size, _, extra = rest.partition("/")
        random = Random(f"item {shelf} {name} {variant}")
        shade, tint = shades.setdefault(colour, common.choice(SHADES[colour]))
        rating, count = rate(random, quality)
        one = "pair" if kind in _PAIRS else _SINGULAR.get(kind) or kind.removesuffix("s")
        title = f"{name}, {size}, {shade}" if size else f"{name}, {shade}"
        price = float(row["price"]) + float(extra or 0)
        if random.random() < 0.08:
            price = round(price * 0.85) - 0.05  # end of line
        cells = {
            "title": title,
            "shelf": shelf,
            "kind": kind,
            "maker": row["maker"],
            "colour": colour,
            "material": material,
            "style": row["style"],
            "occasion": row["occasion"],
            "season": row["season"],
            "audience": row["audience"]
            if shelf in ("clothing", "shoes and bags") or row["audience"] == "children"
            else None,
            "size": (size,) if size else _sizes(kind, shelf, row["audience"], random),
            "features": features,
            "price": round(price, 2),
            "rating": rating,
            "reviews": count,
            "stock": stock(random),
            "description": describe(row["text"], colour_sentence(colour, shade, tint, random), said, random),
            "review": review(_group(kind, shelf), rating, random, colour=colour, material=material, one=one),
        }
        made.append((cells, Product(row["shape"], tint, material, features), name))
    return made


def _group(kind: str, shelf: str) -> str:
    return next((group for group, kinds in _OWN_GROUPS.items() if kind in kinds), _GROUPS[shelf])


def _sizes(kind: str, shelf: str, audience: str, random: Random) -> tuple[str, ...] | None:
    """Return the sizes in stock: a run with a gap or two."""
    if kind in _FOOTWEAR:
        run = _SHOES[audience]
    elif kind in ("trousers", "shorts") and audience == "men":
        run = _WAISTS
    elif kind in ("gloves", "socks", "belts"):
        run = ("S", "M", "L")
    elif shelf == "clothing" and kind not in _ONE_SIZE:
        run = _CLOTHES[audience]
    elif kind == "rain jackets":
        run = _CLOTHES[audience]
    else:
        return None
    missing = set(random.sample(run, random.choice((0, 0, 1, 2)) if len(run) > 3 else 0))
    return tuple(size for size in run if size not in missing)
