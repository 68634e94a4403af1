from __future__ import annotations

import json
import os
import stat
import time
from typing import TYPE_CHECKING

import pytest

from encoders.errors import InputError, StoreBusy, StoreError
from retrieval.store.layout import sessions_folder
from tests.tui.sessions.conftest import BOOTS
from tui.sessions.listing import read_info
from tui.sessions.session import state_file

if TYPE_CHECKING:
    from pathlib import Path

    from agent.conversation import Conversation
    from tests.tui.sessions.conftest import Talk
    from tui.sessions.store import SessionStore


def test_a_session_is_listed_with_its_first_words_and_its_turns(talk: Talk, store: SessionStore) -> None:
    talk(BOOTS, "/like 1")
    talk("hello")
    last, first = store.list()
    assert (first.name, first.first, first.turns, first.catalogue) == (BOOTS, BOOTS, 2, "dozen")
    assert (last.name, last.turns) == ("hello", 1)
    assert last.last > first.last


def test_an_empty_session_leaves_no_file(talk: Talk, store: SessionStore) -> None:
    talk("/help", "/sessions", "/rename later")
    assert store.list() == ()
    assert not store.folder.exists()


def test_nobody_else_may_read_it(talk: Talk, store: SessionStore) -> None:
    before = os.umask(0)
    try:
        talk(BOOTS)
    finally:
        os.umask(before)
    files = list(store.folder.iterdir())
    assert len(files) == 3
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(store.folder.stat().st_mode) == 0o700


def test_it_is_found_by_the_beginning_or_the_end_of_its_id(talk: Talk, store: SessionStore) -> None:
    talk(BOOTS)
    talk("hello")
    last, first = store.list()
    assert store.find("last") == last.id
    assert store.find(first.id) == first.id
    if last.id[-4:] != first.id[-4:]:
        assert store.find(first.id[-4:]) == first.id
    with pytest.raises(InputError, match="2 sessions begin with “2026”"):
        store.find("2026")
    for name in ("nothing", "", "../../people", "\x1b[2J"):
        with pytest.raises(InputError, match="There is no session") as refused:
            store.find(name)
        assert "\x1b" not in str(refused.value)


def test_without_any_the_last_one_is_told_not_to_be_there(store: SessionStore) -> None:
    with pytest.raises(InputError, match="No conversation is recorded yet"):
        store.find("last")


def test_a_name_stays_and_changes_nothing_else(talk: Talk, store: SessionStore) -> None:
    talk(BOOTS)
    (info,) = store.list()
    before = store.read("last").entries
    store.rename(info.id, "fell \x1b[2Jboots")
    assert store.list()[0].name == "fell boots"
    assert store.read("last").entries == before
    store.rename(info.id, "")
    assert store.list()[0].name == BOOTS


def test_what_is_erased_is_gone_from_the_disk(talk: Talk, store: SessionStore) -> None:
    talk(BOOTS)
    talk("hello")
    (store.folder / f".{store.list()[0].id}.state.1.new").write_text("left by a process that was killed")
    store.erase("last")
    assert [info.name for info in store.list()] == [BOOTS]
    assert store.erase_all() == 1
    assert list(store.folder.iterdir()) == []


def test_two_never_share_a_session(talk: Talk, store: SessionStore) -> None:
    talk(BOOTS)
    session, _, _ = store.open("last")
    for change in (store.open, store.erase, lambda name: store.rename(name, "x")):
        with pytest.raises(StoreBusy, match="open in another Vitrine"):
            change("last")
    with pytest.raises(StoreBusy, match="so it is kept"):
        store.erase_all()
    assert store.read("last").entries  # to look at it takes no lock
    session.close()
    store.open("last")[0].close()


def test_a_torn_line_is_cut_off_before_the_next_is_added(
    talk: Talk, store: SessionStore, conversation: Conversation
) -> None:
    talk(BOOTS, "/like 1")
    path = store.folder / f"{store.find('last')}.jsonl"
    path.write_bytes(path.read_bytes()[:-40])
    assert store.list()[0].turns == 1
    session, saved, whole = store.open("last")
    assert (len(session.entries), whole) == (1, False)
    session.append(session.entries[0], saved)
    session.close()
    transcript = store.read("last")
    assert (len(transcript.entries), transcript.torn) == (2, False)
    assert store.open("last")[2]


