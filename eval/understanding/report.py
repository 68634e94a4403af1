"""What was right of many turns: by catalogue and half, and by what a case is about."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from eval.benchmarks.protocol import Table
from eval.metrics import mean
from eval.report import show_table, table_to_json
from eval.understanding.case import DEVELOPMENT, HELD_OUT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from eval.metrics import Mean
    from eval.understanding.score import Score

MEASURES: Final = ("whole", "act", "constraints", "references", "orders", "valid")
_FEW: Final = 3
"""Requests about the same thing of which a share is told."""


@dataclass(frozen=True, slots=True)
class Report:
    """All turns of a run with how they were played."""

    scores: Sequence[Score]
    reader: str
    """What read: its name, then its id."""
    heed: bool
    notes: Mapping[str, str] = field(default_factory=dict)


def measured(scores: Iterable[Score]) -> dict[str, Mean]:
    """Return the share that is right by MEASURES, each over the cases that speak of it, with binomial errors."""
    values: dict[str, list[float]] = {name: [] for name in MEASURES}
    for one in scores:
        right = (one.whole, one.act, one.constraints, one.references, one.orders, one.played.valid)
        for name, value in zip(MEASURES, right, strict=True):
            if value is not None:
                values[name].append(float(value))
    return {name: mean(found) for name, found in values.items()}


def spread(times: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile of times in milliseconds."""
    low, high = np.percentile(times, (50, 95)).tolist() if times else (0.0, 0.0)
    return {"p50": round(low, 2), "p95": round(high, 2)}


def to_table(report: Report) -> Table:
    """Return a row a catalogue and half, then one a half and one over all."""
    groups: dict[str, list[Score]] = {}
    catalogues = sorted({one.catalogue for one in report.scores})
    for catalogue in (*catalogues, None):
        for half in (DEVELOPMENT, HELD_OUT):
            chosen = [
                one for one in report.scores if one.case.half == half and catalogue in (None, one.catalogue)
            ]
            if chosen:
                groups[f"{catalogue or 'all'}, {half}"] = chosen
    groups["all"] = list(report.scores)
    decide = spread([one.played.decide_ms for one in report.scores])
    turn = spread([one.played.turn_ms for one in report.scores])
    notes = {
        "requests": ", ".join(f"{name}: {len(group)}" for name, group in groups.items()),
        "time": f"reading {decide['p50']:.1f} ms (95 %: {decide['p95']:.1f}), "
        f"request to act with its search {turn['p50']:.1f} ms (95 %: {turn['p95']:.1f})",
        **report.notes,
    }
    rows = {name: tuple(measured(group).values()) for name, group in groups.items()}
    heed = "" if report.heed else ", unheeded"
    return Table(f"Understanding, {report.reader}{heed}", MEASURES, rows, notes)


def to_json(report: Report) -> dict[str, Any]:
    """Return the table with times and the shares by what cases are about; no words of a request."""
    return {
        **table_to_json(to_table(report)),
        "reader": report.reader,
        "heed": report.heed,
        "decide_ms": spread([one.played.decide_ms for one in report.scores]),
        "turn_ms": spread([one.played.turn_ms for one in report.scores]),
        "about": {
            half: {about: _numbers(group) for about, group in _by_about(report.scores, half)}
            for half in (DEVELOPMENT, HELD_OUT)
        },
    }


def details(report: Report) -> dict[str, Any]:
    """Return what is right of every case, to compare readers case by case, and the errors of development."""
    return {
        "cases": [
            {
                "file": one.case.path.name,
                "number": one.case.number,
                "half": one.case.half,
                "whole": one.whole,
                "act": one.act,
                "constraints": one.constraints,
                "references": one.references,
                "orders": one.orders,
                "valid": one.played.valid,
                "decide_ms": round(one.played.decide_ms, 2),
            }
            for one in report.scores
        ],
        "errors": [
            {
                "file": one.case.path.name,
                "number": one.case.number,
                "about": one.case.about,
                "said": one.case.say,
                "errors": list(one.errors),
            }
            for one in report.scores
            if one.errors and one.case.half == DEVELOPMENT
        ],
    }


def show(report: Report) -> str:
    """Return the table, and of the development half the shares by what is tested and the errors.

    Errors of the held-out half are never told, so that nobody mends by them.
    """
    lines = [show_table(to_table(report))]
    common = [(about, group) for about, group in _by_about(report.scores, DEVELOPMENT) if len(group) >= _FEW]
    if common:
        lines += ["", f"Whole act right by what the request tests, {DEVELOPMENT}:"]
        lines += [f"  {about}: {sum(one.whole for one in group)} of {len(group)}" for about, group in common]
    lines += ["", f"Errors, {DEVELOPMENT}:"]
    for one in report.scores:
        if one.errors and one.case.half == DEVELOPMENT:
            about = f" [{one.case.about}]" if one.case.about else ""
            place = f"{one.case.path.stem} {one.case.number}"
            lines.append(f"{place}{about} “{one.case.say}”: {'; '.join(one.errors)}")
    return "\n".join(lines)


def _by_about(scores: Iterable[Score], half: str) -> list[tuple[str, list[Score]]]:
    groups: dict[str, list[Score]] = defaultdict(list)
    for one in scores:
        if one.case.half == half:
            groups[one.case.about or "other"].append(one)
    return sorted(groups.items())


def _numbers(scores: Sequence[Score]) -> dict[str, dict[str, float]]:
    return {
        name: {"value": found.value, "standard_error": found.error, "cases": found.cases}
        for name, found in measured(scores).items()
        if found.cases
    }
