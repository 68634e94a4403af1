from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image, ImageDraw

from agent.claims import ClaimChecker
from agent.contract import turn_to_json
from agent.conversation import play
from agent.nano.look_lines import is_look, look_lines
from agent.prose import Vocabulary
from agent.types import ActName, FactKind, Reading
from tests.agent.shop import ENCODER, Shop, about, ids, recommend, refine, want
from tests.fakes.encoders import HashImageEncoder
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from pathlib import Path

    from agent.types import Turn

IMAGE = HashImageEncoder()
PAINTED = {"b1": "#6b4226", "b5": "#141414", "h1": "#d81b2a", "h3": "#d8c8aa"}


def painted(folder: Path, colour: str, second: str | None = None) -> Path:
    """A square of one colour or two on a white sheet."""
    path = folder / f"{colour.strip('#')}{second or ''}.png"
    picture = Image.new("RGB", (96, 96), "white")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((24, 24, 72, 72), fill=colour)
    if second:
        pen.rectangle((24, 24, 72, 44), fill=second)
    picture.save(path)
    return path


def pictured(folder: Path, *, colours: bool = True, vectors: bool = True) -> MemorySnapshot:
    """The twelve items, four of them with pictures; without `colours` the catalogue has no such column."""
    plain = MemorySnapshot.from_csv(text=ENCODER)
    items = [
        replace(
            item,
            picture=str(painted(folder, PAINTED[item.id])) if item.id in PAINTED else None,
            fields={name: value for name, value in item.fields.items() if colours or name != "colour"},
        )
        for item in plain.items(plain.ids)
    ]
    text = plain.vectors("text")
    assert text is not None
    shown = IMAGE.encode_texts([str(item.fields["colour"]) for item in plain.items(plain.ids)])
    return MemorySnapshot(
        items,
        [column for column in plain.columns if colours or column.name != "colour"],
        vectors={"text": text, "image": shown} if vectors else {"text": text},
        encoder_ids={"text": ENCODER.id, "image": IMAGE.id},
    )


def shop_with(folder: Path, **chosen: bool) -> Shop:
    return Shop(folder, snapshot=pictured(folder, **chosen), image=IMAGE, replies=[[]])


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return shop_with(tmp_path)


def asked(shop: Shop, question: str, *references: str) -> Turn:
    return shop.turn(about(ActName.DETAIL, *references), question)


