from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from agent.chat.grammar import NOTE, PHRASE, PHRASES, QUERY, REFERENCE, REFERENCES, SHORT
from agent.types import ActName, Scene
from eval.readers.random_weights import random_reader
from eval.readers.table import Reads

if TYPE_CHECKING:
    from agent.chat.transformers import TransformersChat


@cache
def reader() -> TransformersChat:
    return random_reader()


@settings(deadline=None, max_examples=8)
@given(text=st.text(max_size=200))
def test_whatever_is_said_the_reading_is_valid(text: str) -> None:
    reading = reader().read(Scene(text))
    assert isinstance(reading.act, ActName)
    assert len(reading.query) <= QUERY and len(reading.phrases) <= PHRASES
    assert all(0 < len(phrase.text) <= PHRASE for phrase in reading.phrases)
    assert len(reading.references) <= REFERENCES and all(len(one) <= REFERENCE for one in reading.references)
    for said, longest in (
        (reading.sort, SHORT),
        (reading.count, SHORT),
        (reading.stars, SHORT),
        (reading.note, NOTE),
    ):
        assert said is None or 0 < len(said) <= longest


def test_a_seed_reads_the_same_again_and_another_reads_otherwise() -> None:
    texts = ("boots under 80", "the second one", "a warm hat")
    first, again, other = (
        [made.read(Scene(text)) for text in texts] for made in (reader(), random_reader(0), random_reader(1))
    )
    assert first == again != other


def test_it_reads_chance_and_not_one_thing() -> None:
    texts = ("boots", "a warm hat", "compare these", "hello", "under 50", "why the first one?")
    assert len({reader().read(Scene(text)) for text in texts}) > 1
    assert isinstance(reader(), Reads)


def test_the_callers_random_numbers_are_left_alone() -> None:
    import torch

    torch.manual_seed(5)
    due = torch.rand(3).tolist()
    torch.manual_seed(5)
    random_reader(2)
    assert torch.rand(3).tolist() == due
