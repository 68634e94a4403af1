from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from encoders.errors import InputError
from retrieval.search.composition import OPEN, signed, unit, weighted_sum
from retrieval.search.vectors import Probe, VectorLegs, recent, rocchio, wording
from retrieval.types import Constraint, Op, Query, Status, Taste, Term
from tests.fakes.bag_of_words import BagOfWordsEncoder
from tests.fakes.snapshot import MemorySnapshot
from tests.retrieval.search.catalogues import dozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from encoders.protocols import Samples, Vectors

ENCODER = BagOfWordsEncoder()


def probes(query: Query, *, image: bool = True) -> dict[str, Probe]:
    return {probe.leg: probe for probe in VectorLegs(dozen(image=image), ENCODER, ENCODER).probes(query)}


def ranked(op: Op, value: str, said: str) -> Constraint:
    return Constraint(None, op, value, said, Status.RANKED)


def test_words_become_a_text_leg_and_a_picture_leg() -> None:
    found = probes(Query("rain jacket"))
    assert set(found) == {"text", "image.words"}
    assert found["text"].vector == pytest.approx(ENCODER.encode_queries(["rain jacket"])[0])
    assert set(probes(Query("rain jacket"), image=False)) == {"text"}
    assert probes(Query(" …")) == {}


def test_a_picture_with_words_is_one_vector_between_both() -> None:
    picture = ENCODER.encode_texts(["Marlow Handbag"])[0]
    alone = probes(Query(image=picture))["image.picture"].vector
    assert alone == pytest.approx(picture)
    both = probes(Query("green", image=picture))["image.picture"].vector
    assert both == pytest.approx(weighted_sum(picture, ENCODER.encode_texts(["green"])[0]))
    assert both == pytest.approx(unit(0.4 * picture + 0.6 * ENCODER.encode_texts(["green"])[0]))


def test_terms_move_the_picture_and_the_items_but_not_the_taste() -> None:
    picture, green, red = ENCODER.encode_texts(["red Marlow Handbag", "green", "red"])
    terms = (Term(1.0, "green"), Term(-1.0, "red"))
    moved = probes(Query(image=picture, terms=terms))["image.picture"].vector
    assert moved == pytest.approx(signed(picture, ((OPEN["image"], green), (-OPEN["image"], red))))
    assert float(moved @ red) < float(picture @ red)
    less = probes(Query(image=picture, terms=tuple(replace(term, checked=True) for term in terms)))
    assert float(picture @ red) > float(less["image.picture"].vector @ red) > float(moved @ red)
    near, taste = {"b1": 1.0}, Taste({"b1": 1.0})
    plain, changed = probes(Query(near=near, taste=taste)), probes(Query(near=near, taste=taste, terms=terms))
    for modality in ("text", "image"):
        assert changed[f"taste.{modality}"].vector == pytest.approx(plain[f"taste.{modality}"].vector)
        gain = changed[f"similar.{modality}"].vector - plain[f"similar.{modality}"].vector
        assert float(gain @ green) > 0 > float(gain @ red)


def test_a_term_may_be_a_picture_and_unwanted_words_move_a_picture_away() -> None:
    picture, other = ENCODER.encode_texts(["red handbag", "shiny"])
    plus = probes(Query(image=picture, terms=(Term(1.0, image=other),)))["image.picture"].vector
    assert plus == pytest.approx(unit(picture + OPEN["image"] * other))
    shiny = ranked(Op.NE, "shiny", "not so shiny")
    less = probes(Query(image=picture, constraints=(shiny,)))["image.picture"].vector
    assert float(less @ other) < float(picture @ other)


def test_what_a_picture_shows_is_compared_with_texts_in_its_own_name() -> None:
    picture = ENCODER.encode_texts(["red handbag"])[0]
    found = probes(Query(image=picture, caption="green handbag"))
    assert (found["image.caption"].modality, set(found)) == ("text", {"image.picture", "image.caption"})
    assert set(probes(Query(caption="green handbag"))) == set()


def test_a_picture_of_another_encoder_is_refused() -> None:
    with pytest.raises(InputError, match="another image encoder"):
        probes(Query(image=np.ones(7, dtype=np.float32)))


def test_vectors_of_another_encoder_are_never_compared() -> None:
    other = BagOfWordsEncoder(name="other")
    assert VectorLegs(dozen(image=True), other, other).probes(Query("rain")) == []
    assert VectorLegs(dozen(image=True), None, None).probes(Query("rain")) == []


def test_items_to_be_like_are_sought_in_every_modality() -> None:
    snapshot = dozen(image=True)
    found = probes(Query(near={"b1": 1.0, "gone": 1.0}, taste=Taste({"s1": 1.0})))
    assert set(found) == {"similar.text", "similar.image", "taste.text", "taste.image"}
    texts = snapshot.vectors("text")
    assert texts is not None
    assert found["similar.text"].vector == pytest.approx(texts[snapshot.row("b1")], abs=1e-6)
    assert probes(Query(near={"gone": 1.0})) == {}


