"""References, comparatives, orders, counts and merging, over the twelve items and the shop."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agent.linking.describe import describe
from agent.linking.fields import Fields
from agent.linking.link import Linker
from agent.linking.references import Screen
from agent.types import ActName, Phrase, PhraseKind, Reading
from retrieval.search.filters import Filters
from retrieval.types import Column, Constraint, Item, Op, Role, Status, Value
from tests.agent.linking.catalogues import ask, avoid, clock, drop, films, limit, plain, shop, want
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Sequence

    from encoders.protocols import Vectors

DOZEN = MemorySnapshot.from_csv()
LINKER = Linker(DOZEN, None, clock)
SHOP = Linker(shop(), None, clock)
SCREEN = Screen(("b1", "b2", "b4", "b5"), (("s1", "s2"), ("h1", "h2", "h3")))
FOCUSED = Screen(SCREEN.items, SCREEN.earlier, "b4")


@pytest.mark.parametrize(
    ("said", "items"),
    [
        ("the second one", ["b2"]),
        ("2nd", ["b2"]),
        ("number 3", ["b4"]),
        ("number three", ["b4"]),
        ("#2", ["b2"]),
        ("2", ["b2"]),
        ("option two", ["b2"]),
        ("the last one", ["b5"]),
        ("the second to last", ["b4"]),
        ("the first two", ["b1", "b2"]),
        ("the last two", ["b4", "b5"]),
        ("1 and 3", ["b1", "b4"]),
        ("2-4", ["b2", "b4", "b5"]),
        ("the first and the third", ["b1", "b4"]),
        ("both", ["b1", "b2"]),
        ("all of them", ["b1", "b2", "b4", "b5"]),
        ("these", ["b1", "b2", "b4", "b5"]),
        ("it", ["b1"]),
        ("this one", ["b1"]),
        ("the black one", ["b5"]),
        ("the leather ones", ["b1", "b5"]),
        ("the leather one", ["b1"]),
        ("that black boot", ["b5"]),
        ("the rubber one", ["b4"]),
        ("the one for town", ["b5"]),
        ("the cheapest", ["b4"]),
        ("the cheaper one", ["b4"]),
        ("the most expensive one", ["b5"]),
        ("the highest rated", ["b1"]),
        ("the newest", ["b2"]),
        ("the kelda", ["b2"]),
        ("Fellside", ["b1"]),
        ("the felside boot", ["b1"]),
        ("kelda trail boot", ["b2"]),
        ("Kelda Trail Boot Moss", ["b3"]),
        ("the second and the ashby", ["b2", "b5"]),
        ("more like the second", ["b2"]),
        ("the silk scarf", ["s2"]),
        ("the red scarf from before", ["s1"]),
        ("the tote", ["h3"]),
        ("Peregrin Rain Jacket", ["j1"]),
        ("wren wool coat", ["j2"]),
    ],
)
def test_references(said: str, items: list[str]) -> None:
    linked = ask(LINKER, act=ActName.LIKE, references=(said,), screen=SCREEN)
    assert list(linked.items) == items
    assert not linked.unresolved


@pytest.mark.parametrize(
    ("said", "items"),
    [("it", ["b4"]), ("that one", ["b4"]), ("the others", ["b1", "b2", "b5"]), ("this boot", ["b4"])],
)
def test_a_pronoun_is_the_item_last_referred_to(said: str, items: list[str]) -> None:
    assert list(ask(LINKER, references=(said,), screen=FOCUSED).items) == items


@pytest.mark.parametrize(
    ("said", "screen", "reason"),
    [
        ("number 7", SCREEN, "only 4 items are shown, so there is no number 7"),
        ("the third", Screen(("b1",)), "only 1 item is shown, so there is no number 3"),
        ("the second one", Screen(), "nothing is shown yet that 'the second one' could mean"),
        ("the unicorn", SCREEN, "nothing on screen or in the catalogue is known as 'the unicorn'"),
    ],
)
def test_what_can_not_be_resolved_says_why(said: str, screen: Screen, reason: str) -> None:
    linked = ask(LINKER, references=(said,), screen=screen)
    assert linked.items == ()
    assert [missed.reason for missed in linked.unresolved] == [reason]


def test_items_that_left_the_catalogue_are_not_on_screen() -> None:
    assert ask(LINKER, references=("the first",), screen=Screen(("gone", "b2"), (), "gone")).items == ("b2",)


def test_titles_are_found_without_their_year() -> None:
    linker = Linker(films(), None, clock)
    assert ask(linker, references=("dream heist",)).items == ("1",)
    assert ask(linker, references=("something like Sandy Planet",)).items == ("2",)


@pytest.mark.parametrize(
    ("said", "screen", "references", "expected"),
    [
        ("cheaper", SCREEN, (), ("price", "<", 42.0)),
        ("too expensive", SCREEN, (), ("price", "<", 42.0)),
        ("cheaper", FOCUSED, (), ("price", "<", 42.0)),
        ("a bit cheaper", SCREEN, ("the first",), ("price", "<", 74.0)),
        ("cheaper than the second", SCREEN, (), ("price", "<", 69.5)),
        ("less expensive than the kelda", SCREEN, (), ("price", "<", 69.5)),
        ("no more expensive than the second", SCREEN, (), ("price", "<=", 69.5)),
        ("half the price", SCREEN, ("the first",), ("price", "<=", 37.0)),
        ("much cheaper", SCREEN, ("the first",), ("price", "<", 51.8)),
        ("10 pounds cheaper", SCREEN, ("2",), ("price", "<=", 59.5)),
        ("pricier", SCREEN, (), ("price", ">", 79.0)),
        ("about the same price", SCREEN, ("the first",), ("price", "~", 74.0)),
        ("newer", SCREEN, ("the third",), ("released", ">", "2022-09-30")),
        ("older than the first", SCREEN, (), ("released", "<", "2024-03-01")),
        ("better rated", SCREEN, ("the second",), ("rating", ">", 4.3)),
    ],
)
def test_comparatives(
    said: str, screen: Screen, references: tuple[str, ...], expected: tuple[str, str, Value]
) -> None:
    linked = ask(LINKER, limit(said), act=ActName.REFINE, screen=screen, references=references)
    assert plain(linked.constraints) == [expected]


def test_cheaper_is_below_all_that_is_shown_even_when_nothing_is() -> None:
    boots = ask(LINKER, query="boots").constraints
    linked = ask(LINKER, limit("cheaper"), act=ActName.REFINE, screen=SCREEN, in_force=boots)
    # No boot costs less than the welly at 42; the search then says that nothing is cheaper.
    assert plain(linked.fresh) == [("price", "<", 42.0)]


def test_cheaper_replaces_the_upper_bound_and_keeps_the_lower() -> None:
    before = ask(LINKER, limit("between 30 and 90")).constraints
    after = ask(LINKER, limit("cheaper"), act=ActName.REFINE, screen=SCREEN, in_force=before).constraints
    assert plain(after) == [("price", ">=", 30.0), ("price", "<", 42.0)]


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("cheapest", "price"),
        ("cheapest first", "price"),
        ("price low to high", "price"),
        ("most expensive", "-price"),
        ("by price descending", "-price"),
        ("best rated first", "-rating"),
        ("highest rated", "-rating"),
        ("best", "-rating"),
        ("newest", "-date"),
        ("oldest first", "date"),
        ("shortest", "minutes"),
        ("longest", "-minutes"),
        ("lightest", "weight"),
        ("most pages", "-pages"),
        ("fewest pages", "pages"),
        ("highest heel", "-heel_height"),
        ("sort by pages", "-pages"),
        ("by rating", "-rating"),
        ("most magical", None),
    ],
)
def test_orders(said: str, order: str | None) -> None:
    linked = ask(SHOP, sort=said)
    assert linked.sort in (
        {"-year", order} if order == "-date" else {"year", order} if order == "date" else {order}
    )


def test_cheap_is_an_order_within_a_kind_and_a_bound_without() -> None:
    within = ask(LINKER, want("cheap"), query="boots")
    assert (within.sort, plain(within.constraints)) == ("price", [("kind", "==", "boots")])
    without = ask(LINKER, want("cheap"))
    assert without.sort is None
    assert plain(without.constraints) == [("price", "<=", 42.0)]


@pytest.mark.parametrize(
    ("query", "said", "order"),
    [
        ("novels", "short", "pages"),
        ("films", "short", "minutes"),
        ("news", "newest", "-date"),
        ("films", "newest", "-year"),
    ],
)
def test_an_order_is_by_the_column_that_the_things_asked_for_have(query: str, said: str, order: str) -> None:
    assert ask(SHOP, want(said), query=query).sort == order


def test_short_and_new_are_no_shorts_and_no_news() -> None:
    assert plain(ask(SHOP, want("new")).constraints) == [("year", ">=", 2019.0)]


def test_as_cheap_as_possible_is_the_cheapest() -> None:
    assert ask(SHOP, limit("as cheap as possible")).sort == "price"


def test_not_cheap_is_the_dearer_half() -> None:
    assert plain(ask(LINKER, limit("not cheap"), query="boots").constraints)[-1] == ("price", ">=", 74.0)


def test_not_too_expensive_is_the_cheaper_half() -> None:
    assert plain(ask(LINKER, avoid("too expensive")).constraints) == [("price", "<=", 69.5)]


def test_a_value_goes_before_a_soft_word() -> None:
    assert plain(ask(LINKER, want("light"), query="boots").constraints)[-1] == ("tags", "contains", "light")


@pytest.mark.parametrize(
    ("said", "count"),
    [
        ("three", 3),
        ("a couple", 2),
        ("just one", 1),
        ("top 5", 5),
        ("a few", 3),
        ("a hundred", 20),
        ("0", 1),
        ("hm", None),
    ],
)
def test_counts(said: str, count: int | None) -> None:
    assert ask(LINKER, count=said).count == count


def test_stars_are_read_or_said_to_be_unreadable() -> None:
    assert ask(LINKER, stars="four and a half").stars == 4.5
    missed = ask(LINKER, stars="two thumbs up")
    assert missed.stars is None
    assert missed.unresolved[0].reason == "'two thumbs up' is no number of stars from 0 to 5"


BEFORE = ask(LINKER, want("waterproof"), want("black"), limit("under 80"), query="boots").constraints


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        (want("green"), {"colour": [("==", "green")]}),
        (want("light"), {"tags": [("contains", "waterproof"), ("contains", "light")]}),
        (limit("under 60"), {"price": [("<=", 60.0)]}),
        (limit("over 40"), {"price": [("<=", 80.0), (">=", 40.0)]}),
        (limit("over 100"), {"price": [(">=", 100.0)]}),
        (limit("around 70"), {"price": [("~", 70.0)]}),
        (avoid("leather"), {"material": [("!=", "leather")]}),
        (avoid("black"), {"colour": [("!=", "black")]}),
        (drop("the price"), {"price": []}),
        (drop("budget"), {"price": []}),
        (drop("any colour"), {"colour": []}),
        (drop("black"), {"colour": []}),
        (drop("waterproof"), {"tags": []}),
        (drop("everything"), {"price": [], "colour": [], "tags": [], "kind": []}),
        (drop("the sleeves"), {}),
    ],
)
def test_refining(phrase: Phrase, expected: dict[str, list[tuple[str, Value]]]) -> None:
    after = ask(LINKER, phrase, act=ActName.REFINE, in_force=BEFORE)
    changed = {
        name: [(op, value) for field, op, value in plain(after.constraints) if field == name]
        for name in expected
    }
    assert changed == expected
    untouched = [one for one in BEFORE if one.field not in expected]
    assert all(one in after.constraints for one in untouched)
    assert set(after.dropped) == (
        set(BEFORE) - set(after.constraints) if phrase.kind is PhraseKind.DROP else set()
    )


def test_what_is_not_wanted_adds_up() -> None:
    first = ask(LINKER, avoid("leather")).constraints
    second = ask(LINKER, avoid("rubber"), act=ActName.REFINE, in_force=first).constraints
    assert plain(second) == [("material", "not in", ("leather", "rubber"))]
    third = ask(LINKER, want("leather"), act=ActName.REFINE, in_force=second).constraints
    assert plain(third) == [("material", "!=", "rubber"), ("material", "==", "leather")]


def test_two_colours_of_one_turn_are_alternatives() -> None:
    assert plain(ask(LINKER, want("red"), want("green")).constraints) == [("colour", "in", ("red", "green"))]


def test_a_new_kind_of_thing_replaces_the_old_one_of_another_column() -> None:
    dresses = ask(SHOP, query="dress").constraints
    after = ask(SHOP, query="films", act=ActName.REFINE, in_force=dresses).constraints
    assert plain(after) == [("shelf", "==", "films")]
    homeware = ask(SHOP, want("home")).constraints
    kept = ask(SHOP, query="sofa", act=ActName.REFINE, in_force=homeware).constraints
    assert plain(kept) == [("shelf", "==", "home"), ("kind", "==", "sofa")]


def test_conditions_that_the_new_kind_of_thing_can_not_have_are_dropped() -> None:
    boots = ask(SHOP, want("waterproof"), want("size 9"), limit("under 100"), query="boots").constraints
    after = ask(SHOP, query="films", act=ActName.REFINE, in_force=boots)
    assert plain(after.constraints) == [("price", "<=", 100.0), ("shelf", "==", "films")]
    assert {one.field for one in after.dropped} == {"kind", "features", "sizes"}


def test_recommend_starts_afresh() -> None:
    assert plain(ask(LINKER, query="scarf", in_force=BEFORE).constraints) == [("kind", "==", "scarf")]


def test_fresh_constraints_are_those_of_this_turn() -> None:
    after = ask(LINKER, want("green"), act=ActName.REFINE, in_force=BEFORE)
    assert plain(after.fresh) == [("colour", "==", "green")]


class Likening:
    """A TextEncoder in which one request has a given cosine with one document, and all others have none."""

    id = "likening"

    def __init__(self, request: str, document: str, cosine: float) -> None:
        self._request, self._document, self._cosine = request, document, cosine
        self.documents: list[str] = []

    @property
    def dimension(self) -> int:
        return 3

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        self.documents.extend(texts)
        return np.array(
            [[text == self._document, text != self._document, 0] for text in texts], dtype=np.float32
        )

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        near = [self._cosine, 0.0, (1 - self._cosine**2) ** 0.5]
        return np.array([near if text == self._request else [0, 0, 1] for text in texts], dtype=np.float32)


def test_a_phrase_near_in_meaning_to_a_value_ranks_and_never_filters() -> None:
    encoder = Likening("for striding about", "tags: walking", 0.8)
    linker = Linker(DOZEN, encoder, clock)
    said = "for striding about"
    expected = Constraint("tags", Op.CONTAINS, "walking", said, Status.RANKED)
    assert ask(linker, want(said)).constraints == (expected,)
    before = len(encoder.documents)
    assert ask(linker, want("with a hood")).constraints[0].field is None
    assert len(encoder.documents) == before  # values are encoded once


def test_a_phrase_too_far_in_meaning_is_left_to_its_words() -> None:
    linker = Linker(DOZEN, Likening("for striding about", "tags: walking", 0.4), clock)
    assert ask(linker, want("for striding about")).constraints[0].field is None


def test_a_word_of_the_catalogue_needs_no_meaning() -> None:
    encoder = Likening("red", "tags: walking", 0.9)
    assert plain(ask(Linker(DOZEN, encoder, clock), want("red")).constraints) == [("colour", "==", "red")]
    assert encoder.documents == []


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        (Constraint("price", Op.LE, 80.0, "under 80"), "price ≤ 80"),
        (Constraint("price", Op.ABOUT, 19.5, "about 19.50"), "price about 19.5"),
        (Constraint("material", Op.NE, "leather", "not leather"), "not leather"),
        (Constraint("colour", Op.IN, ("blue", "navy blue"), "blue"), "colour blue or navy blue"),
        (Constraint("tags", Op.CONTAINS, "waterproof", "wont leak"), "waterproof"),
        (Constraint("tags", Op.NOT_IN, ("formal", "warm"), "not formal or warm"), "not formal or warm"),
        (Constraint("kind", Op.EQ, "boots", "boots"), "boots"),
        (Constraint("released", Op.GE, "2024-03", "since march"), "released ≥ 2024-03"),
        (Constraint(None, Op.CONTAINS, "with a hood", "with a hood", Status.RANKED), "with a hood"),
        (Constraint(None, Op.NE, "pockets", "no pockets", Status.RANKED), "not pockets"),
    ],
)
def test_descriptions(constraint: Constraint, words: str) -> None:
    assert describe(constraint, LINKER.fields) == words


def test_descriptions_of_yes_and_no_columns() -> None:
    fields = Fields(shop().columns, len(shop()))
    assert describe(Constraint("vegan", Op.EQ, "yes", "vegan"), fields) == "vegan"
    assert describe(Constraint("sizes", Op.CONTAINS, "9", "size 9"), fields) == "sizes 9"
    assert describe(Constraint("vegan", Op.NE, "yes", "not vegan"), fields) == "not vegan"
    assert describe(Constraint("minutes", Op.LE, 90.0, "90 min"), fields) == "minutes ≤ 90 min"


def test_columns_by_what_they_are_for() -> None:
    fields = Fields(DOZEN.columns, len(DOZEN))
    assert [column.name if column else None for column in (fields.price, fields.rating)] == [
        "price",
        "rating",
    ]
    assert fields.categories == {"kind"}
    asked = fields.mentioned("what material is it and how is it rated, what colour?")
    assert asked[0].name == "material"
    assert Fields((Column("a", Role.NUMBER, "retail cost", unit="$"),), 1).price is not None
    assert Fields((Column("n", Role.NUMBER, "rating count"),), 1).rating is None


TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(
        st.sampled_from(
            "not under over between and the red blue navy boots 80 £ quid cheaper than second one or with by directed "
            "size 9 half a couple nineties since march cheap leather free without - , ( [ ' é 0 999999999999 ½ "
            "last number".split()
        ),
        max_size=8,
    ).map(" ".join),
)
PHRASES = st.builds(Phrase, st.sampled_from(PhraseKind), TEXTS)


@settings(max_examples=150, deadline=None)
@given(
    act=st.sampled_from(ActName),
    query=TEXTS,
    phrases=st.lists(PHRASES, max_size=3),
    references=st.lists(TEXTS, max_size=2),
    extra=TEXTS,
    focus=st.sampled_from([None, "b2"]),
)
def test_linking_never_fails_and_enforces_only_what_can_be_checked(
    act: ActName, query: str, phrases: list[Phrase], references: list[str], extra: str, focus: str | None
) -> None:
    reading = Reading(act, query, tuple(phrases), tuple(references), extra, extra, extra)
    linked = LINKER.link(reading, Screen(SCREEN.items, SCREEN.earlier, focus), BEFORE)
    filters, columns = Filters(DOZEN), {column.name: column for column in DOZEN.columns}
    for one in linked.constraints:
        describe(one, LINKER.fields)
        if one.status is not Status.ENFORCED:
            continue
        assert one.field in columns
        filters.mask(one)  # raises where it can't be checked
        if columns[one.field].role in (Role.FACET, Role.LIST):
            values = one.value if isinstance(one.value, tuple) else (one.value,)
            assert set(values) <= set(columns[one.field].values)
    assert all(item in DOZEN.ids for item in linked.items)
    assert linked.count is None or 1 <= linked.count <= 20
    assert linked.stars is None or 0 <= linked.stars <= 5
    assert linked.sort is None or linked.sort.lstrip("-") in columns


def of_one_column(name: str, role: Role, values: Sequence[str]) -> MemorySnapshot:
    items = [
        Item(str(at), f"Thing {at}", {name: (v,) if role is Role.LIST else v}) for at, v in enumerate(values)
    ]
    return MemorySnapshot(
        items, [Column("id", Role.ID, "id"), Column("title", Role.TITLE, "title"), Column(name, role, name)]
    )


def test_what_ends_in_an_avoided_word_is_avoided_too() -> None:
    knits = ("wool", "lambswool", "merino wool", "cotton", "woollen felt")
    linker = Linker(of_one_column("material", Role.FACET, knits), None, clock)
    (avoided,) = ask(linker, avoid("wool")).constraints
    assert isinstance(avoided.value, tuple)
    assert {"wool", "lambswool", "merino wool"} <= set(avoided.value)
    assert "cotton" not in avoided.value


def test_a_number_in_words_names_a_value_and_another_size_replaces_it() -> None:
    linker = Linker(of_one_column("size", Role.LIST, ("2 person", "4 person")), None, clock)
    four = ask(linker, want("for four people")).constraints
    assert plain(four) == [("size", "contains", "4 person")]
    two = ask(linker, want("for two people"), act=ActName.REFINE, in_force=four).constraints
    assert plain(two) == [("size", "contains", "2 person")]


def test_a_query_that_is_nothing_but_a_time_is_a_condition() -> None:
    linked = ask(SHOP, query="what's on this weekend")
    assert "weekday" in {one.field for one in linked.constraints}
    assert not ask(SHOP, query="something for a weekend away").constraints


def test_an_order_of_something_else_is_no_running_time() -> None:
    linked = ask(SHOP, query="headphones", sort="longest battery life")
    assert (linked.sort, linked.unsortable) == (None, "longest battery life")
    assert ask(SHOP, sort="longest film").unsortable is None


@pytest.mark.parametrize(
    ("said", "is_one"), [("leather", True), ("the leather one", False), ("good morning", False)]
)
def test_an_attribute_is_told_from_an_item(said: str, is_one: bool) -> None:
    assert LINKER.is_attribute(said) is is_one


def test_the_old_one_is_no_title_that_has_the_word() -> None:
    linker = Linker(films(), None, clock)
    word = films().titles()[0].split()[-1]
    found = linker.link(Reading(ActName.DISLIKE, references=(f"the {word} one",)), Screen(("x",)))
    assert not found.items


def test_another_kind_beside_the_one_asked_for_only_ranks() -> None:
    linked = ask(SHOP, want("for films"), query="jumper")
    assert plain(linked.constraints) == [("kind", "==", "jumper")]


def test_i_take_a_size_is_no_stretch_of_time() -> None:
    assert not any(one.field == "minutes" for one in ask(SHOP, want("i take a size 9")).constraints)
