"""Plain answers to questions of yes or no, worded by code: the writer has no predicate for every label there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from agent.types import ActName, FactKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.types import Brief, BriefItem, Fact

_YES_OR_NO: Final = frozenset({"yes", "no", "true", "false"})


def is_verdict(brief: Brief) -> bool:
    """Tell whether a brief answers by a column of yes and no, or that a value is not among those listed."""
    if brief.act is not ActName.DETAIL:
        return False
    checked = [fact for item in brief.items for fact in item.facts if fact.check is not None]
    return any(fact.kind is FactKind.MISSED or fact.value.casefold() in _YES_OR_NO for fact in checked)


def verdicts(brief: Brief) -> Iterator[str]:
    """Yield a sentence for each item: 'No – {1.title} is not listed as “freezes well”.'."""
    for number, item in enumerate(brief.items, 1):
        for fact in _told(item):
            yield f"{_sentence(number, fact)} "


def _told(item: BriefItem) -> list[Fact]:
    checked = [fact for fact in item.facts if fact.check is not None]
    return checked or list(item.facts[:1])


def _sentence(number: int, fact: Fact) -> str:
    title, value = f"{{{number}.title}}", f"{{{number}.{fact.slot}}}"
    if fact.check is None:
        return f"{title}: {fact.label} {value}."
    met = fact.kind is not FactKind.MISSED
    if fact.value.casefold() in _YES_OR_NO:
        return f"{'Yes' if met else 'No'} – {title}: “{fact.label}” is {value}."
    return f"Yes – {title}: {fact.label} {value}." if met else f"No – {title}: {fact.label} {value}."
