"""What is said of a set: the leading sentences, what can't be checked, the closing question, and nothing found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.nano.replies.phrases import expand, joined, pick
from agent.nano.replies.tables import tables
from agent.nano.writer_grammar import COUNTS

if TYPE_CHECKING:
    from random import Random

    from agent.nano.plan import Segment

_SETS = tables("sets")


def _filled(rng: Random, template: str, segment: Segment) -> str:
    """Replace the placeholders of a template by what the segment has; '#?' stays where it has none."""
    count = segment.head[2].removeprefix("<n=").rstrip(">")
    number = int(count) if count.isdigit() else 0
    text = expand(rng, template)
    every = (
        "both"
        if number == 2
        else rng.choice((f"all {COUNTS[number]}", "all of them"))
        if 0 < number <= 10
        else "all"
    )
    if not 0 < number <= 10:
        text = text.replace("these #n", "these")
    text = text.replace("#all", every).replace("#n", COUNTS[number] if 0 < number <= 10 else "these")
    many = sum(token.startswith("{u") for token in segment.head) > 1
    text = text.replace("#they", "they" if many else "it").replace("#them", "them" if many else "it")
    text = text.replace("it only set ", "it only sets ")
    for name in "crou":
        tokens = [token for token in segment.head if token.startswith((f"{{{name}.", f"{{{name}}}"))]
        rng.shuffle(tokens)
        if name == "c":
            bound = [token for token in tokens if token.endswith(".bound}")]
            text = text.replace(
                "#c.not", " or ".join(token for token in tokens if token.endswith(".not}")) or "#?"
            )
            tokens = [token for token in tokens if not token.endswith(".not}")]
            text = text.replace("#c.bound", joined(rng, bound) or "#?")
        spoken = " or ".join((", ".join(tokens[:-1]), tokens[-1])).removeprefix(" or ") if tokens else "#?"
        text = text.replace(f"#{name}", spoken if name == "o" else joined(rng, tokens) or "#?")
    return text


def lead(rng: Random, segment: Segment) -> str:
    """Write what leads the reply: the answer for the set."""
    act, one = segment.head[1], segment.head[2] == "<n=1>"
    with_conditions = bool({"{c.word}", "{c.bound}"} & set(segment.head))
    if "{unclear}" in segment.head:
        return _filled(rng, rng.choice(_SETS["foreign"]), segment)
    if act == "<compare>":
        return _filled(rng, rng.choice(_SETS["compared"]), segment)
    if any(token.startswith("{r.") for token in segment.head):
        templates = _SETS["relaxed one"] if one else _SETS["relaxed"]
    elif act == "<similar>" and rng.random() < 0.85:
        templates = _SETS["like one"] if one else _SETS["like"]
    elif act == "<refine>" and rng.random() < 0.7:
        templates = _SETS["changed one"] if one else _SETS["changed"]
    elif with_conditions:
        templates = _SETS["one with"] if one else _SETS["many with"]
    else:
        templates = _SETS["one"] if one else _SETS["many"]
    if act != "<compare>" and "{c.not}" in segment.head and not one and rng.random() < 0.3:
        templates = _SETS["many not"]
    said = _filled(rng, rng.choice(templates), segment)
    if not one and said.endswith(".") and rng.random() < 0.4:
        said += " " + _filled(rng, rng.choice(_SETS["second"]), segment)
    return said


def cant(rng: Random, segment: Segment) -> str:
    """Say which conditions rank only."""
    return _filled(
        rng, rng.choice(_SETS["cant nothing"] if segment.head[2] == "<n=0>" else _SETS["cant"]), segment
    )


def nothing(rng: Random, segment: Segment) -> str:
    """Say that nothing was found, and what giving a condition up would bring."""
    relaxed = any(token.startswith("{r.") for token in segment.head)
    if relaxed:
        return _filled(
            rng,
            rng.choice(_SETS["nothing brings"] if "{matching}" in segment.head else _SETS["nothing given"]),
            segment,
        )
    with_conditions = bool({"{c.word}", "{c.bound}"} & set(segment.head))
    return _filled(rng, rng.choice(_SETS["nothing with"] if with_conditions else _SETS["nothing"]), segment)


def question(rng: Random, segment: Segment) -> str:
    """Write the closing question of a search, or the whole reply of ASK."""
    options, named = "{o}" in segment.head, "{ask}" in segment.head
    if segment.kind == "next":
        return _filled(rng, rng.choice(_SETS["next"] if options else _SETS["next open"]), segment)
    if named:
        return _filled(rng, rng.choice(_SETS["asked"] if options else _SETS["asked open"]), segment)
    return _filled(rng, rng.choice(_SETS["asked options"] if options else _SETS["asked anything"]), segment)


def which(rng: Random, segment: Segment) -> str:
    """Ask which item is meant."""
    return pick(rng, _SETS["which compare" if segment.head[1] == "<compare>" else "which"])
