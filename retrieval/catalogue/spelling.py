"""One spelling for each value of a facet: 'Black' and 'black' would otherwise be filtered apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.catalogue.problems import Severity
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from retrieval.catalogue.columns import Plan
    from retrieval.catalogue.problems import Report
    from retrieval.types import Item, Value


def unify_case(plans: Sequence[Plan], items: Sequence[Item], report: Report) -> list[Item]:
    """Return the items with values that differ in case alone spelt as most of them are; each column is noted once."""
    renamed: dict[str, dict[str, str]] = {}
    for plan in plans:
        if plan.role not in (Role.FACET, Role.LIST):
            continue
        counts = Counter(word for item in items for word in _words(item.fields.get(plan.name)))
        if spellings := _spellings(counts):
            renamed[plan.name] = spellings
            old, new = next(iter(spellings.items()))
            others = f" and {len(spellings) - 1:,} more" if len(spellings) > 1 else ""
            reason = f"column '{plan.name}': values that differ in case alone were joined, '{old}' into '{new}'{others}"
            report(0, reason, Severity.NOTE)
    if not renamed:
        return list(items)
    return [replace(item, fields=_respell(item.fields, renamed)) for item in items]


def _words(value: Value | None) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ()


def _spellings(counts: Counter[str]) -> dict[str, str]:
    """Return the rarer spellings of each value with the commonest, the first met where two are as common."""
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for word, _ in counts.most_common():
        alike[word.casefold()].append(word)
    return {rare: words[0] for words in alike.values() for rare in words[1:]}


def _respell(fields: Mapping[str, Value], renamed: Mapping[str, Mapping[str, str]]) -> dict[str, Value]:
    new = dict(fields)
    for name, spellings in renamed.items():
        value = new.get(name)
        if isinstance(value, tuple):
            new[name] = _once(spellings.get(word, word) for word in value)
        elif isinstance(value, str):
            new[name] = spellings.get(value, value)
    return new


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))
