from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest

from encoders.checksum import MANIFEST, sha256
from encoders.errors import ModelError, UsageError
from encoders.image import load_image
from encoders.inventory import Where, Wholeness, list_models, verify
from encoders.layout import Slot
from encoders.places import model_dir
from encoders.profiles import LAPTOP, SETS, ModelRef, locate
from encoders.pull import Progress, pull, pull_model
from encoders.text import load_text
from tests.encoders.hub import COMMIT, Hub, serving

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

REF = ModelRef(Slot.TEXT, "org/tiny-bert")


@pytest.fixture
def hub(bert: Path) -> Iterator[Hub]:
    with serving() as server:
        files = {
            path.relative_to(bert).as_posix(): path.read_bytes() for path in bert.rglob("*") if path.is_file()
        }
        extra = {"pytorch_model.bin": b"pickle", "modeling_tiny.py": b"import os", "onnx/model.onnx": b"onnx"}
        server.repositories[REF.source] = files | extra | {"README.md": b"card"}
        yield server


def test_a_pulled_model_loads_and_carries_its_commit(hub: Hub, tmp_path: Path) -> None:
    steps: list[Progress] = []
    folder = pull_model(REF, tmp_path, steps.append, hub.endpoint)
    assert folder == model_dir(tmp_path, REF.source) == locate(REF, tmp_path).path
    assert load_text(folder, REF.source).id == f"org/tiny-bert@{COMMIT[:12]}"
    assert steps[-1].done == steps[-1].total == sum(path.stat().st_size for path in _pulled(folder))
    assert [step.done for step in steps] == sorted(step.done for step in steps)


def test_neither_pickles_nor_code_are_fetched(hub: Hub, tmp_path: Path) -> None:
    names = {path.name for path in _pulled(pull_model(REF, tmp_path, None, hub.endpoint))}
    assert "model.safetensors" in names and "modules.json" in names
    assert not names & {"pytorch_model.bin", "modeling_tiny.py", "model.onnx", "README.md"}
    assert not {"pytorch_model.bin", "modeling_tiny.py"} & set(hub.sent)


def test_an_image_model_comes_in_open_clips_format_only(hub: Hub, clip: Path, tmp_path: Path) -> None:
    files = {path.name: path.read_bytes() for path in clip.iterdir()}
    hub.repositories["org/clip"] = files | {"model.safetensors": b"the same in another format"}
    folder = pull_model(ModelRef(Slot.IMAGE, "org/clip"), tmp_path, None, hub.endpoint)
    assert {path.name for path in _pulled(folder)} == set(files)
    assert load_image(folder, "org/clip").id == f"org/clip@{COMMIT[:12]}"


def test_the_manifest_holds_the_checksum_of_every_file(hub: Hub, tmp_path: Path) -> None:
    folder = pull_model(REF, tmp_path, None, hub.endpoint)
    manifest = json.loads((folder / MANIFEST).read_text())
    assert manifest["commit"] == COMMIT
    found = {path.relative_to(folder).as_posix(): sha256(path) for path in _pulled(folder)}
    assert manifest["files"] == found


def test_a_pull_that_was_cut_short_goes_on_where_it_stopped(hub: Hub, tmp_path: Path) -> None:
    class CutError(Exception):
        pass

    def stop(progress: Progress) -> None:
        if progress.file == "model.safetensors" and hub.sent[-1] == "model.safetensors":
            raise CutError

    with pytest.raises(CutError):
        pull_model(REF, tmp_path, lambda step: stop(step) if step.done else None, hub.endpoint)
    assert not locate(REF, tmp_path).ready
    hub.sent.clear()
    pull_model(REF, tmp_path, None, hub.endpoint)
    assert locate(REF, tmp_path).ready
    assert not {"config.json", "1_Pooling/config.json"} & set(hub.sent)


def test_a_finished_pull_fetches_nothing_again(hub: Hub, tmp_path: Path) -> None:
    pull_model(REF, tmp_path, None, hub.endpoint)
    hub.sent.clear()
    pull_model(REF, tmp_path, None, hub.endpoint)
    assert hub.sent == []


def test_a_file_that_arrives_damaged_is_removed_and_said(hub: Hub, tmp_path: Path) -> None:
    hub.corrupt.add("model.safetensors")
    with pytest.raises(ModelError, match=r"model.safetensors of org/tiny-bert arrived damaged"):
        pull_model(REF, tmp_path, None, hub.endpoint)
    folder = model_dir(tmp_path, REF.source)
    assert not (folder / "model.safetensors").exists() and not (folder / MANIFEST).exists()


