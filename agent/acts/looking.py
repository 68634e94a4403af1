"""Questions about looks, answered from the catalogue's own fields first, else from what is measured in a picture.

Every answer names its source: the catalogue or the picture. What neither tells is said to be untold.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from agent.acts.outcome import Outcome
from agent.acts.showing import card_for
from agent.briefing import make_brief
from agent.linking.looks import Ask, Look, look_asked
from agent.seen_kind import seen_kind
from agent.sight.aspects import PLAIN, Aspect, pattern_of
from agent.sight.wording import speak_colours, with_article
from agent.spoken import speak_value
from agent.types import ActName, Fact, FactKind, Reading
from agent.wording import write_list

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from agent.acts.outcome import Context
    from agent.catalogue import Catalogue
    from agent.perceive import Perceived
    from agent.state import Dialogue
    from agent.types import Act
    from encoders.colours import ColourShare
    from retrieval.types import Item

CATALOGUE: Final = "the catalogue"
PICTURE: Final = "its picture"
_VARIANTS: Final = 4
_SHADE: Final = re.compile(r",\s+|\s+[-–—]\s+")
"""What parts a title from the shade a thing comes in: 'Marlow Handbag, Cherry'."""
_SHOW: Final = re.compile(
    r"(?:(?:can|could) you |please )?(?:show|find|get) me (?P<thing>(?:the|an?|that) .*"
    r"\b(?:poster|cover|print|picture|photo|painting|album|record|sleeve)s?\b.*?)\W*",
    re.IGNORECASE,
)
"""'Show me the Eiffel Tower poster' asks for one, whatever is on screen."""
_THIS: Final = re.compile(r"^what(?:s| is| was) (?:this|that)\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Told:
    """The answer for one item."""

    text: str
    """A clause that stands behind its title."""
    source: str
    yes: bool | None = None
    """Whether it is so, where that was asked; None when it can't be told."""


def read_look(reading: Reading, perceived: Perceived, dialogue: Dialogue) -> Reading:
    """Return the reading of a question about looks as one about its picture or items; others as they are."""
    look = look_asked(perceived.words)
    if look is None:
        shown = _SHOW.fullmatch(perceived.words.strip())
        if shown and reading.act in (ActName.DETAIL, ActName.ASK, ActName.CHAT) and not reading.references:
            return Reading(ActName.RECOMMEND, query=shown["thing"].split(maxsplit=1)[1])
        return reading
    if _pictured(look, perceived, dialogue) or (
        look.of_picture and not look.reference and not dialogue.screen
    ):
        return Reading(ActName.DETAIL)
    if not dialogue.screen or look.ask is Ask.VARIANT or _THIS.match(perceived.words):
        return reading
    if reading.act is ActName.DETAIL and reading.references:
        return reading
    said = look.reference or ("these" if look.which else None)
    return Reading(ActName.DETAIL, references=(said,) if said else ())


def answer_look(context: Context, act: Act) -> Outcome | None:
    """Answer a question about looks; None for other questions, which the fields alone answer."""
    look = look_asked(context.perceived.words)
    if look is None:
        return None
    pictured = _pictured(look, context.perceived, context.dialogue)
    if pictured is not None:
        if context.perceived.image is not None:
            # Asked about before it is looked for: 'it's burgundy' or 'find me one' then speaks of this picture.
            context.dialogue.search_afresh()
            context.dialogue.show_picture(context.perceived.image, context.perceived.sees)
            context.dialogue.constraints = seen_kind(context.perceived, context.catalogue)
        return _noted(context, replace(act, items=()), _of_own(look, pictured, context.catalogue))
    if look.of_picture and not act.items:
        return _noted(context, act, "No picture was shown in this conversation yet; /image PATH shows one.")
    if not act.items:
        return None
    records = context.catalogue.snapshot.items(act.items)
    if look.ask is Ask.VARIANT:
        return _variants(context, act, look.value, records[0])
    told = [_tell(look, record, context.catalogue) for record in records]
    if look.which:
        return _which(context, act, look, told)
    return _answer(context, act, act.items, told)


def _pictured(look: Look, perceived: Perceived, dialogue: Dialogue) -> Perceived | None:
    """Return the request whose picture is asked about: this one, or an earlier one that the words name."""
    if look.reference or look.ask is Ask.VARIANT:
        return None
    if perceived.each is not None:
        return perceived
    return (
        dialogue.pictured
        if look.of_picture or (_THIS.match(perceived.words) and not dialogue.focus)
        else None
    )


