"""Reading a turn by writing it: greedy decoding, free or kept to the words of the request."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from agent.nano.reader import load_tokenizer
from encoders.text import bundled_folder
from eval.readers.copying import Copier
from eval.readers.designs import load
from eval.readers.linear import END, parse, reading_of, request_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from agent.nano.reader_input import Tokenizer
    from agent.types import Reading, Scene
    from eval.readers.designs import Design
    from eval.readers.linear import Request


def greedy(design: Design, request: Request, *, copying: bool) -> tuple[int, ...]:
    """Write a line, the likeliest token at a time; with `copying` the likeliest of those that `Copier` allows.

    A valid line has at most two tokens for each piece of the request, and two more; a longer one is cut.
    """
    copier = Copier(request) if copying else None
    longest = 2 * sum(len(pieces) for pieces in request.pieces) + 2
    line: list[int] = []
    scores, cache = design.first(request)
    while True:
        if copier is None:
            token = int(scores.argmax())
        else:
            allowed = copier.allowed()
            token = allowed[int(scores[allowed].argmax())]
            copier.take(token)
        line.append(token)
        if token == END or len(line) >= longest:
            return tuple(line)
        scores, cache = design.following(token, cache)


class GeneratingReader:
    """Reads scenes with a design; has what the tagger's `Reader` has."""

    def __init__(self, design: Design, tokenizer: Tokenizer, name: str, *, copying: bool) -> None:
        """Wrap a design; `name` becomes the id."""
        self._design = design
        self._tokenizer = tokenizer
        self._id = f"{name}-{'copying' if copying else 'free'}"
        self._copying = copying

    @property
    def id(self) -> str:
        """Name, start of the weights' SHA-256, and how it decodes."""
        return self._id

    @property
    def parameters(self) -> int:
        """Weights of the network, shared ones once."""
        return sum(each.numel() for each in self._design.model.parameters())

    def read(self, scene: Scene) -> Reading:
        """Read a turn; what is malformed in the line is left out, and a line without an act asks back."""
        return self.check(scene)[0]

    def check(self, scene: Scene) -> tuple[Reading, tuple[str, ...]]:
        """Read a turn; return the reading and what is wrong with the line, nothing for a valid one."""
        import torch

        request = request_of(scene, self._tokenizer)
        with one_thread(), torch.inference_mode():
            line = greedy(self._design, request, copying=self._copying)
        parsed = parse(line, request)
        return reading_of(parsed, request), parsed.faults


@contextmanager
def one_thread() -> Iterator[None]:
    """Keep torch to one thread, as the tagger does."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def load_design(folder: Path, copying: bool) -> GeneratingReader:
    """Load a reader from a folder that `eval.readers.designs_train` filled.

    Raises ModelMissing when a file is absent and ModelError when one can't be used.
    """
    design, name = load(folder)
    return GeneratingReader(design, load_tokenizer(bundled_folder()), name, copying=copying)
