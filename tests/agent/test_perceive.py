from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from agent.conversation import play
from agent.types import ActName, Reading
from encoders.errors import InputError
from tests.agent.shop import ENCODER, Shop, ids, recommend
from tests.fakes.encoders import HashImageEncoder, ScriptedRecogniser
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from pathlib import Path


def painted(folder: Path, colour: str) -> Path:
    path = folder / f"{colour}.png"
    Image.new("RGB", (32, 32), colour).save(path)
    return path


def with_pictures() -> MemorySnapshot:
    """The twelve items, their colours standing in for their pictures."""
    image = HashImageEncoder()
    plain = MemorySnapshot.from_csv(text=ENCODER)
    items = plain.items(plain.ids)
    vectors = plain.vectors("text")
    assert vectors is not None
    colours = image.encode_texts([str(item.fields["colour"]) for item in items])
    return MemorySnapshot(
        items,
        plain.columns,
        vectors={"text": vectors, "image": colours},
        encoder_ids={"text": ENCODER.id, "image": image.id},
    )


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(
        tmp_path, snapshot=with_pictures(), image=HashImageEncoder(), speech=ScriptedRecogniser("in red")
    )


def test_a_picture_alone_is_a_search_and_asks_no_model(shop: Shop, tmp_path: Path) -> None:
    turn = play(shop.conversation.say("", [painted(tmp_path, "red")]))
    assert turn.act.name is ActName.RECOMMEND
    assert set(ids(turn)[:2]) == {"s1", "h1"}
    assert shop.chat.scenes == []
    assert turn.models["image"] == "hash-image@0"


def test_a_picture_is_put_into_the_catalogues_words(shop: Shop, tmp_path: Path) -> None:
    shop.script(recommend("a bag"))
    turn = play(
        shop.conversation.say("a bag like this", [painted(tmp_path, "red"), painted(tmp_path, "green")])
    )
    assert [picture.seen for picture in turn.request.pictures] == [("red",), ("green",)]
    assert shop.chat.scenes[-1].seen == ("red", "green")


def test_a_picture_beside_words_that_ask_for_nothing_is_looked_for(shop: Shop, tmp_path: Path) -> None:
    shop.script(Reading(ActName.CHAT))
    turn = play(shop.conversation.say("look at that!", [painted(tmp_path, "red")]))
    assert turn.act.name is ActName.RECOMMEND
    assert turn.items


def test_pictures_are_looked_at_whether_or_not_words_came_first(shop: Shop, tmp_path: Path) -> None:
    first = Shop(tmp_path / "other", snapshot=with_pictures(), image=HashImageEncoder())
    shop.turn(recommend("boots"))
    results = []
    for one in (shop, first):
        one.script(recommend("something red"))
        results.append(play(one.conversation.say("something red", [painted(tmp_path, "red")])).items)
    assert [card.evidence.shares for card in results[0]] == [card.evidence.shares for card in results[1]]


def test_a_picture_that_is_none_is_refused(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "bad.png"
    path.write_bytes(b"not a picture")
    with pytest.raises(InputError):
        list(shop.conversation.say("like this", [path]))
    assert shop.conversation.dialogue.turn == 0


def test_speech_is_read_together_with_what_was_typed(shop: Shop, tmp_path: Path) -> None:
    shop.turn(recommend("scarf"))
    shop.script(recommend("boots"))
    sound = tmp_path / "say.wav"
    sound.write_bytes(np.zeros(10, np.int16).tobytes())
    turn = play(shop.conversation.say("boots", voice=sound))
    assert (turn.request.text, turn.request.transcript) == ("boots", "in red")
    assert shop.chat.scenes[-1].text == "boots in red"


def test_a_sound_without_words_is_refused(tmp_path: Path) -> None:
    shop = Shop(tmp_path, speech=ScriptedRecogniser(""))
    with pytest.raises(InputError, match="No speech"):
        list(shop.conversation.say("", voice=tmp_path / "silence.wav"))


def test_what_was_heard_is_read_before_it_is_said(tmp_path: Path) -> None:
    speech = ScriptedRecogniser("the fell side\x1b[2J one")
    shop = Shop(tmp_path, speech=speech)
    shown = shop.turn(recommend("boots"))
    heard = shop.conversation.hear(np.zeros(16_000, np.float32))
    assert heard.text == "the fell side one"
    assert speech.hints == [tuple(card.title for card in shown.items)]
    assert shop.conversation.dialogue.turn == 1
    shop.script(recommend("boots"))
    turn = play(shop.conversation.say("", transcript="the Fellside one"))
    assert (turn.request.text, turn.request.transcript) == ("", "the Fellside one")
    assert shop.chat.scenes[-1].text == "the Fellside one"


def test_typed_dictated_and_recorded_words_are_one_request(shop: Shop, tmp_path: Path) -> None:
    shop.script(recommend("boots"))
    turn = play(shop.conversation.say("boots", voice=tmp_path / "say.wav", transcript="under eighty"))
    assert (turn.request.text, turn.request.transcript) == ("boots", "under eighty in red")
    assert shop.chat.scenes[-1].text == "boots under eighty in red"


def test_a_recording_without_words_is_refused(tmp_path: Path) -> None:
    shop = Shop(tmp_path, speech=ScriptedRecogniser(""))
    with pytest.raises(InputError, match=r"No speech was found in the recording: .+ or type instead\.$"):
        shop.conversation.hear(np.zeros(16_000, np.float32))


@pytest.mark.parametrize("transcript", ["", " ", "\x07", "word " * 1_000])
def test_a_transcript_is_a_message_like_any(shop: Shop, transcript: str) -> None:
    with pytest.raises(InputError):
        list(shop.conversation.say("", transcript=transcript))
    assert shop.conversation.dialogue.turn == 0
