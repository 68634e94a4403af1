"""Hold a turn against what a script expects of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.types import Op

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.catalogue import Catalogue
    from agent.types import Act, Turn
    from eval.script import Expectation
    from retrieval.types import Constraint


def failures(turn: Turn, expect: Expectation, catalogue: Catalogue) -> list[str]:
    """Return a sentence for each expectation that does not hold."""
    return [*_act(turn.act, expect), *_items(turn, expect, catalogue), *_answer(turn.answer, expect)]


def _act(act: Act, expect: Expectation) -> Iterator[str]:
    if expect.act and act.name.value not in expect.act:
        yield f"act is {act.name.value}, not {' or '.join(expect.act)}"
    if expect.constraints == () and act.constraints:
        yield f"constraints are {_spell(act.constraints)}, not none"
    for wanted in expect.constraints or ():
        if not any(same(wanted, found) for found in act.constraints):
            yield f"no constraint {_spell([wanted])} among {_spell(act.constraints)}"
    for name in ("sort", "count", "stars"):
        wanted_value, found_value = getattr(expect, name), getattr(act, name)
        if wanted_value is not None and wanted_value != found_value:
            yield f"{name} is {found_value!r}, not {wanted_value!r}"
    if expect.refers is not None and act.items != expect.refers:
        yield f"refers to {', '.join(act.items) or 'nothing'}, not {', '.join(expect.refers)}"


def same(wanted: Constraint, found: Constraint) -> bool:
    """Tell whether two constraints say the same; case and the order of lists don't matter."""
    return (wanted.field, _plain(wanted)) == (found.field, _plain(found))


def _plain(constraint: Constraint) -> tuple[str, frozenset[str]]:
    """Fold '==' x, 'contains' x and 'in' (x,) into one form, and likewise their negations."""
    values = constraint.value if isinstance(constraint.value, tuple) else (constraint.value,)
    folded = frozenset(f"{v:g}" if isinstance(v, float) else str(v).casefold() for v in values)
    if constraint.op in (Op.EQ, Op.IN, Op.CONTAINS):
        return "in", folded
    if constraint.op in (Op.NE, Op.NOT_IN):
        return "not in", folded
    return constraint.op.value, folded


def _items(turn: Turn, expect: Expectation, catalogue: Catalogue) -> Iterator[str]:
    ids = [card.id for card in turn.items]
    if expect.at_least is not None and len(ids) < expect.at_least:
        yield f"{len(ids)} items shown, fewer than {expect.at_least}"
    if expect.at_most is not None and len(ids) > expect.at_most:
        yield f"{len(ids)} items shown, more than {expect.at_most}"
    if expect.first is not None and ids[:1] != [expect.first]:
        yield f"{(ids or ['nothing'])[0]} is shown first, not {expect.first}"
    for missing in [wanted for wanted in expect.include if wanted not in ids]:
        yield f"{missing} is not shown"
    for wrong in [unwanted for unwanted in expect.exclude if unwanted in ids]:
        yield f"{wrong} is shown"
    for condition in expect.every:
        for item in ids:
            if not catalogue.searcher.meets(condition, item):
                yield f"{item} is shown although it is not {_spell([condition])}"


def _answer(answer: str, expect: Expectation) -> Iterator[str]:
    folded = answer.casefold()
    for text in expect.contains:
        if text.casefold() not in folded:
            yield f"the answer does not say “{text}”"
    for text in expect.lacks:
        if text.casefold() in folded:
            yield f"the answer says “{text}”"


def _spell(constraints: tuple[Constraint, ...] | list[Constraint]) -> str:
    return "; ".join(f"{c.field} {c.op.value} {c.value}" for c in constraints) or "none"
