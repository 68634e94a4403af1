"""What people say against what four catalogues have: the tables are the specification."""

from __future__ import annotations

import pytest

from agent.linking.link import Linker
from retrieval.types import Column, Constraint, Item, Role, Status, Value
from tests.agent.linking.catalogues import ask, avoid, clock, fashion, films, limit, plain, shop, want
from tests.fakes.snapshot import MemorySnapshot

LINKERS = {
    "dozen": Linker(MemorySnapshot.from_csv(), None, clock),
    "shop": Linker(shop(), None, clock),
    "films": Linker(films(), None, clock),
    "fashion": Linker(fashion(), None, clock),
}
Expected = list[tuple[str, str, Value]]


@pytest.mark.parametrize(
    ("catalogue", "text", "expected"),
    [
        # price
        ("dozen", "under 80 quid", [("price", "<=", 80.0)]),
        ("dozen", "80 quid tops", [("price", "<=", 80.0)]),
        ("dozen", "eighty pounds max", [("price", "<=", 80.0)]),
        ("dozen", "below $50", [("price", "<=", 50.0)]),
        ("dozen", "less than fifty euros", [("price", "<", 50.0)]),
        ("dozen", "no more than 60", [("price", "<=", 60.0)]),
        ("dozen", "not over 60", [("price", "<=", 60.0)]),
        ("dozen", "nothing over 60", [("price", "<=", 60.0)]),
        ("dozen", "up to a hundred and twenty", [("price", "<=", 120.0)]),
        ("dozen", "price below 80", [("price", "<=", 80.0)]),
        ("dozen", "price <= 80", [("price", "<=", 80.0)]),
        ("dozen", "80 or less", [("price", "<=", 80.0)]),
        ("dozen", "my budget is 70", [("price", "<=", 70.0)]),
        ("dozen", "I can spend 70", [("price", "<=", 70.0)]),
        ("dozen", "£70", [("price", "<=", 70.0)]),
        ("dozen", "over 50", [("price", ">=", 50.0)]),
        ("dozen", "more than 50", [("price", ">", 50.0)]),
        ("dozen", "from 50 pounds", [("price", ">=", 50.0)]),
        ("dozen", "50 and up", [("price", ">=", 50.0)]),
        ("dozen", "between 40 and 70", [("price", ">=", 40.0), ("price", "<=", 70.0)]),
        ("dozen", "between seventy and forty", [("price", ">=", 40.0), ("price", "<=", 70.0)]),
        ("dozen", "£40-£70", [("price", ">=", 40.0), ("price", "<=", 70.0)]),
        ("dozen", "40 to 70 quid", [("price", ">=", 40.0), ("price", "<=", 70.0)]),
        ("dozen", "over 40 but under 70", [("price", ">=", 40.0), ("price", "<=", 70.0)]),
        ("dozen", "around 70", [("price", "~", 70.0)]),
        ("dozen", "70ish", [("price", "~", 70.0)]),
        ("dozen", "exactly 42 pounds", [("price", "==", 42.0)]),
        ("dozen", "cheaper than 50", [("price", "<", 50.0)]),
        (
            "dozen",
            "red boots under 80",
            [("colour", "==", "red"), ("kind", "==", "boots"), ("price", "<=", 80.0)],
        ),
        ("shop", "under 50p", [("price", "<=", 0.5)]),
        # rating
        ("dozen", "at least four stars", [("rating", ">=", 4.0)]),
        ("dozen", "4 stars", [("rating", ">=", 4.0)]),
        ("dozen", "4.5+ stars", [("rating", ">=", 4.5)]),
        ("dozen", "rated 4.5 or higher", [("rating", ">=", 4.5)]),
        ("dozen", "rating over 4", [("rating", ">=", 4.0)]),
        ("dozen", "9 out of 10", [("rating", ">=", 4.5)]),
        ("dozen", "above 4.2", [("rating", ">=", 4.2)]),
        ("films", "at least 7", [("rating", ">=", 7.0)]),
        ("films", "four stars", [("rating", ">=", 8.0)]),
        ("films", "8/10 or better", [("rating", ">=", 8.0)]),
        # time
        ("films", "under two hours", [("runtime", "<=", 120.0)]),
        ("films", "less than 2h30", [("runtime", "<", 150.0)]),
        ("films", "an hour and a half", [("runtime", "~", 90.0)]),
        ("films", "around 100 minutes", [("runtime", "~", 100.0)]),
        ("films", "longer than 2 hours", [("runtime", ">", 120.0)]),
        ("films", "no longer than 130 minutes", [("runtime", "<=", 130.0)]),
        (
            "films",
            "between an hour and a half and two hours",
            [("runtime", ">=", 90.0), ("runtime", "<=", 120.0)],
        ),
        ("films", "two hours or less", [("runtime", "<=", 120.0)]),
        ("films", "I have only two hours", [("runtime", "<=", 120.0)]),
        ("films", "runtime below 100", [("runtime", "<=", 100.0)]),
        # years and dates
        ("films", "after 1995", [("release_date", ">", "1995")]),
        ("films", "before 1995", [("release_date", "<", "1995")]),
        ("films", "since 2000", [("release_date", ">=", "2000")]),
        ("films", "from the nineties", [("release_date", ">=", "1990"), ("release_date", "<=", "1999")]),
        ("films", "before the nineties", [("release_date", "<", "1990")]),
        ("films", "1994", [("release_date", "==", "1994")]),
        ("films", "newer than 2005", [("release_date", ">", "2005")]),
        ("films", "around 2000", [("release_date", "~", "2000")]),
        ("shop", "between 1990 and 2000", [("year", ">=", 1990.0), ("year", "<=", 2000.0)]),
        ("shop", "the eighties", [("year", ">=", 1980.0), ("year", "<=", 1989.0)]),
        ("shop", "1995 or later", [("year", ">=", 1995.0)]),
        ("shop", "no older than 2010", [("year", ">=", 2010.0)]),
        ("shop", "this week", [("date", ">=", "2026-11-23"), ("date", "<=", "2026-11-29")]),
        ("shop", "since october", [("date", ">=", "2026-10")]),
        ("shop", "last month", [("date", "==", "2026-10")]),
        ("fashion", "after 2013", [("year", ">", 2013.0)]),
        ("fashion", "from 2016", [("year", "==", 2016.0)]),
        # other columns, by label and unit
        ("shop", "under 300 pages", [("pages", "<=", 300.0)]),
        ("shop", "more than three hundred pages", [("pages", ">", 300.0)]),
        ("shop", "heels below 4 cm", [("heel_height", "<=", 4.0)]),
        ("shop", "heel height at most 30 mm", [("heel_height", "<=", 3.0)]),
        ("shop", "lighter than half a kilo", [("weight", "<", 500.0)]),
        ("shop", "lighter than 0.5 kg", [("weight", "<", 500.0)]),
        ("shop", "under 1 kg", [("weight", "<=", 1000.0)]),
        ("shop", "less than a tenner", [("price", "<", 10.0)]),
        ("shop", "sub-50", [("price", "<=", 50.0)]),
        ("shop", "max. 50", [("price", "<=", 50.0)]),
        ("shop", "less than two hours", [("minutes", "<", 120.0)]),
        # nothing has it
        ("dozen", "at least 8 cores", []),
        ("fashion", "under 50", []),
        ("dozen", "under two hours", []),
    ],
)
def test_limits(catalogue: str, text: str, expected: Expected) -> None:
    found = plain(ask(LINKERS[catalogue], limit(text)).constraints)
    assert sorted(found, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("catalogue", "text", "expected"),
    [
        # spelling, case, plural, hyphen
        ("dozen", "Leather", [("material", "==", "leather")]),
        ("dozen", "navy-blue", [("colour", "==", "navy blue")]),
        ("dozen", "lether", [("material", "==", "leather")]),
        ("dozen", "water proof", [("tags", "contains", "waterproof")]),
        ("dozen", "gifts", [("tags", "contains", "gift")]),
        ("fashion", "T-shirts", [("articleType", "==", "Tshirts")]),
        ("fashion", "t shirt", [("articleType", "==", "Tshirts")]),
        ("films", "horor", [("genres", "contains", "Horror")]),
        ("films", "PG-13", [("content_rating", "==", "PG-13")]),
        ("films", "pg", [("content_rating", "==", "PG")]),
        # words around
        ("dozen", "for walking", [("tags", "contains", "walking")]),
        ("dozen", "made of wool", [("material", "==", "wool")]),
        ("dozen", "in red please", [("colour", "==", "red")]),
        ("dozen", "navy blue wool", [("colour", "==", "navy blue"), ("material", "==", "wool")]),
        (
            "dozen",
            "light and waterproof",
            [("tags", "contains", "light"), ("tags", "contains", "waterproof")],
        ),
        ("dozen", "light or waterproof", [("tags", "in", ("light", "waterproof"))]),
        ("dozen", "red or green", [("colour", "in", ("red", "green"))]),
        ("dozen", "soft leather", [("material", "==", "leather")]),
        ("dozen", "leather but not black", [("material", "==", "leather"), ("colour", "!=", "black")]),
        # a word inside longer values
        ("dozen", "blue", [("colour", "==", "blue")]),
        ("dozen", "navy", [("colour", "==", "navy")]),
        ("shop", "boots", [("kind", "in", ("ankle boots", "walking boots"))]),
        ("shop", "wool", [("material", "==", "merino wool")]),
        ("shop", "leather", [("material", "==", "leather")]),
        ("fashion", "grey", [("baseColour", "==", "Grey")]),
        ("fashion", "shoes", [("subCategory", "==", "Shoes")]),
        ("fashion", "perfume", [("articleType", "==", "Perfume and Body Mist")]),
        # synonyms and families
        ("dozen", "keeps water out", [("tags", "contains", "waterproof")]),
        ("dozen", "won't leak", [("tags", "contains", "waterproof")]),
        ("dozen", "cosy", [("tags", "contains", "warm")]),
        ("dozen", "lightweight", [("tags", "contains", "light")]),
        ("dozen", "hiking", [("tags", "contains", "walking")]),
        ("dozen", "crimson", [("colour", "==", "red")]),
        ("dozen", "gray", [("colour", "==", "grey")]),
        ("shop", "couch", [("kind", "==", "sofa")]),
        ("shop", "sneakers", [("kind", "==", "trainers")]),
        ("shop", "sweater", [("kind", "==", "jumper")]),
        ("shop", "sci-fi", [("kind", "==", "science fiction")]),
        ("shop", "movies", [("shelf", "==", "films")]),
        ("fashion", "pants", [("articleType", "in", ("Trousers", "Track Pants"))]),
        ("fashion", "for autumn", [("season", "==", "Fall")]),
        ("fashion", "ladies", [("gender", "==", "Women")]),
        ("fashion", "men's", [("gender", "==", "Men")]),
        ("fashion", "for my wife", [("gender", "==", "Women")]),
        ("fashion", "kids", [("gender", "in", ("Boys", "Girls"))]),
        ("fashion", "for the gym", [("usage", "==", "Sports")]),
        ("films", "funny", [("genres", "contains", "Comedy")]),
        ("films", "scary", [("genres", "contains", "Horror")]),
        ("films", "animated", [("genres", "contains", "Animation")]),
        ("films", "Disney Plus", [("streaming_services", "contains", "Disney+")]),
        ("films", "amazon prime", [("streaming_services", "contains", "Amazon Prime Video")]),
        # people
        ("films", "with Tom Hanks", [("cast", "contains", "Tom Hanks")]),
        ("films", "directed by Nolan", [("director", "contains", "Christopher Nolan")]),
        ("films", "nolan", [("director", "contains", "Christopher Nolan")]),
        ("films", "starring zendaya", [("cast", "contains", "Zendaya")]),
        ("films", "leonardo di caprio", [("cast", "contains", "Leonardo DiCaprio")]),
        ("films", "a Villeneuve film", [("director", "contains", "Denis Villeneuve")]),
        ("films", "jack nicolson", [("cast", "contains", "Jack Nicholson")]),
        ("films", "with hope", []),
        ("films", "young", []),
        # yes and no, numbers as values, days
        ("shop", "vegan", [("vegan", "==", "yes")]),
        ("shop", "not vegan", [("vegan", "!=", "yes")]),
        ("films", "not sponsored", [("sponsored", "!=", "true")]),
        ("shop", "size 9", [("sizes", "contains", "9")]),
        ("shop", "size 9 or 10", [("sizes", "in", ("9", "10"))]),
        ("shop", "under fifty and vegan", [("price", "<=", 50.0), ("vegan", "==", "yes")]),
        ("shop", "leather-free", [("material", "!=", "leather")]),
        ("shop", "to wear at home", []),
        ("shop", "for a wedding in june", [("occasion", "contains", "wedding")]),
        ("shop", "on saturdays", [("weekday", "==", "saturday")]),
        ("shop", "at the weekend", [("weekday", "==", "saturday")]),
        ("films", "rated R", [("content_rating", "==", "R")]),
        # bounds said as wishes
        ("dozen", "under 80", [("price", "<=", 80.0)]),
        ("films", "from the nineties", [("release_date", ">=", "1990"), ("release_date", "<=", "1999")]),
        # a category that only describes something else is no condition
        ("shop", "for a music lover", []),
        (
            "shop",
            "wedding in the old town",
            [("occasion", "contains", "wedding"), ("place", "==", "old town")],
        ),
        ("shop", "dinner in the old town", []),
        ("dozen", "with a hood", []),
        ("dozen", "for my grandmother", []),
    ],
)
def test_wants(catalogue: str, text: str, expected: Expected) -> None:
    found = plain(ask(LINKERS[catalogue], want(text)).constraints)
    assert sorted(found, key=str) == sorted(expected, key=str)


