"""The models of a conversation, each loaded when it is first needed and named in every turn."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from agent.chat.protocol import ChatModel
    from encoders.protocols import AudioEncoder, ImageEncoder, Recogniser, TextEncoder

Model = TypeVar("Model")


class Lazy(Generic[Model]):
    """A model behind its loader; safe to ask from several threads."""

    def __init__(self, load: Callable[[], Model]) -> None:
        """Keep the loader; nothing is read yet."""
        self._load = load
        self._lock = threading.Lock()
        self._model: Model | None = None

    def get(self) -> Model:
        """Return the model, loading it the first time; the loader's ModelError passes through each time."""
        with self._lock:
            if self._model is None:
                self._model = self._load()
            return self._model

    @property
    def loaded(self) -> Model | None:
        """The model, if it has been loaded."""
        return self._model


def statistics() -> AudioEncoder:
    """Return the bundled audio encoder, which has no files."""
    from encoders.audio import LogMelStatistics

    return LogMelStatistics()


@dataclass(frozen=True, slots=True)
class Models:
    """One model set, lazily."""

    chat: Lazy[ChatModel]
    text: Lazy[TextEncoder]
    image: Lazy[ImageEncoder]
    """`get` raises ModelMissing in a set without one."""
    speech: Lazy[Recogniser]
    """`get` raises ModelMissing in a set without one."""
    label: str = "bundled"
    """The set's name."""
    reason: str = ""
    """Why this set was taken, in a few words for people."""
    audio: Lazy[AudioEncoder] = field(default_factory=lambda: Lazy(statistics))
    """What clips are compared by; the bundled statistics unless another was named."""

    def names(self) -> dict[str, str | None]:
        """Ids of the models loaded so far, as the contract of a turn lists them."""
        return {
            "chat": loaded.id if (loaded := self.chat.loaded) else None,
            "text": encoder.id if (encoder := self.text.loaded) else None,
            "image": picture.id if (picture := self.image.loaded) else None,
            "speech": recogniser.id if (recogniser := self.speech.loaded) else None,
        }
