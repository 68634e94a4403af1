from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from agent.contract import turn_to_json
from agent.conversation import play
from agent.types import ActName, Phrase, PhraseKind, Reading
from encoders.errors import InputError
from eval.run_transcripts import transcript_of, write_transcripts
from eval.runner import run_script, run_scripts
from eval.script import Expectation, read_script
from eval.script_export import to_script
from eval.transcript import Entry, Put, Transcript, read_transcript

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from agent.conversation import Conversation

    Converse = Callable[[Mapping[str, Reading]], Conversation]

READINGS = {
    "boots under 80": Reading(ActName.RECOMMEND, "boots", (Phrase(PhraseKind.LIMIT, "under 80"),)),
    "the first in green": Reading(
        ActName.SIMILAR, references=("the first",), phrases=(Phrase(PhraseKind.WANT, "green"),)
    ),
    "four stars for the second": Reading(ActName.RATE, references=("the second",), stars="four stars"),
    "boots that hum softly": Reading(ActName.RECOMMEND, "boots", (Phrase(PhraseKind.WANT, "hum softly"),)),
    "the cheapest two": Reading(ActName.REFINE, sort="cheapest", count="two"),
    "I'm vegan": Reading(ActName.REMEMBER, note="I'm vegan"),
    "hello": Reading(ActName.CHAT),
}
LINES = [
    "boots under 80",
    "/why 1",
    "the first in green",
    "four stars for the second",
    "/rate 1 9",
    "boots under 80",
    "/new",
    "/why 1",
    "boots that hum softly",
    "the cheapest two",
    "hello",
]


def played(folder: Path, lines: list[str], conversation: Conversation) -> Transcript:
    path = folder / "played.yaml"
    path.write_text("catalog: dozen\nturns:\n" + "".join(f"  - say: {line!r}\n" for line in lines), "utf-8")
    return transcript_of(run_script(read_script(path), conversation), conversation)


def exported(folder: Path, transcript: Transcript) -> Path:
    path = folder / "exported.yaml"
    path.write_text(to_script(transcript, folder), "utf-8")
    return path


def test_the_script_of_a_session_passes_on_the_same_catalogue(tmp_path: Path, converse: Converse) -> None:
    transcript = played(tmp_path, LINES, converse(READINGS))
    script = read_script(exported(tmp_path, transcript))
    assert [turn.say for turn in script.turns] == LINES
    (result,) = run_scripts([script], {"dozen": converse(READINGS)})
    assert [turn.failures for turn in result.turns] == [()] * len(LINES)


def test_the_script_holds_what_came_of_it(tmp_path: Path, converse: Converse) -> None:
    transcript = played(tmp_path, LINES, converse(READINGS))
    first, why, similar, rated, refused, *_, humming, cheapest, _ = read_script(
        exported(tmp_path, transcript)
    ).turns
    ran = transcript.entries[0].turn
    assert ran is not None
    shown = [card.id for card in ran.items]
    assert first.expect.act == ("recommend",)
    assert [(c.field, c.op.value, c.value) for c in first.expect.constraints or ()] == [
        ("kind", "==", "boots"),
        ("price", "<=", 80.0),
    ]
    assert (first.expect.first, first.expect.include) == (shown[0], tuple(shown[1:3]))
    assert why.expect.refers == (shown[0],)
    assert similar.expect.constraints and {c.status.value for c in similar.expect.constraints} >= {"relaxed"}
    assert rated.expect.stars == 4
    assert refused.expect.error is not None and "1 to 5" in refused.expect.error
    assert humming.expect.constraints and humming.expect.constraints[-1].field is None
    assert (cheapest.expect.sort, cheapest.expect.count) == ("price", 2)


def test_another_outcome_fails_the_script(tmp_path: Path, converse: Converse) -> None:
    script = read_script(exported(tmp_path, played(tmp_path, ["boots under 80"], converse(READINGS))))
    other = {"boots under 80": Reading(ActName.RECOMMEND, "scarf")}
    ((result,),) = [run.turns for run in run_scripts([script], {"dozen": converse(other)})]
    assert len(result.failures) >= 3


def test_where_a_person_was_known_before_items_are_not_expected(tmp_path: Path, converse: Converse) -> None:
    conversation = converse(READINGS)
    conversation.people.like("me", "dozen", "b3", "I love it")
    transcript = played(tmp_path, ["boots under 80", "/why 1"], conversation)
    text = to_script(transcript, tmp_path)
    assert text.startswith("# What was known of the person")
    (result,) = run_scripts([read_script(exported(tmp_path, transcript))], {"dozen": converse(READINGS)})
    assert result.passed
    assert result.script.turns[0].expect.first is None


def test_what_the_session_itself_taught_is_expected(tmp_path: Path, converse: Converse) -> None:
    lines = ["boots under 80", "/like 2", "boots under 80"]
    transcript = played(tmp_path, lines, converse(READINGS))
    last = transcript.entries[2].turn
    assert last is not None and any("taste" in card.evidence.shares for card in last.items)
    script = read_script(exported(tmp_path, transcript))
    assert script.turns[2].expect.first == last.items[0].id
    (result,) = run_scripts([script], {"dozen": converse(READINGS)})
    assert result.passed


