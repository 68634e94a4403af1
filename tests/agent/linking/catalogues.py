"""Small catalogues of different shapes: a town's shop, films with names, and a fashion shop with odd column names."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from agent.linking.references import Screen
from agent.types import ActName, Phrase, PhraseKind, Reading
from retrieval.types import Column, Constraint, Item, Role, Status, Value
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from agent.linking.link import Linked, Linker

NOON = datetime(2026, 11, 25, 12)  # a Wednesday


def clock() -> datetime:
    return NOON


def snapshot(
    columns: list[Column], rows: list[tuple[str, str, dict[str, Value]]], name: str = "memory"
) -> MemorySnapshot:
    """Make a catalogue of rows: id, title and cells."""
    return MemorySnapshot([Item(key, title, cells) for key, title, cells in rows], columns, name=name)


IDS = [Column("id", Role.ID, "id"), Column("title", Role.TITLE, "title")]


def shop() -> MemorySnapshot:
    """A town on several shelves: not every shelf has every column."""
    columns = [
        *IDS,
        Column("shelf", Role.FACET, "shelf"),
        Column("kind", Role.FACET, "kind"),
        Column("colour", Role.FACET, "colour"),
        Column("material", Role.FACET, "material"),
        Column("occasion", Role.LIST, "occasion"),
        Column("features", Role.LIST, "features"),
        Column("sizes", Role.LIST, "sizes"),
        Column("vegan", Role.FACET, "vegan"),
        Column("weekday", Role.FACET, "weekday"),
        Column("price", Role.NUMBER, "price", unit="£"),
        Column("rating", Role.NUMBER, "rating", unit="stars"),
        Column("minutes", Role.NUMBER, "minutes", unit="min"),
        Column("pages", Role.NUMBER, "pages"),
        Column("heel_height", Role.NUMBER, "heel height", unit="cm"),
        Column("weight", Role.NUMBER, "weight", unit="g"),
        Column("year", Role.NUMBER, "year"),
        Column("date", Role.DATE, "date"),
        Column("place", Role.FACET, "place"),
    ]
    rows: list[tuple[str, str, dict[str, Value]]] = [
        ("c1", "Wren Wool Jumper", {"shelf": "clothing", "kind": "jumper", "colour": "navy", "material": "merino wool",
                                    "occasion": ("everyday", "walking"), "features": ("warm",), "sizes": ("8", "10"),
                                    "vegan": "no", "price": 64.0, "rating": 4.5, "weight": 420.0}),
        ("c2", "Tern Dress", {"shelf": "clothing", "kind": "dress", "colour": "light blue", "material": "cotton",
                              "occasion": ("wedding", "party"), "features": ("light",), "sizes": ("10", "12"),
                              "vegan": "yes", "price": 85.0, "rating": 4.1, "weight": 300.0}),
        ("c3", "Ember Evening Dress", {"shelf": "clothing", "kind": "dress", "colour": "red", "material": "silk",
                                       "occasion": ("wedding",), "sizes": ("12",), "vegan": "no", "price": 120.0,
                                       "rating": 4.8, "weight": 280.0}),
        ("s1", "Fell Runner", {"shelf": "shoes and bags", "kind": "trainers", "colour": "green", "material": "mesh",
                               "occasion": ("running",), "features": ("breathable", "light"), "sizes": ("8", "9"),
                               "vegan": "yes", "price": 78.0, "rating": 4.3, "heel_height": 2.0, "weight": 510.0}),
        ("s2", "Ashby Ankle Boot", {"shelf": "shoes and bags", "kind": "ankle boots", "colour": "black",
                                    "material": "vegan leather", "features": ("waterproof",), "sizes": ("9", "10"),
                                    "vegan": "yes", "price": 96.0, "rating": 4.0, "heel_height": 4.5, "weight": 900.0}),
        ("s3", "Moor Walking Boot", {"shelf": "shoes and bags", "kind": "walking boots", "colour": "brown",
                                     "material": "leather", "occasion": ("walking",),
                                     "features": ("waterproof", "warm"),
                                     "sizes": ("9",), "vegan": "no", "price": 110.0, "rating": 4.7, "heel_height": 3.0,
                                     "weight": 1200.0}),
        ("h1", "Alder Sofa", {"shelf": "home", "kind": "sofa", "colour": "grey", "material": "linen", "vegan": "yes",
                              "price": 640.0, "rating": 4.4, "weight": 38000.0}),
        ("h2", "Alder Coffee Table", {"shelf": "home", "kind": "table", "colour": "brown", "material": "oak",
                                      "vegan": "yes", "price": 210.0, "rating": 4.2, "weight": 14000.0}),
        ("k1", "Harvest Coffee Beans", {"shelf": "kitchen", "kind": "coffee", "vegan": "yes", "price": 9.5,
                                        "rating": 4.6, "weight": 500.0}),
        ("b1", "The Long Tide", {"shelf": "books", "kind": "novel", "price": 12.0, "rating": 4.5, "pages": 412.0,
                                 "year": 1998.0}),
        ("b2", "Short Light", {"shelf": "books", "kind": "novel", "price": 8.0, "rating": 3.9, "pages": 180.0,
                               "year": 2019.0}),
        ("f1", "Glass Harbour", {"shelf": "films", "kind": "thriller", "price": 4.5, "rating": 4.2, "minutes": 118.0,
                                 "year": 1994.0}),
        ("f2", "Second Winter", {"shelf": "films", "kind": "drama", "price": 4.5, "rating": 4.6, "minutes": 151.0,
                                 "year": 2021.0}),
        ("f3", "Night Bus to Mars", {"shelf": "films", "kind": "science fiction", "price": 3.5, "rating": 3.8,
                                     "minutes": 92.0, "year": 1987.0}),
        ("m1", "Copper Rain", {"shelf": "music", "kind": "folk", "price": 0.99, "minutes": 4.0, "year": 2020.0}),
        ("n1", "Bridge Reopens", {"shelf": "news", "kind": "local", "date": "2026-11-24"}),
        ("n2", "Harbour Plan Approved", {"shelf": "news", "kind": "politics", "date": "2026-10-03"}),
        ("g1", "Riverside Chess Club", {"shelf": "clubs", "kind": "games", "weekday": "wednesday",
                                        "place": "library"}),
        ("g2", "Hill Walkers", {"shelf": "clubs", "kind": "walking", "weekday": "saturday", "place": "old town"}),
    ]  # fmt: skip
    return snapshot(columns, rows)


def films() -> MemorySnapshot:
    """Films with lists of names, runtimes and ratings of ten."""
    columns = [
        *IDS,
        Column("release_date", Role.DATE, "release date"),
        Column("runtime", Role.NUMBER, "runtime"),
        Column("genres", Role.LIST, "genres"),
        Column("overview", Role.TEXT, "overview"),
        Column("director", Role.LIST, "director"),
        Column("cast", Role.LIST, "cast"),
        Column("rating", Role.NUMBER, "rating"),
        Column("vote_count", Role.NUMBER, "vote count"),
        Column("streaming_services", Role.LIST, "streaming services"),
        Column("sponsored", Role.FACET, "sponsored"),
        Column("content_rating", Role.FACET, "content rating"),
    ]

    def film(
        key: str,
        title: str,
        day: str,
        genres: str,
        people: tuple[str, str],
        numbers: tuple[float, float, float],
        rest: str,
    ) -> tuple[str, str, dict[str, Value]]:
        services, sponsored, certificate, overview = rest.split("|")
        cells: dict[str, Value] = {
            "release_date": day, "runtime": numbers[0], "genres": tuple(genres.split("/")), "overview": overview,
            "director": (people[0],), "cast": tuple(people[1].split("/")), "rating": numbers[1],
            "vote_count": numbers[2],
            "streaming_services": tuple(services.split("/")), "sponsored": sponsored, "content_rating": certificate,
        }  # fmt: skip
        return key, title, cells

    rows = [
        film("1", "Dream Heist (2010)", "2010-07-16", "Science Fiction/Thriller",
             ("Christopher Nolan", "Leonardo DiCaprio"),
             (148.0, 8.4, 900.0), "Netflix/Hulu|false|PG-13|A thief enters dreams, and a young architect helps."),
        film("2", "Sandy Planet (2021)", "2021-10-22", "Science Fiction/Adventure",
             ("Denis Villeneuve", "Zendaya/Rebecca Hope"),
             (155.0, 7.8, 800.0), "HBO Max|false|PG-13|A young heir crosses a desert with little hope."),
        film("3", "Night Laughs", "1994-03-02", "Comedy/Romance", ("Nora Ephron", "Tom Hanks/Meg Ryan"),
             (95.0, 6.9, 300.0), "Disney+|true|PG|Two neighbours write letters at night."),
        film("4", "The Cellar", "1980-05-23", "Horror", ("Sidney Young", "Jack Nicholson"),
             (119.0, 8.2, 700.0), "Netflix|false|R|A family minds an empty hotel in winter."),
        film("5", "Silver Mice", "1999-12-10", "Animation/Family", ("Jonathan Nolan", "Tom Hanks"),
             (81.0, 7.9, 500.0), "Disney+/Apple TV+|false|G|Toys and mice travel far from home."),
        film("6", "Memory Backwards", "2000-09-05", "Thriller/Mystery", ("Christopher Nolan", "Guy Pearce"),
             (113.0, 8.4, 600.0), "Amazon Prime Video|false|R|A man hunts a killer he cannot remember."),
    ]  # fmt: skip
    return snapshot(columns, rows)


def fashion() -> MemorySnapshot:
    """A real shop's column names; no prices."""
    names = "gender masterCategory subCategory articleType baseColour season usage".split()
    labels = ["gender", "master category", "sub category", "article type", "base colour", "season", "usage"]
    columns = [*IDS, *(Column(n, Role.FACET, label) for n, label in zip(names, labels, strict=True))]
    columns.append(Column("year", Role.FACET, "year"))
    cells = """
        Men|Apparel|Topwear|Tshirts|Navy Blue|Fall|Sports|2011
        Men|Apparel|Topwear|Tshirts|Blue|Fall|Casual|2011
        Women|Apparel|Topwear|Tops|Red|Summer|Casual|2012
        Women|Apparel|Dress|Dresses|Black|Summer|Formal|2015
        Men|Apparel|Topwear|Shirts|White|Summer|Formal|2012
        Men|Apparel|Topwear|Sweatshirts|Grey Melange|Winter|Casual|2016
        Men|Apparel|Bottomwear|Track Pants|Black|Winter|Sports|2011
        Men|Apparel|Bottomwear|Trousers|Grey|Fall|Formal|2013
        Women|Footwear|Shoes|Heels|Red|Winter|Casual|2012
        Men|Footwear|Shoes|Casual Shoes|Brown|Summer|Casual|2013
        Unisex|Footwear|Shoes|Sports Shoes|White|Summer|Sports|2014
        Women|Accessories|Bags|Handbags|Beige|Winter|Casual|2016
        Girls|Apparel|Topwear|Tshirts|Pink|Summer|Casual|2012
        Boys|Apparel|Topwear|Tshirts|Green|Summer|Casual|2012
        Women|Personal Care|Fragrance|Perfume and Body Mist|Multi|Spring|NA|2017
        Men|Accessories|Shoe Accessories|Shoe Accessories|Black|Fall|Casual|2011
    """.split("\n")
    rows: list[tuple[str, str, dict[str, Value]]] = []
    for number, line in enumerate(filter(None, map(str.strip, cells))):
        values = line.split("|")
        record: dict[str, Value] = dict(zip([*names, "year"], values, strict=True))
        rows.append((str(number), f"{values[4]} {values[3]}", record))
    return snapshot(columns, rows)


