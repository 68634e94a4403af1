"""Answers about looks, worded by code: the writer has no phrase for where a colour was measured."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.types import ActName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.types import Brief


def is_look(brief: Brief) -> bool:
    """Tell whether a brief answers with facts that name their source."""
    sources = [fact.source for item in brief.items for fact in item.facts]
    return brief.act is ActName.DETAIL and bool(sources) and all(sources)


def look_lines(brief: Brief) -> Iterator[str]:
    """Yield a sentence for each item: 'Marlow Handbag: red, says the catalogue.'."""
    for number, item in enumerate(brief.items, 1):
        told = "; ".join(f"{{{number}.{fact.slot}}}" for fact in item.facts)
        yield f"{{{number}.title}}: {told}.\n"
