from __future__ import annotations

import pytest

from agent.types import (
    Act,
    ActName,
    Card,
    Claims,
    Evidence,
    Finished,
    Picture,
    Quote,
    Request,
    Said,
    Shown,
    Turn,
    Understood,
)
from retrieval.types import Constraint, Op, Status
from tests.fakes.snapshot import MemorySnapshot
from tui.plain.render import Renderer
from tui.words.request import looking_for
from tui.words.why import bar, why_lines
from tui.words.wording import Wording

SNAPSHOT = MemorySnapshot.from_csv()
KIND = Constraint("kind", Op.EQ, "boots", "boots")
PRICE = Constraint("price", Op.LE, 80.0, "80 tops")
NOT_LEATHER = Constraint("material", Op.NE, "leather", "not leather")
MOSS = Card(
    rank=1,
    id="b3",
    title="Kelda Trail Boot Moss",
    price=84.5,
    facets={"kind": "boots", "colour": "green", "material": "synthetic", "rating": 4.3},
    image=None,
    score=0.9,
    evidence=Evidence(
        shares={"text": 0.75, "similar": 0.248, "words": 0.002},
        met=("green",),
        missed=("price ≤ 80",),
        quotes=(Quote("description", "Seam-sealed."),),
    ),
)


def finished(act: Act) -> Finished:
    return Finished(Turn(1, Request(""), act, (), "", Claims(), {}, {}))


@pytest.mark.parametrize(
    ("act", "line"),
    [
        (Act(ActName.RECOMMEND, "boots", (KIND, PRICE)), "boots · price ≤ 80"),
        (Act(ActName.RECOMMEND, "trail boot", (KIND,)), "trail boot"),
        (
            Act(ActName.RECOMMEND, "boots", (KIND, Constraint("tags", Op.CONTAINS, "9", "a 9"))),
            "boots · tags 9",
        ),
        (Act(ActName.RECOMMEND, "something dry", (KIND,)), "something dry · boots"),
        (Act(ActName.REFINE, "", (KIND, PRICE), sort="price"), "boots · price ≤ 80 · lowest price first"),
        (Act(ActName.REFINE, "boots", (), sort="-rating"), "boots · highest rating first"),
        (Act(ActName.RECOMMEND, "leather boots", (NOT_LEATHER,)), "leather boots · not leather"),
        (
            Act(ActName.RECOMMEND, "boots", (Constraint("price", Op.LE, 80.0, "x", Status.RELAXED),)),
            "boots · price ≤ 80 (given up)",
        ),
        (
            Act(
                ActName.RECOMMEND, "boots", (Constraint(None, Op.ABOUT, "elegant", "elegant", Status.RANKED),)
            ),
            "boots · elegant (can't be checked, so it only ranks)",
        ),
        (Act(ActName.SIMILAR, "boots", items=("b2",)), "like Kelda Trail Boot · boots"),
    ],
)
def test_what_was_understood_is_one_line_without_repeats(act: Act, line: str) -> None:
    assert looking_for(act, Wording.of_snapshot(SNAPSHOT)) == line


def test_a_turn_is_written_from_what_was_heard_to_the_last_sentence(
    capsys: pytest.CaptureFixture[str],
) -> None:
    renderer = Renderer(SNAPSHOT)
    act = Act(ActName.RECOMMEND, "boots", (PRICE,))
    request = Request("", "boots under eighty", (Picture("x.png", ("green", "boot")),))
    for event in (
        Understood(request, act),
        Shown((MOSS,), "nothing is price ≤ 80; nearest, giving up price ≤ 80"),
        Said("One is near.\n"),
        Said("It is green. "),
        finished(act),
    ):
        renderer.show(event)
    assert capsys.readouterr().out == (
        "heard: boots under eighty\n"
        "sees: green boot\n"
        "looking for: boots · price ≤ 80\n"
        "nothing is price ≤ 80; nearest, giving up price ≤ 80:\n"
        "item 1 of 1: Kelda Trail Boot Moss, £84.50, green, synthetic, boots, 4.3 stars, misses price ≤ 80\n"
        "vitrine: One is near.\n"
        "  It is green.\n"
    )


def test_a_headline_without_items_promises_none(capsys: pytest.CaptureFixture[str]) -> None:
    renderer = Renderer(SNAPSHOT)
    act = Act(ActName.REFINE)
    for event in (Understood(Request("more"), act), Shown((), "no more that fit"), finished(act)):
        renderer.show(event)
    assert capsys.readouterr().out == "no more that fit\nvitrine: (nothing to say)\n"


@pytest.mark.parametrize(
    ("act", "noted"),
    [
        (Act(ActName.RATE, items=("b2",), stars=4.0), "Kelda Trail Boot, 4 of 5 stars"),
        (Act(ActName.RATE, items=("b2",), stars=4.5), "Kelda Trail Boot, 4.5 of 5 stars"),
        (Act(ActName.LIKE, items=("b2", "b4")), "you like Kelda Trail Boot and Harbour Welly"),
        (Act(ActName.DISLIKE, items=("b2",)), "not Kelda Trail Boot"),
    ],
)
def test_feedback_is_noted(capsys: pytest.CaptureFixture[str], act: Act, noted: str) -> None:
    Renderer(SNAPSHOT).show(Understood(Request("…"), act))
    assert capsys.readouterr().out == f"noted: {noted}\n"


def test_lines_are_broken_at_the_width_of_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    renderer = Renderer(SNAPSHOT, wrap=True)
    renderer.show(Understood(Request("x"), Act(ActName.CHAT)))
    renderer.show(Shown((MOSS,)))
    for piece in ("Here are some words ", "that go on for longer than one line is wide."):
        renderer.show(Said(piece))
    renderer.show(finished(Act(ActName.CHAT)))
    lines = capsys.readouterr().out.splitlines()
    assert all(len(line) < 40 for line in lines)
    assert [line.startswith("  ") for line in lines].count(False) == 2


def test_the_evidence_of_a_card_leaves_out_what_rounds_to_nothing() -> None:
    assert list(why_lines(MOSS)) == [
        "its meaning                75%  ███████████████",
        "like what you pointed at   25%  █████",
        "met: green",
        "missed: price ≤ 80",
        "the catalogue says: “Seam-sealed.”",
    ]


@pytest.mark.parametrize(("share", "drawn"), [(0.0, ""), (1.0, "█" * 20), (0.5, "█" * 10), (0.03, "▋")])
def test_a_bar_is_drawn_in_eighths(share: float, drawn: str) -> None:
    assert bar(share) == drawn


def test_nothing_that_a_terminal_obeys_is_written(capsys: pytest.CaptureFixture[str]) -> None:
    Renderer(SNAPSHOT).show(Said("a\x1b[2Jb\x9b31mc\u202ed"))
    assert capsys.readouterr().out == "vitrine: abcd"
