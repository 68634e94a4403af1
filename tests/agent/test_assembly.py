from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.assembly import image_loader, open_conversation, open_models
from encoders.errors import CatalogueError, ModelMissing, UsageError
from encoders.layout import Slot
from encoders.profiles import resolve

if TYPE_CHECKING:
    from pathlib import Path


def test_nothing_is_loaded_until_it_is_needed(tmp_path: Path) -> None:
    models = open_models(resolve("bundled", tmp_path))
    assert models.names() == {"chat": None, "text": None, "image": None, "speech": None}
    assert (models.label, models.reason) == ("bundled", "bundled models (asked for)")


def test_a_slot_that_the_set_lacks_is_missing_with_the_command_that_fills_it(tmp_path: Path) -> None:
    resolved = resolve("bundled", tmp_path)
    models = open_models(resolved)
    with pytest.raises(ModelMissing, match="vitrine models pull laptop"):
        models.speech.get()


def test_pictures_are_not_indexed_by_a_set_whose_image_model_is_not_here(tmp_path: Path) -> None:
    resolved = resolve("laptop", tmp_path)
    assert image_loader(resolved, open_models(resolved))() is None


def test_a_set_whose_files_are_not_here_raises_only_when_a_model_is_needed(tmp_path: Path) -> None:
    models = open_models(resolve("laptop", tmp_path))
    for lazy in (models.chat, models.text, models.image, models.speech):
        with pytest.raises(ModelMissing, match="vitrine models pull laptop"):
            lazy.get()


def test_an_address_becomes_a_chat_model_without_being_asked(tmp_path: Path) -> None:
    address = "http://127.0.0.1:9/v1"
    models = open_models(resolve("bundled", tmp_path, {Slot.CHAT: address}))
    assert address in models.chat.get().id or models.chat.loaded is not None


def test_a_conversation_with_nothing_is_refused_before_a_model_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(CatalogueError, match="nowhere"):
        open_conversation("nowhere", tmp_path)
    with pytest.raises(UsageError, match="huge"):
        open_conversation("demo", tmp_path, profile="huge")
    assert not list(tmp_path.iterdir())
