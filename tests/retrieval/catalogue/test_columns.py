import pytest

from encoders.errors import CatalogueError, UsageError
from retrieval.catalogue.columns import Choice, Plan, plan
from retrieval.catalogue.naming import label_and_unit
from retrieval.catalogue.profile import SAMPLE, profile
from retrieval.types import Role


def plans(columns: dict[str, list[object]], choices: dict[str, Choice] | None = None) -> dict[str, Plan]:
    rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*columns.values(), strict=True)]
    return {planned.name: planned for planned in plan(profile(enumerate(rows, 1)), choices or {})}


def role_of(name: str, cells: list[object]) -> Role:
    """Return the role of a column among ids and titles, its cells repeated to sixty rows."""
    many = (cells * 60)[:60]
    ids: list[object] = [f"i{n}" for n in range(60)]
    titles: list[object] = [f"Thing number {n}" for n in range(60)]
    return plans({"id": ids, "title": titles, name: many})[name].role


@pytest.mark.parametrize(
    ("name", "cells", "role"),
    [
        ("colour", ["red", "blue", "green"], Role.FACET),
        ("maker", [f"Maker {n}" for n in range(60)], Role.FACET),
        ("price", ["£1.50", "£2,000.00", None], Role.NUMBER),
        ("price", ["1.5", "2", "3", "4", "on request"], Role.NUMBER),
        ("oddity", ["1.5", "2", "3", "4", "on request"], Role.FACET),
        ("year", [1999, 2000, 2001], Role.NUMBER),
        ("release_year", ["1999", "2000", "2001"], Role.NUMBER),
        ("released", ["1999", "2000", "2001"], Role.DATE),
        ("when", ["2024-03-01", "2023-01-05"], Role.DATE),
        ("code", ["00123", "00456"], Role.IGNORE),
        ("area", ["00123", "00456"], Role.FACET),
        ("in_stock", [True, False], Role.FACET),
        ("is_new", [1, 0], Role.FACET),
        ("vegan", ["Yes", "no"], Role.FACET),
        ("stock", [1, 0], Role.NUMBER),
        ("tags", ["a|b", "b", "c|a"], Role.LIST),
        ("genres", [["a", "b"], ["c"]], Role.LIST),
        ("genres", ['["a", "b"]', "['c']"], Role.LIST),
        (
            "reviews",
            [["I like this one very much, as all my friends do."], ["Too small for me, and I sent it back."]],
            Role.TEXT,
        ),
        ("description", ["Soft and warm, of wool.", "Made for long walks."], Role.TEXT),
        ("remark", [f"It is the {n}th of many things in this shop" for n in range(60)], Role.TEXT),
        ("image", ["a/1.jpg", "a/2.JPG"], Role.PICTURE),
        ("photo", [None, None], Role.PICTURE),
        ("clip", ["x.mp3", "y.wav"], Role.SOUND),
        ("image", ["https://x.y/1.jpg", "https://x.y/2.jpg"], Role.IGNORE),
        ("imdb_id", ["tt01", "tt02"], Role.IGNORE),
        ("shop", ["one"], Role.IGNORE),
        ("nothing", [None], Role.IGNORE),
        ("blob", [b"x"], Role.IGNORE),
        ("digest", [f"{n * 7919:032x}" for n in range(1, 61)], Role.IGNORE),
    ],
)
def test_role(name: str, cells: list[object], role: Role) -> None:
    assert role_of(name, cells) is role


@pytest.mark.parametrize(
    ("name", "label", "unit"),
    [
        ("baseColour", "base colour", None),
        ("price_gbp", "price", "£"),
        ("Price (USD)", "price", "$"),
        ("Weight [kg]", "weight", "kg"),
        ("duration_min", "duration", "min"),
        ("weight_g", "weight", "g"),
        ("size_m", "size m", None),
        ("bpm", "bpm", "bpm"),
        ("listed_in", "listed in", None),
        ("runtime", "runtime", "min"),
        ("IMDBScore", "imdb score", None),
        ("größe", "größe", None),
        ("___", "___", None),
    ],
)
def test_label_and_unit(name: str, label: str, unit: str | None) -> None:
    assert label_and_unit(name) == (label, unit)


