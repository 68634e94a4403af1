"""What the agent asks of a chat model: read a turn, write a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.types import Brief, Reading, Scene


@runtime_checkable
class ChatModel(Protocol):
    """A local or served language model; two calls at most in a turn."""

    @property
    def id(self) -> str:
        """Name and revision or checksum, shown in `models` of a turn."""
        ...

    def read(self, scene: Scene) -> Reading:
        """Read a turn; the reading is valid by construction (grammar or tag scheme).

        Raises ModelError when the model fails or its server can't be reached.
        """
        ...

    def write(self, brief: Brief) -> Iterator[str]:
        """Write the reply in pieces, facts as slots ('{1.title}', '{1.price}', '{c1}'); closing it cancels.

        Raises ModelError when the model fails or its server can't be reached.
        """
        ...
