from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from agent.linking.fields import Fields
from agent.types import Act, ActName
from eval.understanding.case import DEVELOPMENT, Given
from eval.understanding.fitting import fitted
from eval.understanding.play import Played
from eval.understanding.report import Report, details, measured, show, spread, to_json
from eval.understanding.score import Score, score
from retrieval.types import Constraint, Op, Status
from tests.eval.understanding.conftest import conditions
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from eval.understanding.case import Case

DOZEN = MemorySnapshot.from_csv()
FIELDS = Fields(DOZEN.columns, len(DOZEN))
SCREEN = Given(screen=("b1", "b2"))


def scored(case: Case, act: Act | None) -> Score:
    played = Played(act, act is not None, None if act else "a poem", 2.0, 5.0)
    return score(fitted(case, DOZEN, FIELDS), played, "dozen", FIELDS)


def searching(*written: str, name: str = "recommend", **more: object) -> Act:
    return replace(Act(ActName(name), constraints=conditions(*written)), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("where", "may", "found", "right"),
    [
        ([], [], [], True),
        ([], [], ["kind == boots"], False),
        ([], ["kind == boots"], ["kind == boots"], True),
        (["kind == boots"], [], ["kind contains Boots"], True),
        (["kind == boots"], [], [], False),
        (["kind == boots"], ["kind == boots"], [], False),
        (["kind == boots"], ["kind in boots | scarf"], ["kind in scarf | boots"], True),
        (["price <= 80"], [], ["price < 80"], True),
        (["price <= 80"], ["price ~ 80"], ["price ~ 80"], True),
        (["price <= 80"], ["price >= 20"], ["price >= 20"], False),
        (["price <= 80"], [], ["price <= 80", "colour == red"], False),
        (["colour != red", "colour != blue"], [], ["colour not in blue | red"], True),
        (["tags contains warm"], ["tags contains light"], ["tags contains light"], False),
    ],
)
def test_conditions(
    case: Callable[..., Case], where: list[str], may: list[str], found: list[str], right: bool
) -> None:
    got = scored(case(where=where, may=may), searching(*found))
    assert (got.act, got.constraints, got.whole) == (True, right, right)
    assert bool(got.errors) is not right


def test_what_was_relaxed_counts_and_what_ranks_does_not(case: Callable[..., Case]) -> None:
    relaxed = Constraint("price", Op.LE, 80.0, "under 80", Status.RELAXED)
    ranks = Constraint("colour", Op.EQ, "red", "crimson", Status.RANKED)
    unlinked = Constraint(None, Op.CONTAINS, "comfy", "comfy", Status.RANKED)
    act = Act(ActName.RECOMMEND, constraints=(relaxed, ranks, unlinked))
    assert scored(case(where=["price <= 80"]), act).whole


def test_conditions_are_those_of_searches(case: Callable[..., Case]) -> None:
    chatting = Act(ActName.CHAT)
    assert scored(case(), chatting).constraints is False
    assert scored(case(act="chat"), searching("kind == boots", name="recommend")).constraints is None
    either = case(act="ask recommend", where=["kind == boots"])
    assert scored(either, Act(ActName.ASK)).whole
    assert scored(either, searching("kind == boots")).constraints is True
    assert scored(either, searching()).constraints is False


def test_references_are_in_order(case: Callable[..., Case]) -> None:
    both = case(act="compare", items=("#2", "#1"), given=SCREEN)
    assert scored(both, Act(ActName.COMPARE, items=("b2", "b1"))).references is True
    wrong = scored(both, Act(ActName.COMPARE, items=("b1", "b2")))
    assert wrong.references is False and wrong.errors == ("refers to b1, b2, not b2, b1",)
    assert scored(case(), searching(items=("b1",))).references is None
    assert scored(case(items=()), searching(items=("b1",))).references is False


def test_orders_are_as_the_case_has_them(case: Callable[..., Case]) -> None:
    cheapest = case(sort="price", count=3)
    assert scored(cheapest, searching(sort="price", count=3)).orders is True
    assert scored(cheapest, searching(sort="price")).errors == ("count is None, not 3",)
    unasked = scored(case(), searching(sort="price"))
    assert (unasked.orders, unasked.whole) == (None, False)
    rating = case(act="rate", items=("#1",), given=SCREEN, stars=4.0)
    assert scored(rating, Act(ActName.RATE, items=("b1",), stars=4.0)).whole
    assert scored(rating, Act(ActName.RATE, items=("b1",), stars=3.0)).orders is False
    assert scored(case(act="like"), Act(ActName.LIKE, sort="price")).whole


def test_without_an_act_nothing_is_right(case: Callable[..., Case]) -> None:
    got = scored(case(items=(), count=3), None)
    assert (got.act, got.constraints, got.references, got.orders) == (False, False, False, False)
    assert got.errors == ("no act: a poem",)


def test_shares_have_binomial_errors(case: Callable[..., Case]) -> None:
    scores = [scored(case(), searching()) for _ in range(3)] + [scored(case(), Act(ActName.CHAT))]
    found = measured(scores)["act"]
    assert (found.value, found.cases) == (0.75, 4)
    assert found.error == pytest.approx((0.75 * 0.25 / 3) ** 0.5)
    assert measured(scores)["references"].cases == 0
    assert spread([1.0, 2.0, 9.0])["p50"] == 2.0 and spread([]) == {"p50": 0.0, "p95": 0.0}


def test_the_report_tells_no_words_of_the_held_out_half(case: Callable[..., Case]) -> None:
    wrong = Act(ActName.CHAT)
    cases = [case(f"request {n}", number=n, about="typo", held_out=n % 2 == 0) for n in range(1, 7)]
    report = Report([scored(one, wrong) for one in cases], "scripted (1)", heed=True)
    shown, whole = show(report), {**to_json(report), **details(report)}
    for number in (1, 3, 5):
        assert f"cases {number} [typo] “request {number}”: act is chat, not recommend" in shown
    assert "typo: 0 of 3" in shown
    assert not any(f"request {number}" in shown + str(whole) for number in (2, 4, 6))
    assert "request 1" not in str(to_json(report))
    assert [one["number"] for one in whole["errors"]] == [1, 3, 5]
    assert [one["whole"] for one in whole["cases"]] == [False] * 6
    assert whole["rows"]["dozen, development"]["act"]["cases"] == 3
    assert whole["about"][DEVELOPMENT]["typo"]["act"]["value"] == 0
