"""What a picture or an item looks like, by column, and what a request changes of it.

'Like this but in red' of a brown handbag: wanted is 'red handbag', replaced 'brown handbag'; as signed terms they move
the picture's vector, so that its own colour no longer pulls back (`retrieval.search.composition`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from agent.linking.comparatives import comparison
from agent.linking.references import Screen
from agent.pictured import Aspect, unnamed
from agent.sight.wording import singular
from agent.types import ActName, Phrase, PhraseKind, Reading
from retrieval.search.composition import unit
from retrieval.search.likeness import nearest
from retrieval.types import Op, Role, Status, Term

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.catalogue import Catalogue
    from agent.linking.fields import Fields
    from agent.perceive import Perceived
    from agent.pictured import Pointed
    from retrieval.search.composition import Vector
    from retrieval.types import Column, Constraint, Item

Looks = Mapping[str, str]
"""Column name to the word for what is seen, 'brown'; what no column knows is under ''."""

_POSITIVE: Final = frozenset({Op.EQ, Op.IN, Op.CONTAINS})
_PATTERNS: Final = frozenset("pattern print motif style shape cut features fit design look".split())
"""Words of labels whose columns a picture can show, besides colours, materials and kinds."""


def looks_of_picture(seen: Sequence[str], catalogue: Catalogue) -> Looks:
    """Return what the words for a picture say, by the column that each is linked to."""
    looks: dict[str, str] = {}
    for word in seen:
        wish = Reading(ActName.RECOMMEND, phrases=(Phrase(PhraseKind.WANT, word),))
        linked = catalogue.linker.link(wish, Screen()).fresh
        told = [
            one.field for one in linked if one.field and one.status is Status.ENFORCED and one.op in _POSITIVE
        ]
        looks.setdefault(told[0] if told else "", word)
    return looks


def looks_of_item(item: Item, fields: Fields) -> Looks:
    """Return what an item looks like by its own record: every visible column with one value."""
    cells = {
        column.name: item.fields.get(column.name) for column in fields.columns if _is_visible(column, fields)
    }
    return {name: cell.casefold() for name, cell in cells.items() if isinstance(cell, str)}


def of_pictures(
    perceived: Perceived, about: Pointed, catalogue: Catalogue
) -> tuple[Perceived, Pointed, tuple[Phrase, ...]]:
    """Return the request with the picture whose looks rank, the words without its name, and wishes for what is taken.

    An aspect that could not be told of its picture is kept as untold, and that picture's looks rank too.
    """
    if perceived.each is None:
        return perceived, about, ()
    wishes: list[Phrase] = []
    untold: list[str] = []
    bases = [*about.bases]
    seen = [picture.seen for picture in perceived.request.pictures]
    for aspect, index in about.taken:
        word = aspect_of(looks_of_picture(seen[index], catalogue), aspect, catalogue.fields)
        if word is not None:
            wishes.append(Phrase(PhraseKind.WANT, word))
            continue
        untold.append(aspect.value)
        bases = list(dict.fromkeys((*bases, index)))
    for aspect in about.barred if bases else ():
        word = aspect_of(looks_of_picture(seen[bases[0]], catalogue), aspect, catalogue.fields)
        if word is None:
            untold.append(aspect.value)
        else:
            wishes.append(Phrase(PhraseKind.AVOID, word))
    if wishes and len(bases) == 1 and not about.words:
        # Of the shape of a dress and the colour of a shoe nobody means a purple phone.
        kind = aspect_of(looks_of_picture(seen[bases[0]], catalogue), Aspect.SHAPE, catalogue.fields)
        wishes = [*([Phrase(PhraseKind.WANT, kind)] if kind else []), *wishes]
    image = unit(perceived.each[bases].mean(axis=0)) if bases else None
    sees = shared([seen[index] for index in bases]) if bases else ()
    perceived = replace(perceived, image=image, sees=sees, untold=tuple(untold))
    kinds = [
        word
        for name, word in looks_of_picture(sees, catalogue).items()
        if name in catalogue.fields.categories
    ]
    return perceived, unnamed(about, kinds), tuple(wishes)


def shared(pictures: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Return the words that every picture shows, in the order of the first."""
    first, *others = pictures or ((),)
    return tuple(word for word in first if all(word in other for other in others))


def aspect_of(looks: Looks, aspect: Aspect, fields: Fields) -> str | None:
    """Return the word for one aspect of a picture; None when it was not told."""
    for name, word in looks.items():
        column = fields.get(name)
        if column is None:
            # Words that the catalogue has no column for: the first of a picture's words is its colour.
            if aspect is Aspect.COLOUR and not any(fields.is_colour(one) for one in fields.columns):
                return word
            continue
        kind = name in fields.categories
        colour = fields.is_colour(column)
        is_it = {
            Aspect.COLOUR: colour,
            Aspect.MATERIAL: fields.is_look(column) and not colour,
            Aspect.SHAPE: kind,
            Aspect.PATTERN: not (kind or fields.is_look(column)),
        }
        if is_it[aspect]:
            return word
    return None


