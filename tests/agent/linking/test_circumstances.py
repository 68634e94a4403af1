"""For whom and when a thing is wanted is told, and no title is found by it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.linking.circumstances import is_circumstance, parted
from agent.linking.link import Linker
from retrieval.search.vectors import wording
from retrieval.types import Op, Query, Status
from tests.agent.linking.catalogues import ask, clock, courses, films, plain, shop, want

FILMS, SHOP = Linker(films(), None, clock), Linker(shop(), None, clock)


@pytest.mark.parametrize(
    ("query", "thing", "said"),
    [
        ("a film for my gran", "a film", "for my gran"),
        ("something for a sunday", "something", "for a sunday"),
        ("something funny for friday night", "something funny", "for friday night"),
        ("a present for my mum and dad", "a present", "for my mum and dad"),
        ("something light, for tonight", "something light", "for tonight"),
        ("for my gran", "for my gran", ""),
        ("a film for my gran who likes cars", "a film for my gran who likes cars", ""),
        ("a lamp for the hall", "a lamp for the hall", ""),
        ("boots for a rainy sunday", "boots for a rainy sunday", ""),
    ],
)
def test_a_query_is_parted_from_whom_and_when_it_is_for(query: str, thing: str, said: str) -> None:
    assert parted(query) == (thing, said)


@pytest.mark.parametrize(
    "text", ["for my gran", "for a sunday", "on a sunday", "for me and the wife", "for tonight"]
)
def test_what_no_column_has_is_told_and_ranks_nothing(text: str) -> None:
    (phrase,) = ask(FILMS, want(text), query="film").constraints
    assert (phrase.field, phrase.op, phrase.said, phrase.status) == (None, Op.ABOUT, text, Status.RANKED)
    linked = ask(FILMS, query=f"film {text}")
    assert linked.query == "film"
    assert wording(Query("film", linked.constraints)) == ("film", "")


def test_where_a_column_has_it_it_is_a_condition() -> None:
    assert plain(ask(SHOP, query="something for saturday").constraints) == [("weekday", "==", "saturday")]
    assert plain(ask(SHOP, want("for saturday")).constraints) == [("weekday", "==", "saturday")]


def test_what_a_thing_is_for_still_ranks() -> None:
    linked = ask(Linker(courses(), None, clock), want("for beginners in a hurry"), query="art")
    assert "for beginners in a hurry" in wording(Query("art", linked.constraints))[0]


@given(st.text(max_size=60))
def test_any_text_is_parted_without_loss(text: str) -> None:
    thing, said = parted(text)
    assert text.strip(" .!?").startswith(thing.strip(" .!?"))
    assert not said or is_circumstance(said)
