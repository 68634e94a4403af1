"""Making the next input ready in threads while this one is used."""

from __future__ import annotations

from collections import deque
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable
    from concurrent.futures import Future

Raw = TypeVar("Raw")
Ready = TypeVar("Ready")


def ahead(
    prepare: Callable[[Raw], Ready], inputs: Iterable[Raw], *, depth: int = 1, threads: int = 1
) -> Generator[Ready, None, None]:
    """Yield `prepare(input)` for each input, in their order, up to `depth` of them made before they are asked for.

    Threads gain where `prepare` lets go of Python's lock, as Pillow and torch do for all that takes long. What
    `prepare` raises is raised at its place in the order. Then, and when the generator is closed, what was begun is
    waited for and the rest is dropped.
    """
    if depth < 1 or threads < 1:
        raise ValueError(f"depth {depth} and threads {threads} must be at least 1")
    pool = ThreadPoolExecutor(threads, thread_name_prefix="ahead")
    waiting: deque[Future[Ready]] = deque()
    try:
        for one in inputs:
            waiting.append(pool.submit(prepare, one))
            # The one that is asked for, and `depth` more that are made while it is used.
            if len(waiting) > depth:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)
