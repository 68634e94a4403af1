from __future__ import annotations

from typing import TYPE_CHECKING

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


def test_a_model_that_says_nothing_still_leaves_an_answer() -> None:
    assert answer(make_reply(), []).strip().splitlines() == [
        "Fellside Mid Boot: £74.00.",
        "Harbour Welly: £42.00.",
    ]
    assert answer(make_reply(ActName.ASK, (), "kind"), []) == "Which kind? (boots, scarf)"
    assert answer(make_reply(ids=()), []) == "Nothing in this catalogue fits."


def test_control_characters_of_a_model_never_reach_the_answer() -> None:
    assert "\x1b" not in answer(make_reply(), ["\x1b[2JTwo \x1bfit.\n{1.title}", " is {1.price}."])
