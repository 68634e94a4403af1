from pathlib import Path

from retrieval.catalogue.content import DOCUMENT_LIMIT, document
from retrieval.catalogue.importer import load
from retrieval.types import Column, Item, Role, Value

DOZEN = Path(__file__).parents[2] / "data" / "dozen.csv"


def test_a_document_is_title_then_kinds_then_prose() -> None:
    dozen = load(DOZEN)
    assert document(dozen.items[0], dozen.columns) == (
        "Fellside Mid Boot. boots. brown. leather. waterproof, walking. "
        "Walking boot with a waterproof membrane, sealed at the seams."
    )


def test_names_numbers_and_truths_are_labelled() -> None:
    many = {str(n): 1 for n in range(200)}
    columns = [
        Column("director", Role.FACET, "director", values=many),
        Column("size", Role.FACET, "shoe size", values={"10-12": 4}),
        Column("vegan", Role.FACET, "vegan", values={"yes": 1, "no": 1}),
        Column("sponsored", Role.FACET, "sponsored", values={"yes": 1, "no": 1}),
        Column("price", Role.NUMBER, "price"),
        Column("notes", Role.TEXT, "notes"),
    ]
    fields: dict[str, Value] = {
        "director": "A B",
        "size": "10-12",
        "vegan": "yes",
        "sponsored": "no",
        "price": 3.0,
        "notes": "Two\nlines.",
    }
    assert (
        document(Item("1", "Boot.", fields), columns)
        == "Boot. director: A B. shoe size: 10-12. vegan. Two lines."
    )


def test_a_long_document_is_cut_at_a_space_and_lists_leave_room() -> None:
    columns = [Column("cast", Role.LIST, "cast"), Column("plot", Role.TEXT, "plot")]
    cast = tuple(f"Actor{n}" for n in range(50))
    text = document(Item("1", "Film", {"cast": cast, "plot": "story " * 1000}), columns)
    assert len(text) <= DOCUMENT_LIMIT
    assert text.endswith("story")
    assert "Actor7" in text
    assert "Actor8" not in text
