from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.types import ActName
from encoders.errors import InputError
from eval.understanding.case import DEVELOPMENT, HELD_OUT, Given, read_cases
from retrieval.types import Constraint, Op

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
catalog: dozen
requests:
- say: no
  act: [refine, chat]
- say: "more like #2: but cheaper"
  act: similar
  where: [kind == boots, price < 69.5]
  may: colour in grey | green
  items: ['#2']
  sort: -price
  count: 3
  stars: 4.5
  about: reference
  given:
    query: boots
    where: [kind == boots]
    screen: [b1, b2]
    last: recommend
    asked: price
    earlier: [hello, boots]
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "cases.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_cases_are_read_whole(tmp_path: Path) -> None:
    first, second = read_cases(write(tmp_path, WHOLE))
    assert (first.say, first.acts) == ("no", (ActName.REFINE, ActName.CHAT))
    assert (first.items, first.given, first.where) == (None, Given(), ())
    assert not first.searches and second.searches
    assert (first.half, second.half) == (DEVELOPMENT, DEVELOPMENT)
    assert second.where == (Constraint("kind", Op.EQ, "boots", ""), Constraint("price", Op.LT, 69.5, ""))
    assert second.may == (Constraint("colour", Op.IN, ("grey", "green"), ""),)
    assert (second.items, second.sort, second.count, second.stars) == (("#2",), "-price", 3, 4.5)
    assert (second.about, second.catalog, second.number) == ("reference", "dozen", 2)
    assert second.given == Given(
        query="boots",
        where=(Constraint("kind", Op.EQ, "boots", ""),),
        screen=("b1", "b2"),
        last=ActName.RECOMMEND,
        asked="price",
        earlier=("hello", "boots"),
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("- a", "a mapping is needed"),
        ("requests: [{say: x, act: chat}]", "lacks `catalog`"),
        ("catalog: demo", "lacks `catalog` or a list of `requests`"),
        ("catalog: demo\nrequests: []", "lacks"),
        ("catalog: demo\nrequests: [x]", "request 1 a mapping is needed"),
        ("catalog: demo\nrequests: [{say: x}]", "request 1 `act` is missing"),
        ("catalog: demo\nrequests: [{act: chat}]", "request 1 `say` is missing"),
        ("catalog: demo\nrequests: [{say: x, act: buy}]", "request 1 `act` is “buy”, which is no act"),
        ("catalog: demo\nrequests: [{say: x, act: chat, wher: []}]", "key `wher` is unknown"),
        ("catalog: demo\nrequests: [{say: x, act: chat, where: [price 80]}]", "`where`: “price 80” is no"),
        ("catalog: demo\nrequests: [{say: x, act: chat, given: {where: [a]}}]", "given `where`: “a” is no"),
        ("catalog: demo\nrequests: [{say: x, act: chat, given: {last: buy}}]", "given `last` is “buy”"),
        ("catalog: demo\nrequests: [{say: x, act: chat, given: {seen: []}}]", "key `seen` is unknown"),
        ("catalog: demo\nrequests: [{say: [x], act: chat}]", "`say` is not one text"),
        ("catalog: demo\nrequests: [{say: x, act: {a: b}}]", "`act` is not a list of texts"),
        ("catalog: demo\nrequests: [{say: x, act: chat, items: [{a: b}]}]", "`items` is not a list"),
        ("catalog: demo\nrequests: [{say: x, act: rate, stars: four}]", "`stars` is “four”: write a number"),
        ("catalog: demo\nrequests: [{say: x, act: chat, count: 1.5}]", "`count` is 1.5"),
        ("catalog: demo\nrequests:\n- say: x\n  act: chat\n  act: ask", "key `act` twice, again in line 5"),
        ("catalog: [", "is not YAML"),
    ],
)
def test_what_is_wrong_is_one_sentence_with_its_place(tmp_path: Path, text: str, told: str) -> None:
    path = write(tmp_path, text)
    with pytest.raises(InputError) as refused:
        read_cases(path)
    message = str(refused.value)
    assert told in message and str(path) in message and message.endswith(".") and "\n" not in message


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="can't be read"):
        read_cases(tmp_path / "absent.yaml")


def test_a_file_may_be_held_out(tmp_path: Path) -> None:
    cases = read_cases(write(tmp_path, f"held_out: true\n{WHOLE}"))
    assert [case.half for case in cases] == [HELD_OUT, HELD_OUT]
    with pytest.raises(InputError, match=r"`held_out` is neither true nor false"):
        read_cases(write(tmp_path, f"held_out: maybe\n{WHOLE}"))
