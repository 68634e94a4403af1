"""What an item says: the text that is encoded for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.types import Column, Item

DOCUMENT_LIMIT = 1_200
"""Characters of an encoded text: about the 256 tokens that all-MiniLM-L6-v2 reads, at 4.7 characters a token."""
_PARTS = 8
"""Parts of a list in an encoded text: a cast of 30 would leave no room for the plot."""
_SELF_EVIDENT = 100
"""Values of a column up to which they are taken for kinds ('red', 'drama'), which need no label; more are names."""


def document(item: Item, columns: Sequence[Column]) -> str:
    """Return the text that is encoded for an item: title, facets and lists, free text; at most 1,200 characters.

    Kinds stand alone ('red'), names carry their label ('director: Dariush Mehrjui'), truths are their label ('vegan')
    and untruths are left out. The order is that of `columns`.
    """
    head: list[str] = [item.title]
    prose: list[str] = []
    for column in columns:
        value = item.fields.get(column.name)
        if value is None:
            continue
        if column.role is Role.TEXT and isinstance(value, str):
            prose.append(" ".join(value.split()))
        elif column.role in (Role.FACET, Role.LIST):
            words = ", ".join(value[:_PARTS]) if isinstance(value, tuple) else str(value)
            if (said := _said(column, words)) is not None:
                head.append(said)
    text = ". ".join(part.rstrip(". ") for part in head if part)
    if prose:
        text = f"{text}. {' '.join(prose)}"
    return _cut(text)


def _said(column: Column, words: str) -> str | None:
    if column.values and set(column.values) <= {"yes", "no"}:
        return column.label if words == "yes" else None
    evident = 0 < len(column.values) <= _SELF_EVIDENT and any(map(str.isalpha, words))
    return words if evident else f"{column.label}: {words}"


def _cut(text: str) -> str:
    """Cut at the last space before the limit."""
    if len(text) <= DOCUMENT_LIMIT:
        return text
    shorter = text[: DOCUMENT_LIMIT + 1].rsplit(" ", 1)[0]
    return shorter[:DOCUMENT_LIMIT]