@pytest.mark.parametrize(
    ("catalogue", "text", "expected"),
    [
        ("dozen", "leather", [("material", "!=", "leather")]),
        ("dozen", "not leather", [("material", "!=", "leather")]),
        ("dozen", "blue", [("colour", "!=", "blue")]),
        ("dozen", "leather or rubber", [("material", "not in", ("leather", "rubber"))]),
        ("dozen", "formal", [("tags", "not in", ("formal",))]),
        ("films", "Tom Hanks", [("cast", "not in", ("Tom Hanks",))]),
        ("films", "too scary", [("genres", "not in", ("Horror",))]),
        ("films", "over two hours", [("runtime", "<=", 120.0)]),
        ("films", "before 1990", [("release_date", ">=", "1990")]),
        ("films", "the nineties", [("release_date", "not in", tuple(str(y) for y in range(1990, 2000)))]),
        ("films", "R rated", [("content_rating", "!=", "R")]),
        ("dozen", "pockets", []),
    ],
)
def test_avoids(catalogue: str, text: str, expected: Expected) -> None:
    assert plain(ask(LINKERS[catalogue], avoid(text)).constraints) == expected


@pytest.mark.parametrize(
    ("catalogue", "query", "expected"),
    [
        ("dozen", "boots", [("kind", "==", "boots")]),
        ("dozen", "scarves", [("kind", "==", "scarf")]),
        ("dozen", "bag", [("kind", "==", "handbag")]),
        (
            "dozen",
            "red leather bag",
            [("kind", "==", "handbag"), ("colour", "==", "red"), ("material", "==", "leather")],
        ),
        ("dozen", "a pair of boots for a wedding", [("kind", "==", "boots")]),
        ("dozen", "something for a rainy evening", []),
        ("dozen", "something red", [("colour", "==", "red")]),
        ("dozen", "boot polish", []),
        ("shop", "dress", [("kind", "==", "dress")]),
        ("shop", "films", [("shelf", "==", "films")]),
        ("shop", "coffee", [("kind", "==", "coffee")]),
        ("shop", "coffee table", [("kind", "==", "table")]),
        ("shop", "thriller films", [("shelf", "==", "films"), ("kind", "==", "thriller")]),
        ("shop", "boots or trainers", [("kind", "in", ("ankle boots", "walking boots", "trainers"))]),
        ("shop", "walking boots", [("kind", "==", "walking boots")]),
        ("shop", "music box", []),
        ("films", "science fiction movie", [("genres", "contains", "Science Fiction")]),
        ("films", "romantic comedy", [("genres", "contains", "Comedy"), ("genres", "contains", "Romance")]),
        ("films", "movies", []),
        (
            "fashion",
            "navy blue t-shirts",
            [("articleType", "==", "Tshirts"), ("baseColour", "==", "Navy Blue")],
        ),
        ("fashion", "womens handbag", [("articleType", "==", "Handbags"), ("gender", "==", "Women")]),
    ],
)
def test_heads_of_queries(catalogue: str, query: str, expected: Expected) -> None:
    linked = ask(LINKERS[catalogue], query=query)
    assert plain(linked.constraints) == expected
    assert linked.query == query


