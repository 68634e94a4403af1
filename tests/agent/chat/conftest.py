"""A tiny real chat model, made once a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.chat.transformers import TransformersChat
from encoders.device import Placement
from encoders.quiet import hush_transformers, loading
from tests.agent.chat.tiny import make_llama

if TYPE_CHECKING:
    from pathlib import Path

EXACT = Placement("cpu", "float32", "test")


@pytest.fixture(scope="session")
def llama(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with loading():
        hush_transformers()
        return make_llama(tmp_path_factory.mktemp("tiny-llama"))


@pytest.fixture
def chat(llama: Path) -> TransformersChat:
    return TransformersChat.from_folder(llama, "tiny-llama", EXACT)
