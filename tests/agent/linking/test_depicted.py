from __future__ import annotations

import pytest

from agent.linking.depicted import as_depicted
from agent.linking.fields import Fields
from retrieval.types import Column, Constraint, Op, Role, Status

FIELDS = Fields(
    (
        Column("kind", Role.FACET, "kind", values={"prints": 3, "clubs": 3}),
        Column("colour", Role.FACET, "colour", values={"light blue": 2, "red": 2}),
        Column("place", Role.FACET, "place", values={"Castle Mound": 2, "Riverside Park": 2}),
        Column("artist", Role.FACET, "artist", values={"Solomon Petrie": 2, "Ada Quill": 1}),
    ),
    6,
)
MOUND = Constraint("place", Op.EQ, "Castle Mound", "castle")


@pytest.mark.parametrize("query", ["film poster", "a print", "posters", "a picture"])
def test_a_word_of_what_a_picture_shows_only_ranks(query: str) -> None:
    (one,) = as_depicted(query, [MOUND], FIELDS)
    assert (one.field, one.value, one.status) == (None, "castle", Status.RANKED)


@pytest.mark.parametrize(
    ("query", "wish"),
    [
        ("something on", MOUND),
        ("fingerprints", MOUND),
        ("posters", Constraint("place", Op.EQ, "Castle Mound", "castle mound")),
        ("posters", Constraint("place", Op.NE, "Castle Mound", "castle")),
        ("posters", Constraint("colour", Op.EQ, "light blue", "blue")),
        ("posters", Constraint("kind", Op.EQ, "prints", "print")),
        ("posters", Constraint("artist", Op.EQ, "Solomon Petrie", "petrie")),
        ("posters", Constraint("place", Op.EQ, "Castle Mound", "")),
        ("posters", Constraint(None, Op.CONTAINS, "castle", "castle", Status.RANKED)),
    ],
)
def test_all_else_stays_as_it_is(query: str, wish: Constraint) -> None:
    assert as_depicted(query, [wish], FIELDS) == (wish,)
