"""What is said of a set: the leading sentences, what can't be checked, the closing question, and nothing found."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agent.nano.replies.phrases import expand, joined, pick
from agent.nano.replies.tables import tables
from agent.nano.writer_grammar import COUNTS

if TYPE_CHECKING:
    from random import Random

    from agent.nano.segment import Segment

_SETS = tables("sets")


def _filled(rng: Random, template: str, segment: Segment) -> str:
    """Replace the placeholders of a template by what the segment has; '#?' stays where it has none that fits."""
    count = segment.head[2].removeprefix("<n=").rstrip(">")
    number = int(count) if count.isdigit() else 0
    counted = COUNTS[number] if 0 < number <= 10 else ""
    words = {
        "#these": f"these {counted}" if counted and rng.random() < 0.6 else "these",
        "#all": "both" if number == 2 else f"all {counted}" if counted else "all of them",
        "#of": rng.choice(("both of them", "both")) if number == 2 else rng.choice(("all of them", "all")),
        "these #n": f"these {counted}" if counted else "these",
        "#n": counted or "these",
    }
    text = expand(rng, template)
    for name, said in words.items():
        text = text.replace(name, said)
    for name in "cr":
        if re.search(rf"(?:is|are|of them|all|both|besides|now|also|be) #{name}", text) and _only_has(
            segment, name
        ):
            text = text.replace(f"#{name}", "#?")
    for name in "crou":
        tokens = [token for token in segment.head if token.startswith((f"{{{name}.", f"{{{name}}}"))]
        rng.shuffle(tokens)
        # 'warm, not red and with a lid': what it has does not follow 'is' at once.
        tokens.sort(key=lambda token: (token.endswith(".not}"), token.endswith(".with}")))
        either = " or ".join((", ".join(tokens[:-1]), tokens[-1])).removeprefix(" or ") if tokens else ""
        text = text.replace(f"#{name}", (either if name == "o" else joined(rng, tokens)) or "#?")
    return text


def _only_has(segment: Segment, name: str) -> bool:
    """Tell whether all conditions of a sort are had, not been: 'four with Meg Ryan' are not with her."""
    tokens = [token for token in segment.head if token.startswith(f"{{{name}.")]
    return bool(tokens) and all(token.endswith(".with}") for token in tokens)


def lead(rng: Random, segment: Segment) -> str:
    """Write what leads the reply: the answer for the set."""
    act, one = segment.head[1], segment.head[2] == "<n=1>"
    if "{unclear}" in segment.head:
        return _filled(rng, rng.choice(_SETS["foreign"]), segment)
    if act == "<compare>":
        return _filled(rng, rng.choice(_SETS["compared"]), segment)
    said = _filled(rng, rng.choice(_SETS[_lead_table(rng, segment, one)]), segment)
    if not one and said.endswith(".") and "{first}" not in said and rng.random() < 0.25:
        said += " " + _filled(rng, rng.choice(_SETS["second"]), segment)
    return said


def _lead_table(rng: Random, segment: Segment, one: bool) -> str:
    """Choose the table of a search's lead by what was given up, what is in force, and what was done."""
    act = segment.head[1]
    given_up = {token for token in segment.head if token.startswith("{r.")}
    in_force = {token for token in segment.head if token.startswith("{c.")}
    ending = " one" if one else ""
    if given_up:
        has = " has" if _only_has(segment, "r") else ""
        return "relaxed not" if "{r.not}" in given_up else f"relaxed{ending}{has}"
    if "{c.not}" in in_force and not one and rng.random() < 0.3:
        return "many not"
    if act == "<similar>" and rng.random() < 0.85:
        return f"like{ending}"
    if act == "<refine>" and rng.random() < 0.7:
        return "changed has" if _only_has(segment, "c") and not one else f"changed{ending}"
    if not in_force:
        return "one" if one else "many"
    return ("one" if one else "many") + (" has" if _only_has(segment, "c") else " with")


def cant(rng: Random, segment: Segment) -> str:
    """Say which conditions rank only."""
    return _filled(
        rng, rng.choice(_SETS["cant nothing"] if segment.head[2] == "<n=0>" else _SETS["cant"]), segment
    )


def nothing(rng: Random, segment: Segment) -> str:
    """Say that nothing was found, and what giving a condition up would bring."""
    if any(token.startswith("{r.") for token in segment.head):
        table = "nothing brings" if "{matching}" in segment.head else "nothing given"
        return _filled(rng, rng.choice(_SETS[table + (" has" if _only_has(segment, "r") else "")]), segment)
    with_conditions = any(token.startswith("{c.") for token in segment.head)
    if _only_has(segment, "c"):
        return _filled(rng, rng.choice(_SETS["nothing has"]), segment)
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
