from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest

from agent.contract import turn_to_json
from agent.conversation import play
from agent.hearing import asks_for_sound, corrected, pace_of, sounding_like
from agent.state import Dialogue
from agent.types import ActName, Reading
from encoders.audio import LogMelStatistics
from encoders.errors import InputError
from encoders.sound import RATE
from retrieval.types import Column, Item, Role
from tests.agent.shop import ENCODER, Shop, about, ids, limit, reading, recommend, refine, want
from tests.encoders.test_audio import MAJOR, MINOR, music
from tests.encoders.test_sound import write_wav
from tests.fakes.encoders import ScriptedRecogniser
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from pathlib import Path

    from encoders.protocols import Samples, Vectors

TRACKS = (
    ("slow-dull", 70, MAJOR, 2, "sad"),
    ("mid-dull", 100, MAJOR, 2, "calm"),
    ("mid-bright", 100, MINOR, 14, "sad"),
    ("fast-dull", 140, MAJOR, 2, "energetic"),
    ("fast-bright", 150, MINOR, 14, "energetic"),
)
COLUMNS = (
    Column("id", Role.ID, "id"),
    Column("title", Role.TITLE, "title"),
    Column("kind", Role.FACET, "kind"),
    Column("mood", Role.FACET, "mood"),
    Column("tempo", Role.NUMBER, "tempo", unit="bpm"),
)


@cache
def played(name: str) -> Samples:
    tempo, chord, harmonics = next(track[1:4] for track in TRACKS if track[0] == name)
    return np.concatenate([music(tempo, chord, root, harmonics, seconds=3) for root in (220, 293, 330)])


@cache
def encoded() -> Vectors:
    return LogMelStatistics().encode_sounds([played(track[0]) for track in TRACKS])


def jukebox(*, tempo: bool = True, encoder_id: str | None = None, sounds: bool = True) -> MemorySnapshot:
    """Five tracks, and a record player that has no sound."""
    items = [
        Item(name, name.replace("-", " ").title(), {"kind": "track", "mood": mood, "tempo": float(beats)})
        for name, beats, _, _, mood in TRACKS
    ]
    items.append(Item("player", "Record Player", {"kind": "player", "mood": "calm"}))
    encoder = LogMelStatistics()
    vectors = np.zeros((len(items), encoder.dimension), np.float32)
    vectors[: len(TRACKS)] = encoded()
    columns = COLUMNS if tempo else COLUMNS[:-1]
    plain = MemorySnapshot(items, columns)
    text = ENCODER.encode_documents(plain.documents())
    return MemorySnapshot(
        items,
        columns,
        vectors={"text": text, **({"audio": vectors} if sounds else {})},
        encoder_ids={"text": ENCODER.id, **({"audio": encoder_id or encoder.id} if sounds else {})},
    )


def clip(folder: Path, name: str = "mid-dull", gain: float = 0.3) -> Path:
    return write_wav(folder / f"{name}.wav", gain * played(name))


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path, snapshot=jukebox(), speech=ScriptedRecogniser(""))


def test_a_clip_alone_finds_its_own_track_and_asks_no_model(shop: Shop, tmp_path: Path) -> None:
    turn = play(shop.conversation.say(sounds=[clip(tmp_path, "fast-bright")]))
    assert turn.act.name is ActName.RECOMMEND and ids(turn)[0] == "fast-bright"
    assert "player" not in ids(turn) and shop.chat.scenes == []
    assert list(turn.items[0].evidence.shares) == ["audio"]
    (sound,) = turn.request.sounds
    assert sound.heard[0].endswith(" bpm") and abs(int(sound.heard[0].split()[0]) - 150) < 12


def test_the_json_of_a_turn_has_sounds_only_where_one_was_given(shop: Shop, tmp_path: Path) -> None:
    path = clip(tmp_path)
    with_sound = turn_to_json(play(shop.conversation.say(sounds=[path])))
    (sound,) = with_sound["request"]["sounds"]
    assert sound["path"] == str(path) and any(word.endswith(" bpm") for word in sound["heard"])
    without = turn_to_json(shop.turn(recommend("tracks")))
    assert list(without["request"]) == ["text", "transcript", "images"]


