from __future__ import annotations

import io
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from agent import assembly
from retrieval.index.build import Options, build
from retrieval.opening import read_catalogue
from tests.fakes.encoders import HashTextEncoder
from tests.tui.scripted import scripted_models
from tui.main import run

if TYPE_CHECKING:
    from collections.abc import Callable

DOZEN = Path(__file__).parent.parent / "data" / "dozen.csv"


@dataclass(frozen=True, slots=True)
class Ran:
    """What a run of the command line came to."""

    code: int
    out: str
    err: str

    @property
    def objects(self) -> list[Any]:
        """The JSON objects on stdout, one a line and nothing else."""
        import json

        return [json.loads(line) for line in self.out.splitlines()]


class Vitrine(Protocol):
    """Runs the command line."""

    def __call__(self, *arguments: str | Path, stdin: str | bytes = b"") -> Ran: ...


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the dozen in it, not to be written; without a vector index, which takes seconds."""
    data = tmp_path_factory.mktemp("indexed")
    imported = read_catalogue(str(DOZEN), data)
    build(imported, data_dir=data, text=HashTextEncoder(), options=Options(index=False))
    return data


@pytest.fixture
def data(indexed: Path, tmp_path: Path) -> Path:
    """A data folder of the test's own with the dozen in it."""
    return Path(shutil.copytree(indexed, tmp_path / "data"))


@pytest.fixture
def vitrine(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Vitrine:
    """The command line in this process, with scripted models."""
    monkeypatch.setattr(assembly, "open_models", scripted_models)
    return command_line(monkeypatch, capsys)


def command_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Vitrine:
    def call(*arguments: str | Path, stdin: str | bytes = b"") -> Ran:
        content = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content), encoding="utf-8"))
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return call


@pytest.fixture
def chat(vitrine: Vitrine, data: Path) -> Callable[[str | bytes], Ran]:
    """A plain chat over the dozen in a pipe."""
    return lambda lines: vitrine("chat", "--plain", "--catalog", "dozen", "--data-dir", data, stdin=lines)


@pytest.fixture
def json_chat(vitrine: Vitrine, data: Path) -> Callable[[str | bytes], Ran]:
    """A chat over the dozen that prints JSON."""
    return lambda lines: vitrine("chat", "--json", "--catalog", "dozen", "--data-dir", data, stdin=lines)


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A red picture of 8 × 8 pixels."""
    from PIL import Image

    path = tmp_path / "red.png"
    Image.new("RGB", (8, 8), "red").save(path)
    return path
