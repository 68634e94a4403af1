from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.acts.questions import is_open
from agent.types import ActName, FactKind, Reading
from retrieval.types import Status
from tests.agent.shop import Shop, about, ids, limit, recommend, want

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from agent.types import Phrase


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """A conversation whose model says nothing, so that code alone answers."""
    return Shop(tmp_path, replies=[[]])


def ask(shop: Shop, question: str, item: str, *phrases: Phrase, query: str = "") -> str:
    return shop.turn(Reading(ActName.DETAIL, query, phrases, (item,)), question).answer


@pytest.mark.parametrize(
    ("question", "item", "answer"),
    [
        ("how much is it?", "Canvas Tote", "Canvas Tote: price £18.50."),
        ("what colour is the tote?", "Canvas Tote", "Canvas Tote: beige, says the catalogue."),
        ("what is it made of? which material", "Canvas Tote", "Canvas Tote: material cotton."),
        ("when was it released?", "Canvas Tote", "Canvas Tote: released 1 June 2021."),
    ],
)
def test_a_column_that_is_asked_for_is_told(shop: Shop, question: str, item: str, answer: str) -> None:
    assert ask(shop, question, item) == answer


@pytest.mark.parametrize("phrases", [("", (want("waterproof"),)), ("waterproof", ())])
def test_a_value_that_is_listed_is_a_yes(shop: Shop, phrases: tuple[str, Sequence[Phrase]]) -> None:
    query, wanted = phrases
    answer = ask(shop, "is it waterproof?", "Harbour Welly", *wanted, query=query)
    assert answer == "Harbour Welly: yes, tags waterproof."


def test_a_value_that_is_not_among_those_listed_is_said_not_to_be(shop: Shop) -> None:
    answer = ask(shop, "is it waterproof?", "Canvas Tote", want("waterproof"))
    assert answer == "Canvas Tote: waterproof is not listed; tags light and vegan."
    (fact,) = shop.brief.items[0].facts
    assert fact.kind is FactKind.MISSED


def test_what_the_catalogue_has_no_word_of_is_said_to_be_unknown(shop: Shop) -> None:
    answer = ask(shop, "is it dishwasher safe?", "Canvas Tote", want("dishwasher safe"))
    assert answer == "Canvas Tote: the catalogue doesn't say."
    assert shop.brief.ranked == ("dishwasher safe",)


def test_the_catalogues_own_words_are_quoted_where_they_speak_of_it(shop: Shop) -> None:
    answer = ask(shop, "is it lined?", "Wren Wool Coat", want("lined"))
    assert "“Long wool coat, lined”" in answer


def test_words_of_the_item_alone_are_no_quote_for_a_question(shop: Shop) -> None:
    answer = ask(shop, "is the canvas bag machine washable?", "Canvas Tote", want("machine washable"))
    assert "market" not in answer


def test_a_model_that_does_not_answer_is_helped_out(tmp_path: Path) -> None:
    shop = Shop(tmp_path, replies=["The {1.title} is lovely."])
    answer = ask(shop, "how much is it?", "Canvas Tote")
    assert answer == "The Canvas Tote is lovely.\nCanvas Tote: price £18.50."
    denied = Shop(tmp_path, replies=["The catalogue doesn't say that of the {1.title}."])
    assert ask(denied, "is it dishwasher safe?", "Canvas Tote", want("dishwasher safe")) == (
        "The catalogue doesn't say that of the Canvas Tote."
    )


def test_an_open_question_tells_what_there_is(shop: Shop) -> None:
    answer = ask(shop, "tell me more about the tote", "Canvas Tote")
    assert answer.startswith("Canvas Tote: £18.50, ")
    assert "3.9 stars" in answer


@pytest.mark.parametrize(
    ("question", "open_"),
    [
        ("tell me more about the second", True),
        ("/detail 2", True),
        ("what about the second one?", True),
        ("can you tell me more about it", True),
        ("is the second one machine washable", False),
        ("does it come with a lid", False),
    ],
)
def test_a_question_is_open_unless_it_wants_one_answer(question: str, open_: bool) -> None:
    assert is_open(question, ("the second one",)) is open_


def test_a_thing_that_is_nowhere_is_said_to_be_unknown(shop: Shop) -> None:
    shop.turn(recommend("scarf"))
    answer = ask(shop, "how much is the Honda Civic?", "Honda Civic")
    assert answer.startswith("Nothing on screen or in the catalogue is known as 'Honda Civic'.")


def test_without_a_word_on_which_the_one_in_focus_is_meant(shop: Shop) -> None:
    shown = shop.turn(recommend("boots"))
    ask(shop, "how much is the third", "the third")
    turn = shop.turn(Reading(ActName.DETAIL), "and the colour?")
    assert turn.act.items == (shown.items[2].id,)


def test_why_names_what_an_item_misses_as_given_up(shop: Shop) -> None:
    shop.turn(recommend("boots", want("green"), limit("under 50")))
    turn = shop.turn(about(ActName.EXPLAIN, "1"))
    (card,) = turn.items
    statuses = {c.field: c.status for c in turn.act.constraints}
    assert statuses["price"] is Status.RELAXED
    assert card.evidence.missed == ("price ≤ 50",)
    assert "colour green" in card.evidence.met


def test_why_says_what_made_the_difference(shop: Shop) -> None:
    shop.turn(about(ActName.LIKE, "Ashby Chelsea"))
    shown = shop.turn(recommend("boots"))
    notes = []
    for rank in range(1, len(shown.items) + 1):
        shop.turn(about(ActName.EXPLAIN, str(rank)))
        notes.append(shop.brief.note)
    assert any(note and " without " in note for note in notes)


def test_compare_sets_side_by_side_what_differs(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    turn = shop.turn(
        about(ActName.COMPARE, "Harbour Welly", "Ashby Chelsea"), "which is cheaper? compare the price"
    )
    assert ids(turn) == ["b4", "b5"]
    labels = [fact.label for fact in shop.brief.items[0].facts if fact.kind is FactKind.ANSWER]
    assert labels[0] == "price"
    assert "kind" not in labels, "both are boots"


def test_after_a_comparison_the_second_is_the_second_compared(shop: Shop) -> None:
    shown = shop.turn(recommend("boots"))
    shop.turn(about(ActName.COMPARE, "1", "3"))
    assert shop.turn(about(ActName.DETAIL, "the second")).act.items == (shown.items[2].id,)


def test_comparing_the_first_two_leaves_the_rest_on_screen(shop: Shop) -> None:
    shown = shop.turn(recommend("boots"))
    shop.turn(about(ActName.COMPARE, "the first two"))
    assert shop.turn(about(ActName.DETAIL, "the fourth")).act.items == (shown.items[3].id,)


def test_one_item_is_compared_with_the_one_talked_about(shop: Shop) -> None:
    shown = shop.turn(recommend("boots"))
    shop.turn(about(ActName.DETAIL, "the fourth"))
    turn = shop.turn(about(ActName.COMPARE, "the second"))
    assert turn.act.items == (shown.items[1].id, shown.items[3].id)


def test_one_item_alone_can_not_be_compared(shop: Shop) -> None:
    shop.turn(recommend("boots", want("black")))
    assert shop.turn(Reading(ActName.COMPARE)).act.name is ActName.ASK
