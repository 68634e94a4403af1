from __future__ import annotations

import socket
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from tests.tui.conftest import Vitrine


def test_every_set_is_listed_with_where_its_models_are(vitrine: Vitrine, tmp_path: Path) -> None:
    ran = vitrine("models", "list", "--data-dir", tmp_path)
    assert ran.code == 0
    assert all(f"\n{name} " in ran.out for name in ("bundled", "laptop", "gpu"))
    assert "in use: bundled models" in ran.out
    (states,) = vitrine("models", "list", "--json", "--data-dir", tmp_path).objects
    by_source = {state["source"]: state for state in states}
    assert by_source["bundled:all-MiniLM-L6-v2"]["where"] == "bundled"
    assert by_source["Qwen/Qwen3-0.6B"]["where"] == "missing"


def test_the_bundled_text_model_is_verified(vitrine: Vitrine, tmp_path: Path) -> None:
    ran = vitrine("models", "verify", "--json", "--data-dir", tmp_path)
    assert ran.code == 0
    assert {"source": "bundled:all-MiniLM-L6-v2", "result": "ok"}.items() <= ran.objects[0].items()
    assert vitrine("models", "verify", "--data-dir", tmp_path).out.endswith(": ok\n")


def test_a_model_that_differs_from_its_checksum_is_exit_code_1(vitrine: Vitrine, tmp_path: Path) -> None:
    import json

    from encoders.checksum import MANIFEST
    from encoders.places import model_dir

    folder = model_dir(tmp_path, "BAAI/bge-small-en-v1.5")
    folder.mkdir(parents=True)
    for name in ("config.json", "model.safetensors", "tokenizer.json"):
        (folder / name).write_text("{}", encoding="utf-8")
    sums = {"model.safetensors": "0" * 64}
    (folder / MANIFEST).write_text(json.dumps({"commit": "c", "revision": None, "files": sums}), "utf-8")
    ran = vitrine("models", "verify", "--data-dir", tmp_path)
    assert ran.code == 1
    assert "BAAI/bge-small-en-v1.5 model.safetensors: differs" in ran.out


def test_pull_without_a_network_is_one_sentence_and_exit_code_4(
    vitrine: Vitrine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(*arguments: object, **options: object) -> socket.socket:
        raise OSError("Network is unreachable")

    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(socket, "create_connection", unreachable)
    monkeypatch.setattr(socket, "getaddrinfo", unreachable)
    ran = vitrine("models", "pull", "laptop", "--data-dir", tmp_path)
    assert (ran.code, ran.out) == (4, "")
    assert ran.err.startswith("vitrine: The hub can't be reached to fetch Qwen/Qwen3-0.6B")
    assert ran.err.count("\n") == 1