def test_slower_is_slower_than_the_clip_and_the_tempo_can_be_corrected(shop: Shop, tmp_path: Path) -> None:
    shop.script(Reading(ActName.REFINE, references=("this",), phrases=(limit("slower"),)))
    turn = play(shop.conversation.say("like this but slower", sounds=[clip(tmp_path)]))
    assert turn.act.name is ActName.RECOMMEND and ids(turn) == ["slow-dull"]
    (bound,) = turn.act.constraints
    assert (bound.field, bound.op.value) == ("tempo", "<") and 88 <= float(str(bound.value)) <= 99
    asked = len(shop.chat.scenes)
    again = play(shop.conversation.say("no, it's 145"))
    assert [(c.field, c.op.value, c.value) for c in again.act.constraints] == [("tempo", "<", 145.0)]
    assert set(ids(again)) == {"slow-dull", "mid-dull", "mid-bright", "fast-dull"}
    assert ids(again)[0] == "mid-dull" and len(shop.chat.scenes) == asked


def test_faster_is_faster_than_the_clip(shop: Shop, tmp_path: Path) -> None:
    shop.script(recommend("something faster"))
    turn = play(shop.conversation.say("something faster", sounds=[clip(tmp_path)]))
    assert set(ids(turn)) == {"fast-dull", "fast-bright"} and ids(turn)[0] == "fast-dull"


def test_without_a_tempo_column_slower_only_ranks_and_is_said_to(tmp_path: Path) -> None:
    shop = Shop(tmp_path, snapshot=jukebox(tempo=False))
    shop.script(refine(limit("slower")))
    turn = play(shop.conversation.say("slower", sounds=[clip(tmp_path)]))
    assert ids(turn)[0] == "mid-dull"
    assert {c.status.value for c in turn.act.constraints} == {"ranked"}


def test_words_beside_a_clip_are_linked_and_comparatives_of_values_too(shop: Shop, tmp_path: Path) -> None:
    shop.script(recommend("", want("sadder")))
    turn = play(shop.conversation.say("sadder", sounds=[clip(tmp_path)]))
    assert [(c.field, c.value) for c in turn.act.constraints] == [("mood", "sad")]
    assert (
        set(ids(turn)) == {"slow-dull", "mid-bright"} and turn.act.constraints[0].status.value == "enforced"
    )


def test_sounds_like_an_item_goes_by_its_sound_alone(shop: Shop) -> None:
    shop.turn(recommend("tracks"))
    shop.conversation.dialogue.show(["mid-bright", "mid-dull"])
    shop.script(about(ActName.LIKE, "the first one"))
    turn = play(shop.conversation.say("sounds like the first one"))
    assert turn.act.name is ActName.SIMILAR and turn.act.items == ("mid-bright",)
    assert ids(turn)[0] == "fast-bright" and "mid-bright" not in ids(turn)
    assert shop.conversation.dialogue.alike == "audio"
    shop.turn(about(ActName.SIMILAR, "the first one"), "more like the first one")
    assert shop.conversation.dialogue.alike is None


def test_an_item_without_a_sound_is_compared_otherwise_and_said_so(shop: Shop) -> None:
    shop.turn(recommend("", want("calm")))
    shop.conversation.dialogue.show(["player"])
    shop.script(about(ActName.SIMILAR, "it"))
    events = list(shop.conversation.say("something that sounds like it"))
    headlines = [getattr(event, "headline", None) for event in events]
    assert any(line and "no sound" in line for line in headlines)


def test_what_has_no_sound_is_found_all_the_same_and_said_so(shop: Shop, tmp_path: Path) -> None:
    shop.script(recommend("record player like this"))
    events = list(shop.conversation.say("a record player like this", sounds=[clip(tmp_path)]))
    assert any("none of these has a sound" in str(getattr(event, "headline", "")) for event in events)
    assert shop.conversation.dialogue.screen == ("player",)