def test_the_catalogues_own_colour_is_told_with_its_source(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    turn = asked(shop, "what colour is the ashby?", "the ashby")
    assert turn.answer == "Ashby Chelsea: black, says the catalogue."
    assert (turn.act.name, turn.act.items) == (ActName.DETAIL, ("b5",))


def test_where_the_catalogue_lists_none_the_picture_is_measured_and_said_to_be(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, colours=False)
    shop.turn(recommend("handbag"))
    turn = asked(shop, "what colour is the marlow handbag?", "Marlow Handbag")
    assert turn.answer == "Marlow Handbag: the catalogue lists no colour; in its picture red."
    (fact,) = shop.brief.items[0].facts
    assert (fact.kind, fact.source) == (FactKind.ANSWER, "its picture")


def test_where_there_is_no_picture_either_that_is_said(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, colours=False)
    shop.turn(recommend("scarf"))
    assert asked(shop, "what colour is the rosalind scarf?", "Rosalind Scarf").answer == (
        "Rosalind Scarf: the catalogue lists no colour, and it has no picture here."
    )


def test_a_picture_that_is_gone_is_as_none(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, colours=False)
    shop.turn(recommend("handbag"))
    for path in tmp_path.glob("*.png"):
        path.unlink()
    assert "no picture here" in asked(shop, "what colour is it?", "Marlow Handbag").answer


def test_what_was_measured_may_be_said_of_its_item_alone(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, colours=False)
    shop.turn(recommend("handbag"))
    asked(shop, "what colour are these?", "Marlow Handbag", "Canvas Tote")
    coloured = MemorySnapshot.from_csv(text=ENCODER)  # whose values make 'red' a claim
    checker = ClaimChecker(shop.brief, shop.conversation.snapshot, Vocabulary(coloured))
    assert checker.check("{1.title} is red.").removed == 0
    assert checker.check("{2.title} is red.").removed == 1


def test_an_answer_is_worded_from_its_facts(shop: Shop) -> None:
    shop.turn(recommend("boots"))
    asked(shop, "what colour is the ashby?", "the ashby")
    assert is_look(shop.brief)
    assert list(look_lines(shop.brief)) == ["{1.title}: {1.a1}.\n"]


@pytest.mark.parametrize("act", [ActName.CHAT, ActName.RECOMMEND, ActName.ASK])
def test_a_question_about_looks_is_one_however_it_was_read(shop: Shop, act: ActName) -> None:
    shown = shop.turn(recommend("boots"))
    turn = shop.turn(Reading(act), "what colour is the second one?")
    assert (turn.act.name, turn.act.items) == (ActName.DETAIL, (shown.items[1].id,))


def test_what_an_item_looks_like_names_both_sources(shop: Shop) -> None:
    shop.turn(recommend("handbag"))
    assert asked(shop, "what does the marlow handbag look like?", "Marlow Handbag").answer == (
        "Marlow Handbag: red and leather, says the catalogue; in its picture red."
    )


def test_a_thing_comes_in_the_colours_its_titles_are_listed_in(tmp_path: Path) -> None:
    plain = pictured(tmp_path)
    shades = {"b1": "Fell Boot, Oak", "b2": "Fell Boot, Ash", "b5": "Fell Boot, Coal"}
    items = [replace(item, title=shades.get(item.id, item.title)) for item in plain.items(plain.ids)]
    text = plain.vectors("text")
    assert text is not None
    snapshot = MemorySnapshot(items, plain.columns, vectors={"text": text}, encoder_ids={"text": ENCODER.id})
    shop = Shop(tmp_path, snapshot=snapshot, replies=[[]])
    shop.turn(recommend("boots"))
    found = asked(shop, "does the oak one come in black?", "Fell Boot, Oak")
    assert found.answer == "Fell Boot, Coal: yes, black, says the catalogue."
    assert shop.conversation.dialogue.screen == ("b5",)
    assert asked(shop, "does it come in red?", "Fell Boot, Oak").answer == (
        "Fell Boot, Oak: not in red: the catalogue has it in black, brown and grey."
    )


def test_a_pattern_that_nothing_tells_is_said_to_be_untold(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, vectors=False)
    shop.turn(recommend("handbag"))
    assert asked(shop, "is the marlow handbag striped?", "Marlow Handbag").answer == (
        "Marlow Handbag: the catalogue doesn't say, and its picture was indexed without an image model."
    )


def test_a_title_that_names_a_pattern_is_taken_at_its_word(tmp_path: Path) -> None:
    plain = pictured(tmp_path)
    titles = {"s1": "Rosalind Striped Scarf", "s2": "Tern Plain Scarf"}
    items = [replace(item, title=titles.get(item.id, item.title)) for item in plain.items(plain.ids)]
    vectors = {name: held for name in ("text", "image") if (held := plain.vectors(name)) is not None}
    snapshot = MemorySnapshot(
        items, plain.columns, vectors=vectors, encoder_ids={"text": ENCODER.id, "image": IMAGE.id}
    )
    shop = Shop(tmp_path, snapshot=snapshot, image=IMAGE, replies=[[]])
    shop.turn(recommend("boots"))
    shown = shop.turn(recommend("scarf"))
    turn = asked(shop, "which of these has stripes?", "these")
    assert turn.answer == "Rosalind Striped Scarf: yes, striped by its title."
    assert ids(turn)[0] == "s1"
    assert set(ids(turn)) == set(ids(shown))
    assert shop.conversation.dialogue.screen == tuple(ids(turn))
    assert asked(shop, "is the tern striped?", "Tern Plain Scarf").answer == (
        "Tern Plain Scarf: no, plain by its title."
    )


def test_of_several_none_has_a_pattern_that_is_known(shop: Shop) -> None:
    shown = shop.turn(recommend("handbag"))
    turn = shop.turn(about(ActName.DETAIL, "these"), "which of these has a pattern?")
    assert turn.answer == "The catalogue lists none of these as patterned, and their pictures don't tell."
    assert ids(turn) == ids(shown)


def test_a_picture_is_asked_about_in_the_turn_that_shows_it(shop: Shop, tmp_path: Path) -> None:
    shop.turn(recommend("boots"))
    shop.script(Reading(ActName.CHAT))
    turn = play(shop.conversation.say("what colour is this?", [painted(tmp_path, "#18224e")]))
    assert turn.answer == "In your picture I measure navy."
    assert (turn.act.name, turn.act.items, turn.items) == (ActName.DETAIL, (), ())


def test_a_picture_is_asked_about_later_by_its_name(shop: Shop, tmp_path: Path) -> None:
    play(shop.conversation.say("", [painted(tmp_path, "#d81b2a", "#18224e")]))
    answer = shop.turn(Reading(ActName.CHAT), "what is in my picture?").answer
    assert answer == "I can't tell what your picture shows, only that it is mostly red and navy."


def test_a_picture_that_was_never_shown_is_asked_for(shop: Shop) -> None:
    assert shop.turn(Reading(ActName.CHAT), "what is in this picture?").answer == (
        "No picture was shown in this conversation yet; /image PATH shows one."
    )


def test_a_correction_changes_what_is_seen_and_the_search_at_once(shop: Shop, tmp_path: Path) -> None:
    first = play(shop.conversation.say("", [painted(tmp_path, "#d81b2a")]))
    assert first.request.pictures[0].seen == ("red",)
    turn = play(shop.conversation.say("it's green"))
    assert turn.request.pictures[0].seen == ("green",)
    assert [(one.field, one.value) for one in turn.act.constraints] == [("colour", "green")]
    assert {card.facets["colour"] for card in turn.items} == {"green"}
    assert turn_to_json(turn)["request"]["images"] == [
        {"path": turn.request.pictures[0].path, "seen": ["green"]}
    ]
    again = play(shop.conversation.say("no, it's a boots not a handbag"))
    assert again.request.pictures[0].seen[0] == "green"


def test_what_is_said_without_a_picture_in_force_corrects_nothing(shop: Shop, tmp_path: Path) -> None:
    play(shop.conversation.say("", [painted(tmp_path, "#d81b2a")]))
    shop.turn(recommend("scarf"))
    turn = shop.turn(refine(want("green")), "it's green")
    assert turn.request.pictures == ()


def test_a_picture_asked_about_first_can_be_corrected_into_a_search(shop: Shop, tmp_path: Path) -> None:
    shop.turn(recommend("boots"))
    shop.script(Reading(ActName.CHAT))
    play(shop.conversation.say("what colour is this?", [painted(tmp_path, "#d81b2a")]))
    turn = play(shop.conversation.say("it's green"))
    assert {card.facets["colour"] for card in turn.items} == {"green"}
    assert "boots" not in turn.act.query


def test_the_image_model_loads_for_words_about_looks_alone(shop: Shop) -> None:
    assert shop.turn(recommend("boots"), "boots").models["image"] is None
    assert shop.turn(recommend("boot"), "the boot with a red picture").models["image"] == IMAGE.id


def test_it_does_not_load_where_there_are_no_pictures_to_look_at(tmp_path: Path) -> None:
    shop = shop_with(tmp_path, vectors=False)
    assert shop.turn(recommend("boot"), "the boot with a red picture").models["image"] is None


def test_without_an_image_model_words_about_looks_are_searched_as_words(tmp_path: Path) -> None:
    shop = Shop(tmp_path, snapshot=pictured(tmp_path))
    assert shop.turn(recommend("boot"), "the boot with a red picture").items


def test_looking_ahead_loads_what_a_picture_needs_and_changes_nothing(shop: Shop) -> None:
    conversation = shop.conversation
    before = conversation.dialogue
    conversation.look_ahead()
    assert conversation.models.image.loaded is not None
    assert conversation.dialogue is before
    assert conversation.catalogue.image is None, "words still search by words alone"
