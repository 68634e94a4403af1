"""Labelled photographs as lessons: a folder SPLIT/LABEL/*.jpg, such as the CC0 clothing data set, into the same form.

python -m retrieval.lessons.photographs PHOTOGRAPHS --out build/lessons/photographs
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from encoders.colours import dominant_colours
from encoders.picture import decode_picture
from retrieval.lessons.words import near_words, table, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from encoders.colours import ColourShare

SIDE = 160
"""Pixels: a quarter more than the model's side, for crops."""
SPLITS = ("train", "validation", "test")

_MAY_BE: Mapping[str, tuple[str, ...]] = {
    "dress": ("long dress",),
    "hat": ("beanie", "hat"),
    "longsleeve": ("jumper", "cardigan", "tee"),
    "outwear": ("coat", "jacket", "blazer", "gilet", "cardigan"),
    "pants": ("jeans", "trousers"),
    "shirt": ("shirt",),
    "shoes": (
        "walking boot",
        "chelsea",
        "heeled boot",
        "welly",
        "trainer",
        "shoe",
        "loafer",
        "sandal",
        "heel",
        "slipper",
    ),
    "t-shirt": ("tee",),
}
"""Label to the drawn shapes that a photograph of it may show: their words are neither true nor false of it."""


_BASIC: Mapping[str, str] = {
    **{name: name for name in table()["colour"]},
    "maroon": "burgundy",
    "charcoal": "grey",
    "light grey": "grey",
    "light blue": "blue",
    "turquoise": "teal",
    "magenta": "pink",
    "lavender": "purple",
    "light green": "green",
    "lime": "green",
    "olive": "green",
    "mustard": "yellow",
}
"""Measured colour to the one whose words are true of it; the others (coral, taupe) are left open."""
_MOSTLY = 0.6
"""Part of what is in a photograph that must have a colour for the garment to be called so."""
_DOUBTFUL = frozenset({"grey", "silver", "beige", "purple"})
"""Colours that white and black take on under a lamp: left open."""


def facts_of_label(label: str) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return the words that are true of a photograph with this label, and those left open."""
    true = words_of("kind", f"photo {label}")
    may_be = [word for shape in _MAY_BE.get(label, ()) for word in words_of("kind", shape)]
    return {"kind": true}, {
        "kind": tuple(word for word in may_be if word not in true),
        **{aspect: ("*",) for aspect in ("colour", "material", "pattern", "mood", "genre")},
    }


def colour_words(shares: Sequence[ColourShare]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the words of a photograph's main colour, and those left open; no words where no colour is most of it."""
    if not shares or shares[0].share < _MOSTLY or shares[0].name not in _BASIC:
        return (), ("*",)
    main = _BASIC[shares[0].name]
    if main in _DOUBTFUL:
        return (), ("*",)
    also = [_BASIC[one.name] for one in shares[1:] if one.name in _BASIC]
    left_open = (*near_words(main), *(word for one in also for word in words_of("colour", one)))
    own = words_of("colour", main)
    return own, tuple(word for word in left_open if word not in own)


def write(source: Path, folder: Path) -> int:
    """Write the photographs of all splits into a folder, and return how many. Raises InputError or OSError."""
    from PIL import Image

    folder.mkdir(parents=True, exist_ok=True)
    paths = [path for split in SPLITS for path in sorted((source / split).glob("*/*.jpg"))]
    shape = (len(paths), SIDE, SIDE, 3)
    pictures = np.lib.format.open_memmap(folder / "pictures.npy", mode="w+", dtype=np.uint8, shape=shape)
    with (folder / "facts.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
        for number, path in enumerate(paths):
            picture = decode_picture(path)
            pictures[number] = np.asarray(picture.resize((SIDE, SIDE), Image.Resampling.BICUBIC))
            label = path.parent.name
            true, left_open = facts_of_label(label)
            colours, open_colours = colour_words(dominant_colours(picture))
            true, left_open = (
                true | ({"colour": colours} if colours else {}),
                left_open | {"colour": open_colours},
            )
            row = {"id": path.stem, "split": path.parent.parent.name, "label": label}
            stream.write(json.dumps(row | {"true": true, "open": left_open}) + "\n")
    pictures.flush()
    return len(paths)


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m retrieval.lessons.photographs", description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("--out", type=Path, default=Path("build/lessons/photographs"))
    parser.parse_args()


if __name__ == "__main__":
    main()
