"""Real catalogues, none of which has code of its own."""

from pathlib import Path

import pytest

from retrieval.catalogue.importer import Import, load
from retrieval.types import Role

DATA = Path(__file__).parents[4] / "shared" / "data"
pytestmark = [
    pytest.mark.data,
    pytest.mark.skipif(not DATA.is_dir(), reason="the real data folder is not beside the checkout"),
]


def roles(imported: Import) -> dict[str, Role]:
    return {row.column: row.role for row in imported.roles}


def test_products_with_photographs() -> None:
    fashion = load(DATA / "fashion")
    assert (len(fashion.items), fashion.problems) == (2500, ())
    assert all(item.picture for item in fashion.items)
    facets = ("gender", "masterCategory", "subCategory", "articleType", "baseColour", "season", "usage")
    assert roles(fashion) == {
        "id": Role.ID,
        "name": Role.TITLE,
        **dict.fromkeys(facets, Role.FACET),
        "year": Role.NUMBER,
        "image": Role.PICTURE,
    }
    assert {column.name: column.label for column in fashion.columns}["baseColour"] == "base colour"


def test_films_by_key() -> None:
    films = load(DATA / "redial" / "items.json")
    assert (films.name, len(films.items), films.problems) == ("redial", 6583, ())
    lists = ("genre", "director", "writer", "star")
    assert roles(films) == {
        "id": Role.ID,
        "name": Role.TITLE,
        "plot": Role.TEXT,
        **dict.fromkeys(lists, Role.LIST),
        "imdb_id": Role.IGNORE,
        "year": Role.NUMBER,
    }
    assert films.items[0].fields["year"] == 1995.0


def test_films_with_dates_and_durations() -> None:
    films = load(DATA / "taurec")
    assert len(films.items) == 153
    assert roles(films) == {
        "id": Role.ID,
        "title": Role.TITLE,
        "release_date": Role.DATE,
        "runtime": Role.NUMBER,
        "genres": Role.LIST,
        "overview": Role.TEXT,
        "cast": Role.LIST,
        "director": Role.FACET,
        "rating": Role.NUMBER,
        "vote_count": Role.NUMBER,
        "streaming_services": Role.LIST,
        "sponsored": Role.FACET,
        "content_rating": Role.FACET,
    }
    assert {column.name: column.unit for column in films.columns}["runtime"] == "min"


def test_things_with_many_gaps() -> None:
    things = load(DATA / "opendialkg" / "items.json")
    assert len(things.items) == 3672
    assert roles(things) == {
        "id": Role.ID,
        "name": Role.TITLE,
        "year": Role.NUMBER,
        **dict.fromkeys(("actor", "director", "genre", "language", "writer"), Role.LIST),
    }


def test_a_folder_of_photographs() -> None:
    clothes = load(DATA / "clothing" / "test")
    assert all(item.picture and item.fields["folder"] for item in clothes.items)
    assert len(next(column for column in clothes.columns if column.name == "folder").values) == 10
