"""The kind that a picture shows, over ninety things whose kinds and colours are drawn as nine squares."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from agent.conversation import play
from agent.types import ActName, Phrase, PhraseKind, Reading, Shown
from retrieval.types import Column, Constraint, Item, Op, Role, Status, Value
from tests.agent.shop import ENCODER, Shop, limit, recommend, refine, want
from tests.fakes.encoders import HashImageEncoder
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from pathlib import Path

    from agent.types import Turn
    from tests.fakes.chat import Answer

COLUMNS = (
    Column("kind", Role.FACET, "kind"),
    Column("shelf", Role.FACET, "shelf"),
    Column("colour", Role.FACET, "colour"),
    Column("price", Role.NUMBER, "price", unit="£"),
)
STOCK = {
    "handbags": {"red": 14, "blue": 14, "black": 2},
    "boots": {"red": 10, "blue": 6, "black": 10, "green": 4},
    "scarves": {"red": 15, "black": 15},
}
SHELVES = {"handbags": "bags", "boots": "footwear", "scarves": "knitwear"}
SHAPES = {"handbags": "##.#.#.##", "boots": ".#.###.#.", "scarves": "#...#.###"}
HANDBAGS = Constraint("kind", Op.EQ, "handbags", "")


def drawn(kind: str, colour: str) -> Image.Image:
    """Draw the shape of a kind in squares round one of the colour."""
    picture = Image.new("RGB", (30, 30), "white")
    for place, mark in enumerate(SHAPES[kind]):
        left, top = place % 3 * 10, place // 3 * 10
        shade = colour if place == 4 else "black" if mark == "#" else "white"
        picture.paste(shade, (left, top, left + 10, top + 10))
    return picture


@lru_cache(maxsize=1)
def stock() -> MemorySnapshot:
    image = HashImageEncoder()
    items, pictures = [], []
    for kind, colours in STOCK.items():
        for colour, count in colours.items():
            for number in range(count):
                cells: dict[str, Value] = {
                    "kind": kind,
                    "shelf": SHELVES[kind],
                    "colour": colour,
                    "price": 10.0 + number,
                }
                items.append(Item(f"{kind}-{colour}-{number}", f"{colour} {kind} {number}", cells))
                pictures.append(drawn(kind, colour))
    vectors = {
        "image": image.encode_images(pictures),
        "text": ENCODER.encode_documents([item.title for item in items]),
    }
    return MemorySnapshot(
        items, COLUMNS, vectors=vectors, encoder_ids={"image": image.id, "text": ENCODER.id}
    )


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path, snapshot=stock(), image=HashImageEncoder())


def show(shop: Shop, folder: Path, words: str, answer: Answer | None, *things: tuple[str, str]) -> Turn:
    if answer is not None:
        shop.script(answer)
    paths = []
    for kind, colour in things or (("handbags", "red"),):
        paths.append(folder / f"{kind}-{colour}.png")
        drawn(kind, colour).save(paths[-1])
    return play(shop.conversation.say(words, paths))


def kinds(turn: Turn) -> set[object]:
    return {card.facets["kind"] for card in turn.items}


def wished(turn: Turn) -> list[Constraint]:
    return [one for one in turn.act.constraints if one.field in ("kind", "shelf")]


def test_a_picture_alone_wishes_for_its_kind_and_no_words_said_so(shop: Shop, tmp_path: Path) -> None:
    turn = show(shop, tmp_path, "", None)
    assert wished(turn) == [HANDBAGS]
    assert kinds(turn) == {"handbags"}


def test_what_changes_the_picture_keeps_its_kind_even_where_few_are_left(shop: Shop, tmp_path: Path) -> None:
    turn = show(shop, tmp_path, "like this but in black", recommend("", want("black")))
    assert {card.id for card in turn.items} == {"handbags-black-0", "handbags-black-1"}


def test_a_kind_that_is_said_takes_its_place(shop: Shop, tmp_path: Path) -> None:
    turn = show(shop, tmp_path, "boots like this", recommend("boots"))
    assert [(one.value, one.said) for one in wished(turn)] == [("boots", "boots")]
    turn = show(shop, tmp_path, "footwear like this", recommend("footwear"))
    assert [(one.field, one.value) for one in wished(turn)] == [("shelf", "footwear")]


def test_a_later_kind_takes_its_place_too(shop: Shop, tmp_path: Path) -> None:
    show(shop, tmp_path, "", None)
    turn = shop.turn(refine(want("boots")), "make it boots")
    assert [one.value for one in wished(turn)] == ["boots"]
    assert turn.act.pictured


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("any kind", refine(Phrase(PhraseKind.DROP, "kind"))),
        ("not only handbags", None),
        ("it doesn't have to be a handbag", None),
    ],
)
def test_the_kind_is_taken_back_and_the_picture_stays(
    shop: Shop, tmp_path: Path, words: str, answer: Answer | None
) -> None:
    show(shop, tmp_path, "like this but in black", recommend("", want("black")))
    turn = shop.turn(answer, words) if answer else play(shop.conversation.say(words))
    assert turn.act.pictured
    assert wished(turn) == []
    assert [one.value for one in turn.act.constraints] == ["black"]
    assert len(turn.items) == 4


def test_any_kind_takes_a_wider_kind_back(shop: Shop, tmp_path: Path) -> None:
    shop.conversation.dialogue.constraints = (Constraint("shelf", Op.EQ, "bags", ""),)
    turn = shop.turn(refine(Phrase(PhraseKind.DROP, "any kind")), "any kind")
    assert wished(turn) == []


def test_what_is_not_wanted_of_the_picture_takes_its_kind_back(shop: Shop, tmp_path: Path) -> None:
    answer = recommend("", Phrase(PhraseKind.AVOID, "handbags"))
    turn = show(shop, tmp_path, "like this but not handbags", answer)
    assert [one.op for one in wished(turn)] == [Op.NE]
    assert "handbags" not in kinds(turn)


def test_without_the_picture_its_kind_is_not_wanted_either(shop: Shop, tmp_path: Path) -> None:
    show(shop, tmp_path, "like this but in black", recommend("", want("black")))
    turn = play(shop.conversation.say("forget the picture"))
    assert [one.value for one in turn.act.constraints] == ["black"]


def test_another_picture_brings_its_own_kind(shop: Shop, tmp_path: Path) -> None:
    show(shop, tmp_path, "", None)
    shop.script(Reading(ActName.REFINE))
    turn = show(shop, tmp_path, "those, but more like this", None, ("boots", "red"))
    assert [one.value for one in wished(turn)] == ["boots"]


def test_a_search_for_a_said_kind_goes_on_with_it(shop: Shop, tmp_path: Path) -> None:
    shop.turn(recommend("scarves"), "scarves")
    shop.script(Reading(ActName.REFINE))
    turn = show(shop, tmp_path, "those, but more like this", None)
    assert [one.value for one in wished(turn)] == ["scarves"]


def test_it_is_given_up_first_and_that_is_said(shop: Shop, tmp_path: Path) -> None:
    shop.script(recommend("", want("green"), limit("under 100")))
    path = tmp_path / "thing.png"
    drawn("handbags", "red").save(path)
    events = list(shop.conversation.say("like this in green under 100", [path]))
    shown = next(event for event in events if isinstance(event, Shown))
    assert shown.headline == "none of the handbags is colour green and price ≤ 100; nearest of other kinds"
    assert {card.facets["kind"] for card in shown.items} == {"boots"}
    assert shop.conversation.dialogue.constraints[0].status is Status.ENFORCED


@pytest.mark.parametrize("words", ["something that goes with this", "something to match these"])
def test_what_goes_with_a_thing_is_of_any_kind(shop: Shop, tmp_path: Path, words: str) -> None:
    assert wished(show(shop, tmp_path, words, recommend("something"))) == []


def test_of_two_pictures_only_what_both_show_is_wished_for(shop: Shop, tmp_path: Path) -> None:
    bag, boots = ("handbags", "red"), ("boots", "red")
    assert wished(show(shop, tmp_path, "a mix of both", None, bag, boots)) == []
    assert wished(show(shop, tmp_path, "a mix of both", None, bag, bag)) == [HANDBAGS]


def test_a_picture_that_was_asked_about_first_wishes_for_its_kind_after(shop: Shop, tmp_path: Path) -> None:
    show(shop, tmp_path, "what is this?", Reading(ActName.DETAIL))
    turn = shop.turn(refine(want("black")), "in black")
    assert wished(turn) == [HANDBAGS]


def test_a_picture_like_nothing_here_wishes_for_no_kind(shop: Shop, tmp_path: Path) -> None:
    path = tmp_path / "grey.png"
    Image.new("RGB", (30, 30), (110, 120, 130)).save(path)
    assert wished(play(shop.conversation.say("", [path]))) == []
