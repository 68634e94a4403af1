"""Work side by side on a CPU, each piece in a thread that has its share of the cores."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Raw = TypeVar("Raw")
Done = TypeVar("Done")
Element = TypeVar("Element")

MOST = 4
"""Lanes at most: more than four make Python's lock what is waited for."""


class Lanes:
    """Threads that prepare pictures side by side; the model itself takes a batch with all cores.

    Of two cores one stood idle while pictures were made ready: 1,240 a second at 256 × 256 so, 1,980 in two lanes.
    Whole batches side by side were worse: every core then reads all weights, 109 pictures a second instead of 130 for
    ViT-B-32-256 and 1,143 instead of 1,205 for the bundled model.
    """

    def __init__(self, cores: int) -> None:
        """Divide `cores`, of which there is at least one; a thread is begun when it is first needed."""
        self.count = max(min(cores, MOST), 1)
        """How many pieces run at once."""
        self._cores = cores
        self._pool: ThreadPoolExecutor | None = None
        self._opening = threading.Lock()

    def map(self, work: Callable[[Raw], Done], inputs: Sequence[Raw]) -> list[Done]:
        """Return `work(input)` of each input, in their order.

        What `work` raises is raised here, for the first input that has it; what was not begun is dropped.
        """
        if self.count == 1 or len(inputs) < 2:
            return [work(one) for one in inputs]
        futures = [self._opened().submit(work, one) for one in inputs]
        try:
            return [future.result() for future in futures]
        finally:
            for future in futures:
                future.cancel()

    def _opened(self) -> ThreadPoolExecutor:
        with self._opening:
            if self._pool is None:
                self._pool = self._open()
            return self._pool

    def _open(self) -> ThreadPoolExecutor:
        import torch

        usual = torch.get_num_threads()
        share = max(self._cores // self.count, 1)
        begun = threading.Barrier(self.count + 1)

        def begin() -> None:
            # A thread takes torch's number when it first asks for it, and would forget one that was set before.
            torch.get_num_threads()
            torch.set_num_threads(share)
            begun.wait()

        pool = ThreadPoolExecutor(self.count, thread_name_prefix="lane", initializer=begin)
        for _ in range(self.count):
            pool.submit(int)
        begun.wait()
        # Setting it in a thread also sets what threads of others begin with; that is put back.
        torch.set_num_threads(usual)
        return pool


def even(elements: Sequence[Element], lanes: int, least: int) -> list[Sequence[Element]]:
    """Cut into a piece of nearly one length for each lane, or into fewer where pieces would have under `least`."""
    if not elements:
        return []
    pieces = max(min(lanes, len(elements) // least), 1)
    bounds = [len(elements) * piece // pieces for piece in range(pieces + 1)]
    return [elements[start:end] for start, end in pairwise(bounds)]
