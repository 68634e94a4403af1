from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = (
    "numpy",
    "PIL",
    "torch",
    "transformers",
    "chromadb",
    "agent.conversation",
    "agent.linking.link",
    "av",
    "httpx",
)


@pytest.mark.parametrize("module", ["tui.app.run", "tui.commands.chat"])
def test_what_paints_first_imports_nothing_that_takes_long(module: str) -> None:
    program = f"import sys, {module}; print([name for name in {HEAVY} if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