def test_rocchio_adds_the_wanted_and_takes_a_part_of_the_unwanted_away() -> None:
    vectors = np.eye(3, dtype=np.float32)
    assert rocchio(vectors, np.array([1, 0, 0], dtype=np.float32)) == pytest.approx([1, 0, 0])
    both = rocchio(vectors, np.array([1, -1, 0], dtype=np.float32))
    assert both == pytest.approx(unit(np.array([1, -0.2, 0])))
    assert rocchio(vectors, np.array([0, -0.5, 0], dtype=np.float32)) == pytest.approx([0, -1, 0])
    assert rocchio(vectors, np.array([0, 0, 0], dtype=np.float32)) is None


def test_later_items_of_a_taste_weigh_more() -> None:
    weights = recent(Taste({"old": 1.0, "new": 1.0, "disliked": -1.0}))
    assert weights["old"] < weights["new"] < 1.0
    assert weights["disliked"] == -1.0


def test_ranked_conditions_rank_and_the_others_do_not() -> None:
    conditions = (
        ranked(Op.CONTAINS, "wedding", "for a wedding"),
        ranked(Op.NE, "stiff", "not too stiff"),
        Constraint("colour", Op.EQ, "red", "in red"),
        Constraint("price", Op.LE, 5.0, "under five", Status.RELAXED),
    )
    assert wording(Query("shoes", conditions)) == ("shoes, for a wedding", "stiff")


def test_unwanted_words_turn_the_vector_away_from_them() -> None:
    plain = probes(Query("boots"))["text"].vector
    less = probes(Query("boots", (ranked(Op.NOT_IN, "rubber", "no rubber"),)))["text"].vector
    rubber = ENCODER.encode_queries(["rubber"])[0]
    assert float(less @ rubber) < float(plain @ rubber)
    assert np.linalg.norm(less) == pytest.approx(1.0)


def test_the_same_words_are_encoded_once() -> None:
    encoder = BagOfWordsEncoder()
    legs = VectorLegs(dozen(), encoder, None)
    legs.probes(Query("boots"))
    legs.probes(Query("boots"))
    assert encoder.encoded == ["boots"]


def sounding() -> MemorySnapshot:
    """The dozen, with what their titles say as their sounds; the last has none."""
    plain = dozen()
    sounds = ENCODER.encode_texts(list(plain.titles()))
    sounds[-1] = 0
    text = plain.vectors("text")
    assert text is not None
    return MemorySnapshot(
        plain.items(plain.ids),
        plain.columns,
        vectors={"text": text, "audio": sounds},
        encoder_ids={"text": ENCODER.id, "audio": ENCODER.id},
    )


class JointEncoder(BagOfWordsEncoder):
    """Sounds that are never heard: only its words are asked for."""

    def encode_sounds(self, sounds: Sequence[Samples]) -> Vectors:
        raise AssertionError


def test_a_sound_is_sought_among_the_sounds() -> None:
    sound = ENCODER.encode_texts(["Marlow Handbag"])[0]
    found = VectorLegs(sounding(), ENCODER, None).probes(Query("green", sound=sound))
    assert [probe.leg for probe in found] == ["text", "audio.sound"]
    assert found[1].vector == pytest.approx(sound) and found[1].modality == "audio"
    assert VectorLegs(dozen(), ENCODER, None).probes(Query(sound=sound)) == []
    with pytest.raises(InputError, match="another audio encoder"):
        VectorLegs(sounding(), ENCODER, None).probes(Query(sound=np.ones(7, np.float32)))


def test_words_search_the_sounds_where_the_encoder_reads_them() -> None:
    joint = JointEncoder()
    legs = VectorLegs(sounding(), ENCODER, None, joint)
    spoken = {probe.leg: probe.vector for probe in legs.probes(Query("rain jacket"))}
    assert spoken["sound.words"] == pytest.approx(joint.encode_texts(["rain jacket"])[0])
    assert "sound.words" not in {probe.leg for probe in legs.probes(Query(" "))}
    other = VectorLegs(sounding(), ENCODER, None, JointEncoder(name="other"))
    assert [probe.leg for probe in other.probes(Query("rain jacket"))] == ["text"]


def test_likeness_in_one_modality_leaves_the_others_out() -> None:
    legs = VectorLegs(sounding(), ENCODER, None)
    near = {"b1": 1.0}
    assert {probe.leg for probe in legs.probes(Query(near=near))} == {"similar.text", "similar.audio"}
    (alone,) = legs.probes(Query(near=near, alike="audio"))
    assert (alone.leg, alone.modality) == ("similar.alone", "audio")
    taste = legs.probes(Query(near=near, alike="audio", taste=Taste({"s1": 1.0})))
    assert {probe.leg for probe in taste} == {"similar.alone", "taste.text", "taste.audio"}