def test_what_no_column_checks_ranks_and_keeps_the_words() -> None:
    (found,) = ask(LINKERS["dozen"], want("with a hood")).constraints
    assert found == Constraint(None, found.op, "with a hood", "with a hood", Status.RANKED)
    assert found.op == "contains"


def test_words_beside_a_value_rank() -> None:
    found = ask(LINKERS["dozen"], want("soft leather")).constraints
    assert [(c.value, c.status) for c in found] == [("leather", Status.ENFORCED), ("soft", Status.RANKED)]


def test_a_narrower_word_than_the_catalogue_has_ranks_beside_the_broader_value() -> None:
    found = ask(LINKERS["dozen"], want("crimson")).constraints
    assert [(c.field, c.value, c.status) for c in found] == [
        ("colour", "red", Status.ENFORCED),
        (None, "crimson", Status.RANKED),
    ]


def test_vegan_leather_is_no_leather() -> None:
    linker = LINKERS["shop"]
    assert plain(ask(linker, want("faux leather")).constraints) == [("material", "==", "vegan leather")]
    assert plain(ask(linker, avoid("leather")).constraints) == [("material", "!=", "leather")]


def test_an_ambiguous_value_is_taken_from_the_column_of_the_things_asked_for() -> None:
    linker = LINKERS["shop"]
    assert plain(ask(linker, want("for walking"), query="boots").constraints)[-1] == (
        "occasion",
        "contains",
        "walking",
    )
    assert plain(ask(linker, want("walking"), query="clubs").constraints)[-1] == ("kind", "==", "walking")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("clubs", ("weekday", "==", "wednesday")), ("news", ("date", "==", "2026-11-25"))],
)
def test_today_is_a_weekday_or_a_date_as_the_things_asked_for_have_it(
    query: str, expected: tuple[str, str, str]
) -> None:
    assert plain(ask(LINKERS["shop"], limit("today"), query=query).constraints)[-1] == expected


