from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.contract import turn_to_json
from agent.linking.fields import Fields
from agent.types import Act, ActName, Claims, Finished, Request, Said, Shown, Turn, Understood
from encoders.errors import InputError, StoreTooNew
from eval.transcript import (
    FORMAT,
    LONGEST_LINE,
    Entry,
    Put,
    Transcript,
    entry_to_json,
    events,
    first_words,
    header_of,
    header_to_json,
    read_transcript,
    sentences,
    titles_of,
    to_lines,
)
from tests.agent.shop import dozen
from tests.agent.turns import LINES, TEXTS, TURNS

if TYPE_CHECKING:
    from pathlib import Path

BEGAN = datetime(2026, 3, 4, 12, tzinfo=UTC)
HEADER = header_of(dozen(), session="s1", user="ana", models="bundled", began=BEGAN, first="boots")
TURN = Turn(
    1, Request("boots"), Act(ActName.RECOMMEND, "boots", pictured=True), (), "Two. Here!", Claims(), {}, {}
)
ENTRIES = st.builds(
    Entry,
    st.builds(
        Put, LINES, st.lists(st.text(max_size=6), max_size=2).map(tuple), st.none() | st.text(max_size=6)
    ),
    st.none() | TURNS,
    st.none() | LINES,
    st.none() | LINES,
    st.booleans(),
    st.none() | st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC)),
    st.dictionaries(LINES, LINES, max_size=2),
)


def file_of(folder: Path, content: bytes) -> Path:
    path = folder / "talk.jsonl"
    path.write_bytes(content)
    return path


@given(st.lists(ENTRIES, max_size=3))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_what_is_written_is_read_again(tmp_path: Path, entries: list[Entry]) -> None:
    content = to_lines(Transcript(HEADER, tuple(entries)))
    back = read_transcript(file_of(tmp_path, content))
    assert back.header == HEADER
    assert not back.torn
    assert to_lines(back) == content
    assert [entry.turn and entry.turn.act for entry in back.entries] == [
        entry.turn and entry.turn.act for entry in entries
    ]


def test_a_turn_stands_in_its_line_as_json_prints_it() -> None:
    assert entry_to_json(Entry(Put("boots"), TURN), 1)["turn"] == turn_to_json(TURN)


def test_the_bare_output_of_json_is_read(tmp_path: Path) -> None:
    made = turn_to_json(TURN)
    made["request"]["images"] = [{"path": "bag.png", "seen": []}]
    back = read_transcript(file_of(tmp_path, json.dumps(made).encode() + b"\n\n" + json.dumps(made).encode()))
    assert back.header is None
    assert [entry.put for entry in back.entries] == [Put("boots", ("bag.png",))] * 2
    assert not back.torn


@pytest.mark.parametrize("cut", [1, 9, 200])
def test_a_torn_last_line_is_left_out_and_told(tmp_path: Path, cut: int) -> None:
    content = to_lines(Transcript(HEADER, (Entry(Put("boots"), TURN), Entry(Put("more"), TURN))))
    back = read_transcript(file_of(tmp_path, content[: -cut - 1]))
    assert back.torn
    assert [entry.put.text for entry in back.entries] == ["boots"]


def test_a_last_line_that_only_lacks_its_end_is_whole(tmp_path: Path) -> None:
    content = to_lines(Transcript(HEADER, (Entry(Put("boots"), TURN),)))
    back = read_transcript(file_of(tmp_path, content[:-1]))
    assert (len(back.entries), back.torn) == (1, False)


