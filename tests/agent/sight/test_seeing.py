from __future__ import annotations

import numpy as np
import pytest

from agent.linking.fields import Fields
from agent.sight.aspects import Aspect, pattern_of, views_of
from agent.sight.correcting import Correction, as_reading, corrected, correction
from agent.sight.seeing import Sight
from agent.types import ActName, Phrase, PhraseKind, Reading
from encoders.colours import ColourShare
from encoders.vectors import unit
from retrieval.types import Column, Item, Role
from tests.fakes.bag_of_words import BagOfWordsEncoder
from tests.fakes.encoders import HashImageEncoder
from tests.fakes.snapshot import MemorySnapshot

COLUMNS = (
    Column("shelf", Role.FACET, "shelf"),
    Column("kind", Role.FACET, "kind"),
    Column("colour", Role.FACET, "colour"),
    Column("material", Role.FACET, "material"),
    Column("features", Role.LIST, "features"),
)
KINDS = ("handbags", "boots", "dresses", "totes")
COLOURS = ("red", "navy", "green", "burgundy")
FEATURES = (("striped", "lined"), ("floral",), ("solid oak",), ("waterproof",))


@pytest.fixture(scope="module")
def sight() -> Sight:
    items = [
        Item(
            str(number),
            f"thing {number}",
            {
                "shelf": ("bags", "worn")[number % 2],
                "kind": KINDS[number % 4],
                "colour": COLOURS[number // 4 % 4],
                "material": ("leather", "cotton")[number % 2],
                "features": FEATURES[number % 4],
            },
        )
        for number in range(16)
    ]
    snapshot = MemorySnapshot(items, COLUMNS)
    return Sight(snapshot, Fields(snapshot.columns, len(snapshot)))


def test_each_aspect_is_looked_for_where_the_catalogue_says_it_most_closely(sight: Sight) -> None:
    assert {aspect: view.column.name for aspect, view in sight.views.items()} == {
        Aspect.COLOUR: "colour",
        Aspect.PATTERN: "features",
        Aspect.MATERIAL: "material",
        Aspect.KIND: "kind",
    }


def test_of_features_only_patterns_are_looked_for(sight: Sight) -> None:
    assert set(sight.views[Aspect.PATTERN].values) == {"striped", "floral"}


def test_a_catalogue_without_looks_has_none() -> None:
    assert views_of(Fields((Column("pages", Role.NUMBER, "pages"),), 3)) == {}


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("stripy", "striped"),
        ("polka dots", "spotted"),
        ("tartan", "checked"),
        ("solid", "plain"),
        ("oak", None),
    ],
)
def test_patterns_are_known_by_their_other_names(said: str, name: str | None) -> None:
    assert pattern_of(said) == name


def shares(*parts: tuple[str, tuple[int, int, int], float]) -> tuple[ColourShare, ...]:
    return tuple(ColourShare(*part) for part in parts)


def test_a_measured_colour_is_said_in_the_catalogues_words(sight: Sight) -> None:
    assert sight.colour_words(shares(("maroon", (110, 20, 45), 0.95))) == ("burgundy",)


def test_a_second_colour_is_said_when_it_is_much_of_the_thing(sight: Sight) -> None:
    navy, red = ("navy", (20, 30, 80), 0.6), ("red", (210, 30, 40), 0.35)
    assert sight.colour_words(shares(navy, red)) == ("navy", "red")
    assert sight.colour_words(shares(navy, ("red", (210, 30, 40), 0.1))) == ("navy",)


def test_what_is_not_sure_is_left_unsaid(sight: Sight) -> None:
    encoder = HashImageEncoder()
    nothing = np.zeros(encoder.dimension, np.float32)
    assert sight.words(nothing, (), encoder) == ()