def changes(constraints: Sequence[Constraint], looks: Looks, fields: Fields) -> tuple[Term, ...]:
    """Return what the conditions in force change of the looks that others are to be like, as signed terms.

    Wanted values count for themselves and against what they replace; a value that is not wanted counts against itself.
    One that was given up draws all the more: it is all that speaks for what comes near. What the catalogue can't check
    ranks by its words already and makes no term.
    """
    kind = _kind(looks, fields)
    terms: list[Term] = []
    for one in constraints:
        column = fields.get(one.field)
        if column is None or one.status is Status.RANKED or not _is_visible(column, fields):
            continue
        checked = one.status is Status.ENFORCED
        is_kind = column.name in fields.categories
        noun = "" if is_kind else kind
        shown, value = looks.get(column.name, ""), _spelled(one)
        if _shows(shown, value) and not one.op.negative:
            continue  # it looks so already
        if one.op in _POSITIVE:
            terms.append(Term(1.0, _phrase(value[0], noun), checked=checked))
            # A picture shows more than one thing: asked for the shoes in it, the rest is no mistake of it.
            if shown and not is_kind:
                terms.append(Term(-1.0, _phrase(shown, noun), checked=checked))
        elif one.op.negative:
            terms += [Term(-1.0, _phrase(each, noun), checked=checked) for each in value]
    return tuple(dict.fromkeys(terms))


def caption(constraints: Sequence[Constraint], looks: Looks, fields: Fields) -> str:
    """Put what is wanted into words: what the picture shows, with what the conditions change."""
    now = dict(looks)
    for one in constraints:
        column = fields.get(one.field)
        if column is None or one.status is not Status.ENFORCED or not _is_visible(column, fields):
            continue
        value = _spelled(one)
        if one.op in _POSITIVE and not _shows(now.get(column.name, ""), value):
            if column.name in fields.categories:
                now = {name: word for name, word in now.items() if name not in fields.categories}
            now[column.name] = value[0]
        elif one.op.negative and _shows(now.get(column.name, ""), value):
            del now[column.name]
    kinds = [word for name, word in now.items() if name in fields.categories]
    return " ".join(dict.fromkeys([*(word for word in now.values() if word not in kinds), *kinds]))


@dataclass(frozen=True, slots=True)
class StandIn:
    """The catalogue's own item that a picture is compared by: 'cheaper than this'."""

    item: str | None
    """Its id; None when nothing is near enough to the picture."""
    said: str
    """The comparison, as said: 'cheaper'."""


def stand_in(picture: Vector, reading: Reading, catalogue: Catalogue) -> StandIn | None:
    """Return the item nearest to a picture where a wish compares with it and names nothing else; None where none does.

    Of the items that have what is compared. The kind that the picture seems to show bars none: seen wrongly, it would
    bar the very item.
    """
    for phrase in reading.phrases:
        compared = comparison(phrase.text, catalogue.fields) if phrase.kind is PhraseKind.LIMIT else None
        if compared is None or compared.reference:
            continue
        snapshot = catalogue.snapshot
        column = compared.leaning.column
        has = (
            np.isfinite(snapshot.numbers(column.name))
            if column.role is Role.NUMBER
            else np.array([bool(cell) for cell in snapshot.words(column.name)])
        )
        found = nearest(snapshot, picture, has)
        return StandIn(found.item if found and found.near else None, phrase.text)
    return None


def _is_visible(column: Column, fields: Fields) -> bool:
    """Tell whether a picture can show a column's values."""
    if column.role not in (Role.FACET, Role.LIST):
        return False
    named = set(column.label.casefold().split()) & _PATTERNS
    return fields.is_look(column) or column.name in fields.categories or bool(named)


def _kind(looks: Looks, fields: Fields) -> str:
    """Return the word for what the thing is, of several the one that tells most apart."""
    kinds = [
        (len(column.values), looks[name])
        for name in looks
        if (column := fields.get(name)) and name in fields.categories
    ]
    return max(kinds)[1] if kinds else ""


def _spelled(one: Constraint) -> tuple[str, ...]:
    values = one.value if isinstance(one.value, tuple) else (str(one.value),)
    return tuple(value.casefold() for value in values)


def _shows(shown: str, value: Sequence[str]) -> bool:
    """Tell whether the word for what is shown is one of some values: 'handbag' of 'handbags'."""
    return bool(shown) and (shown in value or shown in map(singular, value))


def _phrase(value: str, kind: str) -> str:
    return f"{value} {kind}".strip()
