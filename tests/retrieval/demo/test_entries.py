from __future__ import annotations

import re
import tomllib
from collections import Counter

import pytest

from retrieval.demo.build import entries
from retrieval.demo.drawing.palette import SHADES
from retrieval.demo.entry import COLUMNS, Entry, entry
from retrieval.demo.prose import feature_sentences
from retrieval.demo.settings import settings_toml
from retrieval.types import Role

SHELVES = (
    "clothing", "shoes and bags", "home", "kitchen", "outdoor", "electronics", "books", "films", "music", "news",
    "clubs and people", "home scenes",
)  # fmt: skip
SOLD = SHELVES[:6]

Town = tuple[Entry, ...]


def test_twelve_shelves_hold_about_a_hundred_items_each(town: Town) -> None:
    counts = Counter(item.text("shelf") for item in town)
    assert tuple(counts) == SHELVES
    assert all(80 <= count <= 125 for count in counts.values())
    assert 1150 <= len(town) <= 1250


def test_entries_are_the_same_each_time(town: Town) -> None:
    assert tuple(entries()) == town


def test_ids_titles_and_descriptions_are_unique(town: Town) -> None:
    for column in ("id", "title", "description"):
        assert max(Counter(item.text(column) for item in town).values()) == 1


def test_only_things_for_sale_have_a_price_and_stock(town: Town) -> None:
    for item in town:
        sold = item.text("shelf") in SOLD
        assert ("price" in item.cells, "stock" in item.cells) == (sold, sold), item.id


def test_every_item_has_a_rating_and_reviews_and_most_have_four_stars(town: Town) -> None:
    ratings = [item.cells["rating"] for item in town]
    assert all(
        isinstance(rating, float) and 1 <= rating <= 5 and round(rating, 1) == rating for rating in ratings
    )
    assert sum(isinstance(rating, float) and rating >= 4 for rating in ratings) > 0.8 * len(town)
    assert all(item.cells["reviews"] and item.text("review") for item in town)


NEEDED = {
    "books": {"maker", "genre", "mood", "year", "pages"},
    "films": {"maker", "genre", "mood", "year", "minutes"},
    "music": {"maker", "genre", "mood", "year", "minutes", "tempo", "key", "mode"},
    "news": {"maker", "section", "date"},
    "clubs and people": {"place", "weekday"},
    "home scenes": {"room", "time_of_day", "devices"},
    **{shelf: {"maker", "colour", "material", "style", "occasion", "season", "features"} for shelf in SOLD},
}


@pytest.mark.parametrize("shelf", SHELVES)
def test_items_have_the_facets_of_their_shelf(town: Town, shelf: str) -> None:
    for item in town:
        if item.text("shelf") == shelf:
            assert set(item.cells) >= NEEDED[shelf] | {"kind", "description"}, item.id


def test_news_is_of_2026(town: Town) -> None:
    dates = [item.text("date") for item in town if item.text("shelf") == "news"]
    assert all(re.fullmatch(r"2026-\d\d-\d\d", date) for date in dates)


def test_descriptions_agree_with_the_colour_of_the_item(town: Town) -> None:
    """A description may name no colour but its own in the sentence that is about colour."""
    for item in town:
        if "colour" in item.cells:
            shades = [name for name, _ in SHADES[item.text("colour")]]
            words = f"{item.text('title')} {item.text('description')}"
            assert item.text("colour") in words and any(shade in words for shade in shades), item.id


def test_features_have_sentences(town: Town) -> None:
    known = feature_sentences()
    used: set[str] = set()
    for item in town:
        given = item.cells.get("features", ())
        assert isinstance(given, tuple)
        used.update(given)
    assert used == set(known)


def test_texts_are_clean_sentences(town: Town) -> None:
    for item in town:
        for column in ("description", "review"):
            text = item.text(column)
            assert text == " ".join(text.split()), item.id
            assert text[-1] in ".?!" and not re.search(r"[{}|]|(?<![.?!:]) [.;,]", text), text


def test_product_lines_come_in_several_colours(town: Town) -> None:
    lines: dict[tuple[str, str], set[str]] = {}
    for item in town:
        if "colour" in item.cells:
            lines.setdefault((item.text("shelf"), item.line), set()).add(item.text("colour"))
    several = sum(len(colours) > 1 for colours in lines.values())
    assert several > 0.85 * len(lines)


@pytest.mark.parametrize(
    ("kind", "wanted"),
    [
        ("boots", {"features": "waterproof"}),
        ("handbags", {"colour": "red", "material": "leather"}),
        ("rain jackets", {"features": "waterproof"}),
        ("tents", {}),
        ("kettles", {}),
        ("headphones", {"features": "wireless"}),
        ("scarves", {}),
        ("dresses", {"occasion": "wedding"}),
        ("board games", {}),
        ("toys", {}),
        ("coffee beans", {}),
        ("coffee machines", {}),
        ("detective novel", {"genre": "crime"}),
        ("documentary", {}),
        ("running club", {"weekday": "Tuesday"}),
        ("coffee scene", {"room": "kitchen"}),
        ("chess coach", {}),
        ("tandem partner", {}),
        ("song", {"genre": "acoustic", "mood": "calm"}),
    ],
)
def test_what_people_try_first_is_there(town: Town, kind: str, wanted: dict[str, str]) -> None:
    def fits(item: Entry) -> bool:
        for column, value in wanted.items():
            cell = item.cells.get(column)
            if value not in (cell if isinstance(cell, tuple) else (cell,)):
                return False
        return item.text("kind") == kind

    assert any(fits(item) for item in town)


def test_waterproof_boots_under_eighty_come_in_several_colours(town: Town) -> None:
    colours = set()
    for item in town:
        price, features = item.cells.get("price"), item.cells.get("features", ())
        if (
            item.text("kind") == "boots"
            and isinstance(price, float)
            and price < 80
            and isinstance(features, tuple)
        ):
            colours |= {item.text("colour")} if "waterproof" in features else set()
    assert len(colours) >= 4


def test_the_settings_file_says_a_known_role_for_every_column(town: Town) -> None:
    settings = tomllib.loads(settings_toml())
    assert settings["name"] == "demo"
    assert set(settings["columns"]) == set(COLUMNS)
    assert {column["role"] for column in settings["columns"].values()} <= set(Role)
    assert {name for item in town for name in item.cells} | {"picture", "sound"} == set(COLUMNS)


def test_an_entry_refuses_a_cell_that_no_column_is_for(town: Town) -> None:
    with pytest.raises(KeyError, match="wingspan"):
        entry({"id": "x", "wingspan": "2 m"}, town[0].drawing, "x")
