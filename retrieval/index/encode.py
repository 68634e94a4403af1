"""Vectors of one modality: taken from earlier generations and unfinished work where unchanged, encoded where not."""

from __future__ import annotations

import time
from collections import defaultdict
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from encoders.errors import InputError, StoreError
from retrieval.index.inputs import check
from retrieval.store import vectors as vector_files
from retrieval.store.batches import batched

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from encoders.protocols import Vectors
    from retrieval.index.inputs import Inputs
    from retrieval.index.progress import Progress
    from retrieval.index.work import Work
    from retrieval.store.reader import StoredSnapshot

BLOCK = 4_096
"""Rows gathered and written at once: 12 MB at dimension 768."""


@dataclass(frozen=True, slots=True)
class EncodedModality:
    """What became of one modality."""

    modality: str
    encoder: str
    dimension: int
    encoded: int
    """Rows whose vector was made in this run."""
    reused: int
    """Rows whose vector was there: unchanged since an earlier build, or done by a run that was stopped."""
    absent: int
    """Rows with nothing to encode."""
    failed: int
    """Rows whose picture or sound can't be used; each has a line among the problems."""
    seconds: float


class Vectoriser:
    """Makes the vectors of one modality and writes them to a file."""

    def __init__(self, inputs: Inputs[Any], work: Work, earlier: Sequence[StoredSnapshot]) -> None:
        self._inputs = inputs
        self._work = work
        self._rows: dict[str, list[int]] = defaultdict(list)
        for row, key in enumerate(inputs.keys):
            if key is not None:
                self._rows[key].append(row)
        self._stored = _stored(inputs, earlier, self._rows.keys())
        self._made = self._work.keys(inputs.encoder_id) & self._rows.keys()
        self._failed = 0
        self.problems: list[str] = []

    def encode(self, progress: Progress) -> EncodedModality:
        """Encode what is nowhere yet, batch by batch, each kept before the next one begins.

        Raises ModelError when the encoder fails, StoreError when the disk refuses; what is done stays done.
        """
        began = time.monotonic()
        missing = [key for key in self._rows if key not in self._stored and key not in self._made]
        total = sum(len(rows) for rows in self._rows.values())
        to_do = self._count(missing)
        if missing:
            progress.start(f"encoding {self._inputs.modality}", to_do)
            try:
                # Reading runs ahead of encoding: the next pictures are decoded while these go through the model.
                with closing(self._inputs.read(self._rows[key][0] for key in missing)) as read:
                    for batch in batched(read, self._inputs.batch):
                        self._encode_batch(batch)
                        progress.advance(self._count([self._key(row) for row, _ in batch]))
            finally:
                progress.done()
        return EncodedModality(
            modality=self._inputs.modality,
            encoder=self._inputs.encoder_id,
            dimension=self._inputs.dimension,
            encoded=to_do - self._failed,
            reused=total - to_do,
            absent=len(self._inputs.keys) - total,
            failed=self._failed,
            seconds=time.monotonic() - began,
        )

    def _encode_batch(self, batch: Sequence[tuple[int, Any]]) -> None:
        rows, loaded = [], []
        for row, one in batch:
            if isinstance(one, InputError):
                self._fail(row, str(one))
            else:
                rows.append(row)
                loaded.append(one)
        if not rows:
            return
        encoded = self._inputs.vectors(loaded)
        check(self._inputs, rows, encoded)
        done = {self._key(row): vector for row, vector in zip(rows, encoded, strict=True)}
        self._work.keep(self._inputs.encoder_id, done)
        self._made |= done.keys()

    def _key(self, row: int) -> str:
        key = self._inputs.keys[row]
        assert key is not None  # only rows with a key are encoded
        return key

    def _fail(self, row: int, sentence: str) -> None:
        self._failed += len(self._rows[self._key(row)])
        self.problems.append(sentence)

    def _count(self, keys: Sequence[str]) -> int:
        return sum(len(self._rows[key]) for key in keys)

    @property
    def filled(self) -> int:
        """How many rows have a vector."""
        return sum(len(rows) for key, rows in self._rows.items() if key in self._stored or key in self._made)

    def blocks(self) -> Iterator[Vectors]:
        """Yield the vectors of all rows in their order, zero rows where there is none; shape (≤ BLOCK, dimension)."""
        keys = self._inputs.keys
        for start in range(0, len(keys), BLOCK):
            block = np.zeros((min(BLOCK, len(keys) - start), self._inputs.dimension), dtype=np.float32)
            wanted: dict[str, list[int]] = defaultdict(list)
            for offset in range(len(block)):
                key = keys[start + offset]
                if key in self._stored:
                    source, row = self._stored[key]
                    block[offset] = source[row]
                elif key is not None and key in self._made:
                    wanted[key].append(offset)
            self._work.fill(self._inputs.encoder_id, wanted, block)
            yield block


def _stored(
    inputs: Inputs[Any], earlier: Sequence[StoredSnapshot], wanted: Collection[str]
) -> Mapping[str | None, tuple[Vectors, int]]:
    """Find vectors of the same encoder and the same content in earlier generations, newest first."""
    found: dict[str | None, tuple[Vectors, int]] = {}
    for snapshot in earlier:
        array = snapshot.vectors(inputs.modality)
        if array is None or snapshot.encoder_id(inputs.modality) != inputs.encoder_id:
            continue
        if array.shape[1] != inputs.dimension:
            continue
        try:
            keys = snapshot.keys(inputs.modality)
        except StoreError:
            continue  # a damaged database: its vectors can't be told apart, so they are made again
        good = vector_files.filled(array)
        for row, key in enumerate(keys):
            if key in wanted and key not in found and good[row]:
                found[key] = (array, row)
    return found
