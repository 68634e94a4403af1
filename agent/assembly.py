"""Put a conversation together: the model set, the catalogue (indexed first if it must be), and the person."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from agent.conversation import Conversation
from agent.models import Lazy, Models, statistics
from encoders.errors import ModelMissing
from encoders.layout import Slot
from encoders.profiles import BUNDLED_CHAT, resolve
from retrieval.opening import open_catalogue
from retrieval.store.layout import people_file
from retrieval.store.people import People

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from agent.chat.protocol import ChatModel
    from encoders.profiles import Resolved, ResolvedSet
    from encoders.protocols import AudioEncoder, ImageEncoder, Recogniser, TextEncoder
    from retrieval.index.progress import Progress


def open_models(resolved: ResolvedSet) -> Models:
    """Return the models of a set, none of them loaded yet."""

    def chat() -> ChatModel:
        model = resolved.require(Slot.CHAT)
        if model.ref.address:
            from agent.chat.openai import OpenAIChat

            return OpenAIChat(model.ref.source)
        if model.ref.source == BUNDLED_CHAT:
            from agent.nano.model import NanoChat

            return NanoChat.load()
        from agent.chat.transformers import TransformersChat

        return TransformersChat.load(model)

    def text() -> TextEncoder:
        from encoders.cache import CachedTextEncoder
        from encoders.text import load_text

        model = resolved.require(Slot.TEXT)
        return CachedTextEncoder(load_text(model.path, model.ref.source))

    def image() -> ImageEncoder:
        from encoders.image import load_image

        model = resolved.require(Slot.IMAGE)
        return load_image(_folder(model), model.ref.source)

    def speech() -> Recogniser:
        from encoders.speech import load_speech

        model = resolved.require(Slot.SPEECH)
        return load_speech(_folder(model), model.ref.source)

    def audio() -> AudioEncoder:
        model = resolved.require(Slot.AUDIO)
        if model.ref.bundled:
            return statistics()
        from encoders.clap import load_clap

        return load_clap(_folder(model), model.ref.source)

    loaders = Lazy(chat), Lazy(text), Lazy(image), Lazy(speech)
    return Models(*loaders, resolved.name, resolved.reason, Lazy(audio))


def open_conversation(
    catalogue: str,
    data_dir: Path,
    *,
    profile: str = "auto",
    overrides: Mapping[Slot, str] | None = None,
    user: str = "me",
    progress: Progress | None = None,
    chroma: str | None = None,
) -> Conversation:
    """Open a conversation with a catalogue by name or path.

    Raises CatalogueError or StoreError when the catalogue can't be used, ModelMissing when the set has no text encoder.
    """
    resolved = resolve(profile, data_dir, overrides)
    models = open_models(resolved)
    snapshot = open_catalogue(
        catalogue,
        data_dir,
        models.text.get,
        image_loader(resolved, models),
        progress,
        chroma,
        models.audio.get,
    )
    people = People(people_file(data_dir))
    return Conversation(snapshot, models, people, user, lambda: datetime.now().astimezone())


def image_loader(resolved: ResolvedSet, models: Models) -> Callable[[], ImageEncoder | None]:
    """Return what loads the image model, or None where the set has none: pictures are then not searched."""
    return models.image.get if resolved.get(Slot.IMAGE) else lambda: None


def _folder(model: Resolved) -> Path:
    """Return the folder of a model that `require` found complete."""
    if model.path is None:
        raise ModelMissing(
            f"The {model.ref.slot} model {model.ref.source} has no files; name a folder instead."
        )
    return model.path