HEAD = json.dumps(header_to_json(HEADER)).encode() + b"\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "holds no conversation"),
        (b"\n\n", "holds no conversation"),
        (b"{", "holds no conversation"),
        (b"hello\n", "Line 1 of .* it is no JSON object"),
        (b"[1]\n", "Line 1 of .* it is no JSON object"),
        (b"\xff\xfe\n", "Line 1 of .* it is no JSON object"),
        (b"[" * 100_000 + b"\n", "Line 1 of .* it is no JSON object"),
        (b'{"turn": 1}\n', "Line 1 of .* request is missing"),
        (b'{"vitrine": "transcript", "format": 1}\n', "Line 1 of .* session is missing"),
        (HEAD + b'{"put": []}\n', "Line 2 of .* put is list"),
        (HEAD + b'\n{"put": {}, "at": "soon"}\n', "Line 3 of .* at is “soon”, not a time"),
        (HEAD + b'{"put": {}, "turn": {"turn": 1}}\n', "Line 2 of .* request is missing"),
        (HEAD + HEAD, "Line 2 of .* turn is missing"),
        (HEAD + b"{}\n{", "Line 2 of .* turn is missing"),
        (b'{"a": "' + b"x" * LONGEST_LINE + b'"}\n', "Line 1 of .* it is no JSON object"),
    ],
)
def test_what_is_no_transcript_is_told_with_its_line(tmp_path: Path, content: bytes, told: str) -> None:
    with pytest.raises(InputError, match=told) as refused:
        read_transcript(file_of(tmp_path, content))
    assert "\n" not in str(refused.value)


def test_a_file_that_is_not_there_or_of_a_later_version_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="check its path"):
        read_transcript(tmp_path / "absent.jsonl")
    with pytest.raises(InputError, match="check its path"):
        read_transcript(tmp_path)
    later = json.dumps({**header_to_json(HEADER), "format": FORMAT + 1}).encode() + b"\n"
    with pytest.raises(StoreTooNew, match="update Vitrine"):
        read_transcript(file_of(tmp_path, later))


def test_texts_of_a_file_from_elsewhere_are_sanitised(tmp_path: Path) -> None:
    made = entry_to_json(Entry(Put("a\x1b[2Jb\nc", ("x\x1by.png",)), TURN, "h\x1b]0;x\x07"), 1)
    made["turn"]["answer"] = "\x1b[31mred"
    (entry,) = read_transcript(file_of(tmp_path, HEAD + json.dumps(made).encode())).entries
    assert (entry.put.text, entry.headline) == ("ab c", "h")
    assert entry.turn is not None and entry.turn.answer == "red"
    assert entry.put.images == ("x\x1by.png",)


@given(TEXTS)
def test_sentences_joined_are_the_text(text: str) -> None:
    assert "".join(sentences(text)) == text


def test_a_text_is_split_after_its_sentences() -> None:
    text = "Two boots. The first is £4.50!\n  “Warm.” And so…"
    assert sentences(text) == ["Two boots. ", "The first is £4.50!\n  ", "“Warm.” ", "And so…"]


@given(ENTRIES)
def test_an_entry_plays_as_its_turn_did(entry: Entry) -> None:
    played = list(events(entry))
    if entry.turn is None:
        assert played == []
        return
    assert isinstance(played[0], Understood)
    assert played[-1] == Finished(entry.turn)
    assert "".join(event.text for event in played if isinstance(event, Said)) == entry.turn.answer
    shown = [event for event in played if isinstance(event, Shown)]
    assert bool(shown) == bool(entry.turn.items or entry.headline)


def test_a_header_keeps_what_labels_and_units_are_told_by() -> None:
    kept, whole = Fields(HEADER.columns, HEADER.items), Fields(dozen().columns, len(dozen()))
    assert kept.price == whole.price
    assert kept.rating == whole.rating
    assert kept.categories == whole.categories
    assert len(json.dumps(header_to_json(HEADER))) < 5_000


def test_a_conversation_is_called_by_its_first_words() -> None:
    assert first_words(Entry(Put("boots " * 30))) == "boots " * 9 + "boots…"
    spoken = Turn(1, Request("", "red boots"), Act(ActName.CHAT), (), "", Claims(), {}, {})
    assert first_words(Entry(Put(voice="v.wav"), spoken)) == "red boots"
    assert first_words(Entry(Put(images=("a.png",)))) == "a picture"


def test_titles_of_items_that_are_gone_are_left_out() -> None:
    assert titles_of(["b1", "x1"], dozen()) == {"b1": dozen().item("b1").title}