def test_a_remembered_wish_that_bore_on_it_is_not_expected(tmp_path: Path, converse: Converse) -> None:
    conversation = converse(READINGS)
    conversation.people.remember("me", "I only wear waterproof things")
    transcript = played(tmp_path, ["boots under 80"], conversation)
    (entry,) = transcript.entries
    assert entry.turn is not None and "waterproof" in str(entry.turn.act.constraints)
    (result,) = run_scripts([read_script(exported(tmp_path, transcript))], {"dozen": converse(READINGS)})
    assert result.passed


def test_paths_are_relative_where_they_can_be_and_a_lost_recording_is_said_in_words(tmp_path: Path) -> None:
    from tests.eval.test_transcript import TURN

    near = tmp_path / "pictures" / "bag.png"
    spoken = replace(TURN, request=replace(TURN.request, text="", transcript="red boots"))
    shown_turn = replace(TURN, request=replace(TURN.request, text="like this"))
    entries = (
        Entry(
            Put("like this", (str(near), "/elsewhere/a.png"), sounds=(str(tmp_path / "a.ogg"),)), shown_turn
        ),
        Entry(Put(voice=str(tmp_path / "gone.wav")), spoken),
        Entry(Put(voice=str(tmp_path / "here.wav")), spoken),
    )
    (tmp_path / "here.wav").write_bytes(b"RIFF")
    shown, lost, kept = read_script(exported(tmp_path, Transcript(None, entries))).turns
    assert (shown.images, shown.sounds) == (("pictures/bag.png", "/elsewhere/a.png"), ("a.ogg",))
    assert (lost.say, lost.voice) == ("red boots", None)
    assert (kept.say, kept.voice) == ("", "here.wav")


def test_after_an_edit_by_hand_acts_alone_are_expected(tmp_path: Path, converse: Converse) -> None:
    conversation = converse(READINGS)
    before = played(tmp_path, ["boots under 80"], conversation).entries
    price = conversation.dialogue.constraints[-1]
    edited = Entry(Put("− price ≤ 80"), play(conversation.amend([price])))
    after = played(tmp_path, ["/why 1", "/new", "boots under 80"], conversation).entries
    script = read_script(exported(tmp_path, Transcript(None, (*before, edited, *after))))
    first, edit, why, _, again = script.turns
    assert edited.turn is not None and edit.say == edited.turn.request.text
    assert edit.expect == Expectation()
    assert why.expect == Expectation(act=("explain",))
    assert again.expect == first.expect
    assert first.expect.first is not None


def test_words_that_yaml_reads_otherwise_come_back_as_they_were(tmp_path: Path) -> None:
    said = ["yes", "184", "- no: #1", "'\"{[&*", "null", "été\u2028x"]
    entries = tuple(Entry(Put(text)) for text in said)
    script = read_script(exported(tmp_path, Transcript(None, entries)))
    assert [turn.say for turn in script.turns] == said


def test_nothing_makes_no_script(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="say something first"):
        to_script(Transcript(None, (Entry(Put()),)), tmp_path)


def test_a_run_writes_a_transcript_a_script(tmp_path: Path, converse: Converse) -> None:
    scripts = []
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        path = tmp_path / folder / "boots.yaml"
        path.write_text("name: boots\nturns: [{say: boots under 80}, {say: /why 9}, {say: /new}]", "utf-8")
        scripts.append(replace(read_script(path), catalog="dozen"))
    conversations = {"dozen": converse(READINGS)}
    results = run_scripts(scripts, conversations)
    for _ in range(2):  # a second run takes the first one's place
        written = write_transcripts(results, conversations, tmp_path / "out")
        assert [path.name for path in written] == ["boots.jsonl", "boots~2.jsonl"]
    back = read_transcript(written[0])
    assert back.header is not None and (back.header.name, back.header.user) == ("boots", "scripted")
    first, ran = back.entries[0].turn, results[0].turns[0].turn
    assert first is not None and ran is not None
    assert turn_to_json(first) == turn_to_json(ran)
    assert back.entries[1].error is not None and "on screen" in back.entries[1].error
    assert (back.entries[2].put.text, back.entries[2].turn) == ("/new", None)
    assert all(entry.at is not None for entry in back.entries)


def test_a_folder_that_can_not_be_written_is_told(tmp_path: Path, converse: Converse) -> None:
    (tmp_path / "out").write_text("a file")
    conversation = converse(READINGS)
    path = tmp_path / "boots.yaml"
    path.write_text("turns: [{say: hello}]", "utf-8")
    results = run_scripts([replace(read_script(path), catalog="dozen")], {"dozen": conversation})
    with pytest.raises(InputError, match="--transcripts"):
        write_transcripts(results, {"dozen": conversation}, tmp_path / "out")
