"""Small talk: what people say off the subject, and a short answer that leads back to the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.nano.replies.phrases import pick
from agent.nano.replies.tables import tables

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

_TALK = tables("talk")

TOPICS = tuple(name.removesuffix(" said") for name in _TALK if name.endswith(" said"))
"""The subjects of small talk."""


def utterance(rng: Random, topic: str, strangers: Sequence[str]) -> str:
    """Say something on `topic`; words the writer may not know are drawn from `strangers`."""
    said = pick(rng, _TALK[f"{topic} said"])
    while "@" in said:
        said = said.replace("@", rng.choice(strangers), 1)
    if said and rng.random() < 0.12:
        said = rng.choice(("please ", "hey ", "so ", "well ", "um ", "ok ", "and ", "but ")) + said
    return said + rng.choice(("", "", "?", " please" if rng.random() < 0.3 else ""))


def answer(rng: Random, topic: str) -> str:
    """Answer small talk on `topic`."""
    reply = pick(rng, _TALK[f"{topic} replies"])
    while "BACK" in reply:
        reply = reply.replace("BACK", pick(rng, _TALK["back"]), 1)
    return reply if reply[-1] in ".?" else f"{reply}."