def test_a_unit_is_read_off_the_values() -> None:
    found = plans(
        {"id": [1, 2], "title": ["a", "b"], "cost": ["£4", "£5"], "rating": [4.5, 3], "score": [88, 91]}
    )
    assert (found["cost"].unit, found["rating"].unit, found["score"].unit) == ("£", "stars", None)


def test_the_id_is_the_column_of_that_name_though_others_are_unique() -> None:
    found = plans({"sku": ["x1", "x2"], "name": ["a", "b"], "id": [1, 1], "brand_id": [7, 8]})
    assert [planned.role for planned in found.values()] == [Role.IGNORE, Role.TITLE, Role.ID, Role.IGNORE]


def test_an_unnamed_first_column_of_row_numbers_can_be_the_id() -> None:
    assert plans({"column 1": ["0", "1", "2"], "name": ["a", "b", "c"]})["column 1"].role is Role.ID


def test_the_brand_is_not_the_title() -> None:
    found = plans({"id": [1, 2], "brand_name": ["x", "x"], "productDisplayName": ["a", "b"]})
    assert found["productDisplayName"].role is Role.TITLE


def test_without_a_name_that_tells_the_first_column_of_short_texts_is_the_title() -> None:
    found = plans({"id": [1, 2], "price": [3, 4], "what": ["Red boots", "Blue hat"]})
    assert found["what"].role is Role.TITLE


@pytest.mark.parametrize(
    ("columns", "flag"),
    [
        ({"title": ["a", "b"], "colour": ["red", "red"]}, r"id among title, colour; .*--column NAME=id"),
        ({"id": [1, 2], "price": [3, 4]}, r"title among id, price; .*--column NAME=title"),
    ],
)
def test_without_id_or_title_the_columns_and_the_flag_are_named(
    columns: dict[str, list[object]], flag: str
) -> None:
    with pytest.raises(CatalogueError, match=flag):
        plans(columns)


def test_a_choice_prevails_and_says_so() -> None:
    choice = Choice(Role.FACET, label="how much")
    found = plans({"id": [1, 2], "title": ["a", "b"], "price": [3, 4]}, {"price": choice})
    assert (found["price"].role, found["price"].label, found["price"].why) == (
        Role.FACET,
        "how much",
        "set by --column",
    )


def test_a_choice_of_no_column_names_the_nearest() -> None:
    with pytest.raises(UsageError, match="no column 'prize'; did you mean 'price'"):
        plans({"id": [1], "title": ["a"], "price": [3]}, {"prize": Choice(Role.NUMBER)})


def test_two_titles_are_refused() -> None:
    with pytest.raises(UsageError, match="Two columns are set as title, a and b"):
        plans({"id": [1], "a": ["x"], "b": ["y"]}, {"a": Choice(Role.TITLE), "b": Choice(Role.TITLE)})


def test_the_year_is_derived_where_nine_titles_of_ten_end_with_it() -> None:
    titles: list[object] = [f"Film {n} ({1990 + n})" for n in range(9)]
    ids: list[object] = list(range(10))
    assert plans({"id": ids, "title": [*titles, "Alien"]})["year"].derived
    assert "year" not in plans({"id": ids, "title": [*titles[:8], "Alien", "Heat"]})
    assert not plans({"id": ids, "title": [*titles, "Alien"], "year": ids})["year"].derived


def test_the_sample_is_bounded_and_the_same_each_time() -> None:
    def once() -> tuple[int, int, tuple[object, ...]]:
        found = profile((n, {"x": n if n % 2 else None}) for n in range(20_000))
        return found.rows, found.columns[0].filled, found.columns[0].sample

    rows, filled, sample = once()
    assert (rows, filled, len(sample)) == (20_000, 10_000, SAMPLE)
    assert once()[2] == sample
    assert max(n for n in sample if isinstance(n, int)) > 19_000


def test_a_row_of_a_thousand_columns_is_taken_for_a_mistake() -> None:
    with pytest.raises(CatalogueError, match="over 1,000 columns"):
        profile([(1, {str(n): n for n in range(1001)})])
