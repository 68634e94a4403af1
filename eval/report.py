"""Results as JSON and as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent.contract import turn_to_json
from eval.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.benchmarks.protocol import Table
    from eval.runner import ScriptResult


def results_to_json(results: Sequence[ScriptResult]) -> dict[str, Any]:
    """Return played scripts with every turn, what failed and the counts."""
    return {
        "scripts": len(results),
        "passed": sum(result.passed for result in results),
        "turns": sum(len(result.turns) for result in results),
        "failures": sum(len(turn.failures) for result in results for turn in result.turns),
        "results": [
            {
                "script": result.script.name,
                "catalog": result.script.catalog,
                "passed": result.passed,
                "median_ms": round(result.median_ms, 1),
                "turns": [
                    {
                        "said": turn.said,
                        "failures": list(turn.failures),
                        "headline": turn.headline,
                        "turn": turn_to_json(turn.turn) if turn.turn else None,
                    }
                    for turn in result.turns
                ],
            }
            for result in results
        ],
    }


def results_to_keep(results: Sequence[ScriptResult]) -> dict[str, Any]:
    """Return what is kept of played scripts: the counts and each failure; no turns, which hold paths of this disk."""
    models = [turn.turn.models for result in results for turn in result.turns if turn.turn]
    whole = results_to_json(results)
    return {
        **{name: whole[name] for name in ("scripts", "passed", "turns", "failures")},
        "models": dict(models[-1]) if models else {},
        "results": [
            {
                **{name: script[name] for name in ("script", "catalog", "passed", "median_ms")},
                "failures": [
                    {"turn": number, "said": turn["said"], "failure": failure}
                    for number, turn in enumerate(script["turns"], 1)
                    for failure in turn["failures"]
                ],
            }
            for script in whole["results"]
        ],
    }


def table_to_json(measured: Table) -> dict[str, Any]:
    """Return a benchmark's table."""
    return {
        "title": measured.title,
        "rows": {
            name: {
                measure: {"value": mean.value, "standard_error": mean.error, "cases": mean.cases}
                for measure, mean in zip(measured.measures, means, strict=True)
            }
            for name, means in measured.rows.items()
        },
        "notes": dict(measured.notes),
    }


def show_table(measured: Table) -> str:
    """Return a benchmark's table as text, each mean with its standard error."""
    rows = [
        (name, *(spell(mean.value, mean.error) for mean in means)) for name, means in measured.rows.items()
    ]
    lines = [measured.title, table(("", *measured.measures), rows)]
    lines += [f"{name}: {text}" for name, text in measured.notes.items()]
    return "\n".join(lines)


def spell(value: float, error: float) -> str:
    """Return a mean with its standard error."""
    return f"{value:.3f} ± {error:.3f}"
