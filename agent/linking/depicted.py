"""What a picture that is sought shows: the castle of 'a film poster with a castle' is no place to go to."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from agent.linking.folding import content, tokens
from agent.linking.merging import values_of
from retrieval.types import Op, Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.linking.fields import Fields
    from retrieval.types import Constraint

_PICTURED: Final = re.compile(
    r"\b(?:posters?|prints?|pictures?|paintings?|drawings?|illustrations?|artworks?|photos?|photographs?|"
    r"murals?|postcards?|wallpapers?)\b",
    re.IGNORECASE,
)
_POSITIVE: Final = frozenset({Op.EQ, Op.IN, Op.CONTAINS})


def as_depicted(query: str, wishes: Sequence[Constraint], fields: Fields) -> tuple[Constraint, ...]:
    """Return the wishes of a search for a picture; those that name a part of a value only rank, by their words.

    What a picture can show as a column says it, its colour or its kind, stays as it is, and so do people: a poster with
    Petrie is one with Solomon Petrie.
    """
    if not _PICTURED.search(query):
        return tuple(wishes)
    return tuple(
        replace(one, field=None, op=Op.CONTAINS, value=one.said, status=Status.RANKED)
        if _is_part(one, fields)
        else one
        for one in wishes
    )


def _is_part(one: Constraint, fields: Fields) -> bool:
    column = fields.get(one.field)
    if column is None or column.role not in (Role.FACET, Role.LIST) or one.op not in _POSITIVE:
        return False
    if column.name in fields.categories or fields.is_look(column) or fields.is_people(column):
        return False
    said = {word.stem for word in content(tokens(one.said))}
    return bool(said) and all(
        said < {word.stem for word in content(tokens(value))} for value in values_of(one)
    )
