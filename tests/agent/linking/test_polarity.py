"""What is wanted less is not wanted: degrees before a value, and comparisons that only sound alike."""

from __future__ import annotations

import pytest

from agent.linking.link import Linker
from agent.types import ActName, Phrase
from retrieval.types import Column, Constraint, Op, Role, Status, Value
from tests.agent.linking.catalogues import IDS, ask, avoid, clock, limit, plain, snapshot, want


def songs() -> Linker:
    columns = [
        *IDS,
        Column("mood", Role.FACET, "mood"),
        Column("style", Role.FACET, "style"),
        Column("price", Role.NUMBER, "price", unit="£"),
    ]
    rows: list[tuple[str, str, dict[str, Value]]] = [
        ("m1", "Candle End", {"mood": "sad", "style": "formal", "price": 40.0}),
        ("m2", "Neon Rain", {"mood": "bright", "style": "casual", "price": 60.0}),
    ]
    return Linker(snapshot(columns, rows, "songs"), None, clock)


SONGS = songs()
NO_SADNESS = [("mood", "!=", "sad")]


@pytest.mark.parametrize("act", [ActName.RECOMMEND, ActName.REFINE])
@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        (limit("less sad"), NO_SADNESS),
        (want("less sad please"), NO_SADNESS),
        (limit("a bit less sad"), NO_SADNESS),
        (limit("not so sad"), NO_SADNESS),
        (limit("not as sad"), NO_SADNESS),
        (want("not quite so sad"), NO_SADNESS),
        (avoid("less sad"), NO_SADNESS),
        (limit("too sad"), NO_SADNESS),
        (limit("not as formal"), [("style", "!=", "formal")]),
        (limit("a little less bright"), [("mood", "!=", "bright")]),
        (limit("sad"), [("mood", "==", "sad")]),
        (limit("less than 50"), [("price", "<", 50.0)]),
        (limit("no less than 50"), [("price", ">=", 50.0)]),
        (limit("not less than fifty"), [("price", ">=", 50.0)]),
    ],
)
def test_less_of_a_value_is_without_it(
    act: ActName, phrase: Phrase, expected: list[tuple[str, str, Value]]
) -> None:
    assert plain(ask(SONGS, phrase, act=act).constraints) == expected


def test_less_of_what_is_no_value_ranks_against_it() -> None:
    (found,) = ask(SONGS, limit("a lot less violent")).constraints
    assert (found.field, found.op, found.value, found.status) == (None, Op.NE, "violent", Status.RANKED)


def test_less_expensive_is_of_the_price() -> None:
    assert [one.field for one in ask(SONGS, limit("less expensive")).constraints] == ["price"]


def test_of_the_same_words_wanted_and_not_the_newer_ranks() -> None:
    rainy = ask(SONGS, want("rainy")).constraints
    after = ask(SONGS, limit("less rainy"), act=ActName.REFINE, in_force=rainy).constraints
    assert after == (Constraint(None, Op.NE, "rainy", "rainy", Status.RANKED),)
