"""The bundled chat model: a reader and a writer, each small enough to ship, behind the protocol of every chat model."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from agent.nano.look_lines import is_look, look_lines
from agent.nano.verdict import is_verdict, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.types import Brief, Reading, Scene


class Reads(Protocol):
    """What the chat model asks of its reader."""

    @property
    def id(self) -> str:
        """Name and checksum."""
        ...

    def read(self, scene: Scene) -> Reading:
        """Read a turn."""
        ...


class Writes(Protocol):
    """What the chat model asks of its writer."""

    @property
    def id(self) -> str:
        """Name and checksum."""
        ...

    def write(self, brief: Brief) -> Iterator[str]:
        """Write a reply in pieces."""
        ...


class NanoChat:
    """A ChatModel of two networks: one tags the request, one spells the reply."""

    def __init__(self, reader: Reads, writer: Writes) -> None:
        """Put a loaded reader and writer together."""
        self._reader = reader
        self._writer = writer

    @classmethod
    def load(cls) -> NanoChat:
        """Load the shipped weights of both. Raises ModelMissing or ModelError."""
        from agent.nano.reader import Reader
        from agent.nano.writer import Writer

        return cls(Reader.load(), Writer.load())

    @property
    def id(self) -> str:
        """Names and checksums of both networks."""
        return f"{self._reader.id}+{self._writer.id}"

    def read(self, scene: Scene) -> Reading:
        """Read a turn; the reading's phrases are spans of the request by construction."""
        return self._reader.read(scene)

    def write(self, brief: Brief) -> Iterator[str]:
        """Write the reply in pieces, facts as slots; closing it cancels."""
        if is_verdict(brief):
            return verdicts(brief)
        if is_look(brief):
            return look_lines(brief)
        return self._writer.write(brief)
