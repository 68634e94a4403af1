"""Columns as agencies, rescue centres and game shops keep them: yes or no, from and up to, floors, pay, distances."""

from __future__ import annotations

import pytest

from agent.linking.link import Linker
from agent.types import ActName, Phrase, PhraseKind, Reading
from retrieval.types import Column, Role, Value
from tests.agent.linking.catalogues import IDS, ask, avoid, clock, limit, plain, snapshot, want

Expected = list[tuple[str, str, Value]]


def flats() -> Linker:
    columns = [
        *IDS,
        Column("area", Role.FACET, "area"),
        Column("rent", Role.NUMBER, "rent", unit="£"),
        Column("bedrooms", Role.NUMBER, "bedrooms"),
        Column("furnished", Role.FACET, "furnished"),
        Column("needs_deposit", Role.FACET, "needs deposit"),
        Column("floor", Role.NUMBER, "floor"),
        Column("size_m2", Role.NUMBER, "size", unit="m²"),
        Column("walk_min", Role.NUMBER, "walk", unit="min"),
        Column("heating", Role.FACET, "heating"),
        Column("features", Role.LIST, "features"),
        Column("available_from", Role.DATE, "available from"),
    ]
    rows: list[tuple[str, str, dict[str, Value]]] = [
        ("f1", "Attic", {"area": "Old Quay", "rent": 700.0, "bedrooms": 1.0, "furnished": "yes", "needs_deposit": "no",
                         "floor": 3.0, "size_m2": 30.0, "walk_min": 12.0, "heating": "electric heaters",
                         "features": ("balcony",), "available_from": "2027-02-01"}),
        ("f2", "Garden flat", {"area": "University", "rent": 950.0, "bedrooms": 2.0, "furnished": "no",
                               "needs_deposit": "yes", "floor": 0.0, "size_m2": 60.0, "walk_min": 25.0,
                               "heating": "gas central heating", "features": ("garden", "step free"),
                               "available_from": "2027-03-01"}),
    ]  # fmt: skip
    return Linker(snapshot(columns, rows, "flats"), None, clock)


def games() -> Linker:
    columns = [
        *IDS,
        Column("category", Role.FACET, "category"),
        Column("min_players", Role.NUMBER, "min players"),
        Column("max_players", Role.NUMBER, "max players"),
        Column("age_from", Role.NUMBER, "age from"),
        Column("minutes_to_play", Role.NUMBER, "minutes to play"),
        Column("complexity", Role.NUMBER, "complexity"),
        Column("price", Role.NUMBER, "price", unit="£"),
        Column("in_stock", Role.FACET, "in stock"),
    ]
    rows: list[tuple[str, str, dict[str, Value]]] = [
        ("g1", "Harvest", {"category": "strategy", "min_players": 2.0, "max_players": 4.0, "age_from": 8.0,
                           "minutes_to_play": 45.0, "complexity": 2.1, "price": 30.0, "in_stock": "yes"}),
        ("g2", "Owls", {"category": "card game", "min_players": 1.0, "max_players": 6.0, "age_from": 4.0,
                        "minutes_to_play": 15.0, "complexity": 1.2, "price": 9.0, "in_stock": "no"}),
    ]  # fmt: skip
    return Linker(snapshot(columns, rows, "boardgames"), None, clock)


FLATS, GAMES = flats(), games()


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        (want("unfurnished"), [("furnished", "!=", "yes")]),
        (avoid("deposit"), [("needs_deposit", "!=", "yes")]),
        (want("ground floor"), [("floor", "==", 0.0)]),
        (want("second floor or lower"), [("floor", "<=", 2.0)]),
        (avoid("first floor"), [("floor", "!=", 1.0)]),
        (avoid("stairs"), [("features", "contains", "step free")]),
        (limit("at least 50 square metres"), [("size_m2", ">=", 50.0)]),
        (limit("max 25pp"), [("rent", "<=", 25.0)]),
        (limit("a walk of ten minutes at most"), [("walk_min", "<=", 10.0)]),
        (want("gas heating"), [("heating", "==", "gas central heating")]),
        (want("available from february"), [("available_from", "<=", "2027-02")]),
        (limit("open after 7"), []),
    ],
)
def test_flats(phrase: Phrase, expected: Expected) -> None:
    found = [one for one in plain(ask(FLATS, phrase).constraints) if one[0]]
    assert found == expected


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        (want("for four"), [("min_players", "<=", 4.0), ("max_players", ">=", 4.0)]),
        (want("there's six of us"), [("min_players", "<=", 6.0), ("max_players", ">=", 6.0)]),
        (limit("2 to 4 players"), [("min_players", "<=", 2.0), ("max_players", ">=", 4.0)]),
        (limit("for up to six"), [("max_players", ">=", 6.0)]),
        (want("for my 5 year old"), [("age_from", "<=", 5.0)]),
        (limit("8 and up"), [("age_from", "<=", 8.0)]),
        (want("for toddlers"), [("age_from", "<=", 2.0)]),
        (limit("under a quarter of an hour"), [("minutes_to_play", "<=", 15.0)]),
        (want("in stock"), [("in_stock", "==", "yes")]),
        (limit("complexity of 2 or less"), [("complexity", "<=", 2.0)]),
    ],
)
def test_games(phrase: Phrase, expected: Expected) -> None:
    found = [one for one in plain(ask(GAMES, phrase).constraints) if one[0]]
    assert found == expected


def test_a_word_for_any_thing_of_the_catalogue_is_no_kind() -> None:
    assert plain(ask(GAMES, query="strategy game").constraints) == [("category", "==", "strategy")]
    assert plain(ask(GAMES, query="game").constraints) == []


def test_orders_by_what_the_catalogue_measures() -> None:
    assert ask(FLATS, sort="nearest first").sort == "walk_min"
    assert ask(GAMES, sort="hardest first").sort == "-complexity"
    assert ask(GAMES, sort="shortest").sort == "minutes_to_play"


def test_a_column_named_in_passing_is_taken_back() -> None:
    in_force = ask(FLATS, want("university")).constraints
    assert plain(in_force) == [("area", "==", "University")]
    for text in ("any area, just two bedrooms", "i don't mind where, two bedrooms"):
        reading = Reading(ActName.REFINE, phrases=(limit("two bedrooms"),))
        found = FLATS.mending.unread_labels(reading, text)
        assert [phrase.kind for phrase in found] == [PhraseKind.DROP]
        taken_back = ask(FLATS, *found, act=ActName.REFINE, in_force=in_force)
        assert not taken_back.constraints
    same = FLATS.mending.unread_labels(Reading(ActName.SIMILAR), "same area as the second but cheaper")
    assert [phrase.text for phrase in same] == ["same area as the second"]
