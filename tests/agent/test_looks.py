from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from agent.catalogue import Catalogue
from agent.looks import aspect_of, caption, changes, looks_of_item, looks_of_picture, of_pictures, shared
from agent.perceive import Perceived
from agent.pictured import Aspect, pointed
from agent.types import Picture, Request
from retrieval.types import Constraint, Op, Status, Term
from tests.agent.shop import ENCODER, TODAY, dozen

IN_BLUE = Constraint("colour", Op.EQ, "blue", "in blue")
CHEAP = Constraint("price", Op.LE, 50.0, "under 50")
LOOKS = {"colour": "red", "material": "leather", "kind": "handbag"}


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    return Catalogue.of(dozen(), ENCODER, None, lambda: TODAY)


def test_words_for_a_picture_are_put_to_their_columns() -> None:
    assert looks_of_picture(("red", "leather", "handbag"), catalogue()) == LOOKS
    assert looks_of_picture(("red", "zigzag"), catalogue()) == {"colour": "red", "": "zigzag"}
    assert looks_of_picture((), catalogue()) == {}


def test_an_item_looks_as_its_record_says() -> None:
    looks = looks_of_item(dozen().item("h1"), catalogue().fields)
    assert looks == LOOKS


def test_each_aspect_is_the_word_of_its_column() -> None:
    fields = catalogue().fields
    assert aspect_of(LOOKS, Aspect.COLOUR, fields) == "red"
    assert aspect_of(LOOKS, Aspect.MATERIAL, fields) == "leather"
    assert aspect_of(LOOKS, Aspect.SHAPE, fields) == "handbag"
    assert aspect_of(LOOKS, Aspect.PATTERN, fields) is None
    assert aspect_of({"": "striped"}, Aspect.COLOUR, fields) is None


@pytest.mark.parametrize(
    ("said", "wishes"),
    [
        ("the shape of the first, the colour of the second", ["handbag", "green"]),
        ("the colour of the second", ["handbag", "green"]),
        ("boots in the colour of the second", ["green"]),  # the words name a kind of their own
    ],
)
def test_the_shape_of_a_picture_is_that_of_a_thing_of_its_kind(said: str, wishes: list[str]) -> None:
    pictures = (Picture("a.png", ("red", "handbag")), Picture("b.png", ("green", "boots")))
    each = np.eye(2, dtype=np.float32)
    perceived = Perceived(Request(said, None, pictures), each[0], each)
    _, _, told = of_pictures(perceived, pointed(said, 2), catalogue())
    assert [phrase.text for phrase in told] == wishes


def test_what_is_wanted_counts_against_what_it_replaces() -> None:
    fields = catalogue().fields
    assert changes((IN_BLUE, CHEAP), LOOKS, fields) == (
        Term(1.0, "blue handbag", checked=True),
        Term(-1.0, "red handbag", checked=True),
    )
    assert changes((IN_BLUE,), {"kind": "handbag"}, fields) == (Term(1.0, "blue handbag", checked=True),)
    assert changes((IN_BLUE,), LOOKS | {"colour": "blue"}, fields) == ()


def test_a_value_given_up_still_draws_towards_itself() -> None:
    relaxed = replace(IN_BLUE, status=Status.RELAXED)
    assert changes((relaxed,), LOOKS, catalogue().fields)[0] == Term(1.0, "blue handbag")


def test_what_is_not_wanted_counts_against_itself_and_other_columns_do_not_count() -> None:
    fields = catalogue().fields
    barred = Constraint("material", Op.NE, "leather", "not leather")
    assert changes((barred,), LOOKS, fields) == (Term(-1.0, "leather handbag", checked=True),)
    ranked = Constraint(None, Op.CONTAINS, "wedding", "for a wedding", Status.RANKED)
    assert changes((ranked, CHEAP), LOOKS, fields) == ()


def test_a_kind_asked_for_takes_nothing_else_in_the_picture_away() -> None:
    boots = Constraint("kind", Op.EQ, "boots", "boots")
    assert changes((boots,), LOOKS, catalogue().fields) == (Term(1.0, "boots", checked=True),)


@pytest.mark.parametrize(
    ("constraints", "words"),
    [
        ((), "red leather handbag"),
        ((IN_BLUE,), "blue leather handbag"),
        ((Constraint("material", Op.NE, "leather", "not leather"),), "red handbag"),
        ((Constraint("kind", Op.EQ, "boots", "boots"),), "red leather boots"),
        ((CHEAP,), "red leather handbag"),
    ],
)
def test_the_caption_says_what_is_wanted(constraints: tuple[Constraint, ...], words: str) -> None:
    assert caption(constraints, LOOKS, catalogue().fields) == words


def test_of_several_pictures_only_what_all_show_is_said() -> None:
    assert shared([("red", "leather", "bag"), ("blue", "leather", "bag")]) == ("leather", "bag")
    assert shared([]) == ()


def test_a_kind_that_is_shown_already_changes_nothing() -> None:
    watches = Constraint("kind", Op.EQ, "watches", "")
    shown = {"colour": "red", "kind": "watch"}
    assert changes([watches, IN_BLUE], shown, catalogue().fields) == changes(
        [IN_BLUE], shown, catalogue().fields
    )
    assert caption([watches, IN_BLUE], shown, catalogue().fields) == "blue watch"
