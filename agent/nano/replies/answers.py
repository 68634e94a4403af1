"""Why an item was shown, and what the catalogue says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.nano.replies.facts import QUOTES
from agent.nano.replies.lines import facts_of, misses, put, verbs
from agent.nano.replies.phrases import chained, pick
from agent.nano.replies.tables import tables

if TYPE_CHECKING:
    from random import Random

    from agent.nano.plan import Segment

_ANSWERS = tables("answers")


def why(rng: Random, segment: Segment) -> str:
    """Write why an item was shown: what it meets, in full sentences, what it misses, what its page says."""
    speaks, missed, quotes = facts_of(segment)
    met = [token for token in speaks if token[1] == "+"]
    extra = [token for token in speaks if token[1] != "+"]
    start = "why met" if met else "why words" if quotes or extra else "why nothing"
    said = [pick(rng, _ANSWERS[start]).replace("#v", verbs(rng, met, ()))]
    if extra:
        said.append(pick(rng, _ANSWERS["why also"]).replace("#v", verbs(rng, extra, ())))
    said += _quoted(rng, quotes)
    if missed:
        said.append(pick(rng, _ANSWERS["why against"]).replace("#m", chained(misses(rng, missed))))
    if "{note}" in segment.head:
        said.append(pick(rng, _ANSWERS["why note"]))
    return ". ".join(said) + "."


def _quoted(rng: Random, quotes: list[str]) -> list[str]:
    # 'described as' needs a noun before it.
    form = rng.choice([form for form in QUOTES if not form.startswith("described")])
    return [form.replace("{quote}", " and ".join(quotes))] if quotes else []


def detail(rng: Random, segment: Segment) -> str:
    """Answer a question about an item, tell of it when the question is open, or say that the catalogue doesn't."""
    speaks, missed, quotes = facts_of(segment)
    if not (speaks or missed or quotes):
        return pick(rng, _ANSWERS["silent ask" if "{ask}" in segment.head else "silent"])
    asked = [token for token in (*speaks, *missed) if token[1] in "?!"]
    if not asked:
        return _told(rng, speaks, quotes)
    said = []
    yes = "<yes>" in segment.head
    table = _ANSWERS["detail no" if missed else "detail yes" if yes else "detail"]
    for place, token in enumerate(asked):
        form = pick(rng, table if not place else _ANSWERS["detail more"])
        said.append(
            put(form.replace("#v", verbs(rng, [token], ())).replace("#x", "{}").replace("#l", "{l}"), token)
        )
    said += [put(pick(rng, _ANSWERS["detail more quote"]).replace("#x", "{}"), quote) for quote in quotes]
    return ". ".join(said) + "."


def _told(rng: Random, speaks: list[str], quotes: list[str]) -> str:
    if not speaks:
        text = pick(rng, _ANSWERS["detail quote"])
        return text.replace("#x", " and ".join(quotes)) + "."
    said = [pick(rng, _ANSWERS["detail open"]).replace("#v", verbs(rng, speaks, ())), *_quoted(rng, quotes)]
    return ". ".join(said) + "."
