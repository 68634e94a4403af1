from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.standing import standing_constraints, those_that_matter
from agent.types import ActName, Phrase, PhraseKind, Reading
from retrieval.store.people import Note
from retrieval.types import Constraint, Op, Status
from tests.agent.shop import Shop, ids, recommend, refine

if TYPE_CHECKING:
    from pathlib import Path

    from agent.catalogue import Catalogue


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path)


def standing(catalogue: Catalogue, *texts: str) -> list[tuple[str | None, Op, object, Status]]:
    notes = [Note(number, text, "", 0.0) for number, text in enumerate(texts, 1)]
    return [(c.field, c.op, c.value, c.status) for c in standing_constraints(notes, catalogue)]


def test_a_wish_ranks_and_an_aversion_filters(shop: Shop) -> None:
    catalogue = shop.conversation.catalogue
    assert standing(catalogue, "I'm vegan") == [("tags", Op.CONTAINS, "vegan", Status.RANKED)]
    assert standing(catalogue, "I'm allergic to wool") == [("material", Op.NE, "wool", Status.ENFORCED)]
    assert standing(catalogue, "I never wear leather") == [("material", Op.NE, "leather", Status.ENFORCED)]


def test_what_the_catalogue_knows_nothing_of_is_left_out(shop: Shop) -> None:
    assert standing(shop.conversation.catalogue, "my sister is called Ann", "") == []


def test_what_is_remembered_twice_counts_once(shop: Shop) -> None:
    assert len(standing(shop.conversation.catalogue, "I'm allergic to wool", "no wool")) == 1


def test_a_remembered_fact_bears_on_every_search_and_is_shown(shop: Shop) -> None:
    shop.turn(Reading(ActName.REMEMBER, note="I'm allergic to wool"))
    turn = shop.turn(recommend("scarf"))
    assert ids(turn) == ["s2"]
    assert [c.field for c in turn.act.constraints] == ["kind", "material"]
    assert [c.field for c in shop.turn(Reading(ActName.REFINE), "others").act.constraints] == [
        "kind",
        "material",
    ]


def test_what_is_asked_for_now_outweighs_what_is_remembered(shop: Shop) -> None:
    shop.turn(Reading(ActName.REMEMBER, note="I'm allergic to wool"))
    turn = shop.turn(recommend("scarf", Phrase(PhraseKind.WANT, "wool")))
    assert ids(turn) == ["s1"]


def test_a_remembered_fact_can_be_taken_back_for_one_search(shop: Shop) -> None:
    shop.turn(Reading(ActName.REMEMBER, note="I'm allergic to wool"))
    shop.turn(recommend("scarf"))
    drop = refine(Phrase(PhraseKind.DROP, "wool"))
    assert set(ids(shop.turn(drop))) == {"s1", "s2"}
    assert set(ids(shop.turn(refine(Phrase(PhraseKind.LIMIT, "under 200"))))) == {"s1", "s2"}, (
        "still this search"
    )
    assert ids(shop.turn(recommend("jacket"))) == ["j1"], "in the next search it holds again"


def test_a_fact_about_a_field_that_few_of_the_rest_have_is_left_out(shop: Shop) -> None:
    catalogue = shop.conversation.catalogue
    wish = Constraint("tags", Op.CONTAINS, "vegan", "vegan", Status.RANKED)
    boots = Constraint("kind", Op.EQ, "boots", "boots")
    nothing = Constraint("price", Op.LE, 1.0, "under 1")
    assert those_that_matter([wish], [boots], catalogue) == (wish,)
    assert those_that_matter([wish], [nothing], catalogue) == ()
    assert those_that_matter([wish], [wish], catalogue) == ()


def test_a_fact_about_an_amount_bears_on_what_has_one(tmp_path: Path) -> None:
    shop = Shop(tmp_path)
    shop.turn(Reading(ActName.REMEMBER, note="nothing over 50 quid"))
    turn = shop.turn(recommend("boots"))
    assert turn.items
    assert "price" in {c.field for c in turn.act.constraints}
