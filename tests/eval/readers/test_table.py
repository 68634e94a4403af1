from __future__ import annotations

import pytest

from agent.types import ActName, Reading, Scene
from eval.readers.rules import RuleReader
from eval.readers.table import READERS, measure

PAIRS = [(Scene(f"a lamp under {count}"), Reading(ActName.CHAT)) for count in range(10, 20)]


def test_the_table_makes_readers_by_name() -> None:
    assert {"rules", "random"} <= set(READERS)
    made = READERS["rules"]()
    assert made.id == "rules" and made.read(Scene("hello")).act is ActName.CHAT


def test_a_limit_takes_cases_from_all_over() -> None:
    read: list[str] = []

    class Noting(RuleReader):
        def read(self, scene: Scene) -> Reading:
            read.append(scene.text)
            return super().read(scene)

    assert measure(Noting(), PAIRS, limit=2).scenes == 2
    assert read == ["a lamp under 10", "a lamp under 15"]
    assert measure(RuleReader(), PAIRS, limit=50).scenes == measure(RuleReader(), PAIRS).scenes == len(PAIRS)


@pytest.mark.parametrize("limit", [0, -1])
def test_nothing_to_compare_with_is_said(limit: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        measure(RuleReader(), PAIRS, limit=limit)
    with pytest.raises(ValueError, match="at least one"):
        measure(RuleReader(), [])
