"""Tiny real models, made once a session."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from encoders.quiet import hush_transformers, loading
from tests.encoders import tiny

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def no_models_of_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the machine's own data folder and model cache out of the tests."""
    monkeypatch.setenv("VITRINE_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))


@pytest.fixture(scope="session")
def bert(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with loading():
        hush_transformers()
        return tiny.make_sentence_transformer(
            tmp_path_factory.mktemp("bert"), {"query": "red ", "document": ""}
        )


@pytest.fixture(scope="session")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with loading():
        return tiny.make_open_clip(tmp_path_factory.mktemp("clip"))


@pytest.fixture(scope="session")
def whisper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    with loading():
        hush_transformers()
        return tiny.make_whisper(tmp_path_factory.mktemp("whisper"))
