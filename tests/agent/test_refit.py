from __future__ import annotations

from dataclasses import replace

import numpy as np

from agent.dialogue_json import Saved
from agent.perceive import Perceived
from agent.refit import refitted
from agent.state import Dialogue
from agent.types import Request
from retrieval.types import Constraint, Op
from tests.agent.shop import dozen


def test_a_dialogue_that_fits_stays_as_it_is() -> None:
    dialogue = Dialogue(
        query="boots",
        constraints=(Constraint("price", Op.LE, 80.0, "80"), Constraint(None, Op.ABOUT, "comfy", "comfy")),
        sort="-rating",
        near={"b1": 1.0},
        screens=[("b1", "b2"), ("s1",)],
        seen={"b1", "s1"},
        focus="s1",
        refused={"b3"},
    )
    kept, told = refitted(Saved(dialogue, encoders={"image": None, "audio": None}), dozen())
    assert told == ()
    assert kept == dialogue
    assert kept is not dialogue


def test_items_that_are_gone_are_dropped_and_counted() -> None:
    dialogue = Dialogue(
        near={"b1": 1.0, "x1": 1.0}, screens=[("x1",), ("b1", "x2", "b2")], seen={"x1", "b1"}, focus="x2"
    )
    dialogue.refused = {"x3"}
    kept, told = refitted(Saved(dialogue), dozen())
    assert kept.screens == [("b1", "b2")]
    assert (kept.near, kept.seen, kept.refused, kept.focus) == ({"b1": 1.0}, {"b1"}, set(), None)
    assert told == ("3 items of this conversation left the catalogue since.",)
    assert dialogue.screens == [("x1",), ("b1", "x2", "b2")]


def test_conditions_on_columns_that_are_gone_are_dropped() -> None:
    gone, there = Constraint("season", Op.EQ, "winter", "winter"), Constraint("kind", Op.EQ, "boots", "boots")
    dialogue = Dialogue(constraints=(gone, there), waived={gone}, sort="-votes")
    kept, told = refitted(Saved(dialogue), dozen())
    assert (kept.constraints, kept.waived, kept.sort) == ((there,), set(), None)
    assert told == ("2 conditions can't be held any more, because the catalogue's columns changed.",)


def test_vectors_of_another_model_are_not_compared() -> None:
    vector = np.ones(3, np.float32)
    dialogue = Dialogue(image=vector, sound=vector, tempo=92.0, pace="slower", sees=("red",))
    dialogue.pictured = Perceived(Request("like this"), vector)
    saved = Saved(dialogue, encoders={"image": "clip@1", "audio": "clap@1"})
    kept, told = refitted(saved, dozen())
    assert (kept.image, kept.pictured, kept.sound, kept.tempo, kept.sees) == (None, None, None, None, ())
    assert len(told) == 2
    kept, told = refitted(replace(saved, encoders={"image": None, "audio": None}), dozen())
    assert kept.image is vector
    assert told == ()
