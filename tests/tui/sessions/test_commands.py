"""`vitrine sessions`, `vitrine replay` and `vitrine chat --resume` in this process, with scripted models."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from agent.assembly import open_conversation
from tests.tui.sessions.conftest import BOOTS, say
from tui.sessions.recorder import Recorder
from tui.sessions.store import SessionStore

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Ran, Vitrine

GREEN = "like the 2nd but in green"


@pytest.fixture
def recorded(vitrine: Vitrine, data: Path) -> Path:
    """A data folder in which ana had a conversation."""
    conversation = open_conversation("dozen", data, user="ana")
    recorder = Recorder(conversation, SessionStore(data, "ana"), keep=True)
    say(recorder, conversation, BOOTS, GREEN, "/like 1")
    recorder.close()
    conversation.people.close()
    return data


def ana(vitrine: Vitrine, data: Path, *arguments: str | Path, stdin: str = "") -> Ran:
    return vitrine(*arguments, "--data-dir", data, "--user", "ana", stdin=stdin)


def test_a_session_is_listed_shown_named_and_forgotten(vitrine: Vitrine, recorded: Path) -> None:
    listed = ana(vitrine, recorded, "sessions", "list").out
    id_ = listed.split()[0]
    assert listed.endswith(f"dozen, 3 turns: {BOOTS}\n")
    (made,) = ana(vitrine, recorded, "sessions", "list", "--json").objects
    assert (made["id"], made["turns"], made["catalogue"]) == (id_, 3, "dozen")
    assert ana(vitrine, recorded, "sessions", "list", "--catalog", "films").out == ""

    shown = ana(vitrine, recorded, "sessions", "show", "last").out
    assert f"\nyou: {BOOTS}\nlooking for: boots · waterproof · price ≤ 80\nitem 1 of 3: " in shown
    turns = ana(vitrine, recorded, "sessions", "show", id_, "--json").objects
    assert [turn["act"]["name"] for turn in turns] == ["recommend", "similar", "like"]

    assert ana(vitrine, recorded, "sessions", "rename", id_[:10], "fell boots").code == 0
    assert ana(vitrine, recorded, "sessions", "list").out.endswith("fell boots\n")
    assert vitrine("sessions", "list", "--data-dir", recorded).err == "No conversation of me is recorded.\n"

    assert ana(vitrine, recorded, "sessions", "forget", id_).err == f"{id_} is erased.\n"
    assert ana(vitrine, recorded, "sessions", "show", id_).code == 1


def test_a_replay_writes_the_lines_of_the_day_without_the_catalogue(
    vitrine: Vitrine, recorded: Path, tmp_path: Path
) -> None:
    # Shares are kept in thousandths, so a bar may differ in its last percent; those of these turns don't.
    lines = f"{BOOTS}\n{GREEN}\n/why 1\n/rate 1 4\n/why 7\n"
    where = ("--catalog", "dozen", "--data-dir", recorded, "--user", "bo")
    as_json = vitrine("chat", "--json", *where, stdin=lines).out
    vitrine("profile", "forget", "--yes", "--data-dir", recorded, "--user", "bo")
    live = vitrine("chat", "--plain", *where, stdin=lines).out

    conversation = open_conversation("dozen", recorded, user="cy")
    recorder = Recorder(conversation, SessionStore(recorded, "cy"), keep=True)
    say(recorder, conversation, *lines.splitlines())
    recorder.close()
    conversation.people.close()
    away = tmp_path / "away.jsonl"
    assert (
        vitrine("sessions", "export", "last", "--to", away, "--user", "cy", "--data-dir", recorded).code == 0
    )

    replayed = vitrine("replay", away)
    assert (replayed.code, replayed.err) == (0, "")
    assert replayed.out.split("\n", 1)[1] == "\n" + live.split("\n", 3)[3]

    (tmp_path / "bare.jsonl").write_text(as_json)
    assert vitrine("replay", tmp_path / "bare.jsonl", "--json").out == as_json
    assert "\nyou: /rate 1 4\nnoted: " in vitrine("replay", tmp_path / "bare.jsonl").out


def test_what_can_not_be_replayed_is_one_sentence(vitrine: Vitrine, tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text("hello\n")
    ran = vitrine("replay", tmp_path / "x.jsonl")
    assert (ran.code, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "Line 1 of" in ran.err


def test_a_torn_end_is_told(vitrine: Vitrine, recorded: Path, tmp_path: Path) -> None:
    (file,) = (recorded / "sessions" / "ana").glob("*.jsonl")
    (tmp_path / "torn.jsonl").write_bytes(file.read_bytes()[:-100])
    ran = vitrine("replay", tmp_path / "torn.jsonl")
    assert ran.code == 0
    assert "The last line is cut off" in ran.err
    assert f"you: {GREEN}" in ran.out
    assert "/like 1" not in ran.out


def test_an_exported_script_passes_and_its_run_is_replayed(
    vitrine: Vitrine, recorded: Path, tmp_path: Path
) -> None:
    script, page = tmp_path / "script.yaml", tmp_path / "page.md"
    assert ana(vitrine, recorded, "sessions", "export", "last", "--to", script).code == 0
    assert ana(vitrine, recorded, "sessions", "export", "last", "--to", page).code == 0
    assert (
        ana(vitrine, recorded, "sessions", "export", "last", "--to", page).code == 1
    )  # nothing is written over
    assert ana(vitrine, recorded, "sessions", "export", "last", "--to", tmp_path / "x.pdf").code == 2
    ran = vitrine(
        "eval", "run", script, "--no-keep", "--transcripts", tmp_path / "out", "--data-dir", recorded
    )
    assert (ran.code, ran.err) == (0, f"1 transcript in {tmp_path / 'out'}\n")
    assert f"you: {GREEN}\n" in vitrine("replay", tmp_path / "out" / "script.jsonl").out


def test_a_session_is_gone_on_with_in_a_pipe(vitrine: Vitrine, recorded: Path) -> None:
    (turn,) = ana(vitrine, recorded, "chat", "--json", "--resume", "last", stdin="/why 1\n").objects
    assert (turn["turn"], turn["act"]["name"]) == (4, "explain")
    assert ana(vitrine, recorded, "sessions", "list").out.endswith(f"4 turns: {BOOTS}\n")
    ran = ana(vitrine, recorded, "chat", "--plain", "--resume", "last", "--no-record", stdin="/why 1\n")
    assert "what you add is not recorded" in ran.out
    assert "on screen:\nitem 1 of 1: Kelda Trail Boot Moss, 84.50" in ran.out
    assert ana(vitrine, recorded, "sessions", "list").out.endswith(f"4 turns: {BOOTS}\n")


@pytest.mark.parametrize(
    ("arguments", "told", "code"),
    [
        (("--resume", "nothing"), "There is no session", 1),
        (("--resume", "last", "--catalog", "films"), "No conversation about the catalogue films", 1),
        (("--resume", "2", "--catalog", "films"), "about the catalogue dozen", 2),
    ],
)
def test_what_can_not_be_resumed_is_one_sentence(
    vitrine: Vitrine, recorded: Path, arguments: tuple[str, ...], told: str, code: int
) -> None:
    ran = ana(vitrine, recorded, "chat", "--plain", *arguments, stdin="hello\n")
    assert (ran.code, ran.out, ran.err.count("\n")) == (code, "", 1)
    assert told in ran.err
    # The session was let go.
    assert ana(vitrine, recorded, "chat", "--plain", "--resume", "last", stdin="hello\n").code == 0


def test_a_chat_in_a_pipe_is_not_recorded(vitrine: Vitrine, data: Path) -> None:
    vitrine("chat", "--plain", "--catalog", "dozen", "--data-dir", data, stdin=f"{BOOTS}\n")
    assert not (data / "sessions").exists()


def test_the_profile_tells_of_sessions_and_forgets_them(vitrine: Vitrine, recorded: Path) -> None:
    assert "recorded conversations: 1; " in ana(vitrine, recorded, "profile", "show").out
    (known,) = ana(vitrine, recorded, "profile", "export").objects
    assert [session["turns"] for session in known["sessions"]["listed"]] == [3]
    assert known["sessions"]["folder"] == str(recorded / "sessions" / "ana")
    gone = ana(vitrine, recorded, "profile", "forget", "--yes")
    assert gone.err == "Everything known of ana is erased: 1 entries, 1 recorded conversations.\n"
    assert list((recorded / "sessions" / "ana").iterdir()) == []


def test_what_is_kept_of_a_turn_is_what_json_prints(vitrine: Vitrine, recorded: Path) -> None:
    (file,) = (recorded / "sessions" / "ana").glob("*.jsonl")
    kept = [json.loads(line) for line in file.read_text().splitlines()][1:]
    assert [entry["turn"] for entry in kept] == ana(
        vitrine, recorded, "sessions", "show", "last", "--json"
    ).objects