def want(text: str) -> Phrase:
    return Phrase(PhraseKind.WANT, text)


def avoid(text: str) -> Phrase:
    return Phrase(PhraseKind.AVOID, text)


def limit(text: str) -> Phrase:
    return Phrase(PhraseKind.LIMIT, text)


def drop(text: str) -> Phrase:
    return Phrase(PhraseKind.DROP, text)


def ask(
    linker: Linker,
    *phrases: Phrase,
    query: str = "",
    act: ActName = ActName.RECOMMEND,
    screen: Screen | None = None,
    in_force: tuple[Constraint, ...] = (),
    references: tuple[str, ...] = (),
    sort: str | None = None,
    count: str | None = None,
    stars: str | None = None,
) -> Linked:
    """Link a reading made of phrases."""
    reading = Reading(act, query, phrases, references, sort, count, stars)
    return linker.link(reading, screen or Screen(), in_force)


def plain(constraints: tuple[Constraint, ...]) -> list[tuple[str | None, str, Value]]:
    """Return field, operator and value of the enforced constraints."""
    return [(c.field, str(c.op), c.value) for c in constraints if c.status is Status.ENFORCED]


def courses() -> MemorySnapshot:
    """Courses that begin next year: numbers whose names are their units, yes and no, a level, people."""
    columns = [
        *IDS,
        Column("subject", Role.FACET, "subject"),
        Column("level", Role.FACET, "level"),
        Column("teacher", Role.FACET, "teacher"),
        Column("price", Role.NUMBER, "price"),
        Column("weeks", Role.NUMBER, "weeks"),
        Column("hours_per_week", Role.NUMBER, "hours per week"),
        Column("language", Role.FACET, "language"),
        Column("country", Role.FACET, "country"),
        Column("breakfast_included", Role.FACET, "breakfast included"),
        Column("pet_safe", Role.FACET, "pet safe"),
        Column("servings", Role.NUMBER, "servings"),
        Column("seats", Role.NUMBER, "seats"),
        Column("abv", Role.NUMBER, "abv"),
        Column("critic_score", Role.NUMBER, "critic score"),
        Column("pairing", Role.LIST, "pairing"),
        Column("key", Role.FACET, "key"),
        Column("start", Role.DATE, "start date"),
    ]
    rows: list[tuple[str, str, dict[str, Value]]] = [
        ("k1", "Watercolour from Scratch", {"subject": "art", "level": "beginner", "teacher": "Ines Duarte",
                                            "price": 85.0, "weeks": 6.0, "hours_per_week": 2.0, "language": "English",
                                            "country": "France", "breakfast_included": "yes", "pet_safe": "yes",
                                            "servings": 4.0, "seats": 7.0, "abv": 12.5, "critic_score": 90.0,
                                            "pairing": ("oysters", "blue cheese"), "key": "A minor",
                                            "start": "2027-01-12"}),
        ("k2", "Spanish Evenings", {"subject": "languages", "level": "intermediate", "teacher": "Lucía Prado",
                                    "price": 160.0, "weeks": 12.0, "hours_per_week": 3.0, "language": "Spanish",
                                    "country": "Spain", "breakfast_included": "no", "pet_safe": "no",
                                    "servings": 2.0, "seats": 5.0, "abv": 11.0, "critic_score": 86.0,
                                    "pairing": ("steak", "lamb"), "key": "C major", "start": "2027-02-01"}),
        ("k3", "Sourdough Weekend", {"subject": "cooking", "level": "beginner", "teacher": "The Dough Sisters",
                                     "price": 95.0, "weeks": 1.0, "hours_per_week": 12.0, "language": "English",
                                     "country": "Italy", "breakfast_included": "yes", "pet_safe": "yes",
                                     "servings": 8.0, "seats": 2.0, "abv": 14.0, "critic_score": 88.0,
                                     "pairing": ("spring onion", "onion"), "key": "G major", "start": "2027-04-03"}),
    ]  # fmt: skip
    return snapshot(columns, rows, "courses")
