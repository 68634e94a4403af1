from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.contract import turn_to_json
from encoders.errors import StoreError
from tests.tui.sessions.conftest import BOOTS, say
from tui.sessions.recorder import Recorder
from tui.sessions.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from agent.conversation import Conversation
    from tests.tui.sessions.conftest import Talk
    from tui.sessions.store import SessionStore


def test_what_was_put_in_and_what_came_of_it_is_recorded(talk: Talk, store: SessionStore) -> None:
    talk(BOOTS, "like the 2nd but in green", "/why 1", "/rate 1 9", "/hlep", "/why 9", "/help", "")
    entries = store.read("last").entries
    assert [entry.put.text for entry in entries] == [
        BOOTS, "like the 2nd but in green", "/why 1", "/rate 1 9", "/why 9", "",
    ]  # fmt: skip
    boots, green, why, stars, nine, empty = entries
    assert boots.turn is not None and len(boots.turn.items) == 3
    assert green.headline is not None and "giving up" in green.headline
    assert green.turn is not None and green.turn.act.items[0] in green.titles
    assert why.turn is not None and why.turn.turn == 3
    for refused, told in ((stars, "1 to 5"), (nine, "on screen"), (empty, "The message is empty")):
        assert refused.turn is None
        assert refused.error is not None and told in refused.error
    assert all(entry.at is not None for entry in entries)


def test_new_begins_another_session(talk: Talk, store: SessionStore) -> None:
    talk(BOOTS, "/new", "hello", "/rename greetings")
    assert [(info.name, info.turns) for info in store.list()] == [("greetings", 1), (BOOTS, 1)]


def test_a_name_given_before_the_first_request_is_kept(talk: Talk, store: SessionStore) -> None:
    talk("/rename fell boots", BOOTS)
    assert store.list()[0].name == "fell boots"


def test_without_a_store_nothing_is_written_but_it_can_be_exported(
    talk: Talk, store: SessionStore, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "talk.md"
    recorder = talk(BOOTS, f"/export {page}", "/rename x", "/sessions", keep=False)
    out = capsys.readouterr().out
    assert "it can't be given a name" in out
    assert "this conversation is not recorded" in out
    assert not store.folder.exists()
    assert page.read_text("utf-8").startswith(f"# {BOOTS}\n")
    assert recorder.transcript.header is not None


def test_the_list_marks_the_one_that_goes_on(talk: Talk, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(11):
        talk(f"hello {number}")
    capsys.readouterr()
    talk(BOOTS, "/sessions")
    lines = capsys.readouterr().out.split("/sessions")[-1].splitlines()
    told = [line for line in lines if "dozen, 1 turn:" in line]
    assert len(told) == 10
    assert told[0].endswith(f"{BOOTS} (this one)")
    assert any(line.startswith("and 2 more") for line in lines)


def test_a_turn_that_is_stopped_is_kept_as_far_as_it_came(
    conversation: Conversation, store: SessionStore
) -> None:
    recorder = Recorder(conversation, store, keep=True)
    write = conversation.models.chat.get().write

    def interrupted(brief: object) -> object:
        yield "Here "
        raise KeyboardInterrupt

    conversation.models.chat.get().write = interrupted  # type: ignore[method-assign, assignment]
    say(recorder, conversation, BOOTS)
    conversation.models.chat.get().write = write  # type: ignore[method-assign]
    (entry,) = store.read("last").entries
    assert entry.stopped
    assert entry.turn is not None and len(entry.turn.items) == 3
    say(recorder, conversation, "/why 2")
    assert store.read("last").entries[1].turn is not None


def test_a_disk_that_refuses_ends_the_recording_and_not_the_talk(
    conversation: Conversation,
    store: SessionStore,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    store.folder.parent.mkdir(parents=True)
    store.folder.write_text("a file stands here")
    recorder = Recorder(conversation, store, keep=True)
    say(recorder, conversation, BOOTS, "/why 1", "/rename x")
    told = capsys.readouterr()
    assert told.err.count("not recorded any further") == 1
    assert "\n  met: boots, waterproof, price ≤ 80\n" in told.out
    assert len(recorder.transcript.entries) == 2


def test_a_session_goes_on_where_it_was_left(
    talk: Talk, conversation: Conversation, store: SessionStore, capsys: pytest.CaptureFixture[str]
) -> None:
    talk(BOOTS, "/like 1")
    conversation.new()
    session, saved, whole = store.open("last")
    assert whole
    told = conversation.resume(saved)
    recorder = Recorder(conversation, store, keep=True, session=session, told=told)
    capsys.readouterr()
    say(recorder, conversation, "like the 2nd but in green")
    out = capsys.readouterr().out
    assert f"going on with “{BOOTS}”, 2 turns, last 20" in out
    shown = out.split("on screen:\n")[1].split("\nyou:")[0]
    assert shown.startswith("item 1 of 3: ")
    second = shown.splitlines()[1].removeprefix("item 2 of 3: ").split(",")[0]
    assert f"looking for: like {second} · " in out
    recorder.close()
    assert store.list()[0].turns == 3
    last = store.read("last").entries[-1].turn
    assert last is not None and last.turn == 3
    assert turn_to_json(last)["items"]


def test_items_that_left_the_catalogue_are_told_and_the_rest_is_counted_anew(
    talk: Talk, conversation: Conversation, store: SessionStore, capsys: pytest.CaptureFixture[str]
) -> None:
    from tests.agent.shop import dozen
    from tests.fakes.snapshot import MemorySnapshot

    talk(BOOTS)
    first, *rest = conversation.dialogue.screen
    whole = dozen()
    conversation.snapshot = MemorySnapshot(
        [item for item in whole.items(whole.ids) if item.id != first], whole.columns
    )
    session, saved, _ = store.open("last")
    recorder = Recorder(conversation, store, keep=True, session=session, told=conversation.resume(saved))
    capsys.readouterr()
    say(recorder, conversation)
    out = capsys.readouterr().out
    recorder.close()
    assert "1 item of this conversation left the catalogue since." in out
    assert f"item 1 of {len(rest)}: {whole.item(rest[0]).title}" in out


def test_a_session_can_be_gone_on_with_without_being_changed(
    talk: Talk, conversation: Conversation, store: SessionStore
) -> None:
    talk(BOOTS)
    session, saved, _ = store.open("last")
    conversation.resume(saved)
    recorder = Recorder(conversation, store, keep=False, session=session)
    say(recorder, conversation, "/why 1")
    assert len(recorder.transcript.entries) == 2
    assert len(store.read("last").entries) == 1
    store.open("last")[0].close()


def test_an_error_of_the_store_reaches_who_renames(talk: Talk, store: SessionStore, tmp_path: Path) -> None:
    talk(BOOTS)
    session, _, _ = store.open("last")
    assert isinstance(session, Session)
    session.path.unlink()
    with pytest.raises(StoreError):
        session.rename("x")
    session.close()
