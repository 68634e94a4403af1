"""Pictures of the application for the README: scenes played in it, with its real models, over the demo catalogue.

    python -m tui.app.screenshots --out docs

Each is an SVG that loads nothing from anywhere. Only the milliseconds in the last line differ from run to run.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from encoders.atomic import write_text
from encoders.errors import VitrineError
from tui.app.application import Vitrine
from tui.app.chips import Chips
from tui.app.correct import Correction
from tui.app.listening import Setting
from tui.app.status import TitleLine
from tui.app.themes import DARK, LIGHT
from tui.microphone.portaudio import PortAudioMicrophone
from tui.options import Session
from tui.pictures.choose import Choice, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.pilot import Pilot

    from agent.conversation import Conversation
    from retrieval.index.progress import Progress
    from tui.app.chat import Chat
    from tui.sessions.recorder import Recorder

BOOTS = "need boots that wont leak, 80 quid tops"
LARGEST = 300_000
"""Bytes of an SVG: a README shows several."""
_FONTS = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace'
_SHADE = "#a5252f"
_WAIT = 120.0
"""Seconds that loading, or a turn, may take."""


@dataclass(frozen=True, slots=True)
class Say:
    """Types a line and sends it."""

    line: str


@dataclass(frozen=True, slots=True)
class Press:
    """Presses keys, by Textual's names."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Show:
    """Stages a drawing of a red handbag."""


@dataclass(frozen=True, slots=True)
class Correct:
    """Chooses a part of the search in the panel and writes over it."""

    part: str
    words: str


Step = Say | Press | Show | Correct


@dataclass(frozen=True, slots=True)
class Scene:
    """What is played for one picture."""

    name: str
    """Of its file."""
    steps: tuple[Step, ...]
    columns: int = 120
    rows: int = 36
    theme: str = DARK.name


_PICTURE = (Show(), Say("like this but in green, under 100"))
SCENES = (
    Scene("search", (Say(BOOTS),)),
    Scene("search-light", (Say(BOOTS),), theme=LIGHT.name),
    Scene("edit", (Say(BOOTS), Correct("price ≤ 80", "under 70"))),
    Scene("picture", _PICTURE),
    Scene("picture-light", _PICTURE, theme=LIGHT.name),
    Scene("why", (Say(BOOTS), Press(("tab", "2", "w"))), theme=LIGHT.name),
    Scene("help", (Press(("f1",)),), rows=40),
    Scene("narrow", (Say(BOOTS),), columns=44, rows=44),
)


class _Player:
    """Plays steps in the running application."""

    def __init__(self, pilot: Pilot[int], chat: Chat, bag: Path) -> None:
        self._pilot, self._chat, self._bag = pilot, chat, bag

    async def play(self, step: Step) -> None:
        """Do one step, and wait until all that comes of it is drawn."""
        if isinstance(step, Say):
            self._chat.composer.prompt.put(step.line)
            await self._pilot.pause()
            await self._pilot.press("enter")
        elif isinstance(step, Press):
            await self._pilot.press(*step.keys)
        elif isinstance(step, Correct):
            force = self._chat.side.query_one("#force", Chips)
            self._chat.set_focus(force)
            force.current = next(place for place, chip in enumerate(force.chips) if chip.text == step.part)
            await self._pilot.press("enter")
            field = self._chat.query_one(Correction)
            field.value = step.words
            await self._pilot.press("enter")
        else:
            self._chat.composer.stage_files([self._bag])
            await self.until(lambda: bool(self._chat.composer.staged))
        await self.idle()

    async def idle(self) -> None:
        """Wait until the engine has nothing to do, and pictures are drawn."""
        done: list[bool] = []
        await self._pilot.pause()
        self._chat.engine.work(lambda progress: done.append(True), "nothing")
        await self.until(lambda: bool(done) and not self._chat.engine.busy)
        await self._pilot.app.workers.wait_for_complete()
        await self._pilot.pause(0.3)

    async def until(self, happened: Callable[[], bool]) -> None:
        """Wait until something is the case. Raises VitrineError where that does not come."""
        for _ in range(round(_WAIT / 0.05)):
            if happened():
                return
            await self._pilot.pause(0.05)
        raise VitrineError("The scene stands still: play it in `vitrine chat` and see why.")


