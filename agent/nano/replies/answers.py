"""Why an item was shown, and what the catalogue says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.nano.replies.lines import being, can_be, facts_of, misses, quoting, verbs
from agent.nano.replies.phrases import chained, pick
from agent.nano.replies.tables import tables

if TYPE_CHECKING:
    from random import Random

    from agent.nano.segment import Segment

_ANSWERS = tables("answers")


def why(rng: Random, segment: Segment) -> str:
    """Write why an item was shown: what it meets, in full sentences, what it misses, what its page says."""
    speaks, missed, quotes = facts_of(segment)
    met = [token for token in speaks if token[1] == "+"]
    extra = [token for token in speaks if token[1] != "+"]
    start = "why met" if met else "why words" if quotes or extra else "why nothing"
    said = [_facts(rng, start, met)]
    if extra:
        said.append(_facts(rng, "why also", extra))
    said += quoting(rng, quotes)
    if missed:
        said.append(
            pick(rng, _ANSWERS["why against"]).replace("#m", chained(misses(rng, missed, whole=True)))
        )
    if "{note}" in segment.head:
        said.append(pick(rng, _ANSWERS["why note"]))
    return ". ".join(said) + "."


def _facts(rng: Random, table: str, tokens: list[str]) -> str:
    """Put facts into a form of `table`: #v as verb phrases, #p behind 'is'."""
    forms = [form for form in _ANSWERS[table] if "#p" not in form or can_be(tokens)]
    form = pick(rng, forms)
    # 'as you asked' would be said twice in an answer that says it already.
    plain = [token.replace("{+", "{") for token in tokens] if "asked" in form else tokens
    text = form.replace("#v", verbs(rng, plain)) if "#v" in form else form
    text = text.replace("#p", being(rng, plain)) if "#p" in text else text
    for token, bare in zip(tokens, plain, strict=True):
        text = text.replace(bare, token).replace(bare[:-1] + ".label}", token[:-1] + ".label}")
    return text


def detail(rng: Random, segment: Segment) -> str:
    """Answer a question about an item, tell of it when the question is open, or say that the catalogue doesn't."""
    speaks, missed, quotes = facts_of(segment)
    if not (speaks or missed or quotes):
        return pick(rng, _ANSWERS["silent ask" if "{ask}" in segment.head else "silent"])
    asked = [token for token in (*speaks, *missed) if token[1] in "?!"]
    if not asked:
        return _told(rng, speaks, quotes)
    table = "detail no" if missed else "detail yes" if "<yes>" in segment.head else "detail"
    said = [_facts(rng, "detail more" if place else table, [token]) for place, token in enumerate(asked)]
    return ". ".join([*said, *quoting(rng, quotes)]) + "."


def _told(rng: Random, speaks: list[str], quotes: list[str]) -> str:
    if not speaks:
        table = "detail review" if quotes == ["{review}"] else "detail quote"
        return pick(rng, _ANSWERS[table]).replace("#x", " and ".join(quotes)) + "."
    return ". ".join([_facts(rng, "detail open", speaks), *quoting(rng, quotes)]) + "."
