"""How fast pictures become vectors, beside the bare model's forward pass over ready batches of the best size.

All are timed in turn, round after round, so that what else the machine does falls on each alike; the ratio is taken
within a round. The pictures are drawn here: a photograph's soft colours, edges and grain, as JPEG of 640 × 480.

- *bare model*: a plain loop over batches that are ready in memory, each with all cores; what the others are a share of.
- *decoded pictures in*: from pictures in memory to unit vectors, resizing, cutting and normalising included. This is
  what 'encoding' means; the model's cores do that work too.
- *files in*: reading and decoding as well.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from encoders.nano.clip import FOLDER
from eval.benchmarks.protocol import Table
from eval.metrics import Mean

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PIL.Image import Image

    from encoders.image import OpenClipEncoder

NAME = "encoding"
MEASURES = ("pictures a second", "of the bare model")
_ARCHITECTURE = "ViT-B-32-256"
_SIZES = (1, 4, 8, 16, 32, 64)
_PICTURES = 64
_MOST = 512
_ROUNDS = 25
_SECONDS = 0.5
"""A round takes at least this long in the bare model, by pictures taken again."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What a model does."""

    rows: Mapping[str, Sequence[Mean]]
    """By what was timed, the measures."""
    batch: int
    """Pictures a batch at which the bare model was fastest."""


def run(say: Callable[[str], None], rounds: int = _ROUNDS) -> Table:
    """Measure ViT-B-32-256 with random weights, whose speed is that of trained ones, and the bundled model if there.

    Raises ModelError when the bundled model is there and can't be loaded.
    """
    makers: dict[str, Callable[[], OpenClipEncoder]] = {_ARCHITECTURE: untrained}
    if FOLDER.is_dir():
        makers["bundled"] = _bundled
    rows: dict[str, Sequence[Mean]] = {}
    notes = {
        "pictures": "JPEG of 640 × 480, decoded beforehand or read as an index run reads them",
        "values": f"medians of {rounds} rounds, each of all in turn; error 1.25 · deviation / √rounds",
    }
    with tempfile.TemporaryDirectory(prefix="vitrine-bench-") as folder:
        files = draw(Path(folder), _PICTURES)
        for name, make in makers.items():
            say(f"timing {name}")
            encoder = make()
            measured = measure(encoder, files, rounds)
            rows |= {f"{name}: {what}": means for what, means in measured.rows.items()}
            notes[name] = f"{encoder.placement}; bare model fastest in batches of {measured.batch}"
            del encoder  # one model in memory at a time
    return Table("Encoding of pictures", MEASURES, rows, notes)


def measure(encoder: OpenClipEncoder, files: Sequence[Path], rounds: int) -> Measured:
    """Time the bare model, decoded pictures, files, and one picture at a time."""
    from encoders.picture import decode_picture

    decoded = [decode_picture(path) for path in files]
    batch, seconds = fastest_batch(encoder, decoded)
    count = min(max(-(-int(_SECONDS / seconds) // batch) * batch, batch, len(files)), _MOST)
    many = [decoded[index % len(decoded)] for index in range(count)]
    paths = [files[index % len(files)] for index in range(count)]
    ready = [encoder.inputs(many[start : start + batch]) for start in range(0, count, batch)]
    few = many[: max(count // 16, 1)]
    timed: Mapping[str, tuple[Callable[[], object], int]] = {
        "bare model": (lambda: [encoder.forward(inputs) for inputs in ready], count),
        "decoded pictures in": (lambda: encoder.encode_images(many), count),
        "files in": (lambda: _index(encoder, paths), count),
        "one picture at a time": (lambda: [encoder.encode_images([one]) for one in few], len(few)),
    }
    rates: dict[str, list[float]] = {name: [] for name in timed}
    for _ in range(rounds):
        for name, (work, pictures) in timed.items():
            rates[name].append(pictures / _seconds(work))
    bare = rates["bare model"]
    return Measured(
        {
            name: (_median(some), _median([rate / best for rate, best in zip(some, bare, strict=True)]))
            for name, some in rates.items()
        },
        batch,
    )


def fastest_batch(encoder: OpenClipEncoder, pictures: Sequence[Image]) -> tuple[int, float]:
    """Return the batch size at which the bare model takes least time a picture, and that time in seconds."""
    ready = {size: encoder.inputs([pictures[i % len(pictures)] for i in range(size)]) for size in _SIZES}
    taken: dict[int, list[float]] = {size: [] for size in _SIZES}
    for attempt in range(4):
        for size, inputs in ready.items():
            seconds = _seconds(partial(encoder.forward, inputs)) / size
            if attempt:  # the first one warms up
                taken[size].append(seconds)
    medians = {size: statistics.median(some) for size, some in taken.items()}
    best = min(medians, key=lambda size: medians[size])
    return best, medians[best]


def _index(encoder: OpenClipEncoder, paths: Sequence[Path]) -> None:
    """Encode files as an index run does: the next are read and decoded while these go through the model."""
    from retrieval.index.content import BatchSizes
    from retrieval.index.inputs import image_inputs
    from retrieval.store.batches import batched
    from retrieval.types import Item

    items = [Item(str(row), str(row), {}, picture=str(path)) for row, path in enumerate(paths)]
    inputs = image_inputs(encoder, items, [str(row) for row in range(len(items))], BatchSizes().image)
    for some in batched(inputs.read(range(len(items))), inputs.batch):
        inputs.vectors([picture for _, picture in some if not isinstance(picture, Exception)])


def draw(folder: Path, count: int) -> list[Path]:
    """Write `count` JPEGs of 640 × 480, the same each time."""
    from PIL import Image

    rng = np.random.default_rng(11)
    paths = []
    for number in range(count):
        soft = Image.fromarray(rng.integers(0, 255, (12, 16, 3), dtype=np.uint8))
        grain = rng.normal(0, 6, (480, 640, 3))
        colours = np.asarray(soft.resize((640, 480), Image.Resampling.BICUBIC), np.float64) + grain
        colours[:, : rng.integers(40, 240)] = 255
        paths.append(folder / f"{number}.jpg")
        Image.fromarray(colours.clip(0, 255).astype(np.uint8)).save(paths[-1], quality=85)
    return paths


def untrained() -> OpenClipEncoder:
    """Return ViT-B-32-256 with random weights, where and how the real one would run."""
    from encoders.device import choose
    from encoders.image import OpenClipEncoder, precision_of
    from encoders.layout import Slot
    from encoders.pixels import Pixels
    from encoders.quiet import loading

    placement = choose(Slot.IMAGE)
    with loading():
        import open_clip

        configuration = open_clip.get_model_config(_ARCHITECTURE)
        model = open_clip.create_model(
            _ARCHITECTURE, precision=precision_of(placement, configuration), device=placement.device
        )
        tokenizer = open_clip.get_tokenizer(_ARCHITECTURE)
    pixels = Pixels.of(model.visual.preprocess_cfg)
    return OpenClipEncoder(model.eval(), pixels, tokenizer, f"{_ARCHITECTURE}@random", placement)


def _bundled() -> OpenClipEncoder:
    from encoders.image import load_image

    return load_image(FOLDER)


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _median(values: Sequence[float]) -> Mean:
    # 1.2533 is √(π/2): the standard error of a median over that of a mean, for normal values.
    spread = statistics.stdev(values) if len(values) > 1 else 0.0
    return Mean(statistics.median(values), 1.2533 * spread / len(values) ** 0.5, len(values))
