from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from encoders.errors import InputError
from eval.script import read_script
from retrieval.types import Constraint, Op

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
name: boots
catalog: demo
turns:
  - say: boots under 80
    expect:
      act: [recommend, refine]
      constraints: [{field: price, op: "<=", value: 80}]
      count: 3
      items: {at_least: 1, at_most: 4, every: [{field: kind, op: in, value: [boots, wellies]}], first: b1}
      answer: {contains: boot, lacks: [leather]}
  - say: /why 1
    images: [boot.png]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "script.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_script_is_read_whole(tmp_path: Path) -> None:
    script = read_script(write(tmp_path, WHOLE))
    first, second = script.turns
    assert (script.name, script.catalog) == ("boots", "demo")
    assert first.expect.act == ("recommend", "refine")
    assert first.expect.constraints == (Constraint("price", Op.LE, 80.0, ""),)
    assert first.expect.every == (Constraint("kind", Op.IN, ("boots", "wellies"), ""),)
    assert first.expect.contains == ("boot",)
    assert (first.expect.count, first.expect.at_least, first.expect.first) == (3, 1, "b1")
    assert second.images == ("boot.png",)
    assert second.expect.constraints is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("- a list", "turns"),
        ("turns: 3", "turns"),
        ("turns: [{say: x, expects: {}}]", "expects"),
        ("turns: [{say: x, expect: {item: {}}}]", "item"),
        ("turns: [{say: x, expect: {constraints: [{field: a, op: near, value: 1}]}}]", "near"),
        ("turns: [{say: x, expect: {items: [1]}}]", "mapping"),
        ("turns: [\n", "YAML"),
    ],
)
def test_what_is_no_script_is_told_in_a_sentence_that_names_it(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(InputError, match=named) as caught:
        read_script(write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_script_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="check its path"):
        read_script(tmp_path / "absent.yaml")
