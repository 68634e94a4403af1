from __future__ import annotations

from typing import TYPE_CHECKING

from agent.types import ActName, Phrase, PhraseKind, Reading
from eval.report import results_to_json, results_to_keep
from eval.runner import run_script, run_scripts
from eval.script import read_script

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from agent.conversation import Conversation
    from eval.runner import ScriptResult
    from eval.script import Script
    from retrieval.store.people import People

    Converse = Callable[[Mapping[str, Reading]], Conversation]

READINGS = {
    "boots under 80": Reading(ActName.RECOMMEND, "boots", (Phrase(PhraseKind.LIMIT, "under 80"),)),
    "four stars for the second": Reading(ActName.RATE, references=("the second",), stars="four stars"),
    "I'm vegan": Reading(ActName.REMEMBER, note="I'm vegan"),
    "the first in green": Reading(
        ActName.SIMILAR, references=("the first",), phrases=(Phrase(PhraseKind.WANT, "green"),)
    ),
}


def script(folder: Path, turns: str, name: str = "boots") -> Script:
    path = folder / f"{name}.yaml"
    path.write_text(f"name: {name}\ncatalog: dozen\nturns:\n{turns}", encoding="utf-8")
    return read_script(path)


def told(result: ScriptResult) -> list[tuple[str, ...]]:
    return [turn.failures for turn in result.turns]


def test_a_conversation_goes_on_from_turn_to_turn_and_passes(tmp_path: Path, converse: Converse) -> None:
    played = run_script(
        script(
            tmp_path,
            """
  - say: boots under 80
    expect:
      act: recommend
      constraints: [{field: price, op: "<=", value: 80}]
      items: {at_least: 3, every: [{field: price, op: "<=", value: 80}], exclude: [b3]}
  - say: four stars for the second
    expect: {act: rate, stars: 4, refers: ["#2"]}
  - say: /why 1
    expect: {act: explain, refers: ["#1"], items: {first: "#1", at_most: 1}}
""",
        ),
        converse(READINGS),
    )
    assert told(played) == [(), (), ()]
    assert played.passed
    assert played.median_ms > 0


def test_a_failed_turn_is_told_and_does_not_stop_the_script(tmp_path: Path, converse: Converse) -> None:
    played = run_script(
        script(
            tmp_path,
            """
  - say: boots under 80
    expect: {items: {include: [b3]}}
  - say: /why 1
    expect: {act: explain}
""",
        ),
        converse(READINGS),
    )
    assert told(played) == [("b3 is not shown",), ()]
    assert not played.passed


def test_what_was_given_up_counts_as_said(tmp_path: Path, converse: Converse) -> None:
    turns = """
  - say: boots under 80
  - say: the first in green
    expect:
      constraints: [{field: price, op: "<=", value: 80, status: relaxed}]
      answer: {contains: giving up}
"""
    played = run_script(script(tmp_path, turns), converse(READINGS))
    assert told(played) == [(), ()]
    assert played.turns[1].headline is not None


def test_a_refusal_is_a_failure_unless_it_is_expected(tmp_path: Path, converse: Converse) -> None:
    turns = """
  - say: /why 1
  - say: /why 1
    expect: {error: on screen}
  - say: /why 1
    expect: {error: not writable}
  - say: /hepl
  - say: /help
  - images: [absent.png]
  - sounds: [absent.wav]
"""
    found = told(run_script(script(tmp_path, turns), converse(READINGS)))
    assert found[1] == ()
    assert "on screen" in found[0][0] and "on screen" in found[2][0]
    assert "no command /hepl" in found[3][0]
    assert "can't be scripted" in found[4][0]
    assert "no image model" in found[5][0]
    assert "has no sounds" in found[6][0]


def test_new_begins_afresh(tmp_path: Path, converse: Converse) -> None:
    turns = """
  - say: boots under 80
  - say: /new
  - say: /why 1
    expect: {error: nothing is on screen}
"""
    assert run_script(script(tmp_path, turns), converse(READINGS)).passed


def test_a_number_that_the_screen_lacks_is_a_failure(tmp_path: Path, converse: Converse) -> None:
    turns = """
  - say: boots under 80
    expect: {items: {exclude: ["#1"]}}
"""
    ((found,),) = told(run_script(script(tmp_path, turns), converse(READINGS)))
    assert "#1 of a screen of 0" in found


def test_profiles_never_leak_between_scripts_nor_into_the_persons_own(
    tmp_path: Path, converse: Converse, people: People
) -> None:
    people.remember("me", "I take a size 9")
    base = converse(READINGS)
    first = script(
        tmp_path,
        """
  - say: I'm vegan
  - say: boots under 80
  - say: /rate 1 5
  - say: /like 2
""",
        "first",
    )
    second = script(tmp_path, "  - say: boots under 80\n", "second")
    alone, _, after = run_scripts([second, first, second], {"dozen": base})
    assert told(alone) == told(after) == [()]
    before_turn, after_turn = alone.turns[0].turn, after.turns[0].turn
    assert before_turn is not None and after_turn is not None
    assert after_turn.act.constraints == before_turn.act.constraints
    assert [(card.id, card.score) for card in after_turn.items] == [
        (card.id, card.score) for card in before_turn.items
    ]
    assert all("taste" not in card.evidence.shares for card in after_turn.items)
    assert [note.text for note in people.notes("me")] == ["I take a size 9"]
    assert people.notes("scripted") == []
    assert people.users() == ["me"]
    assert base.dialogue.turn == 0


def test_the_report_has_every_turn_and_what_is_kept_has_no_paths(tmp_path: Path, converse: Converse) -> None:
    played = run_scripts(
        [script(tmp_path, "  - say: boots under 80\n    expect: {count: 3}\n")], {"dozen": converse(READINGS)}
    )
    report, kept = results_to_json(played), results_to_keep(played)
    assert (report["scripts"], report["passed"], report["turns"], report["failures"]) == (1, 0, 1, 1)
    assert report["results"][0]["turns"][0]["turn"]["act"]["name"] == "recommend"
    assert kept["results"][0]["failures"] == [
        {"turn": 1, "said": "boots under 80", "failure": "count is None, not 3"}
    ]
    assert kept["models"]["chat"] == "scripted-chat"
    assert str(tmp_path) not in str(kept)
