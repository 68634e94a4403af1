from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.tui.conftest import Vitrine

HEAVY = ("torch", "transformers", "textual", "chromadb", "open_clip", "faster_whisper", "numpy", "rich")
COMMANDS = (
    ("chat",),
    ("ask",),
    ("index",),
    ("eval",),
    ("eval", "run"),
    ("eval", "bench"),
    ("eval", "speed"),
    ("sessions",),
    ("sessions", "list"),
    ("sessions", "show"),
    ("sessions", "rename"),
    ("sessions", "export"),
    ("sessions", "forget"),
    ("replay",),
    ("models",),
    ("models", "list"),
    ("models", "verify"),
    ("models", "pull"),
    ("profile",),
    ("profile", "show"),
    ("profile", "export"),
    ("profile", "forget"),
    ("doctor",),
)


def test_help_imports_no_heavy_library() -> None:
    program = (
        "import sys; from tui.main import run; code = run(['--help']); "
        f"print([name for name in {HEAVY} if name in sys.modules], code, file=sys.stderr)"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stderr.strip() == "[] 0"
    assert "chat" in ran.stdout


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_every_command_has_help(vitrine: Vitrine, command: tuple[str, ...]) -> None:
    ran = vitrine(*command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: vitrine {' '.join(command)}")


def test_the_version_is_told(vitrine: Vitrine) -> None:
    ran = vitrine("--version")
    assert ran.code == 0
    assert ran.out.startswith("vitrine, version ")


@pytest.mark.parametrize(
    "arguments",
    [
        ("bogus",),
        ("--bogus",),
        ("chat", "--plan"),
        ("ask",),
        ("ask", "one", "two"),
        ("index",),
        ("index", "x.csv", "--column", "price=money"),
        ("index", "x.csv", "--column", "price"),
        ("models", "pull"),
        ("models", "pull", "huge"),
        ("models", "pull", "bundled"),
        ("models", "frobnicate"),
        ("profile", "forget"),
        ("doctor", "--profile", "huge"),
        ("chat", "--catalog"),
        ("chat", "--profile", "huge", "--catalog", "dozen"),
        ("chat", "--text-model", "no-such-model"),
        ("eval", "bench", "redial"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_sentence_on_stderr_and_exit_code_2(
    vitrine: Vitrine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, ...]
) -> None:
    monkeypatch.setenv("VITRINE_DATA_DIR", str(tmp_path))
    ran = vitrine(*arguments, stdin="hello\n")
    assert (ran.code, ran.out) == (2, "")
    narration = [line for line in ran.err.splitlines() if not line.startswith("The plain chat")]
    assert len(narration) == 1, ran.err
    assert narration[0].startswith("vitrine: ")
    assert narration[0].endswith(".")


@pytest.mark.parametrize("group", ["eval", "models", "profile"])
def test_a_group_without_a_command_shows_its_help_on_stderr(vitrine: Vitrine, group: str) -> None:
    ran = vitrine(group)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"Usage: vitrine {group}")


def test_options_without_a_command_are_those_of_chat(vitrine: Vitrine, data: Path) -> None:
    ran = vitrine("--catalog", "dozen", "--data-dir", data, stdin="boots that dont leak, 80 tops\n")
    assert ran.code == 0
    assert "item 1 of 3: " in ran.out


def test_no_command_at_all_is_a_chat_about_the_demo(
    vitrine: Vitrine, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (data / "catalogues" / "dozen").rename(data / "catalogues" / "demo")
    monkeypatch.setenv("VITRINE_DATA_DIR", str(data))
    ran = vitrine(stdin="/quit\n")
    assert ran.code == 0
    assert "demo catalogue" in ran.out or "dozen catalogue" in ran.out


def test_a_message_can_carry_nothing_that_a_terminal_obeys(vitrine: Vitrine, tmp_path: Path) -> None:
    ran = vitrine("ask", "hi", "--catalog", "a\x1b[2Jb\x9bc\nd", "--data-dir", tmp_path)
    assert ran.code == 3
    assert ran.err.count("\n") == 1
    assert ran.err.strip().isprintable()
