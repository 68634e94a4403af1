from __future__ import annotations

import numpy as np

from agent.state import Dialogue
from agent.types import ActName, Reading
from tests.agent.shop import dozen, want


def test_an_empty_result_leaves_the_screen_as_it_is() -> None:
    dialogue = Dialogue()
    assert not dialogue.screen
    dialogue.show(["b1", "b2"])
    dialogue.show([])
    assert dialogue.screen == ("b1", "b2")
    assert dialogue.seen == {"b1", "b2"}


def test_no_more_than_twenty_screens_and_three_requests_are_kept() -> None:
    dialogue = Dialogue()
    for number in range(30):
        dialogue.show([str(number)])
        dialogue.hear(f"request {number}")
    dialogue.hear("")
    assert len(dialogue.screens) == 20
    assert dialogue.screen == ("29",)
    assert dialogue.earlier == ["request 27", "request 28", "request 29"]


def test_a_search_afresh_keeps_what_was_shown_and_refused() -> None:
    dialogue = Dialogue(query="boots", sort="price", count=2, near={"b1": 1.0}, image=np.ones(2, np.float32))
    dialogue.show(["b1"])
    dialogue.refused.add("b2")
    dialogue.search_afresh()
    assert (dialogue.query, dialogue.sort, dialogue.count, dialogue.near) == ("", None, None, {})
    assert dialogue.image is None
    assert dialogue.seen == set()
    assert (dialogue.screen, dialogue.refused) == (("b1",), {"b2"})


def test_a_copy_can_be_changed_without_changing_the_original() -> None:
    dialogue = Dialogue()
    copy = dialogue.copy()
    copy.show(["b1"])
    copy.hear("boots")
    copy.refused.add("b2")
    copy.near["b3"] = 1.0
    assert dialogue == Dialogue()


def test_a_reading_that_only_names_an_item_answers_what_was_asked() -> None:
    dialogue = Dialogue(pending=Reading(ActName.RATE, references=("the ninth",), stars="four"))
    named = Reading(ActName.DETAIL, references=("the second",))
    assert dialogue.answered(named) == Reading(ActName.RATE, references=("the second",), stars="four")
    for other in (
        Reading(ActName.RECOMMEND, "boots"),
        Reading(ActName.DETAIL, phrases=(want("waterproof"),), references=("the second",)),
        Reading(ActName.DISLIKE, references=("the second",)),
    ):
        assert dialogue.answered(other) is other
    assert Dialogue().answered(named) is named


def test_a_scene_has_titles_and_the_commonest_values_by_label() -> None:
    dialogue = Dialogue(query="boots")
    dialogue.show(["b1", "s1"])
    scene = dialogue.scene("in red", (), dozen())
    assert scene.screen == ("Fellside Mid Boot", "Rosalind Scarf")
    assert scene.columns["kind"][0] == "boots"
    assert "description" not in scene.columns
