from __future__ import annotations

import csv
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Protocol

import pytest

from agent import assembly
from tests.fakes.microphone import FakeMicrophone
from tests.tui.conftest import DOZEN
from tests.tui.scripted import scripted_models
from tui.app.application import Vitrine
from tui.app.listening import Setting
from tui.options import Session
from tui.pictures import choose as pictures
from tui.sessions.begin import begin

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.strip import Strip

    from agent.conversation import Conversation
    from retrieval.index.progress import Progress
    from tui.app.chat import Chat
    from tui.microphone.port import Microphone
    from tui.sessions.recorder import Recorder

HALF = pictures.Choice(pictures.Protocol.HALF, "it is a test")


class Open(Protocol):
    """Runs the application over the dozen in a terminal of a size."""

    def __call__(
        self,
        columns: int = 120,
        rows: int = 40,
        *,
        catalog: str = "dozen",
        microphone: Microphone | None = None,
        history: Path | None = None,
        keymap: Mapping[str, str] | None = None,
        draws: pictures.Choice = HALF,
        theme: str = "dark",
        wait: bool = True,
    ) -> AbstractAsyncContextManager[Person]: ...


class Person:
    """Uses the application as a person does, and reads the screen."""

    def __init__(self, app: Vitrine, pilot: Pilot[int]) -> None:
        self.app, self.pilot = app, pilot

    @property
    def chat(self) -> Chat:
        chat = self.app.get_default_or_none()
        assert chat is not None
        return chat

    @property
    def strips(self) -> list[Strip]:
        """The rows of the screen, with their colours."""
        return self.app.screen._compositor.render_strips(self.app.size)

    @property
    def screen(self) -> str:
        """The characters on the screen, a line a row."""
        return "\n".join("".join(segment.text for segment in strip) for strip in self.strips)

    async def until(self, happened: Callable[[], object], seconds: float = 10.0) -> None:
        """Wait until something is the case."""
        for _ in range(round(seconds / 0.02)):
            await self.pilot.pause(0.02)
            if happened():
                return
        raise AssertionError(f"it did not happen in {seconds} s; the screen:\n{self.screen}")

    async def idle(self) -> None:
        """Wait until the engine has nothing to do, and all it told is drawn."""
        done: list[bool] = []
        self.chat.engine.work(lambda progress: done.append(True), "nothing")
        await self.until(lambda: done and not self.chat.engine.busy)
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        for key in keys:
            await self.pilot.press(key)
        await self.idle()

    async def say(self, text: str) -> None:
        self.chat.composer.prompt.put(text)
        await self.pilot.pause()
        await self.press("enter")


@pytest.fixture
def opened(data: Path, monkeypatch: pytest.MonkeyPatch) -> Open:
    monkeypatch.setattr(assembly, "open_models", scripted_models)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")

    def setting(
        catalog: str, microphone: Microphone, history: Path | None, draws: pictures.Choice
    ) -> Setting:
        session = Session(catalog, "bundled", "me", data, {}, None)

        def opening(progress: Progress, named: str | None) -> tuple[Conversation, Recorder]:
            return begin(session, named, keep=True, progress=progress)

        return Setting(opening, catalog, draws, microphone, history=history)

    @asynccontextmanager
    async def run(
        columns: int = 120,
        rows: int = 40,
        *,
        catalog: str = "dozen",
        microphone: Microphone | None = None,
        history: Path | None = None,
        keymap: Mapping[str, str] | None = None,
        draws: pictures.Choice = HALF,
        theme: str = "dark",
        wait: bool = True,
    ) -> AsyncIterator[Person]:
        app = Vitrine(
            setting(catalog, microphone or FakeMicrophone(), history, draws), keymap=keymap, theme=theme
        )
        async with app.run_test(size=(columns, rows), notifications=True) as pilot:
            person = Person(app, pilot)
            if wait:
                await person.idle()
            yield person
            person.chat.engine.close()
            person.chat.engine.wait(5)

    return run


@pytest.fixture
def photograph(tmp_path: Path) -> str:
    """A picture of 300 × 200 pixels."""
    from PIL import Image

    path = tmp_path / "photograph.png"
    Image.linear_gradient("L").convert("RGB").resize((300, 200)).save(path)
    return str(path)


@pytest.fixture
def pictured(tmp_path: Path, photograph: str) -> Path:
    """The dozen in a file of its own, each item with a picture; not indexed yet."""
    shop = tmp_path / "shop.csv"
    with (
        DOZEN.open(encoding="utf-8", newline="") as source,
        shop.open("w", encoding="utf-8", newline="") as target,
    ):
        rows = list(csv.DictReader(source))
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows({**row, "picture": photograph} for row in rows)
    return shop


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"
