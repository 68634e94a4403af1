from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from encoders.errors import StoreError
from encoders.places import cached_snapshot, data_dir, ensure_writable, hub_cache, model_dir, slug


def test_data_dir_prefers_the_argument_then_the_environment_then_the_system(tmp_path: Path) -> None:
    environ = {"VITRINE_DATA_DIR": str(tmp_path / "environment")}
    assert data_dir(tmp_path / "argument", environ) == tmp_path / "argument"
    assert data_dir(None, environ) == tmp_path / "environment"
    assert data_dir(None, {}).name == "vitrine"


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreError, match=r"can't be made .* --data-dir"):
        ensure_writable(tmp_path / "file" / "data")


@given(st.text(max_size=60))
def test_a_slug_is_one_harmless_path_part(source: str) -> None:
    name = slug(source)
    assert name and Path(name).name == name and name not in (".", "..")
    assert model_dir(Path("/data"), source).parent == Path("/data/models")


def test_the_hub_cache_follows_the_documented_variables() -> None:
    assert hub_cache({"HF_HUB_CACHE": "/a", "HF_HOME": "/b"}) == Path("/a")
    assert hub_cache({"HF_HOME": "/b"}) == Path("/b/hub")
    assert hub_cache({"XDG_CACHE_HOME": "/c"}) == Path("/c/huggingface/hub")


def test_a_cached_snapshot_is_found_by_branch_and_by_commit(tmp_path: Path) -> None:
    repository = tmp_path / "models--org--name"
    commit = "a" * 40
    (repository / "snapshots" / commit).mkdir(parents=True)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(commit)
    assert cached_snapshot("org/name", cache=tmp_path) == repository / "snapshots" / commit
    assert cached_snapshot("org/name", commit, cache=tmp_path) == repository / "snapshots" / commit
    assert cached_snapshot("org/name", "v2", cache=tmp_path) is None
    assert cached_snapshot("org/other", cache=tmp_path) is None
