from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest

from encoders.checksum import MANIFEST
from encoders.errors import ModelMissing, UsageError
from encoders.layout import Slot, missing_files
from encoders.places import model_dir
from encoders.profiles import BUNDLED_AUDIO, GPU, LAPTOP, SETS, ModelRef, resolve

if TYPE_CHECKING:
    from pathlib import Path


def pretend_pulled(ref: ModelRef, data: Path) -> Path:
    """Lay out the files of a finished pull, empty: resolving looks at names, not at contents."""
    folder = model_dir(data, ref.source)
    folder.mkdir(parents=True)
    names = {
        Slot.IMAGE: ("open_clip_config.json", "open_clip_model.safetensors"),
        Slot.SPEECH: ("config.json", "model.bin", "tokenizer.json"),
    }.get(ref.slot, ("config.json", "model.safetensors", "tokenizer.json"))
    for name in names:
        (folder / name).touch()
    (folder / MANIFEST).write_text(json.dumps({"commit": "c" * 40, "revision": None, "files": {}}))
    return folder


def test_a_bare_machine_gets_the_bundled_set_and_is_told_why(tmp_path: Path) -> None:
    chosen = resolve("auto", tmp_path)
    assert chosen.name == "bundled"
    assert "no larger set on this disk" in chosen.reason and "vitrine models pull laptop" in chosen.reason
    assert chosen.require(Slot.TEXT).path is not None
    assert chosen.require(Slot.CHAT).path is None


@pytest.mark.parametrize("slot", [Slot.SPEECH])
def test_an_absent_slot_names_the_command_that_fills_it(slot: Slot, tmp_path: Path) -> None:
    chosen = resolve("bundled", tmp_path)
    assert chosen.get(slot) is None
    with pytest.raises(ModelMissing, match=f"`vitrine models pull laptop`.*--{slot}-model PATH"):
        chosen.require(slot)


def test_auto_takes_a_larger_set_only_when_all_of_it_is_here(tmp_path: Path) -> None:
    *most, last = LAPTOP.refs.values()
    for ref in most:
        pretend_pulled(ref, tmp_path)
    partial = resolve("auto", tmp_path)
    assert partial.name == "bundled" and "laptop set lacks speech" in partial.reason
    pretend_pulled(last, tmp_path)
    whole = resolve("auto", tmp_path)
    assert whole.name == "laptop" and "best set on this disk" in whole.reason
    assert all(whole.get(slot) is not None for slot in Slot)


def test_a_pull_without_its_manifest_does_not_count(tmp_path: Path) -> None:
    for ref in LAPTOP.refs.values():
        pretend_pulled(ref, tmp_path)
    (model_dir(tmp_path, LAPTOP.refs[Slot.CHAT].source) / MANIFEST).unlink()
    assert resolve("auto", tmp_path).name == "bundled"


def test_a_set_asked_for_works_without_the_models_it_lacks(tmp_path: Path) -> None:
    pretend_pulled(LAPTOP.refs[Slot.TEXT], tmp_path)
    chosen = resolve("laptop", tmp_path)
    assert chosen.require(Slot.TEXT).path == model_dir(tmp_path, "BAAI/bge-small-en-v1.5")
    with pytest.raises(
        ModelMissing, match=r"Qwen/Qwen3-0.6B is not on this disk.*vitrine models pull laptop"
    ):
        chosen.require(Slot.CHAT)


def test_a_model_in_the_hugging_face_cache_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path / "hub"))
    snapshot = tmp_path / "hub" / "models--Systran--faster-whisper-base" / "snapshots" / ("b" * 40)
    shutil.copytree(pretend_pulled(LAPTOP.refs[Slot.SPEECH], tmp_path / "elsewhere"), snapshot)
    refs = snapshot.parent.parent / "refs"
    refs.mkdir()
    (refs / "main").write_text("b" * 40)
    assert resolve("laptop", tmp_path).require(Slot.SPEECH).path == snapshot


