from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from encoders.errors import InputError
from eval.script import Expectation, read_script
from retrieval.demo.build import entries
from retrieval.demo.entry import COLUMNS
from retrieval.types import Constraint, Op, Status

if TYPE_CHECKING:
    from collections.abc import Mapping

SCRIPTS = Path(__file__).parents[2] / "eval" / "scripts"

WHOLE = """
name: boots
catalog: demo
turns:
  - say: boots under 80
    expect:
      act: [recommend, refine]
      constraints: [{field: price, op: "<=", value: 80}]
      free: [colour]
      count: 3
      items:
        at_least: 1
        at_most: 4
        every: [{field: kind, op: in, value: [boots, wellies]}]
        some: [{field: colour, op: "!=", value: red}]
        first: 1
        fresh: true
      answer: {contains: boot, lacks: [leather]}
  - say: /why 1
    images: [boot.png]
    sounds: [rain.wav]
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
    assert first.expect.some == (Constraint("colour", Op.NE, "red", ""),)
    assert (first.expect.count, first.expect.at_least, first.expect.first) == (3, 1, "1")
    assert (first.expect.free, first.expect.fresh) == (("colour",), True)
    assert (second.images, second.sounds) == (("boot.png",), ("rain.wav",))
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
        ("turns: []", "turns"),
        ("catalogue: demo\nturns: [{say: x}]", "catalogue"),
        ("turns: [{expect: {act: chat}}]", "nothing is said"),
        ("turns: [{say: /new, expect: {act: chat}}]", "plays no turn"),
        ("turns: [{say: x, expect: {act: recomend}}]", "recomend"),
        ("turns: [{say: x, expect: {count: three}}]", "three"),
        ("turns: [{say: x, expect: {count: 1.5}}]", "whole number"),
        ("turns: [{say: x, expect: {stars: yes}}]", "stars"),
        ("turns: [{say: x, expect: {sort: [a]}}]", "sort"),
        ("turns: [{say: x, images: [{a: b}]}]", "images"),
        ("turns: [{say: x, expect: {items: {at_least: -1}}}]", "at_least"),
        ("turns: [{say: x, expect: {items: {every: {field: a, op: '==', value: b}}}}]", "every"),
        ("turns: [{say: x, expect: {items: {every: [{field: a, op: '==', valeu: b}]}}}]", "valeu"),
        ("turns: [{say: x, expect: {constraints: [{field: a, op: '==', value: null}]}}]", "None is no value"),
        ("turns: [{say: x, expect: {constraints: [{field: a, op: '==', value: b, status: so}]}}]", "so"),
    ],
)
def test_what_is_no_script_is_told_in_a_sentence_that_names_it(tmp_path: Path, text: str, named: str) -> None:
    with pytest.raises(InputError, match=named) as caught:
        read_script(write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_script_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="check its path"):
        read_script(tmp_path / "absent.yaml")


def test_no_constraints_and_nothing_expected_are_told_apart(tmp_path: Path) -> None:
    none, unsaid = read_script(
        write(tmp_path, "turns: [{say: x, expect: {constraints: [], refers: []}}, {say: y}]")
    ).turns
    assert (none.expect.constraints, none.expect.refers) == ((), ())
    assert (unsaid.expect.constraints, unsaid.expect.refers) == (None, None)


def test_a_status_is_enforced_unless_it_is_written(tmp_path: Path) -> None:
    text = """
turns:
  - say: x
    expect:
      constraints: [{field: a, op: "==", value: 1}, {field: null, op: "~", value: cosy, status: ranked}]
"""
    (turn,) = read_script(write(tmp_path, text)).turns
    assert turn.expect.constraints == (
        Constraint("a", Op.EQ, 1.0, ""),
        Constraint(None, Op.ABOUT, "cosy", "", Status.RANKED),
    )


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=6),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    ["turns", "say", "expect", "items", "every", "act", "field", "op", "value", "count"]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_yaml_is_read_or_refused_in_a_sentence(tmp_path: Path, entry: object) -> None:
    path = write(tmp_path, json.dumps({"turns": [entry]}))
    try:
        script = read_script(path)
    except InputError as error:
        assert "\n" not in str(error)
    else:
        assert len(script.turns) == 1


@pytest.fixture(scope="module")
def demo() -> tuple[frozenset[str], Mapping[str, frozenset[str]]]:
    """The demo's ids, and the words of each of its columns."""
    made = entries()
    words: dict[str, set[str]] = {name: set() for name in COLUMNS}
    for entry in made:
        for name, cell in entry.cells.items():
            words[name].update(cell if isinstance(cell, tuple) else (str(cell),))
    return frozenset(entry.id for entry in made), {name: frozenset(some) for name, some in words.items()}


@pytest.mark.parametrize("path", sorted(SCRIPTS.glob("*.yaml")), ids=lambda path: path.stem)
def test_the_scripts_over_the_demo_name_what_the_demo_has(
    path: Path, demo: tuple[frozenset[str], Mapping[str, frozenset[str]]]
) -> None:
    ids, words = demo
    script = read_script(path)
    assert script.catalog == "demo"
    assert 3 <= len(script.turns) <= 6
    for turn in script.turns:
        expect = turn.expect
        assert expect != Expectation(), f"{turn.say} expects nothing"
        named = {*expect.include, *expect.exclude, *(expect.refers or ()), *filter(None, [expect.first])}
        assert {name for name in named if not name.startswith("#")} <= ids
        for constraint in (*(expect.constraints or ()), *expect.every, *expect.some):
            assert constraint.field is not None and constraint.field in words
            values = constraint.value if isinstance(constraint.value, tuple) else (constraint.value,)
            assert all(isinstance(value, float) or value in words[constraint.field] for value in values)
        assert set(expect.free) <= set(words)


def test_there_are_twelve_scripts_with_names_of_their_own() -> None:
    names = [read_script(path).name for path in SCRIPTS.glob("*.yaml")]
    assert len(names) == len(set(names)) == 12