def test_a_repository_that_is_no_such_model_is_refused(hub: Hub, tmp_path: Path) -> None:
    hub.repositories["org/empty"] = {"config.json": b"{}"}
    with pytest.raises(ModelError, match=r"has no model.safetensors, tokenizer.json"):
        pull_model(ModelRef(Slot.TEXT, "org/empty"), tmp_path, None, hub.endpoint)


def test_an_unknown_repository_is_told_in_a_sentence(hub: Hub, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"The hub has no org/nothing; check its name\."):
        pull_model(ModelRef(Slot.TEXT, "org/nothing"), tmp_path, None, hub.endpoint)


def test_without_a_network_one_sentence_is_said(tmp_path: Path) -> None:
    with pytest.raises(
        ModelError, match=r"The hub can't be reached to fetch Qwen/Qwen3-0.6B; check the network"
    ):
        pull("laptop", tmp_path, endpoint="http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("name", "said"), [("bundled", "comes with Vitrine"), ("huge", "no model set 'huge'")]
)
def test_there_is_nothing_to_pull_by_that_name(name: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=said):
        pull(name, tmp_path)


def test_the_list_says_where_each_model_is(hub: Hub, tmp_path: Path) -> None:
    states = list_models(tmp_path)
    assert len(states) == sum(len(each.refs) for each in SETS.values())
    by_source = {(state.set, state.slot): state for state in states}
    assert by_source["bundled", Slot.TEXT].where is Where.BUNDLED
    assert by_source["bundled", Slot.TEXT].size == 90_868_376
    assert by_source["laptop", Slot.TEXT].where is Where.MISSING

    source = LAPTOP.refs[Slot.TEXT].source
    hub.repositories[source] = hub.repositories[REF.source]
    pull_model(LAPTOP.refs[Slot.TEXT], tmp_path, None, hub.endpoint)
    pulled = {(state.set, state.slot): state for state in list_models(tmp_path)}["laptop", Slot.TEXT]
    assert pulled.where is Where.PULLED and pulled.revision == COMMIT and pulled.size > 0


def test_verify_finds_a_changed_and_a_missing_file(hub: Hub, tmp_path: Path) -> None:
    folder = pull_model(REF, tmp_path, None, hub.endpoint)
    assert {check.result for check in verify(tmp_path, (REF,))} == {Wholeness.OK}
    (folder / "config.json").write_bytes((folder / "config.json").read_bytes() + b" ")
    (folder / "modules.json").unlink()
    results = {check.file: check.result for check in verify(tmp_path, (REF,))}
    assert results["config.json"] is Wholeness.DIFFERS and results["modules.json"] is Wholeness.MISSING
    assert results["model.safetensors"] is Wholeness.OK


def test_verify_covers_the_bundled_text_model(tmp_path: Path) -> None:
    (check,) = [check for check in verify(tmp_path) if check.file == "model.safetensors"]
    assert check.result is Wholeness.OK


def test_verify_reads_the_hugging_face_cache_by_its_own_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    repository = tmp_path / "hub" / "models--org--tiny-bert"
    snapshot = repository / "snapshots" / COMMIT
    for folder in (snapshot, repository / "blobs", repository / "refs"):
        folder.mkdir(parents=True)
    (repository / "refs" / "main").write_text(COMMIT)
    weights, small = b"weights", b"{}"
    names = {
        "model.safetensors": (hashlib.sha256(weights).hexdigest(), weights),
        "config.json": (hashlib.sha1(b"blob 2\0{}").hexdigest(), small),
        "tokenizer.json": ("a" * 40, small),
    }
    for name, (blob, content) in names.items():
        (repository / "blobs" / blob).write_bytes(content)
        (snapshot / name).symlink_to(repository / "blobs" / blob)
    results = {check.file: check.result for check in verify(tmp_path, (REF,))}
    assert results == {
        "model.safetensors": Wholeness.OK,
        "config.json": Wholeness.OK,
        "tokenizer.json": Wholeness.DIFFERS,
    }


def _pulled(folder: Path) -> list[Path]:
    """The files of a model: neither the manifest nor what the hub's library keeps for resuming."""
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and path.name != MANIFEST and ".cache" not in path.relative_to(folder).parts
    ]
