"""The ear of a conversation: any reader in the place of its chat model, timed, and its failures kept."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Final

from encoders.errors import ModelError, ModelMissing, UsageError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.models import Models
    from agent.types import Brief, Reading, Scene
    from eval.readers.table import Reads

BUNDLED: Final = "bundled"
"""The chat model of the conversation's own model set, whichever that is."""


def open_reader(name: str, models: Models) -> Reads:
    """Return the reader called `name`: BUNDLED, one of `eval.readers.table`, or the folder of a trained design.

    Raises UsageError naming those there are, ModelError when its model can't be used.
    """
    from eval.readers.table import READERS

    if name == BUNDLED:
        return models.chat.get()
    if name in READERS:
        return READERS[name]()
    if Path(name).is_dir():
        from eval.readers.generating import load_design

        return load_design(Path(name), copying=True)
    raise UsageError(
        f"There is no reader “{name}”; there are: {', '.join((BUNDLED, *READERS))}, and folders of trained designs."
    )


class Ear:
    """A ChatModel that only reads, through a reader, and keeps how the last reading went."""

    def __init__(self, reader: Reads) -> None:
        """Read with `reader`."""
        self._reader = reader
        self.ms = 0.0
        """How long the last reading took, in milliseconds; 0 when nothing was read."""
        self.failure: str | None = None
        """Why there was no valid reading."""

    @property
    def id(self) -> str:
        """The reader's id."""
        return self._reader.id

    def clear(self) -> None:
        """Forget the last reading."""
        self.ms, self.failure = 0.0, None

    def read(self, scene: Scene) -> Reading:
        """Read and time it; ModelError passes through, kept as a failure but for a model that is not there."""
        began = perf_counter()
        try:
            return self._reader.read(scene)
        except ModelMissing:
            raise
        except ModelError as error:
            self.failure = str(error)
            raise
        finally:
            self.ms = (perf_counter() - began) * 1000

    def write(self, brief: Brief) -> Iterator[str]:
        """Write nothing: turns are closed before their reply."""
        return iter(())