@pytest.mark.parametrize(
    ("words", "pace"),
    [
        ("not so fast", "slower"),
        ("this is too fast", "slower"),
        ("a bit slower than my clip", "slower"),
        ("too slow", "faster"),
        ("much faster", "faster"),
        ("slower than the second one", None),
        ("fast", None),
    ],
)
def test_words_of_pace(words: str, pace: str | None) -> None:
    assert pace_of(words) == pace


def test_not_so_fast_is_said_of_the_clip_and_not_of_what_was_shown(shop: Shop, tmp_path: Path) -> None:
    shop.turn(recommend("", want("sad")))
    shop.script(refine(limit("not so fast")))
    turn = play(shop.conversation.say("not so fast", sounds=[clip(tmp_path, "fast-dull")]))
    assert [c.field for c in turn.act.constraints] == ["tempo"]
    assert set(ids(turn)) == {"slow-dull", "mid-dull", "mid-bright"}


def test_a_new_search_leaves_the_clip_behind(shop: Shop, tmp_path: Path) -> None:
    play(shop.conversation.say(sounds=[clip(tmp_path)]))
    assert shop.conversation.dialogue.sound is not None
    turn = shop.turn(recommend("record player"))
    assert shop.conversation.dialogue.sound is None and ids(turn)[0] == "player"


@pytest.mark.parametrize(
    ("words", "tempo"),
    [
        ("no it is 184", 184),
        ("No, it's about 184 bpm!", 184),
        ("184", None),
        ("184 bpm", 184),
        ("no, 184", 184),
        ("the tempo is 60", 60),
        ("double that", 184),
        ("no, half", 46),
        ("it is 184 pounds", None),
        ("no it is 9000", None),
        ("show me 184 more", None),
        ("no it is minor", None),
    ],
)
def test_a_tempo_is_corrected_in_plain_words(words: str, tempo: float | None) -> None:
    dialogue = Dialogue(sound=np.ones(3, np.float32), tempo=92.0)
    assert corrected(words, dialogue) == tempo
    assert corrected(words, replace(dialogue, sound=None)) is None


@pytest.mark.parametrize(
    ("words", "reference"),
    [
        ("something that sounds like the second one, slower", "the second one"),
        ("more that sound like 2", "2"),
        ("sounds a bit like it but happier", "it"),
        ("sounding like slow water please", None),
        ("a film that sounds like fun", None),
        ("what does it sound like?", None),
    ],
)
def test_what_is_pointed_at_by_its_sound(words: str, reference: str | None) -> None:
    before = reading(ActName.RECOMMEND, "something")
    after = sounding_like(before, words, lambda title: title == "slow water")
    assert after.references == ((reference,) if reference else ())
    assert (after.act is ActName.SIMILAR) is (reference is not None)


def test_only_likeness_of_sound_asks_for_sound() -> None:
    assert asks_for_sound("something that sounds like this")
    assert not asks_for_sound("something like this") and not asks_for_sound("that sounds good")


@pytest.mark.parametrize(
    ("samples", "why"),
    [
        (np.zeros(2 * RATE), "is silent"),
        (0.3 * np.sin(np.arange(RATE // 10)), "too short"),
    ],
)
def test_a_clip_in_which_nothing_is_heard_is_refused(
    shop: Shop, tmp_path: Path, samples: np.ndarray, why: str
) -> None:
    path = write_wav(tmp_path / "a.wav", samples)
    with pytest.raises(InputError, match=why):
        list(shop.conversation.say(sounds=[path]))


def test_a_catalogue_that_can_not_be_compared_says_so(tmp_path: Path) -> None:
    path = clip(tmp_path)
    for snapshot, why in (
        (jukebox(sounds=False), "has no sounds to compare with"),
        (jukebox(encoder_id="log-mel-statistics@1"), "were indexed by log-mel-statistics@1"),
    ):
        with pytest.raises(InputError, match=why):
            list(Shop(tmp_path, snapshot=snapshot).conversation.say("slower", sounds=[path]))


def test_a_voice_without_speech_is_told_of_sound(shop: Shop, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="given with /sound"):
        list(shop.conversation.say(voice=clip(tmp_path)))
