"""Which columns a question asks for: 'how much is it', 'what colour is the second', 'who wrote it'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.evidence import content_stems

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.linking.fields import Fields
    from retrieval.types import Column

_ASKED = {
    "how much": "price",
    "how long": "duration",
    "how old": "date",
    "how heavy": "weight",
    "how good": "rating",
    "when": "date",
}
"""Question words to the kind of amount they ask for; they name no column themselves."""
_CLOSED = frozenset("is are was does do did can could has have will would who whose where when how".split())
"""First words of questions that want one answer; 'what about it' and 'tell me more' want whatever there is."""
_ANYTHING = frozenset(content_stems("tell describe details information know say more"))


def is_open(question: str, references: Sequence[str]) -> bool:
    """Tell whether a question asks for nothing in particular: 'tell me more about the second'."""
    words = question.casefold().split()
    stems = set(content_stems(question)) - set(content_stems(" ".join(references))) - _ANYTHING
    return not (words and words[0] in _CLOSED and stems)


def named_columns(question: str, fields: Fields) -> tuple[Column, ...]:
    """Return the columns that a question names or asks for, each once, in the order of the catalogue."""
    folded = f" {question.casefold()} "
    found = [fields.kind(kind) for words, kind in _ASKED.items() if f" {words} " in folded]
    found.extend(fields.mentioned(question))
    for word in folded.replace("?", " ").split():
        found.extend(fields.pointed(word))
    if not found and question.casefold().split()[:1] in (["who"], ["whose"]):
        found.extend(column for column in fields.columns if fields.is_people(column))
    return tuple(column for column in fields.columns if column in found)
