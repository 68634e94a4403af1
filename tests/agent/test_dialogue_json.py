from __future__ import annotations

import json
from dataclasses import fields
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given

from agent.contract import turn_to_json
from agent.conversation import play
from agent.dialogue_json import FORMAT, Saved, saved_from_json, saved_to_json
from agent.state import Dialogue
from agent.types import ActName
from encoders.errors import InputError, StoreTooNew
from tests.agent.shop import Shop, about, dozen, limit, recommend, refine, want
from tests.agent.turns import DIALOGUE, DIALOGUES
from tests.fakes.encoders import HashImageEncoder
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from pathlib import Path

    from agent.types import Reading, Turn


def written(saved: Saved) -> object:
    made: object = json.loads(json.dumps(saved_to_json(saved), allow_nan=False))
    return made


@given(DIALOGUES)
def test_a_dialogue_comes_back_exactly(dialogue: Dialogue) -> None:
    made = written(Saved(dialogue, True, {"image": "clip@1", "audio": None}))
    back = saved_from_json(made)
    assert written(back) == made
    for name in ("image", "sound"):
        np.testing.assert_array_equal(getattr(back.dialogue, name), getattr(dialogue, name))
    for plain in (
        "near",
        "wished",
        "judged",
        "screens",
        "seen",
        "earlier",
        "refused",
        "waived",
        "constraints",
        "pending",
        "last_act",
    ):
        assert getattr(back.dialogue, plain) == getattr(dialogue, plain)
        assert type(getattr(back.dialogue, plain)) is type(getattr(dialogue, plain))
    if dialogue.pictured is not None and back.dialogue.pictured is not None:
        assert back.dialogue.pictured.request == dialogue.pictured.request
        assert back.dialogue.pictured.colours == dialogue.pictured.colours


def test_every_field_of_a_dialogue_is_tried() -> None:
    assert set(DIALOGUE) == {field.name for field in fields(Dialogue)}


def test_what_is_no_state_is_told_in_a_sentence() -> None:
    broken: list[object] = [None, [], {}, {"format": 1, "dialogue": {"turn": "one"}}]
    for made in broken:
        with pytest.raises(InputError, match="begin a new one") as refused:
            saved_from_json(made)
        assert "\n" not in str(refused.value)
    with pytest.raises(StoreTooNew, match="update Vitrine"):
        saved_from_json({"format": FORMAT + 1})


def timeless(turn: Turn) -> dict[str, Any]:
    return {key: value for key, value in turn_to_json(turn).items() if key not in ("timings_ms", "models")}


FIRST = [recommend("boots", want("waterproof"), limit("under 80")), about(ActName.DISLIKE, "the second")]
NEXT = [
    refine(),
    refine(limit("cheaper")),
    about(ActName.SIMILAR, "the first"),
    about(ActName.DETAIL, "it"),
    about(ActName.COMPARE, "the first", "the second"),
    recommend("scarf"),
    refine(want("green")),
    about(ActName.RATE, "the first"),
]


@pytest.mark.parametrize("reading", NEXT, ids=lambda reading: f"{reading.act}-{reading.references}")
def test_the_next_turn_is_the_same_as_without_leaving(tmp_path: Path, reading: Reading) -> None:
    turns = []
    for leaves in (False, True):
        folder = tmp_path / str(leaves)
        folder.mkdir()
        shop = Shop(folder)
        for first in FIRST:
            shop.turn(first, "boots under 80")
        if leaves:
            made = written(shop.conversation.saved())
            shop.people.close()
            shop = Shop(folder)
            assert shop.conversation.resume(saved_from_json(made)) == ()
        turns.append([timeless(shop.turn(reading, "words")), timeless(shop.turn(refine(), "more"))])
        shop.people.close()
    assert turns[0] == turns[1]


def test_a_picture_goes_on_being_looked_for(tmp_path: Path) -> None:
    from PIL import Image

    encoder = HashImageEncoder()
    base = dozen()
    pictured = MemorySnapshot(
        base.items(base.ids),
        base.columns,
        vectors={
            "image": encoder.encode_images([Image.new("RGB", (8, 8), (n * 20, 0, 9)) for n in range(len(base))]),
        },
        encoder_ids={"image": encoder.id},
    )  # fmt: skip
    Image.new("RGB", (8, 8), (60, 0, 9)).save(tmp_path / "mine.png")
    turns = []
    for leaves in (False, True):
        folder = tmp_path / str(leaves)
        folder.mkdir()
        shop = Shop(folder, snapshot=pictured, image=encoder)
        play(shop.conversation.say("like this", [tmp_path / "mine.png"]))
        assert shop.conversation.saved().looks
        if leaves:
            made = written(shop.conversation.saved())
            shop = Shop(folder, snapshot=pictured, image=encoder)
            shop.conversation.resume(saved_from_json(made))
        turns.append(
            [timeless(shop.turn(refine(limit("under 80")))), timeless(shop.turn(recommend("red boots")))]
        )
    assert turns[0] == turns[1]
    assert turns[0][0]["items"][0]["evidence"]["shares"]["image"] > 0
