from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.linking.describe import describe
from agent.linking.fields import Fields
from agent.linking.link import Linker
from agent.linking.phrases import constraint
from agent.linking.references import Screen
from agent.linking.written import Written, write_exactly
from agent.types import ActName, Phrase, PhraseKind, Reading
from retrieval.search.filters import Filters
from retrieval.types import Column, Constraint, Op, Role
from tests.agent.linking.catalogues import clock, fashion, films, shop

if TYPE_CHECKING:
    from tests.fakes.snapshot import MemorySnapshot

SHOPS = {"shop": shop, "films": films, "fashion": fashion}
BOUNDS = (Op.LT, Op.LE, Op.GT, Op.GE, Op.ABOUT, Op.EQ, Op.NE)


@lru_cache
def catalogue(name: str) -> MemorySnapshot:
    return SHOPS[name]()


@lru_cache
def fields(name: str) -> Fields:
    snapshot = catalogue(name)
    return Fields(snapshot.columns, len(snapshot))


@lru_cache
def written(name: str) -> Written:
    return Written(fields(name))


@lru_cache
def linker(name: str) -> Linker:
    return Linker(catalogue(name), None, clock)


@st.composite
def conditions(draw: st.DrawFn) -> tuple[str, Constraint]:
    """A catalogue's name and a condition that its own values can make."""
    name = draw(st.sampled_from(sorted(SHOPS)))
    roles = (Role.FACET, Role.LIST, Role.NUMBER, Role.DATE)
    column = draw(st.sampled_from([c for c in catalogue(name).columns if c.role in roles]))
    if column.role is Role.NUMBER:
        amount = draw(st.decimals(0, 100_000, places=2).map(float))
        return name, Constraint(column.name, draw(st.sampled_from(BOUNDS)), amount, "x")
    if column.role is Role.DATE:
        day = draw(st.dates().map(str))[: draw(st.sampled_from([4, 7, 10]))]
        return name, Constraint(column.name, draw(st.sampled_from(BOUNDS)), day, "x")
    values = draw(st.lists(st.sampled_from(list(column.values)), min_size=1, max_size=4, unique=True))
    if fields(name).truth(column) is not None:
        values = values[:1]
    return name, constraint(column, tuple(values), "x", avoid=draw(st.booleans()))


def meaning(one: Constraint) -> tuple[str | None, Op, object]:
    return one.field, one.op, one.value


@given(conditions())
def test_a_condition_with_its_label_and_sign_reads_as_itself(case: tuple[str, Constraint]) -> None:
    name, one = case
    read = written(name).read(write_exactly(one, fields(name)))
    assert read is not None
    assert meaning(read) == meaning(one)


@given(conditions())
def test_a_condition_as_people_see_it_links_to_itself_where_its_words_name_it_alone(
    case: tuple[str, Constraint],
) -> None:
    name, one = case
    said = describe(one, fields(name))
    reading = Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.WANT, said),))
    (made,) = linker(name).link(reading, Screen(), exact=True).fresh
    owners = {
        column.name
        for column in catalogue(name).columns
        if set(one.value if isinstance(one.value, tuple) else (one.value,)) & set(column.values)
    }
    column = fields(name).get(one.field)
    assert column is not None
    if fields(name).truth(column) is not None:
        # 'Not vegan' is both == no and != yes: of the rows that tell, the same are left.
        filters, told = Filters(catalogue(name)), catalogue(name).words(column.name)
        rows = [row for row, cell in enumerate(told) if cell]
        assert (filters.mask(made)[rows] == filters.mask(one)[rows]).all()
    elif column.role in (Role.NUMBER, Role.DATE) or owners == {one.field}:
        assert meaning(made) == meaning(one)


@given(st.text(max_size=60))
def test_any_text_is_read_or_left_alone(text: str) -> None:
    one = written("shop").read(text)
    if one is not None:
        assert Filters(catalogue("shop")).checkable(one)
    assert isinstance(written("shop").is_all(text), bool)


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("price ≤ 80", ("price", Op.LE, 80.0)),
        ("price <= £80.50", ("price", Op.LE, 80.5)),
        ("Price <1,200", ("price", Op.LT, 1200.0)),
        ("≥ 4 stars", ("rating", Op.GE, 4.0)),
        ("< £100", ("price", Op.LT, 100.0)),
        ("minutes ≤ 2 h", ("minutes", Op.LE, 120.0)),
        ("≤ 90 min", ("minutes", Op.LE, 90.0)),
        ("year about 1995", ("year", Op.ABOUT, 1995.0)),
        ("colour != navy", ("colour", Op.NE, "navy")),
        ("≠ navy", ("colour", Op.NE, "navy")),
        ("colour navy or light blue", ("colour", Op.IN, ("navy", "light blue"))),
        ("not warm", ("features", Op.NOT_IN, ("warm",))),
        ("jumper", ("kind", Op.EQ, "jumper")),
        ("vegan", ("vegan", Op.EQ, "yes")),
        ("not vegan", ("vegan", Op.NE, "yes")),
    ],
)
def test_signs_and_units_are_read(text: str, made: tuple[str, Op, object]) -> None:
    read = written("shop").read(text)
    assert read is not None
    assert meaning(read) == made


@pytest.mark.parametrize(
    "text",
    [
        "",
        "cheap",
        "price",
        "price ≤",
        "≤ 100",
        "price ≤ navy",
        "colour ≤ 3",
        "about a boy",
        "not",
        "colour mauve",
    ],
)
def test_what_is_no_whole_condition_is_left_to_the_linker(text: str) -> None:
    assert written("shop").read(text) is None


def test_the_longer_label_is_tried_first_and_a_value_may_have_or_in_it() -> None:
    columns = [
        Column("c", Role.FACET, "colour", values={"red": 1, "family red": 1, "black or white": 1}),
        Column("f", Role.FACET, "colour family", values={"red": 2}),
    ]
    read = Written(Fields(columns, 3)).read
    for text, field, value in (
        ("colour family red", "f", "red"),
        ("colour family red or black or white", "c", ("family red", "black or white")),
        ("colour red or black or white", "c", ("red", "black or white")),
    ):
        one = read(text)
        assert one is not None
        assert (one.field, one.value) == (field, value)


def test_parts_are_split_unless_the_whole_reads() -> None:
    assert written("shop").parts("price ≤ 80 · not navy, warm") == ("price ≤ 80", "not navy", "warm")
    assert written("shop").parts(" ") == ()
    assert written("shop").is_all("price <= 80, not navy")
    assert not written("shop").is_all("not navy")
    assert not written("shop").is_all("boots for < 80")