@pytest.mark.parametrize(
    ("words", "made"),
    [
        ("it's burgundy", Correction("burgundy")),
        ("No, it is navy blue!", Correction("navy blue")),
        ("that's a tote not a handbag", Correction("tote", "handbag")),
        ("no, that's a tote, not a handbag", Correction("tote", "handbag")),
        ("it's not red, it's burgundy", Correction("burgundy", "red")),
        ("not a handbag but a clutch", Correction("clutch", "handbag")),
        ("no, burgundy", Correction("burgundy")),
        ("it's striped", Correction("striped")),
        ("they're boots", Correction("boots")),
        ("it's made of cotton", Correction("cotton")),
        ("it's lovely", None),
        ("is it burgundy?", None),
        ("it's too expensive", None),
        ("burgundy boots please", None),
        ("that's a bargain, not a luxury", None),
        ("", None),
    ],
)
def test_corrections_of_what_was_seen_are_known(sight: Sight, words: str, made: Correction | None) -> None:
    assert correction(words, ("red", "leather", "handbag"), sight) == made


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (Correction("burgundy"), ("burgundy", "leather", "handbag")),
        (Correction("tote", "handbag"), ("red", "leather", "tote")),
        (Correction("clutch", "handbag"), ("red", "leather", "clutch")),
        (Correction("cotton"), ("red", "cotton", "handbag")),
        (Correction("boots"), ("red", "leather", "boots")),
        (Correction("striped"), ("red", "leather", "handbag", "striped")),
    ],
)
def test_a_correction_takes_the_place_of_what_it_corrects(
    sight: Sight, made: Correction, words: tuple[str, ...]
) -> None:
    assert corrected(("red", "leather", "handbag"), made, sight) == words


def test_a_colour_that_was_not_seen_comes_first(sight: Sight) -> None:
    assert corrected(("handbag",), Correction("navy"), sight) == ("navy", "handbag")


def test_a_correction_searches_for_the_kind_that_it_leaves_standing(sight: Sight) -> None:
    assert as_reading(Correction("burgundy"), ("burgundy", "leather", "handbag"), sight) == Reading(
        ActName.REFINE, "handbag", (Phrase(PhraseKind.WANT, "burgundy"),)
    )
    assert as_reading(Correction("tote", "handbag"), ("red", "tote"), sight) == Reading(
        ActName.REFINE, "", (Phrase(PhraseKind.WANT, "tote"), Phrase(PhraseKind.AVOID, "handbag"))
    )


def test_common_patterns_are_looked_for_where_the_catalogue_lists_none() -> None:
    snapshot = MemorySnapshot([Item("1", "thing", {})], ())
    sight = Sight(snapshot, Fields(snapshot.columns, 1))
    encoder = BagOfWordsEncoder()
    (vector,) = encoder.encode_texts(["a picture of something striped, a striped pattern, striped fabric"])
    assert sight.pattern(vector, encoder).value == "striped"
    assert sight.looks("striped", vector, encoder) is True
    assert sight.looks("floral", vector, encoder) is False
    assert sight.looks("patterned", vector, encoder) is True
    (nothing,) = encoder.encode_texts(["engine"])
    assert sight.looks("striped", nothing, encoder) is None
    assert sight.words(vector, (), encoder) == ()


def test_a_kind_that_is_not_sure_is_said_in_wider_words() -> None:
    random = np.random.default_rng(0)
    encoder = BagOfWordsEncoder()
    shelves = encoder.encode_texts(["bags", "worn"])
    items, vectors = [], []
    for number in range(80):
        # The shelf shows, the kind within it does not.
        kind = KINDS[number % 2 * 2 + int(random.integers(2))]
        items.append(
            Item(str(number), f"thing {number}", {"shelf": ("bags", "worn")[number % 2], "kind": kind})
        )
        vectors.append(shelves[number % 2] + 0.05 * random.normal(size=encoder.dimension))
    pictures = unit(np.asarray(vectors, np.float32))
    snapshot = MemorySnapshot(
        items, COLUMNS[:2], vectors={"image": pictures}, encoder_ids={"image": encoder.id}
    )
    sight = Sight(snapshot, Fields(snapshot.columns, len(snapshot)))
    assert sight.words(pictures[0], (), encoder) == ("bag",)
    assert sight.aspect_of("bag") is Aspect.KIND