def _of_own(look: Look, pictured: Perceived, catalogue: Catalogue) -> str:
    """Answer about the person's own pictures, a sentence each."""
    several = len(pictured.request.pictures) > 1
    answers = []
    for number, picture in enumerate(pictured.request.pictures):
        colours = pictured.colours[number] if pictured.colours else ()
        place = f"picture {number + 1}" if several else "your picture"
        if look.ask is Ask.COLOUR:
            answers.append(f"In {place} I measure {speak_colours(colours)}.")
        elif look.ask is Ask.SCENE:
            answers.append(_scene(place, picture.seen, colours, catalogue))
        else:
            vector = pictured.each[number] if pictured.each is not None else None
            answers.append(f"{_pattern_seen(look, vector, catalogue, place)[0].capitalize()}.")
    return " ".join(answers)


def _scene(place: str, seen: Sequence[str], colours: Sequence[ColourShare], catalogue: Catalogue) -> str:
    kinds = [word for word in seen if catalogue.sight.aspect_of(word) is Aspect.KIND]
    measured = speak_colours(colours)
    if kinds:
        return f"In {place} I see {with_article(' '.join(seen))}; measured, it is {measured}."
    return f"I can't tell what {place} shows, only that it is {measured}."


def _tell(look: Look, item: Item, catalogue: Catalogue) -> _Told:
    if look.ask is Ask.COLOUR:
        return _colour(item, catalogue)
    if look.ask is Ask.PATTERN:
        return _pattern(look, item, catalogue)
    listed, measured = _listed(item, catalogue), _measured(item)
    seen = f"in its picture {measured}" if measured else "it has no picture here to look at"
    return _Told(
        f"{listed}, says the catalogue; {seen}" if listed else seen, CATALOGUE if listed else PICTURE
    )


def _colour(item: Item, catalogue: Catalogue) -> _Told:
    fields = catalogue.fields
    for column in fields.columns:
        if fields.is_colour(column) and column.name in item.fields:
            return _Told(f"{speak_value(column, item.fields[column.name])}, says the catalogue", CATALOGUE)
    if measured := _measured(item):
        return _Told(f"the catalogue lists no colour; in its picture {measured}", PICTURE)
    return _Told("the catalogue lists no colour, and it has no picture here", CATALOGUE)


def _pattern(look: Look, item: Item, catalogue: Catalogue) -> _Told:
    asked = pattern_of(look.value) or "patterned"
    listed = _patterns(item, catalogue)
    if asked in listed or (asked == "patterned" and listed - {PLAIN}):
        return _Told(f"yes, {write_list(sorted(listed))}, says the catalogue", CATALOGUE, True)
    if listed:
        return _Told(f"no, {write_list(sorted(listed))}, says the catalogue", CATALOGUE, False)
    if titled := pattern_of(item.title):
        so = titled == asked or (asked == "patterned" and titled != PLAIN)
        return _Told(f"{'yes' if so else 'no'}, {titled} by its title", CATALOGUE, so)
    text, yes = _pattern_seen(look, _vector(item, catalogue), catalogue, PICTURE)
    return _Told(
        text if item.picture else "the catalogue doesn't say, and it has no picture here", PICTURE, yes
    )


def _pattern_seen(
    look: Look, vector: NDArray[np.float32] | None, catalogue: Catalogue, picture: str
) -> tuple[str, bool | None]:
    """Tell what pattern a picture shows, in words and as yes, no or None."""
    if vector is None:
        return f"the catalogue doesn't say, and {picture} {_unseen(catalogue)}", None
    assert catalogue.image is not None, "without a model there is no vector"
    asked = pattern_of(look.value) or "patterned"
    yes = catalogue.sight.looks(asked, vector, catalogue.image)
    if yes is None:
        return f"{picture} doesn't tell whether it is {asked}", None
    guess = catalogue.sight.pattern(vector, catalogue.image)
    shown = pattern_of(guess.value) or guess.value
    return f"{'yes' if yes else 'no'}, in {picture} it looks {shown}", yes


def _unseen(catalogue: Catalogue) -> str:
    """Say why a picture was not looked at."""
    if catalogue.snapshot.vectors("image") is None:
        return "was indexed without an image model"
    if catalogue.image is None:
        return "can't be looked at without an image model: `vitrine models pull laptop` gets one"
    return "was indexed with another image model or not at all"


def _patterns(item: Item, catalogue: Catalogue) -> set[str]:
    """Return the patterns that the catalogue lists for an item."""
    view = catalogue.sight.views.get(Aspect.PATTERN)
    value = item.fields.get(view.column.name, ()) if view else ()
    listed = value if isinstance(value, tuple) else (str(value),)
    return {pattern_of(one) or one for one in listed if view and one in view.values}


def _listed(item: Item, catalogue: Catalogue) -> str:
    """Return what the catalogue lists of how an item looks: 'pink, satin'."""
    fields = catalogue.fields
    looks = [
        speak_value(column, item.fields[column.name])
        for column in fields.columns
        if fields.is_look(column) and column.name in item.fields
    ]
    return write_list([*looks, *sorted(_patterns(item, catalogue))])


