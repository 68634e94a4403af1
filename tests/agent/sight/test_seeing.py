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
        ("it's a burgundy handbag", Correction("burgundy")),
        ("it's lovely", None),
        ("is it burgundy?", None),
        ("it's too expensive", None),
        ("burgundy boots please", None),
        ("that's a bargain, not a luxury", None),
        ("it's a clutch, not a tote", Correction("clutch", "tote")),
        ("not only handbags", None),
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
        (Correction("clutch", "totes"), ("red", "leather", "clutch")),
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


def shown(spread: float, strays: int = 0) -> tuple[MemorySnapshot, np.ndarray, BagOfWordsEncoder]:
    """Eighty pictures of four kinds on two shelves; the first `strays` of twenty totes look and stand as if worn."""
    random = np.random.default_rng(0)
    encoder = BagOfWordsEncoder()
    names = ("handbags bags", "boots worn", "dresses worn", "totes bags", "totes worn")
    centres = encoder.encode_texts(names)
    items, vectors = [], []
    for number in range(80):
        look = number % 4 + (number % 4 == 3 and number < 4 * strays)
        kind, shelf = names[look].split()
        items.append(Item(str(number), f"thing {number}", {"shelf": shelf, "kind": kind}))
        vectors.append(centres[look] + spread * random.normal(size=encoder.dimension))
    pictures = unit(np.asarray(vectors, np.float32))
    snapshot = MemorySnapshot(
        items, COLUMNS[:2], vectors={"image": pictures}, encoder_ids={"image": encoder.id}
    )
    return snapshot, pictures, encoder


def seeing(snapshot: MemorySnapshot, unlearnt: range = range(0)) -> Sight:
    return Sight(snapshot, Fields(snapshot.columns, len(snapshot)), unlearnt)


@pytest.mark.parametrize(("strays", "certain"), [(0, "totes"), (9, "totes"), (11, None)])
def test_a_kind_is_certain_where_it_looks_like_the_shelf_it_stands_on(
    strays: int, certain: str | None
) -> None:
    snapshot, pictures, encoder = shown(0.02, strays)
    sight = seeing(snapshot)
    guess = sight.guess(Aspect.KIND, pictures[79], encoder)
    assert guess is not None
    assert (guess.value, guess.sure) == ("totes", True)
    found = sight.certain_kind(pictures[79], encoder)
    assert (found and (found[0].name, found[1])) == (certain and ("kind", certain))


def test_of_pictures_that_show_nothing_no_kind_is_certain() -> None:
    snapshot, _, encoder = shown(3.0)
    sight = seeing(snapshot)
    strangers = unit(np.random.default_rng(1).normal(size=(40, encoder.dimension)).astype(np.float32))
    assert not any(sight.certain_kind(one, encoder) for one in strangers)


def test_pictures_that_are_not_learnt_from_do_not_vote() -> None:
    snapshot, pictures, encoder = shown(0.02)
    assert seeing(snapshot).certain_kind(pictures[3], encoder) is not None
    assert seeing(snapshot, range(3, 80, 4)).certain_kind(pictures[3], encoder) is None


def test_a_wide_kind_alone_must_be_surer() -> None:
    encoder = BagOfWordsEncoder()
    random = np.random.default_rng(0)
    shelves = encoder.encode_texts(["bags", "worn"])
    items, vectors = [], []
    for number in range(120):
        # Kinds of a shelf look alike, so that none is sure.
        kind = KINDS[number % 2 if number % 4 < 2 else 3 - number % 2]
        items.append(
            Item(str(number), f"thing {number}", {"shelf": ("bags", "worn")[number % 2], "kind": kind})
        )
        vectors.append(shelves[number % 2] + 0.05 * random.normal(size=encoder.dimension))
    pictures = unit(np.asarray(vectors, np.float32))
    snapshot = MemorySnapshot(
        items, COLUMNS[:2], vectors={"image": pictures}, encoder_ids={"image": encoder.id}
    )
    sight = seeing(snapshot)
    found = [sight.certain_kind(one, encoder) for one in pictures]
    assert {(one[0].name, one[1]) for one in found if one} == {("shelf", "bags"), ("shelf", "worn")}
    blurred = unit(shelves.sum(axis=0, keepdims=True))[0]
    assert sight.certain_kind(blurred, encoder) is None
