"""Text of anybody's making in every place where the screen shows text: nothing of it is obeyed, all of it is shown."""

from __future__ import annotations

import asyncio
import itertools
import unicodedata
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.taste import Person, Taste
from agent.types import Act, ActName, Card, Evidence, Picture, Quote, Request, Said, Shown, Sound, Understood
from agent.why import Checked, Share, State, Why
from encoders.errors import VitrineError
from retrieval.types import Constraint, Op, Status
from tests.agent.shop import dozen
from tests.fakes.microphone import FakeMicrophone
from tests.tui.app.conftest import HALF
from tui.app.application import Vitrine
from tui.app.chips import Chip
from tui.app.correct import Correction
from tui.app.enlarge import Enlarged
from tui.app.help import Help
from tui.app.listening import Setting
from tui.app.menu import Offer
from tui.app.messages import Worked
from tui.app.progress import tell_work
from tui.app.saved import SavedSessions
from tui.app.status import TitleLine
from tui.words.wording import Wording

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from agent.conversation import Conversation
    from retrieval.index.progress import Progress
    from retrieval.types import Value
    from tui.app.chat import Chat
    from tui.sessions.recorder import Recorder

NASTY = (
    "[/foo]",
    "[red]red[/red] [bold",
    "[@click=app.bell]here[/]",
    "\x1b[2J\x1b[31mred\x1b[0m",
    "\x1b]52;c;aGk=\x1b\\copied",
    "\x1b]8;;http://evil\x07link\x1b]8;;\x07",
    "\x9b31mC1\x9c\x85",
    "bell\x07 back\x08 null\x00 delete\x7f",
    "\u202edesrever\u202c \u2066isolated\u2069 zero\u200bwidth\ufeff",
    "👩\u200d👩\u200d👧 🇬🇧 e\u0301\u0301\u0301",
    "革のハンドバッグ 한국어",
    "one\ntwo\r\nthree\ttab",
    "long " * 100,
    "x" * 500,
    "$primary {title} %s \\[ \\",
    "",
    " ",
)
pieces = st.lists(st.one_of(st.sampled_from(NASTY), st.text(max_size=20)), min_size=1, max_size=3).map(
    "".join
)


def is_obeyed(character: str) -> bool:
    """Whether a terminal would do something else than show it, or would show it nowhere."""
    return (
        unicodedata.category(character) in ("Cc", "Cs")
        or character in "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
    )


def check(app: Vitrine, where: str) -> None:
    for number, strip in enumerate(app.screen._compositor.render_strips(app.size)):
        text = "".join(segment.text for segment in strip)
        obeyed = [character for character in text if is_obeyed(character)]
        assert not obeyed, (where, number, text)
        assert not any(segment.control for segment in strip), (where, number, strip)
        assert strip.cell_length <= app.size.width, (where, number, text)


def act_of(text: str) -> Act:
    condition = Constraint("colour", Op.EQ, text, text, Status.RANKED)
    return Act(ActName.RECOMMEND, text, (condition,), question=text)


def card_of(text: str, rank: int) -> Card:
    facets: dict[str, Value] = {"colour": text, "material": text + str(rank), "rating": 4.5}
    evidence = Evidence({"text": 1.0}, (text,), (text,), (Quote(text, text),))
    return Card(
        rank, f"id-{rank}{text}", text, 12.5, facets, "/nowhere/" + text.replace("\0", ""), 0.5, evidence
    )


async def show(chat: Chat, pilot: Pilot[int], text: str) -> None:
    """Put `text` into every place there is."""
    app = pilot.app
    assert isinstance(app, Vitrine)
    wording = Wording.of_snapshot(dozen())

    chat.query_one(TitleLine).left = f"Vitrine · {text}"
    chat.query_one(TitleLine).right = text
    chat.status.now = tell_work(Worked(text, 3, 10, 0.0), 5.0)
    chat.talk.remark(text)
    chat.refuse(text)
    view = chat.talk.begin(1, text, text, text)
    request = Request(text, text, (Picture(text, (text, text)),), (Sound(text, (text,)),))
    chat.talk.show(1, Understood(request, act_of(text)), wording)
    chat.talk.show(1, Shown(tuple(card_of(text, rank) for rank in range(1, 5)), text), wording)
    chat.talk.show(1, Said(text), wording)
    await pilot.pause(0.02)
    check(app, "a turn")
    view.end(text, failed=True)
    chat.status.now, chat.status.timings, chat.status.keys = "", text, text
    part = Share("text", text, 0.6)
    conditions = tuple(Checked(text, state) for state in State)
    why = Why("id", text, 1, 4, False, (part,), conditions, (Quote(text, text),), (), text, None)
    chat.side.show_force([Chip("force-0", text)])
    chat.side.show_taste((Taste("colour", "colour", text, 0.7, ()), Taste("colour", text, text, -0.5, ())))
    chat.side.show_person(Person(text, 1, 2, 3))
    chat.side.show_why(why, [Chip("critique-0", text, removable=False)])
    chat.composer.menu.offer([Offer(text, text, text)])
    chat.composer.prompt.put(text)
    chips = chat.side.query_one("#force")
    chat.side.mount(Correction(Chip("force-0", text), chips), before=chips)  # type: ignore[arg-type]
    await pilot.pause(0.02)
    check(app, "the panel")
    view.fold_up()
    await pilot.pause(0.02)
    check(app, "a folded turn")
    for modal in (Enlarged("/nowhere", text, HALF), Help(text, {"voice": text}), SavedSessions((), text)):
        app.push_screen(modal)
        await pilot.pause(0.05)
        check(app, type(modal).__name__)
        app.pop_screen()
    await pilot.pause(0.02)


async def live_through(text: str, columns: int) -> None:
    def opening(progress: Progress, named: str | None) -> tuple[Conversation, Recorder]:
        fail(text)

    app = Vitrine(Setting(opening, text, HALF, FakeMicrophone()))
    async with app.run_test(size=(columns, 40)) as pilot:
        chat = app.get_default_or_none()
        assert chat is not None
        await pilot.pause(0.05)
        check(app, "not open")
        await show(chat, pilot, text)
        chat.engine.close()
        chat.engine.wait(5)
        assert app._exception is None


def fail(text: str) -> NoReturn:
    raise VitrineError(f"It is called {text}: that can't be.")


@pytest.mark.parametrize(("text", "columns"), zip(NASTY, itertools.cycle((40, 120)), strict=False))
def test_nothing_is_obeyed_and_the_screen_lives(text: str, columns: int) -> None:
    asyncio.run(live_through(text, columns))


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=pieces, columns=st.sampled_from((20, 40, 80, 200)))
def test_neither_is_anything_else(text: str, columns: int) -> None:
    asyncio.run(live_through(text, columns))
