from __future__ import annotations

import pytest

from agent.chat.prompts import REPLIES
from agent.chat.protocol import ChatModel
from agent.types import ActName, Reading, Scene
from encoders.errors import ModelError
from tests.fakes.chat import ScriptedChat

BRIEF = REPLIES[0][0]


def test_the_fake_follows_its_script_in_order_and_by_text() -> None:
    in_order = ScriptedChat([Reading(ActName.LIKE), ModelError("gone.")], ["hello there", ["a", "b"]])
    assert isinstance(in_order, ChatModel)
    assert in_order.read(Scene("x")).act is ActName.LIKE
    with pytest.raises(ModelError):
        in_order.read(Scene("y"))
    assert list(in_order.write(BRIEF)) == ["hello", " there"]
    assert list(in_order.write(BRIEF)) == list(in_order.write(BRIEF)) == ["a", "b"]
    by_text = ScriptedChat({"hi": Reading(ActName.CHAT)})
    assert by_text.read(Scene("hi")).act is ActName.CHAT
    assert by_text.read(Scene("boots")) == Reading(ActName.RECOMMEND, query="boots")
    assert "".join(by_text.write(BRIEF)) == "{1.title}."


def test_the_fake_counts_replies_that_were_closed() -> None:
    fake = ScriptedChat(replies=["one two three"])
    running = fake.write(BRIEF)
    next(running)
    running.close()  # type: ignore[attr-defined]
    assert fake.closed == 1
