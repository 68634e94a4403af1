"""Which conditions in force a person takes back: 'the price', 'any colour', 'leather', 'everything'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from agent.linking.folding import content, fold, stem, tokens
from agent.linking.limits import HINT_PATTERNS
from agent.linking.merging import is_seen, values_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.linking.fields import Fields
    from agent.linking.values import ValueIndex
    from retrieval.types import Constraint

_ALL: Final = re.compile(
    r"(?:all|all of (?:it|that|them|this)|everything|every(?: condition| filter)|(?:all )?(?:the |"
    r"my )?(?:filters?|conditions?|constraints?|"
    r"restrictions?|limits?|criteria)|the lot|(?:everything|anything) (?:else|i said))"
)
_NOISE: Final = re.compile(
    r"\b(?:any|the|no|my|that|forget|drop|remove|ignore|never mind|don't care|doesn't matter|does not matter|"
    r"about|limit|condition|"
    r"constraint|filter|requirement|preference|thing|bit|part|is fine|will do|whatever|all|anymore|any more|"
    r"regardless of|lose|not)\b"
)

_KIND: Final = re.compile(r"(?:other )?(?:kinds?|sorts?|types?)(?: of)?(?: things?| items?)?")


def dropped(
    text: str, in_force: Sequence[Constraint], fields: Fields, values: ValueIndex
) -> tuple[Constraint, ...]:
    """Return the conditions in force that `text` takes back: by column, value, kind of amount or as said."""
    said = fold(text)
    if (label := fields.named(said)) and (found := _of(label.name, in_force)):
        return found  # 'the condition', where that is a column
    if _ALL.fullmatch(said.strip(" .!")):
        return tuple(in_force)
    bare = " ".join(_NOISE.sub(" ", said).split())
    if not bare:
        return ()
    column = fields.named(bare)
    if column and (found := _of(column.name, in_force)):
        return found
    if _KIND.fullmatch(bare) or (column and column.name in fields.categories):
        found = tuple(one for one in in_force if is_seen(one))
        if found:
            return found  # 'any kind', of bags that a picture shows, by whatever column says so
    for match in values.find(tokens(bare)):
        wanted = set(match.values)
        found = tuple(
            one for one in in_force if one.field == match.column.name and wanted & set(values_of(one))
        )
        if found:
            return found
    for hint, words in HINT_PATTERNS:
        kind = fields.kind(hint) if words.search(bare) else None
        if kind and (found := _of(kind.name, in_force)):
            return found
    stems = {word.stem for word in content(tokens(bare))}
    return tuple(one for one in in_force if stems & {stem(word.text) for word in content(tokens(one.said))})


def _of(name: str, in_force: Sequence[Constraint]) -> tuple[Constraint, ...]:
    return tuple(one for one in in_force if one.field == name)