@pytest.mark.parametrize("said", ["under eighty", "Under £80", "80 quid tops"])
def test_a_constraint_keeps_the_words_that_were_said(said: str) -> None:
    assert ask(LINKERS["dozen"], limit(said)).constraints[0].said == said


def test_a_longer_kind_on_another_shelf_is_no_kind_of_the_shorter() -> None:
    columns = [Column("id", Role.ID, "id"), Column("title", Role.TITLE, "title")]
    columns += [Column(name, Role.FACET, name) for name in ("shelf", "kind", "mood", "time")]
    cells = [
        "luggage/bags",
        "luggage/laptop bags",
        "outdoor/sleeping bags",
        "outdoor/tents",
        "home/lamps",
        "scenes/lighting",
        "films/drama",
    ]
    items = [
        Item(str(n), cell, dict(zip(("shelf", "kind"), cell.split("/"), strict=True)) | {"time": "night"})
        for n, cell in enumerate(cells)
    ]
    linker = Linker(MemorySnapshot(items, columns), None, clock)
    assert plain(ask(linker, query="bag").constraints) == [("kind", "in", ("bags", "laptop bags"))]
    assert plain(ask(linker, query="movie night lamp").constraints) == [("kind", "==", "lamps")]


def test_a_makers_name_is_not_taken_from_an_everyday_word() -> None:
    columns = [Column("id", Role.ID, "id"), Column("title", Role.TITLE, "title")]
    columns += [
        Column("maker", Role.FACET, "maker"),
        Column("note", Role.TEXT, "note"),
        Column("stock", Role.NUMBER, "stock"),
    ]
    cells: dict[str, Value] = {
        "maker": "Thorne & Daughter",
        "note": "A gift for a daughter or a son.",
        "stock": 3.0,
    }
    linker = Linker(MemorySnapshot([Item("1", "Scarf", cells)], columns), None, clock)
    assert plain(ask(linker, want("for my daughter")).constraints) == []
    assert plain(ask(linker, want("by Thorne")).constraints) == [("maker", "==", "Thorne & Daughter")]
    assert plain(ask(linker, want("in stock")).constraints) == [("stock", ">", 0.0)]


def test_a_wish_before_its_noun_is_one_kind_where_the_catalogue_has_such_a_kind() -> None:
    assert plain(ask(LINKERS["shop"], want("walking"), query="boots").constraints) == [
        ("kind", "==", "walking boots")
    ]


def test_a_relative_clause_asks_for_what_it_surely_names() -> None:
    found = plain(ask(LINKERS["shop"], query="boots that won't leak").constraints)
    assert ("features", "contains", "waterproof") in found
    assert len(plain(ask(LINKERS["shop"], query="boots that make me happy").constraints)) == len(found) - 1