def test_an_override_replaces_one_model_and_is_said(tmp_path: Path, clip: Path) -> None:
    chosen = resolve("auto", tmp_path, {Slot.IMAGE: str(clip), Slot.CHAT: "http://localhost:8000/v1"})
    assert chosen.require(Slot.IMAGE).path == clip
    assert chosen.require(Slot.CHAT).ref.address
    assert "image tiny-clip (asked for)" in chosen.reason


def test_an_override_that_is_not_here_names_how_to_get_it(tmp_path: Path) -> None:
    chosen = resolve("bundled", tmp_path, {Slot.IMAGE: "org/other", Slot.SPEECH: str(tmp_path / "nothing")})
    with pytest.raises(ModelMissing, match="hf download org/other"):
        chosen.require(Slot.IMAGE)
    with pytest.raises(ModelMissing, match="nothing"):
        chosen.require(Slot.SPEECH)


@pytest.mark.parametrize(
    ("slot", "text", "source"),
    [
        (Slot.CHAT, "Qwen/Qwen3-0.6B", "Qwen/Qwen3-0.6B"),
        (Slot.IMAGE, "hf-hub:timm/ViT-B-16-SigLIP2-256", "timm/ViT-B-16-SigLIP2-256"),
        (Slot.IMAGE, "ViT-B-32-256, datacomp_s34b_b86k", LAPTOP.refs[Slot.IMAGE].source),
        (Slot.IMAGE, "ViT-B-16-SigLIP2-256,webli", GPU.refs[Slot.IMAGE].source),
        (Slot.SPEECH, "base", LAPTOP.refs[Slot.SPEECH].source),
        (Slot.SPEECH, "turbo", GPU.refs[Slot.SPEECH].source),
        (Slot.IMAGE, "local-dir:/models/clip", "/models/clip"),
    ],
)
def test_every_way_to_name_a_model_is_read(slot: Slot, text: str, source: str) -> None:
    assert ModelRef.parse(slot, text).source == source


def test_a_revision_is_read_from_a_hub_id() -> None:
    ref = ModelRef.parse(Slot.TEXT, "org/name@v1.5")
    assert (ref.source, ref.revision) == ("org/name", "v1.5")


@pytest.mark.parametrize("text", ["", "nonsense", "a/b/c", "/a@b/", "bundled:other", "ViT-B-32,not_there"])
def test_what_names_no_model_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        ref = ModelRef.parse(Slot.IMAGE, text)
        raise UsageError(f"a folder: {ref.source}") if ref.folder else AssertionError(ref)


def test_only_a_chat_model_may_be_an_address() -> None:
    with pytest.raises(UsageError, match="Only the chat model"):
        ModelRef.parse(Slot.TEXT, "http://localhost:1")


def test_an_unknown_profile_lists_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="auto, bundled, laptop, gpu"):
        resolve("huge", tmp_path)


def test_the_sets_are_those_of_the_design() -> None:
    assert list(SETS) == ["bundled", "laptop", "gpu"]
    assert all(set(SETS[name].refs) == set(Slot) - {Slot.AUDIO} for name in ("laptop", "gpu"))


@pytest.mark.parametrize("profile", ["bundled", "laptop", "gpu"])
def test_every_set_hears_with_the_bundled_statistics_unless_another_model_is_named(
    profile: str, tmp_path: Path
) -> None:
    audio = resolve(profile, tmp_path).require(Slot.AUDIO)
    assert (audio.ref.source, audio.path, audio.ready) == (BUNDLED_AUDIO, None, True)
    named = resolve(profile, tmp_path, {Slot.AUDIO: str(tmp_path)}).models[Slot.AUDIO]
    assert named.missing == ("config.json", "model.safetensors", "preprocessor_config.json", "tokenizer.json")


def test_shards_that_an_index_lists_must_all_be_there(tmp_path: Path) -> None:
    for name in ("config.json", "tokenizer.json", "model-00001-of-00002.safetensors"):
        (tmp_path / name).touch()
    shards = {"a": "model-00001-of-00002.safetensors", "b": "model-00002-of-00002.safetensors"}
    (tmp_path / "model.safetensors.index.json").write_text(json.dumps({"weight_map": shards}))
    assert missing_files(Slot.CHAT, tmp_path) == ("model-00002-of-00002.safetensors",)
