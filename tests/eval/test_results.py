from __future__ import annotations

import json
from typing import TYPE_CHECKING

from eval.results import keep

if TYPE_CHECKING:
    from pathlib import Path


def test_a_result_is_kept_with_commit_machine_and_date(tmp_path: Path) -> None:
    path = keep("speed", {"p50": 1.5}, tmp_path)
    record = json.loads(path.read_text(encoding="utf-8"))
    assert record["measured"] == {"p50": 1.5}
    assert record["machine"]["cores"] >= 1
    assert record["machine"]["processor"]
    assert record["commit"]
    assert record["date"].startswith("20")
