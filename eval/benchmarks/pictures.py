"""What an image model knows: labels of photographs, words to drawings it never saw, damaged pictures to their item.

The drawings are the demo's own. Those that `retrieval.lessons.invent.held_out` names were kept from the training of the
bundled model; of a drawing the words are all that it shows ('red striped cotton shirt'), and right is that drawing
alone. Of damaged pictures every third of the demo is looked for among all; items drawn alike to the last pixel count as
one.
"""

from __future__ import annotations

import io
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from encoders.errors import InputError
from encoders.nano.clip.lessons import caption
from encoders.nano.clip.score import DAMAGES, damaged, found_at, zero_shot
from encoders.picture import decode_picture
from eval.benchmarks.protocol import Table
from eval.metrics import mean
from retrieval.demo.build import entries
from retrieval.demo.drawing.picture import png, svg
from retrieval.lessons.facts import facts_of
from retrieval.lessons.invent import held_out

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PIL.Image import Image

    from encoders.protocols import ImageEncoder
    from eval.metrics import Mean
    from retrieval.demo.entry import Entry

NAME = "pictures"
_CUT = 10
_EVERY = 3
"""Of the demo's pictures one in so many is damaged and looked for: a standard error of .015 at 90 %."""
_TIMED = 30


def run(data: Path, image: ImageEncoder, say: Callable[[str], None]) -> Table:
    """Measure on the photographs in `data`/LABEL/*.jpg and on the demo's drawings.

    Raises InputError when the folder holds no photographs in folders of their labels.
    """
    say("photographs")
    right, pictures = _photographs(data)
    rows: dict[str, Sequence[Mean]] = {}
    found = zero_shot(image, image.encode_images(pictures), right)
    rows[f"photographs: right label of {len(set(right))}, zero-shot"] = [mean(found)]
    say("drawings")
    items = entries()
    drawn = [svg(item.drawing) for item in items]
    gallery = [_open(png(source)) for source in drawn]
    vectors = image.encode_images(gallery)
    kept = [at for at, item in enumerate(items) if held_out(item)]
    said = image.encode_texts([_words(items[at]) for at in kept])
    for name, some in (("those held out", kept), ("the whole demo", list(range(len(items))))):
        own = np.array([[one == at for one in some] for at in kept])
        ranks = found_at(said, vectors[some], own)
        rows[f"drawings held out: in the first {_CUT} of {name}, by words"] = [mean((ranks <= _CUT).tolist())]
    alike = np.array([[one == other for other in drawn] for one in drawn[::_EVERY]])
    for name, damage in DAMAGES.items():
        say(name)
        random = Random(1)
        worse = image.encode_images([damaged(one, damage, random) for one in gallery[::_EVERY]])
        rows[f"demo pictures after {name}: their item first"] = [
            mean((found_at(worse, vectors, alike) == 1).tolist())
        ]
    notes = {
        "photographs": f"{len(right)} of {len(set(right))} labels",
        "drawings": f"{len(kept)} held out of {len(items)}",
        "one picture": f"{_milliseconds(image, gallery[0]):.1f} ms, the median of {_TIMED}",
        "damage": "; ".join(f"{name}: {damage}" for name, damage in DAMAGES.items()),
    }
    return Table("What the image model knows", ("share",), rows, notes)


def _photographs(data: Path) -> tuple[list[str], list[Image]]:
    paths = sorted(data.glob("*/*.jpg"))
    if not paths:
        raise InputError(
            f"{data} holds no photographs: give a folder with a folder of .jpg files for each label."
        )
    return [path.parent.name for path in paths], [decode_picture(path) for path in paths]


def _open(data: bytes) -> Image:
    from PIL import Image as Pillow

    with Pillow.open(io.BytesIO(data)) as picture:
        return picture.convert("RGB")


def _words(item: Entry) -> str:
    facts = facts_of(item.drawing, item.text("colour"), item.cells)
    return caption(facts.true, Random(0), whole=True).text


def _milliseconds(image: ImageEncoder, picture: Image) -> float:
    times = []
    for _ in range(_TIMED):
        began = perf_counter()
        image.encode_images([picture])
        times.append((perf_counter() - began) * 1000)
    return float(np.median(times))
