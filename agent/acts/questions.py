"""Which columns a question asks for: 'how much is it', 'what colour is the second', 'who wrote it'."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def named_columns(question: str, fields: Fields) -> tuple[Column, ...]:
    """Return the columns that a question names or asks for, each once, in the order of the catalogue."""
    folded = f" {question.casefold()} "
    found = [fields.kind(kind) for words, kind in _ASKED.items() if f" {words} " in folded]
    found.extend(fields.mentioned(question))
    for word in folded.replace("?", " ").split():
        found.extend(fields.pointed(word))
    return tuple(column for column in fields.columns if column in found)