def _measured(item: Item) -> str:
    """Return the measured colours of an item's picture; '' where there is none that can be read."""
    from pathlib import Path

    from encoders.colours import dominant_colours
    from encoders.errors import InputError
    from encoders.picture import decode_picture

    if not item.picture:
        return ""
    try:
        return speak_colours(dominant_colours(decode_picture(Path(item.picture))))
    except InputError:
        return ""


def _vector(item: Item, catalogue: Catalogue) -> NDArray[np.float32] | None:
    snapshot, image = catalogue.snapshot, catalogue.image
    vectors = snapshot.vectors("image")
    if vectors is None or image is None or snapshot.encoder_id("image") != image.id:
        return None
    row = np.asarray(vectors[snapshot.row(item.id)], np.float32)
    return row if row.any() else None


def _which(context: Context, act: Act, look: Look, told: Sequence[_Told]) -> Outcome:
    """Answer with those of which it is so, the others behind them on the cards; say so where it is so of none."""
    positive = [item for item, one in zip(act.items, told, strict=True) if one.yes]
    if positive:
        return _answer(context, act, positive, [one for one in told if one.yes])
    asked = pattern_of(look.value) or "patterned"
    unknown = next((one.text for one in told if one.yes is None), None)
    if unknown is not None and context.catalogue.image is None:
        note = (
            f"The catalogue lists none of these as {asked}, and what they show {_unseen(context.catalogue)}."
        )
    elif unknown is not None:
        note = f"The catalogue lists none of these as {asked}, and their pictures don't tell."
    else:
        note = f"None of these is {asked}, as far as the catalogue and their pictures tell."
    return _noted(context, act, note)


def _variants(context: Context, act: Act, wanted: str, item: Item) -> Outcome | None:
    """Answer whether an item comes in a colour, from the catalogue's other shades of the same thing."""
    from encoders.colour_names import is_colour, same_colour

    catalogue = context.catalogue
    column = next((c for c in catalogue.fields.columns if catalogue.fields.is_colour(c) and c.values), None)
    if column is None or not (is_colour(wanted) or wanted in map(str.casefold, column.values)):
        return None
    base = _SHADE.split(item.title)[0].casefold()
    alike = [
        one_id
        for one_id, title in zip(catalogue.snapshot.ids, catalogue.snapshot.titles(), strict=True)
        if _SHADE.split(title)[0].casefold() == base
    ]
    shades = {
        one.id: speak_value(column, one.fields[column.name])
        for one in catalogue.snapshot.items(alike)
        if column.name in one.fields
    }
    if not shades:
        return None
    fitting = [
        one for one, shade in shades.items() if shade.casefold() == wanted or same_colour(shade, wanted)
    ]
    if fitting:
        told = [_Told(f"yes, {shades[one]}, says the catalogue", CATALOGUE, True) for one in fitting]
        context.dialogue.show(fitting[:_VARIANTS])
        return _answer(context, replace(act, items=tuple(fitting)), fitting[:_VARIANTS], told[:_VARIANTS])
    others = write_list(sorted(set(shades.values())))
    text = f"not in {wanted}: the catalogue has it in {others}" + (" alone" if len(shades) == 1 else "")
    return _answer(context, replace(act, items=(item.id,)), (item.id,), [_Told(text, CATALOGUE, False)])


def _answer(context: Context, act: Act, items: Sequence[str], told: Sequence[_Told]) -> Outcome:
    """Build the answer: a fact an item, with its source; items not answered about stay on the cards."""
    rest = [item for item in act.items if item not in items]
    cards = tuple(card_for(context, item, rank) for rank, item in enumerate((*items, *rest), 1))
    act = replace(act, constraints=())
    if rest and (*items, *rest) != context.dialogue.screen:
        # They are numbered afresh, and 'the second' is the second of what was shown last.
        context.dialogue.show((*items, *rest))
    look = look_asked(context.perceived.words)
    label = look.ask.value if look else "looks"
    brief = make_brief(act, cards[: len(items)], context.catalogue, text=context.perceived.words)
    named = tuple(
        replace(item, facts=(Fact("a1", FactKind.ANSWER, label, one.text, source=one.source),))
        for item, one in zip(brief.items, told, strict=True)
    )
    return Outcome(act, replace(brief, items=named), cards).with_question(context.perceived.words)


def _noted(context: Context, act: Act, note: str) -> Outcome:
    """Answer in a sentence that is about no item."""
    cards = tuple(card_for(context, item, rank) for rank, item in enumerate(act.items, 1))
    act = replace(act, constraints=())
    brief = make_brief(act, (), context.catalogue, note=note, text=context.perceived.words)
    return Outcome(act, brief, cards).with_question(context.perceived.words)
