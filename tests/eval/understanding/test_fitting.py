from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.linking.fields import Fields
from encoders.errors import InputError
from eval.understanding.case import Given
from eval.understanding.fitting import fitted
from retrieval.types import Constraint, Op
from tests.eval.understanding.conftest import conditions
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Callable

    from eval.understanding.case import Case

DOZEN = MemorySnapshot.from_csv()
FIELDS = Fields(DOZEN.columns, len(DOZEN))


def test_a_case_is_spelt_as_the_catalogue_does(case: Callable[..., Case]) -> None:
    given = Given(screen=("b1", "s2"), asked="Released", where=conditions("colour contains NAVY BLUE"))
    fit = fitted(
        case(
            where=("Kind == Boots", "tags == waterproof", "released >= 2024"),
            may=("tags not in warm | light", "colour in red"),
            items=("#2", "b1"),
            sort="-Price",
            given=given,
        ),
        DOZEN,
        FIELDS,
    )
    assert [(one.field, one.op, one.value) for one in fit.where] == [
        ("kind", Op.EQ, "boots"),
        ("tags", Op.CONTAINS, "waterproof"),
        ("released", Op.GE, "2024"),
    ]
    assert [(one.op, one.value) for one in fit.may] == [(Op.NOT_IN, ("warm", "light")), (Op.EQ, "red")]
    assert (fit.items, fit.sort, fit.given.asked) == (("s2", "b1"), "-price", "released")
    assert fit.given.where == (Constraint("colour", Op.EQ, "navy blue", "navy blue"),)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("kind in boots | scarf", "boots or scarf"),
        ("colour != brown", "not brown"),
        ("price <= 80", "up to 80"),
        ("price < 59.9", "under 59.9"),
        ("price ~ 50", "around 50"),
        ("rating >= 4.5", "from 4.5 stars"),
        ("released < 2024", "released under 2024"),
        ("description contains seam-sealed", "seam-sealed"),
    ],
)
def test_conditions_in_force_have_words(case: Callable[..., Case], written: str, said: str) -> None:
    fit = fitted(case(given=Given(where=conditions(written))), DOZEN, FIELDS)
    assert fit.given.where[0].said == said


@pytest.mark.parametrize(
    ("labels", "told"),
    [
        ({"where": ["brand == Kelda"]}, "request 1 `where` names “brand”, which is no column"),
        ({"where": ["colour == mauve"]}, "colour has no value “mauve”"),
        ({"may": ["colour > 3"]}, "`may` has “colour > 3”, but colour is no column to compare"),
        ({"where": ["price == cheap"]}, "price holds numbers"),
        ({"where": ["released == soon"]}, "released holds dates"),
        ({"where": ["description == waterproof"]}, "no column to compare"),
        ({"sort": "-cost"}, "`sort` names “cost”"),
        ({"items": ("#2",)}, "`items` has #2, which is no item"),
        ({"items": ("b9",)}, "`items` has b9, which is no item"),
        ({"given": Given(screen=("b9",))}, "`given.screen` has b9"),
        ({"given": Given(asked="size")}, "`asked` names “size”"),
        ({"given": Given(where=conditions("colour == mauve"))}, "`given.where` has “colour == mauve”"),
    ],
)
def test_a_label_that_the_catalogue_does_not_know_is_told(
    case: Callable[..., Case], labels: dict[str, object], told: str
) -> None:
    with pytest.raises(InputError) as refused:
        fitted(case(**labels), DOZEN, FIELDS)
    assert told in str(refused.value) and "cases.yaml" in str(refused.value)
