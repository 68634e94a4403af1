import os
from dataclasses import replace
from pathlib import Path

from retrieval.catalogue.content import DOCUMENT_LIMIT, content_hash, document
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


def test_the_hash_follows_what_is_said_and_shown(tmp_path: Path) -> None:
    picture = tmp_path / "a.png"
    picture.write_bytes(b"one")
    item = Item("1", "Boot", {"price": 3.0, "tags": ("a", "b")}, str(picture))
    first = content_hash(item)
    os.utime(picture, (1, 1))
    moved = tmp_path / "moved.png"
    moved.write_bytes(b"one")
    assert content_hash(replace(item, fields={"tags": ("a", "b"), "price": 3.0})) == first
    assert content_hash(replace(item, picture=str(moved))) == first
    assert content_hash(replace(item, title="Boots")) != first
    assert content_hash(replace(item, fields={"price": 3.5, "tags": ("a", "b")})) != first
    picture.write_bytes(b"two")
    changed = content_hash(item)
    assert changed != first
    picture.unlink()
    assert content_hash(item) not in (first, changed)


def test_a_large_file_is_known_by_size_and_time(tmp_path: Path) -> None:
    sound = tmp_path / "a.wav"
    sound.write_bytes(b"\0" * (2 << 20))
    item = Item("1", "Song", {}, None, str(sound))
    first = content_hash(item)
    os.utime(sound, (1, 1))
    assert content_hash(item) != first
