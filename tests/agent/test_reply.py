from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.claims import ClaimChecker
from agent.reply import Reply
from agent.types import ActName, Brief, BriefItem, Fact, FactKind
from tests.agent.test_claims import SNAPSHOT, VOCABULARY

if TYPE_CHECKING:
    from collections.abc import Sequence

TEMPLATE = "Two fit. {1.title} is {1.price}. It is navy.\n{2.title} costs {2.price}."


def make_reply(
    act: ActName = ActName.RECOMMEND, ids: Sequence[str] = ("b1", "b4"), ask: str | None = None
) -> Reply:
    items = tuple(
        BriefItem(
            item.id, item.title, (Fact("price", FactKind.EXTRA, "price", f"£{item.fields['price']:.2f}"),)
        )
        for item in SNAPSHOT.items(ids)
    )
    brief = Brief(act, "boots", (), (), (), items, matching=len(items), ask=ask, options=("boots", "scarf"))
    return Reply(brief, ClaimChecker(brief, SNAPSHOT, VOCABULARY))


def answer(reply: Reply, pieces: Sequence[str]) -> str:
    return "".join(reply.stream(pieces))


def test_slots_are_filled_and_an_untraceable_sentence_is_left_out() -> None:
    reply = make_reply(ids=("b1", "b2"))
    text = answer(reply, [TEMPLATE])
    assert text == "Two fit. Fellside Mid Boot is £74.00. Kelda Trail Boot costs £69.50."
    assert reply.claims.removed == 1


@given(st.lists(st.integers(1, 12), max_size=12))
@settings(max_examples=50)
def test_the_answer_does_not_depend_on_how_the_text_is_cut_into_pieces(sizes: list[int]) -> None:
    pieces, rest = [], TEMPLATE
    for size in sizes:
        pieces.append(rest[:size])
        rest = rest[size:]
    assert answer(make_reply(), [*pieces, rest]) == answer(make_reply(), [TEMPLATE])


def test_an_item_whose_line_did_not_survive_gets_a_line_of_its_facts() -> None:
    text = answer(make_reply(), ["{1.title} is {1.price}.\n{2.title} is made of leather."])
    assert text.splitlines() == ["Fellside Mid Boot is £74.00.", "Harbour Welly: £42.00."]


def test_a_sentence_that_stops_before_its_last_word_is_not_shown() -> None:
    text = answer(make_reply(), ["Two fit.\n{1.title} – for.\n{2.title} costs {2.price}."])
    assert text.splitlines() == ["Two fit.", "Harbour Welly costs £42.00.", "Fellside Mid Boot: £74.00."]


def test_a_model_that_says_nothing_still_leaves_an_answer() -> None:
    assert answer(make_reply(), []).strip().splitlines() == [
        "Fellside Mid Boot: £74.00.",
        "Harbour Welly: £42.00.",
    ]
    assert answer(make_reply(ActName.ASK, (), "kind"), []) == "Which kind? (boots, scarf)"
    assert answer(make_reply(ids=()), []) == "Nothing in this catalogue fits."


def test_control_characters_of_a_model_never_reach_the_answer() -> None:
    assert "\x1b" not in answer(make_reply(), ["\x1b[2JTwo \x1bfit.\n{1.title}", " is {1.price}."])


def brief_with(query: str = "boots", relaxed: tuple[str, ...] = (), ranked: tuple[str, ...] = ()) -> Brief:
    return replace(make_reply(ids=("b1", "b2")).brief, query=query, relaxed=relaxed, ranked=ranked)


def said(brief: Brief, pieces: Sequence[str]) -> str:
    return answer(Reply(brief, ClaimChecker(brief, SNAPSHOT, VOCABULARY)), pieces)


TOLD = "{1.title}. {2.title}."


def test_what_was_given_up_is_said_whatever_the_model_says() -> None:
    brief = brief_with(relaxed=("price ≤ 10", "colour red"))
    assert said(brief, [TOLD]).endswith("\nI found nothing price ≤ 10 and colour red that fits the rest.")
    assert said(brief, [f"Without {{r1}} and {{r2}}. {TOLD}"]).count("price ≤ 10") == 1


def test_what_can_not_be_checked_is_said_whatever_the_model_says() -> None:
    assert said(brief_with(ranked=("comfy",)), [TOLD]).endswith(
        "The catalogue can't check “comfy”, so that only ranks."
    )
    foreign = brief_with(query="a motorbike", ranked=("a motorbike", "fast"))
    assert said(foreign, [TOLD]).splitlines()[-2:] == [
        "Nothing here is clearly “a motorbike”; these are the nearest.",
        "The catalogue can't check “fast”, so that only ranks.",
    ]


def test_a_sentence_whose_item_went_with_the_one_before_goes_too() -> None:
    text = said(
        brief_with(), ["{1.title} is made of gold leaf by Midas. It costs {1.price}. {2.title} is {2.price}."]
    )
    assert text == "Kelda Trail Boot is £69.50.\nFellside Mid Boot: £74.00."


def test_a_question_of_the_code_is_asked_word_for_word_after_its_reason() -> None:
    brief = replace(
        make_reply(ActName.ASK, ()).brief, question="Which one?", note="only 2 items are shown", ask="item"
    )
    assert said(brief, ["Nonsense {1.title}."]) == "Only 2 items are shown. Which one?"


def test_that_no_more_fit_needs_no_model() -> None:
    brief = replace(make_reply(ActName.REFINE, ()).brief, note="no more that fit")
    assert said(brief, ["Here are ten."]) == "No more that fit."


@pytest.mark.parametrize(
    ("act", "line"), [(ActName.REMEMBER, "Noted: I'm vegan."), (ActName.FORGET, "Forgotten: I'm vegan.")]
)
def test_what_was_noted_or_forgotten_is_always_said(act: ActName, line: str) -> None:
    brief = replace(make_reply(act, ()).brief, note="I'm vegan")
    assert said(brief, ["Thanks, that helps."]) == f"Thanks, that helps.\n{line}"
    assert said(brief, ["All right: {note}."]) == "All right: I'm vegan."


def test_an_item_named_in_words_is_told_and_the_longer_title_names_no_other() -> None:
    assert answer(
        make_reply(ids=("b1", "b2")), ["The Fellside Mid Boot is £74.00. {2.title} is {2.price}."]
    ) == ("The Fellside Mid Boot is £74.00. Kelda Trail Boot is £69.50.")
    assert answer(make_reply(ids=("b2", "b3")), ["The Kelda Trail Boot Moss is £84.50."]) == (
        "The Kelda Trail Boot Moss is £84.50.\nKelda Trail Boot: £69.50."
    )
