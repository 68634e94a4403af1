"""Hold a turn against what a script expects of it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from encoders.errors import InputError
from retrieval.types import Op, Status

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from agent.catalogue import Catalogue
    from agent.types import Act, Turn
    from eval.script import Expectation
    from retrieval.types import Constraint


def located(expect: Expectation, screen: Sequence[str]) -> Expectation:
    """Return the expectation with the ids on `screen` in place of '#1', '#2' and so on.

    Raises InputError when there are not so many.
    """

    def ids(names: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(_on_screen(name, screen) for name in names)

    return replace(
        expect,
        refers=None if expect.refers is None else ids(expect.refers),
        include=ids(expect.include),
        exclude=ids(expect.exclude) + (tuple(screen) if expect.fresh else ()),
        first=None if expect.first is None else ids((expect.first,))[0],
    )


def _on_screen(name: str, screen: Sequence[str]) -> str:
    number = name[1:]
    if not (name.startswith("#") and number.isascii() and number.isdecimal()):
        return name
    if not 1 <= int(number) <= len(screen):
        raise InputError(
            f"The script expects {name} of a screen of {len(screen)}: see what the turn before shows."
        )
    return screen[int(number) - 1]


def failures(turn: Turn, expect: Expectation, catalogue: Catalogue, headline: str | None = None) -> list[str]:
    """Return a sentence for each expectation that does not hold."""
    if expect.error is not None:
        return [f"the turn is played, not refused with “{expect.error}”"]
    said = f"{headline or ''}\n{turn.answer}"
    ids = [card.id for card in turn.items]
    return [
        *_act(turn.act, expect),
        *_items(ids, expect),
        *_conditions(ids, expect, catalogue),
        *_answer(said, expect),
    ]


def _act(act: Act, expect: Expectation) -> Iterator[str]:
    if expect.act and act.name.value not in expect.act:
        yield f"act is {act.name.value}, not {' or '.join(expect.act)}"
    if expect.constraints == () and act.constraints:
        yield f"constraints are {_spell(act.constraints)}, not none"
    for wanted in expect.constraints or ():
        if not any(same(wanted, found) for found in act.constraints):
            yield f"no constraint {_spell([wanted])} among {_spell(act.constraints)}"
    for name in expect.free:
        if bound := [c for c in act.constraints if c.field == name and c.status is not Status.RELAXED]:
            yield f"{name} should be free but is {_spell(bound)}"
    for name in ("sort", "count", "stars"):
        wanted_value, found_value = getattr(expect, name), getattr(act, name)
        if wanted_value is not None and wanted_value != found_value:
            yield f"{name} is {found_value!r}, not {wanted_value!r}"
    if expect.refers is not None and act.items != expect.refers:
        yield f"refers to {', '.join(act.items) or 'nothing'}, not {', '.join(expect.refers) or 'nothing'}"


def same(wanted: Constraint, found: Constraint) -> bool:
    """Tell whether two constraints say the same; case and the order of lists don't matter."""
    return (wanted.field, wanted.status, _plain(wanted)) == (found.field, found.status, _plain(found))


def _plain(constraint: Constraint) -> tuple[str, frozenset[str]]:
    """Fold '==' x, 'contains' x and 'in' (x,) into one form, and likewise their negations."""
    values = constraint.value if isinstance(constraint.value, tuple) else (constraint.value,)
    folded = frozenset(f"{v:.15g}" if isinstance(v, float) else str(v).casefold() for v in values)
    if constraint.op in (Op.EQ, Op.IN, Op.CONTAINS):
        return "in", folded
    if constraint.op.negative:
        return "not in", folded
    return constraint.op.value, folded


def _items(ids: Sequence[str], expect: Expectation) -> Iterator[str]:
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


def _conditions(ids: Sequence[str], expect: Expectation, catalogue: Catalogue) -> Iterator[str]:
    if expect.every and not ids and expect.at_least is None and expect.at_most != 0:
        yield f"nothing is shown that could be {_spell(expect.every)}"
    for condition in (*expect.every, *expect.some):
        if not catalogue.searcher.checkable(condition):
            yield f"the catalogue can't check {_spell([condition])}: correct the script"
            return
    for condition in expect.every:
        if unmet := [item for item in ids if not catalogue.searcher.meets(condition, item)]:
            yield f"shown although not {_spell([condition])}: {', '.join(unmet)}"
    for condition in expect.some:
        if not any(catalogue.searcher.meets(condition, item) for item in ids):
            yield f"nothing shown is {_spell([condition])}"


def _answer(said: str, expect: Expectation) -> Iterator[str]:
    folded = said.casefold()
    for text in expect.contains:
        if text.casefold() not in folded:
            yield f"the answer does not say “{text}”"
    for text in expect.lacks:
        if text.casefold() in folded:
            yield f"the answer says “{text}”"


def _spell(constraints: Sequence[Constraint]) -> str:
    return "; ".join(_spell_one(constraint) for constraint in constraints) or "none"


def _spell_one(constraint: Constraint) -> str:
    status = "" if constraint.status is Status.ENFORCED else f" ({constraint.status.value})"
    value = constraint.value
    spelled = (
        f"{value:g}" if isinstance(value, float) else ", ".join(value) if isinstance(value, tuple) else value
    )
    return f"{constraint.field} {constraint.op.value} {spelled}{status}"