async def play(scene: Scene, data: Path, bag: Path, catalogue: str = "demo") -> str:
    """Play a scene with the data folder and return its picture as SVG.

    Raises VitrineError when the application does not come as far as the scene goes.
    """
    session = Session(catalogue, "bundled", "you", data, {}, None)

    def opening(progress: Progress, named: str | None) -> tuple[Conversation, Recorder]:
        from tui.sessions.begin import begin

        return begin(session, named, keep=False, progress=progress)

    choice = Choice(Protocol.HALF, "it is drawn for a page")
    app = Vitrine(Setting(opening, catalogue, choice, PortAudioMicrophone()), theme=scene.theme)
    async with app.run_test(size=(scene.columns, scene.rows)) as pilot:
        chat = app.get_default_or_none()
        if chat is None:
            raise VitrineError("The application shows no conversation: run `vitrine chat` and see why.")
        # Whether the cursor blinks just now would make each run another picture.
        chat.composer.prompt.cursor_blink = False
        player = _Player(pilot, chat, bag)
        await player.until(lambda: chat.failed or chat.query_one(TitleLine).right.endswith("ready"))
        for step in scene.steps:
            await player.play(step)
        picture = app.export_screenshot(title="Vitrine")
        chat.engine.close()
        chat.engine.wait(5)
    return standalone(picture)


def standalone(picture: str) -> str:
    """Return Textual's SVG with fonts of the reader's machine, in the place of one from the network."""
    picture = re.sub(r"@font-face\s*\{[^}]*\}\s*", "", picture)
    return re.sub(r"font-family:\s*(Fira Code|arial)[^;}]*", f"font-family: {_FONTS}", picture)


def check(name: str, picture: str, private: Sequence[str]) -> None:
    """Raise VitrineError when a picture is too large for a page, loads something, or tells where it was made."""
    if len(picture.encode()) > LARGEST:
        raise VitrineError(
            f"{name} has {len(picture.encode()):,} bytes, over {LARGEST:,}: give its scene fewer rows."
        )
    if found := next((one for one in ("url(http", "@import", *private) if one and one in picture), None):
        raise VitrineError(f"{name} holds {found!r}, which no page should: change its scene.")


def draw_bag(path: Path) -> None:
    """Draw what the scenes with a picture show: a red leather handbag, as the demo draws its own."""
    from retrieval.demo.drawing.picture import Product, png, svg

    path.write_bytes(png(svg(Product("handbag", _SHADE, "leather", ()))))


def main(arguments: Sequence[str] | None = None) -> None:
    """Play the scenes and write their pictures."""
    parser = argparse.ArgumentParser(description="Draw the README's pictures of the application.")
    parser.add_argument("--out", type=Path, default=Path("docs"), help="folder for the SVGs (default: docs)")
    parser.add_argument(
        "--data-dir", type=Path, help="where the demo is indexed (default: a folder of its own)"
    )
    parser.add_argument("--only", action="append", help="the scene of that name; may be given again")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="vitrine-screenshots-") as home:
        bag = Path(home) / "bag.png"
        draw_bag(bag)
        for scene in SCENES:
            if given.only and scene.name not in given.only:
                continue
            picture = asyncio.run(play(scene, given.data_dir or Path(home), bag))
            check(scene.name, picture, (home, str(Path.home()), str(Path.cwd())))
            write_text(given.out / f"{scene.name}.svg", picture)
            sys.stderr.write(f"{scene.name}.svg, {len(picture) // 1000} kB\n")


if __name__ == "__main__":
    main()
    # The engines' threads still hold models, and libraries complain of them when Python ends.
    sys.stderr.flush()
    os._exit(0)
