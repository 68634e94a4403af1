from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.demo.build import entries
from retrieval.demo.rendering import render

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.demo.entry import Entry


@pytest.fixture(scope="session")
def town() -> tuple[Entry, ...]:
    return tuple(entries())


@pytest.fixture(scope="session")
def sampled(town: tuple[Entry, ...], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Every sixteenth item drawn, and every eighth track played: item id to file, tracks as 'sound <id>'."""
    folder = tmp_path_factory.mktemp("sample")
    files: dict[str, Path] = {}
    for item in town[::16]:
        files[item.id] = folder / f"{item.id}.png"
        render((str(files[item.id]), item.drawing))
    for item in [item for item in town if item.preview][::8]:
        path = files[f"sound {item.id}"] = folder / f"{item.id}.ogg"
        assert item.preview is not None
        render((str(path), item.preview))
    return files
