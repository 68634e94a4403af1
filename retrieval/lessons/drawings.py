"""Writes lessons: pictures as one array and what they show as JSON Lines, in a folder.

    python -m retrieval.lessons.drawings --out build/lessons/drawings --invented 16000

`pictures.npy` has the shape (lessons, SIDE, SIDE, 4), RGBA: things for sale are drawn without their ground, so that
training can lay them on any. `facts.jsonl` has a row for each: {"id", "split", "true", "open"}; the split is 'train' or
'held out'.
"""

from __future__ import annotations

import argparse
import io
import json
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.demo.build import entries
from retrieval.demo.drawing.picture import Drawing, groundless
from retrieval.lessons.facts import Facts, facts_of
from retrieval.lessons.invent import held_out, invent

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDE = 144
"""Pixels: an eighth more than the model's side, for crops."""


def raster(drawing: Drawing) -> NDArray[np.uint8]:
    """Render a drawing, shape (SIDE, SIDE, 4)."""
    import resvg_py
    from PIL import Image

    rendered = resvg_py.svg_to_bytes(svg_string=groundless(drawing), skip_system_fonts=True)
    with Image.open(io.BytesIO(bytes(rendered))) as image:
        return np.asarray(image.convert("RGBA").resize((SIDE, SIDE), Image.Resampling.BOX))


def lessons(invented: int) -> list[tuple[str, str, Drawing, Facts]]:
    """Return id, split, drawing and facts: the demo's own and so many invented."""
    own = entries()
    made = [
        (
            one.id,
            "held out" if held_out(one) else "train",
            one.drawing,
            facts_of(one.drawing, one.text("colour"), one.cells),
        )
        for one in own
    ]
    new = enumerate(invent(invented, own))
    return made + [(f"invented-{number}", "train", drawing, facts) for number, (drawing, facts) in new]


def write(folder: Path, invented: int) -> int:
    """Write the lessons into a folder, and return how many there are. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = lessons(invented)
    shape = (len(rows), SIDE, SIDE, 4)
    pictures = np.lib.format.open_memmap(folder / "pictures.npy", mode="w+", dtype=np.uint8, shape=shape)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        for number, picture in enumerate(pool.map(raster, (row[2] for row in rows), chunksize=64)):
            pictures[number] = picture
    pictures.flush()
    with (folder / "facts.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
        for name, split, _, facts in rows:
            row = {"id": name, "split": split, "true": dict(facts.true), "open": dict(facts.open)}
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")
    return len(rows)


def main() -> None:
    """Read the command line and write."""
    parser = argparse.ArgumentParser(prog="python -m retrieval.lessons.drawings", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/lessons/drawings"))
    parser.add_argument("--invented", type=int, default=16_000)
    parser.parse_args()


if __name__ == "__main__":
    main()
