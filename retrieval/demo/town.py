"""The shelves of what goes on in town: news, clubs and people, and scenes for the home. None of these has a price."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import TYPE_CHECKING

from retrieval.demo.drawing.picture import Badge, Page, Room
from retrieval.demo.entry import Entry, entry
from retrieval.demo.prose import rate, review
from retrieval.demo.tables import listed, read_table

if TYPE_CHECKING:
    from retrieval.demo.tables import Row

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)


def town() -> list[Entry]:
    """Return the articles, the clubs and people, and the home scenes."""
    clubs, people = read_table("clubs"), read_table("people")
    return [
        *(_article(number, row) for number, row in enumerate(read_table("news"), start=1)),
        *(_club(number, row) for number, row in enumerate(clubs, start=1)),
        *(_person(number, row) for number, row in enumerate(people, start=1)),
        *(_scene(number, row) for number, row in enumerate(read_table("scenes"), start=1)),
    ]


def _rated(group: str, row: Row) -> dict[str, str | float | int]:
    random = Random(f"{group} {row['title']}")
    rating, count = rate(random, random.gauss(0, 0.2))
    return {"rating": rating, "reviews": count, "review": review(group, rating, random)}


def _article(number: int, row: Row) -> Entry:
    paper = row["maker"].removeprefix("The ")
    about = f"{row['section'].capitalize()} {row['kind']} in the {paper}, {_date(row['date'])}."
    cells = {
        "id": f"news-{number:03d}",
        "title": row["title"],
        "shelf": "news",
        "kind": row["kind"],
        "maker": row["maker"],
        "mood": row["mood"],
        "section": row["section"],
        "date": row["date"],
        "description": f"{row['text']} {about}",
        **_rated("paper", row),
    }
    return entry(cells, Page(row["section"], row["motif"], row["title"]), row["title"])


def _club(number: int, row: Row) -> Entry:
    about = f"{row['kind'].capitalize()} that meets every {row['weekday']} at {_the(row['place'])}."
    cells = {
        "id": f"club-{number:03d}",
        "title": row["title"],
        "shelf": "clubs and people",
        "kind": row["kind"],
        "mood": row["mood"],
        "place": row["place"],
        "weekday": row["weekday"],
        "audience": row["audience"],
        "description": f"{row['text']} {about}",
        **_rated("group", row),
    }
    return entry(cells, Badge(False, row["motif"], row["title"]), row["title"])


def _person(number: int, row: Row) -> Entry:
    about = f"Usually to be found at {_the(row['place'])} on a {row['weekday']}."
    cells = {
        "id": f"person-{number:03d}",
        "title": row["title"],
        "shelf": "clubs and people",
        "kind": row["kind"],
        "mood": row["mood"],
        "place": row["place"],
        "weekday": row["weekday"],
        "description": f"{row['text']} {about}",
        **_rated("person", row),
    }
    return entry(cells, Badge(True, row["motif"], row["title"]), row["title"])


def _scene(number: int, row: Row) -> Entry:
    devices = listed(row["devices"])
    *most, last = devices
    named = f"{', '.join(most)} and {last}" if most else last
    about = f"For the {row['room']}, {_when(row['time'])}; uses the {named}."
    cells = {
        "id": f"scene-{number:03d}",
        "title": row["title"],
        "shelf": "home scenes",
        "kind": row["kind"],
        "mood": row["mood"],
        "room": row["room"],
        "time_of_day": row["time"],
        "devices": devices,
        "description": f"{row['text']} {about}",
        **_rated("scene", row),
    }
    return entry(cells, Room(row["room"], row["time"], devices), row["title"])


def _date(iso: str) -> str:
    """Return a date in words; strftime would follow the machine's locale."""
    day = date.fromisoformat(iso)
    return f"{_DAYS[day.weekday()]} {day.day} {_MONTHS[day.month - 1]} {day.year}"


def _the(place: str) -> str:
    """Return a place as it stands in a sentence."""
    bare = ("The ", "Riverside", "St ", "Castle", "Harbour", "Orchard", "Corner")
    return place.replace("The ", "the ", 1) if place.startswith(bare) else f"the {place}"


def _when(time: str) -> str:
    if time == "any time":
        return time
    return f"at {time}" if time in ("night", "midday") else f"in the {time}"
