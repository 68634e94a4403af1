from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.evidence import check, content_stems, find_quotes, make_card, shortened
from retrieval.types import Constraint, Hit, Item, Op, Status
from tests.agent.shop import Shop, dozen

if TYPE_CHECKING:
    from pathlib import Path

    from agent.catalogue import Catalogue

CHEAP = Constraint("price", Op.LE, 80.0, "under 80")


@pytest.fixture
def catalogue(tmp_path: Path) -> Catalogue:
    return Shop(tmp_path).conversation.catalogue


def test_a_card_has_all_but_the_price_and_the_text_as_facets(catalogue: Catalogue) -> None:
    card = make_card(1, Hit(dozen().item("b1"), 0.5, {"text": 1.0}), [CHEAP], "boots", catalogue)
    assert card.price == 74.0
    assert set(card.facets) == {"kind", "colour", "material", "rating", "tags", "released"}
    assert card.evidence.met == ("price ≤ 80",)
    assert card.evidence.shares == {"text": 1.0}


def test_a_relaxed_constraint_that_is_missed_is_named_and_a_ranked_one_is_neither(
    catalogue: Catalogue,
) -> None:
    relaxed = Constraint("price", Op.LE, 10.0, "under 10", Status.RELAXED)
    ranked = Constraint("tags", Op.CONTAINS, "vegan", "vegan", Status.RANKED)
    card = make_card(1, Hit(dozen().item("b1"), 0.5, {}), [relaxed, ranked], "", catalogue)
    assert (card.evidence.met, card.evidence.missed) == ((), ("price ≤ 10",))
    assert check(dozen().item("b1"), [ranked, CHEAP], catalogue) == ([CHEAP], [])


def test_quotes_are_whole_sentences_that_share_words_with_the_wish(catalogue: Catalogue) -> None:
    (quote,) = find_quotes(dozen().item("b1"), "waterproof boots", catalogue.columns)
    assert (quote.field, quote.text) == (
        "description",
        "Walking boot with a waterproof membrane, sealed at the seams.",
    )


def test_the_sentence_that_shares_most_comes_first_and_two_at_most(catalogue: Catalogue) -> None:
    text = "Made of wool. A red wool scarf.\nRed! Not a word of it here."
    item = Item("x", "X", {"description": text})
    quotes = find_quotes(item, "red wool scarf", catalogue.columns)
    assert [quote.text for quote in quotes] == ["A red wool scarf.", "Made of wool."]


def test_a_long_sentence_is_cut_and_shows_that_it_is(catalogue: Catalogue) -> None:
    item = Item("x", "X", {"description": "wool " * 100})
    (quote,) = find_quotes(item, "wool", catalogue.columns)
    assert len(quote.text) <= 160
    assert quote.text.endswith("…")


@pytest.mark.parametrize("wanted", ["", "the one for me", "zebra"])
def test_without_a_shared_word_of_content_nothing_is_quoted(catalogue: Catalogue, wanted: str) -> None:
    assert find_quotes(dozen().item("b1"), wanted, catalogue.columns) == ()


def test_an_item_without_text_has_nothing_to_quote(catalogue: Catalogue) -> None:
    assert find_quotes(Item("x", "X", {}), "wool", catalogue.columns) == ()


def test_stems_forgive_number_and_case() -> None:
    assert content_stems("Boots") == content_stems("boot")


def test_a_sentence_that_shares_no_more_than_the_kind_or_an_amount_is_not_quoted(
    catalogue: Catalogue,
) -> None:
    kind = Constraint("kind", Op.EQ, "boots", "boots")
    hit = Hit(dozen().item("b1"), 1.0, {})
    assert make_card(1, hit, [kind, CHEAP], "boots", catalogue).evidence.quotes == ()
    assert make_card(1, hit, [kind], "boots for walking", catalogue).evidence.quotes


def test_a_title_before_a_name_ends_no_sentence(catalogue: Catalogue) -> None:
    item = Item("x", "X", {"description": "The myth of Mr. Mertle and St. Agnes by J. Doe. No more."})
    (quote,) = find_quotes(item, "myth", catalogue.columns)
    assert quote.text == "The myth of Mr. Mertle and St. Agnes by J. Doe."


def test_a_text_is_cut_behind_a_whole_word() -> None:
    assert shortened("ghosts, venomous insects and giants", 26) == "ghosts, venomous insects…"
    assert shortened("short", 26) == "short"
