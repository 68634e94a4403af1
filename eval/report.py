"""Results as JSON and as tables."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent.contract import turn_to_json
from eval.tables import table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from eval.benchmarks.protocol import Table
    from eval.metrics import Mean
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
                        "turn": turn_to_json(turn.turn) if turn.turn else None,
                    }
                    for turn in result.turns
                ],
            }
            for result in results
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
    rows = [(name, *(_spell(mean) for mean in means)) for name, means in measured.rows.items()]
    lines = [measured.title, table(("", *measured.measures), rows)]
    lines += [f"{name}: {text}" for name, text in measured.notes.items()]
    return "\n".join(lines)


def _spell(mean: Mean) -> str:
    return f"{mean.value:.3f} ± {mean.error:.3f}"
