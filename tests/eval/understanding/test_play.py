from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.types import ActName, Phrase, PhraseKind, Reading
from encoders.errors import ModelError, ModelMissing
from eval.understanding.case import Given
from eval.understanding.fitting import fitted
from eval.understanding.play import situation
from retrieval.types import Op
from tests.eval.understanding.conftest import conditions

if TYPE_CHECKING:
    from collections.abc import Callable

    from eval.understanding.case import Case
    from eval.understanding.play import Played, Player
    from retrieval.store.people import People

MADE = Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.WANT, "green"),))
THERE = Given(
    query="boots",
    where=conditions("kind == boots", "price <= 85"),
    screen=("b2", "b1"),
    last=ActName.RECOMMEND,
    earlier=("hello", "boots", "under 85", "walking"),
)


def play(player: Player, case: Case) -> Played:
    catalogue = player.conversation.catalogue
    return player.play(fitted(case, catalogue.snapshot, catalogue.fields))


def test_a_situation_is_a_dialogue() -> None:
    dialogue = situation(THERE)
    assert (dialogue.query, dialogue.screen, dialogue.seen) == ("boots", ("b2", "b1"), {"b1", "b2"})
    assert (dialogue.last_act, dialogue.asked, dialogue.focus) == (ActName.RECOMMEND, None, None)
    assert (dialogue.turn, dialogue.earlier) == (4, ["boots", "under 85", "walking"])


def test_the_act_goes_on_from_the_situation(case: Callable[..., Case], player: Callable[..., Player]) -> None:
    played = play(player({"in green": MADE}), case("in green", "refine", given=THERE))
    assert played.act is not None and played.valid and played.failure is None
    assert [(one.field, one.op, one.value) for one in played.act.constraints] == [
        ("kind", Op.EQ, "boots"),
        ("price", Op.LE, 85.0),
        ("colour", Op.EQ, "green"),
    ]
    assert 0 < played.decide_ms < played.turn_ms


def test_the_reader_sees_titles_words_and_labels(
    case: Callable[..., Case], player: Callable[..., Player]
) -> None:
    playing = player({})
    play(playing, case("any", given=Given(screen=("b1",), where=conditions("price < 80"), asked="colour")))
    scene = playing.conversation.models.chat.get()._reader.scenes[0]  # type: ignore[attr-defined]
    assert (scene.screen, scene.asked) == (("Fellside Mid Boot",), "colour")
    assert [one.said for one in scene.constraints] == ["under 80"]


def test_a_reading_that_fails_is_recorded(case: Callable[..., Case], player: Callable[..., Player]) -> None:
    playing = player({"boots": ModelError("The model answered with a poem; use another.")})
    failed = play(playing, case("boots"))
    assert (failed.act, failed.valid) == (None, False)
    assert failed.failure == "The model answered with a poem; use another."
    assert play(playing, case("scarf")).valid


def test_a_request_that_is_refused_has_no_act(
    case: Callable[..., Case], player: Callable[..., Player]
) -> None:
    played = play(player({}), case("boots " * 1000))
    assert (played.act, played.valid, played.decide_ms) == (None, True, 0)
    assert "characters" in str(played.failure)


def test_a_model_that_is_not_there_is_an_error(
    case: Callable[..., Case], player: Callable[..., Player]
) -> None:
    with pytest.raises(ModelMissing):
        play(player({"boots": ModelMissing("It is not on this disk.")}), case("boots"))


def test_what_one_person_says_never_reaches_the_next(
    case: Callable[..., Case], player: Callable[..., Player], people: People
) -> None:
    readings = {
        "leather is never for me": Reading(ActName.REMEMBER, note="I never wear leather"),
        "love it": Reading(ActName.LIKE, references=("the first",)),
        "boots": Reading(ActName.RECOMMEND, "boots"),
    }
    playing = player(readings)
    alone = play(playing, case("boots")).act
    play(playing, case("leather is never for me", "remember"))
    play(playing, case("love it", "like", given=THERE))
    assert play(playing, case("boots")).act == alone
    assert [note.text for user in people.users() for note in people.notes(user)] == ["I never wear leather"]


def test_without_heed_readings_stay_as_read(case: Callable[..., Case], player: Callable[..., Player]) -> None:
    readings = {"start over": Reading(ActName.CHAT)}
    acts = [play(player(readings, heed=heed), case("start over", "ask")).act for heed in (True, False)]
    assert [act.name for act in acts if act] == [ActName.ASK, ActName.CHAT]
