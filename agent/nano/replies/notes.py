"""Acknowledgements: stars, likes, dislikes, what to remember and what to forget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.nano.replies.phrases import expand, joined
from agent.nano.replies.tables import tables

if TYPE_CHECKING:
    from random import Random

    from agent.nano.segment import Segment

_NOTES = tables("notes")


def noted(rng: Random, segment: Segment) -> str:
    """Acknowledge what was noted, and say what follows from it."""
    act = segment.head[1]
    titles = [token for token in segment.head if token == "{next}"]
    name = act.strip("<>")
    said = rng.choice(_NOTES[f"noted {name}" if "{note}" in segment.head else f"named {name}"])
    text = expand(rng, said).replace("#t", joined(rng, titles))
    tag = next((token for token in segment.head if token in {"<good>", "<fair>", "<poor>"}), act)
    if "<none>" in segment.head:
        return expand(rng, rng.choice(_NOTES["none forget"]))
    effect = expand(rng, rng.choice(_NOTES[f"effect {tag.strip('<>')}"]))
    twice = any(
        word in text and word in effect for word in ("count", "profile", "like", "less", "come up", "out")
    )
    return text if twice or rng.random() < 0.4 else f"{text} {effect}"
