"""The shelves of works: books, films and music. Each is invented, and none has a price."""

from __future__ import annotations

from random import Random

from retrieval.demo.drawing.picture import Work
from retrieval.demo.entry import Cell, Entry, entry
from retrieval.demo.prose import rate, review
from retrieval.demo.sound.preview import Preview
from retrieval.demo.tables import Row, read_table


def works() -> list[Entry]:
    """Return the books, films and tracks."""
    return [
        *(_book(number, row) for number, row in enumerate(read_table("books"), start=1)),
        *(_film(number, row) for number, row in enumerate(read_table("films"), start=1)),
        *(_track(number, row) for number, row in enumerate(read_table("music"), start=1)),
    ]


def article(word: str) -> str:
    """Return a word behind 'a' or 'an'."""
    return f"{'an' if word[0] in 'aeiou' else 'a'} {word}"


def _common(row: Row, shelf: str) -> tuple[dict[str, Cell | None], Random]:
    random = Random(f"{shelf} {row['title']}")
    rating, count = rate(random, random.gauss(-0.1, 0.28))
    cells: dict[str, Cell | None] = {
        "title": row["title"],
        "shelf": shelf,
        "kind": row["kind"],
        "maker": row["maker"],
        "genre": row["genre"],
        "mood": row["mood"],
        "year": int(row["year"]),
        "rating": rating,
        "reviews": count,
        "review": review("tune" if shelf == "music" else "story", rating, random),
    }
    return cells, random


def _book(number: int, row: Row) -> Entry:
    cells, random = _common(row, "books")
    pages = int(row["pages"])
    length = "short" if pages < 160 else "long" if pages > 400 else None
    what = article(f"{length} and {row['mood']} {row['kind']}" if length else f"{row['mood']} {row['kind']}")
    about = random.choice(
        (
            f"{what.capitalize()} by {row['maker']}, {pages} pages.",
            f"By {row['maker']}, first published in {row['year']}: {what}.",
            f"{row['maker']}'s {row['kind']} of {row['year']}, {row['mood']} and {pages} pages long.",
        )
    )
    cells |= {"pages": pages, "description": f"{row['text']} {about}"}
    if row["genre"] == "children":
        cells["audience"] = "children"
    return entry(
        {"id": f"book-{number:03d}", **cells},
        Work("book", row["mood"], row["motif"], row["title"]),
        row["title"],
    )


def _film(number: int, row: Row) -> Entry:
    cells, random = _common(row, "films")
    minutes = int(row["minutes"])
    what = article(f"{row['mood']} {row['kind']}")
    hours = f"{minutes // 60} h {minutes % 60:02d} min"
    about = random.choice(
        (
            f"{what.capitalize()} by {row['maker']}, {minutes} minutes.",
            f"Directed by {row['maker']} in {row['year']}; {hours}.",
            f"{what.capitalize()} about {_subject(row)}, running {minutes} minutes.",
        )
    )
    cells |= {"minutes": minutes, "description": f"{row['text']} {about}"}
    if row["genre"] == "family":
        cells["audience"] = "children"
    return entry(
        {"id": f"film-{number:03d}", **cells},
        Work("film", row["mood"], row["motif"], row["title"]),
        row["title"],
    )


def _subject(row: Row) -> str:
    return {
        "drama": "ordinary lives",
        "thriller": "danger",
        "crime": "a crime",
        "romance": "love",
        "comedy": "people at their silliest",
        "science fiction": "what might be",
        "fantasy": "a world that never was",
        "family": "friendship",
        "nature": "wild things",
        "history": "the past",
        "sport": "sport",
        "food": "food",
        "music": "music",
        "craft": "making things",
        "horror": "fear",
        "adventure": "a long way from home",
        "science": "the sky",
    }[row["genre"]]


def _pace(tempo: int) -> str:
    return "slow" if tempo < 80 else "gentle" if tempo < 100 else "lively" if tempo < 124 else "fast"


def _track(number: int, row: Row) -> Entry:
    cells, random = _common(row, "music")
    tempo = int(row["tempo"])
    tonic, mode = row["key"].rsplit(" ", 1)
    about = random.choice(
        (
            f"{article(_pace(tempo)).capitalize()} {row['genre']} {row['kind']} in {row['key']}, {tempo} bpm.",
            f"By {row['maker']}: {_pace(tempo)} and {row['mood']}, in {row['key']}.",
            f"{_pace(tempo).capitalize()} {row['genre']} from {row['year']}, in {row['key']}, at {tempo} bpm.",
        )
    )
    cells |= {
        "minutes": float(row["minutes"]),
        "tempo": tempo,
        "key": row["key"],
        "mode": mode,
        "description": f"{row['text']} {about}",
    }
    preview = Preview(tempo, tonic, mode == "minor", row["genre"], number)
    drawing = Work("record", row["mood"], row["motif"], row["title"])
    return entry({"id": f"track-{number:03d}", **cells}, drawing, row["title"], preview)
