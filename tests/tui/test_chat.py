"""The plain chat and `ask`, in this process, with scripted models over the dozen."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from agent import assembly
from agent.actions import ACTIONS
from agent.models import Lazy, Models
from encoders.errors import ModelError
from retrieval.index.build import Options, build
from retrieval.opening import read_catalogue
from tests.fakes.chat import ScriptedChat
from tests.fakes.encoders import HashTextEncoder
from tests.tui.scripted import READINGS, scripted_models

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from encoders.profiles import ResolvedSet
    from tests.tui.conftest import Ran, Vitrine

BOOTS = "boots that dont leak, 80 tops"
TURN_KEYS = {"turn", "request", "act", "items", "answer", "claims", "timings_ms", "models"}
ACT_KEYS = {"name", "query", "constraints", "items", "sort", "count", "stars", "question"}
ITEM_KEYS = {"rank", "id", "title", "price", "facets", "image", "score", "evidence"}
TIMINGS = {"perceive", "decide", "retrieve", "first_card", "first_token", "total"}


def check_shape(turn: dict[str, Any]) -> None:
    """The keys of the contract are never absent."""
    assert set(turn) == TURN_KEYS
    assert set(turn["request"]) == {"text", "transcript", "images"}
    assert set(turn["act"]) == ACT_KEYS
    assert all(set(item) == ITEM_KEYS for item in turn["items"])
    assert set(turn["claims"]) == {"checked", "removed"}
    assert set(turn["timings_ms"]) == TIMINGS
    assert set(turn["models"]) == {"chat", "text", "image", "speech"}


def test_the_first_line_says_catalogue_items_and_models(chat: Callable[[str], Ran]) -> None:
    first = chat("").out.splitlines()[0]
    assert first.startswith("Vitrine · dozen catalogue, 12 items · bundled models (")


def test_a_search_is_understood_then_shown_then_explained(chat: Callable[[str], Ran]) -> None:
    ran = chat(BOOTS)
    lines = ran.out.splitlines()
    start = lines.index(f"you: {BOOTS}")
    assert lines[start + 1] == "looking for: boots · waterproof · price ≤ 80"
    assert re.match(r"item 1 of 3: .+, 4\.\d stars$", lines[start + 2])
    assert lines[start + 5].startswith("vitrine: ")
    assert ran.code == 0


def test_what_is_given_up_is_said_with_the_item_that_misses_it(chat: Callable[[str], Ran]) -> None:
    out = chat(f"{BOOTS}\nlike the 2nd but in green\n").out
    assert re.search(r"^looking for: like .+ · price ≤ 80 \(given up\) · colour green$", out, re.M)
    assert re.search(r"^nothing is .+; nearest, giving up price ≤ 80:$", out, re.M)
    assert re.search(r"^item 1 of 1: Kelda Trail Boot Moss, .+, misses price ≤ 80$", out, re.M)


def test_why_shows_shares_as_bars_and_what_is_met_and_missed(chat: Callable[[str], Ran]) -> None:
    out = chat(f"{BOOTS}\nlike the 2nd but in green\n/why 1\n").out.split("you: /why 1\n")[1]
    shares = re.findall(r"^  [a-z ]+ +(\d+)%  [█▏▎▍▌▋▊▉]", out, re.M)
    assert 99 <= sum(map(int, shares)) <= 101
    assert "\n  met: boots, waterproof, colour green\n" in out
    assert "\n  missed: price ≤ 80\n" in out
    assert "\n  the catalogue says: “" in out


def test_feedback_is_noted_in_words_and_kept(chat: Callable[[str], Ran]) -> None:
    out = chat(f"{BOOTS}\n/rate 1 4\n/like 2\n/dislike 3\n/profile\n").out
    title = re.findall(r"^item \d of 3: (.+?),", out, re.M)
    assert f"noted: {title[0]}, 4 of 5 stars\n" in out
    assert f"noted: you like {title[1]}\n" in out
    assert f"noted: not {title[2]}\n" in out
    known = out.split("you: /profile\n")[1]
    assert known.splitlines()[:3] == [
        f"rated: {title[0]}, 4 stars (dozen)",
        f"likes: {title[1]} (dozen)",
        f"dislikes: {title[2]} (dozen)",
    ]


def test_a_new_conversation_forgets_the_screen(chat: Callable[[str], Ran]) -> None:
    out = chat(f"{BOOTS}\n/new\n/why 1\n").out
    assert "There is no item 1 on screen: nothing is on screen yet." in out


def test_quit_ends_and_later_lines_are_not_played(chat: Callable[[str], Ran]) -> None:
    ran = chat(f"/quit\n{BOOTS}\n")
    assert (ran.code, BOOTS in ran.out) == (0, False)


def test_help_lists_every_action(chat: Callable[[str], Ran]) -> None:
    out = chat("/help\n").out
    assert all((f"\n/{name}" in out) is not action.screen_only for name, action in ACTIONS.items())


def test_a_fact_is_remembered_word_for_word(chat: Callable[[str], Ran]) -> None:
    assert "\nremembers: it's what I'd like\n" in chat("/remember it's what I'd like\n/profile\n").out


def test_that_plain_was_not_asked_for_is_told_on_stderr(vitrine: Vitrine, data: Path) -> None:
    where = ("--catalog", "dozen", "--data-dir", data)
    assert "standard input and output are no terminal" in vitrine("chat", *where, stdin="hello\n").err
    assert vitrine("chat", "--plain", *where, stdin="hello\n").err == ""


def test_plain_output_has_no_escape_sequences(chat: Callable[[str], Ran]) -> None:
    assert "\x1b" not in chat(f"{BOOTS}\n/why 1\n/help\n/profile\n").out


def test_json_prints_one_whole_object_a_turn_and_narrates_on_stderr(json_chat: Callable[[str], Ran]) -> None:
    ran = json_chat(f"{BOOTS}\n/why 1\n/new\n/profile\n/help\n{BOOTS}\n")
    for turn in ran.objects:
        check_shape(turn)
    assert [turn["turn"] for turn in ran.objects] == [1, 2, 1]
    assert [turn["act"]["name"] for turn in ran.objects] == ["recommend", "explain", "recommend"]
    assert "dozen catalogue" in ran.err
    assert "/why N" in ran.err
    assert ran.objects[0]["models"]["chat"] == "scripted-chat"


def test_json_of_constraints_and_items_is_that_of_the_contract(json_chat: Callable[[str], Ran]) -> None:
    (turn,) = json_chat(BOOTS).objects
    assert {
        "field": "price",
        "op": "<=",
        "value": 80,
        "said": "80 tops",
        "status": "enforced",
    } in turn["act"]["constraints"]
    assert [item["rank"] for item in turn["items"]] == [1, 2, 3]
    assert all(item["price"] <= 80 and item["facets"]["kind"] == "boots" for item in turn["items"])
    assert all(abs(sum(item["evidence"]["shares"].values()) - 1) < 0.01 for item in turn["items"])


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "is empty"),
        ("\x1b[2J\x07", "only control characters"),
        ("x" * 1_048_576, "1,048,576 characters"),
        ("/rate 2 nine", "not “nine”"),
        ("/why 99", "There is no item 99 on screen"),
        ("/image missing.png", "there is no such file"),
        ("/image", "Name a file"),
        ("/voice", "Name a file: /voice PATH"),
        ("/voice missing.wav", "there is no such file"),
        ("/voice .", "it is a folder"),
        ("/sound missing.wav", "there is no such file"),
        ("/sound", "Name a file: /sound PATH"),
        ("/nope", "There is no command /nope"),
        ("/send", "Nothing is staged"),
        (b"\xff\xfe\x00binary\x80", "bytes that are no UTF-8"),
        (b"/image caf\xe9.png", "there is no such file"),
        ("y" * (5 << 20), "longer than 4 MB"),
    ],
    ids=lambda value: str(value)[:24].encode("unicode_escape").decode(),
)
def test_a_bad_line_gets_one_sentence_and_the_talk_goes_on(
    chat: Callable[[bytes], Ran], json_chat: Callable[[bytes], Ran], line: str | bytes, says: str
) -> None:
    content = (line.encode() if isinstance(line, str) else line) + b"\n" + BOOTS.encode() + b"\n"
    plain = chat(content)
    assert plain.code == 0
    answers = [answer for answer in plain.out.splitlines() if answer.startswith("vitrine: ")]
    assert len(answers) == 2
    assert says in answers[0]
    assert "item 1 of 3: " in plain.out
    assert re.search(r"[^\n\x20-\x7e\u00a0-\uffff]", plain.out) is None
    refused, played = json_chat(content).objects
    check_shape(refused)
    assert says in refused["answer"]
    assert "\n" not in refused["answer"]
    assert (refused["turn"], refused["items"], played["turn"], len(played["items"])) == (1, [], 2, 3)


def test_a_picture_without_an_image_model_names_the_command_that_gets_one(
    vitrine: Vitrine, data: Path, picture: Path
) -> None:
    lines = f"/image {picture}\nlike this\n/send\n{BOOTS}\n"
    where = ("--catalog", "dozen", "--data-dir", data, "--profile", "laptop")
    failed, unstaged, played = vitrine("chat", "--json", *where, stdin=lines).objects
    assert "`vitrine models pull laptop`" in failed["answer"]
    assert failed["request"] == {
        "text": "like this",
        "transcript": None,
        "images": [{"path": str(picture), "seen": []}],
    }
    assert unstaged["answer"].startswith("Nothing is staged")
    assert len(played["items"]) == 3
    out = vitrine("chat", "--plain", *where, stdin=lines).out
    assert "staged; it goes with your next message" in out
    assert "(what was staged is put away; stage it again to try once more)" in out


def test_a_file_that_is_no_picture_is_refused_when_it_is_staged(
    chat: Callable[[str], Ran], tmp_path: Path
) -> None:
    text = tmp_path / "notes.png"
    text.write_text("not a picture", encoding="utf-8")
    assert "notes.png is not a PNG, JPEG or WebP picture" in chat(f"/image {text}\n").out


def test_a_chat_model_that_fails_half_way_leaves_what_was_shown(
    vitrine: Vitrine, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(resolved: ResolvedSet) -> Models:
        chat = ScriptedChat(READINGS, [ModelError("The server has gone; start it again.")])
        return replace(scripted_models(resolved), chat=Lazy(lambda: chat))

    monkeypatch.setattr(assembly, "open_models", failing)
    where = ("--catalog", "dozen", "--data-dir", data)
    (turn,) = vitrine("chat", "--json", *where, stdin=BOOTS).objects
    check_shape(turn)
    assert (turn["turn"], turn["act"]["name"], len(turn["items"])) == (1, "recommend", 3)
    assert turn["answer"] == "The server has gone; start it again."
    ran = vitrine("ask", BOOTS, *where)
    assert (ran.code, ran.err) == (4, "vitrine: The server has gone; start it again.\n")


def test_the_first_byte_order_mark_is_no_part_of_the_first_line(chat: Callable[[bytes], Ran]) -> None:
    assert "There is no command" not in chat(b"\xef\xbb\xbf/new\r\n").out


def test_a_catalogue_indexed_with_another_text_model_is_told_once(
    vitrine: Vitrine, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def others(resolved: ResolvedSet) -> Models:
        return replace(scripted_models(resolved), text=Lazy(lambda: HashTextEncoder(seed=1)))

    monkeypatch.setattr(assembly, "open_models", others)
    ran = vitrine("chat", "--plain", "--catalog", "dozen", "--data-dir", data, stdin=f"{BOOTS}\n{BOOTS}\n")
    assert ran.err.count("The catalogue was indexed with hash-64@0") == 1
    assert "item 1 of 3: " in ran.out


def test_ask_prints_one_answer(vitrine: Vitrine, data: Path) -> None:
    where = ("--catalog", "dozen", "--data-dir", data)
    ran = vitrine("ask", BOOTS, *where)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("looking for: boots")
    (turn,) = vitrine("ask", BOOTS, "--json", *where).objects
    check_shape(turn)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("ask", ""), 1, "is empty"),
        (("ask", "--image", "missing.png"), 1, "there is no such file"),
        (("ask", "--voice", "missing.wav"), 1, "there is no such file"),
        (("ask", "x" * 5000), 1, "5,000 characters"),
        (("ask", "boots", "--image", "PICTURE", "--profile", "laptop"), 4, "`vitrine models pull laptop`"),
        (("ask", "boots", "--image", "PICTURE"), 1, "has no pictures to compare with"),
        (("ask", "--voice", "PICTURE"), 4, "`vitrine models pull laptop`"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_ask_fails_with_a_sentence_and_its_exit_code(
    vitrine: Vitrine, data: Path, picture: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    given = [str(picture) if argument == "PICTURE" else argument for argument in arguments]
    ran = vitrine(*given, "--json", "--catalog", "dozen", "--data-dir", data)
    assert (ran.code, ran.out) == (code, "")
    assert says in ran.err
    assert ran.err.count("\n") == 1


def test_titles_that_carry_escape_sequences_are_shown_without_them(vitrine: Vitrine, tmp_path: Path) -> None:
    catalogue = tmp_path / "evil.csv"
    catalogue.write_text(
        "id,title,colour\n1,Red \x1b]0;owned\x07boot \x1b[31m[/]\u202e{1.title},red\n2,Blue boot,blue\n",
        encoding="utf-8",
    )
    data = tmp_path / "data"
    imported = read_catalogue(str(catalogue), data)
    build(imported, data_dir=data, text=HashTextEncoder(), options=Options(index=False))
    for form in ("--plain", "--json"):
        ran = vitrine("chat", form, "--catalog", "evil", "--data-dir", data, stdin="red boot\n/why 1\n")
        assert "Red boot [/]" in ran.out
        assert re.search(r"[^\n\x20-\x7e\u00a0-\uffff]|\u202e", ran.out) is None