def test_a_session_without_its_state_is_shown_but_not_gone_on_with(talk: Talk, store: SessionStore) -> None:
    talk(BOOTS)
    path = store.folder / f"{store.find('last')}.jsonl"
    for broken in ("{", "[" * 100_000, None):
        if broken is None:
            state_file(path).unlink()
        else:
            state_file(path).write_text(broken)
        with pytest.raises(InputError, match="sessions show"):
            store.open("last")
    assert store.read("last").entries
    store.erase("last")  # and its lock was let go


def test_files_that_are_no_session_are_left_out_of_the_list(talk: Talk, store: SessionStore) -> None:
    talk(BOOTS)
    for name, content in {
        "a": b"", "b": b"{", "c": b"[" * 100_000, "d": b'{"vitrine": 1}\n', "e": b"\xff\n", "f": b"3\n",
        "g": b'{"vitrine": "transcript", "format": 99}\n',
    }.items():  # fmt: skip
        (store.folder / f"{name}.jsonl").write_bytes(content)
    (store.folder / "h.jsonl").mkdir()
    assert [info.name for info in store.list()] == [BOOTS]


def test_the_end_of_a_long_session_is_found_behind_a_long_entry(talk: Talk, store: SessionStore) -> None:
    talk(BOOTS)
    path = store.folder / f"{store.find('last')}.jsonl"
    entry = json.loads(path.read_bytes().splitlines()[1])
    entry["entry"], entry["headline"] = 2, "x" * 100_000
    path.write_bytes(path.read_bytes() + json.dumps(entry).encode() + b"\n" + b'{"entry": 3, "torn')
    info = read_info(path)
    assert info is not None and info.turns == 2


def test_a_thousand_sessions_are_listed_in_an_instant(talk: Talk, store: SessionStore) -> None:
    talk(*[BOOTS] * 10)
    path = store.folder / f"{store.find('last')}.jsonl"
    content = path.read_bytes()
    for number in range(1_000):
        path.with_name(f"20250101-000000-{number:04x}.jsonl").write_bytes(content)
    began = time.perf_counter()
    assert len(store.list()) == 1_001
    assert time.perf_counter() - began < 2  # 0.3 s on an idle machine


def test_a_disk_that_refuses_is_told_and_leaves_the_session_as_it_was(
    talk: Talk, store: SessionStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk(BOOTS)
    session, saved, _ = store.open("last")
    before = session.path.read_bytes()
    write = os.write

    def full(descriptor: int, data: bytes) -> int:
        if len(data) > 100:
            return write(descriptor, data[:100])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", lambda descriptor, data: full(descriptor, data[:150]))
    with pytest.raises(StoreError, match="no space left"):
        session.append(session.entries[0], saved)
    monkeypatch.undo()
    assert session.path.read_bytes() == before
    session.append(session.entries[0], saved)
    assert len(store.read("last").entries) == 2
    session.close()


def test_a_disk_that_refuses_the_first_entry_is_left_without_a_file(
    conversation: Conversation, store: SessionStore, talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = talk(BOOTS, keep=False).transcript.entries[0]
    session = store.begin(conversation)

    def full(descriptor: int, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StoreError, match="no space left"):
        session.append(entry, conversation.saved())
    monkeypatch.undo()
    assert not session.path.exists()
    session.append(entry, conversation.saved())
    session.close()
    assert store.list()[0].turns == 1
    store.erase("last")  # nobody holds it any more


@pytest.mark.parametrize(
    "user",
    ["../../etc", "/", "..", "", "Ana", "ana", "a/b", "a\\b", "NUL", "名前", "x" * 300, "a b", "ana~1"],
)
def test_no_name_leads_out_of_the_folder_of_sessions(tmp_path: Path, user: str) -> None:
    folder = sessions_folder(tmp_path, user)
    assert folder.parent == tmp_path / "sessions"
    assert folder.name not in ("", ".", "..")
    assert len(folder.name) < 80
    assert folder.name == folder.name.lower()


def test_names_have_folders_of_their_own(tmp_path: Path) -> None:
    users = ["Ana", "ana", "ANA", "a na", "a-na", "ana~1", ".", "..", "", " "]
    assert len({sessions_folder(tmp_path, user) for user in users}) == len(users)
