from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from encoders.errors import StoreError, StoreTooNew
from retrieval.store import manifest
from retrieval.store.manifest import Encoded, Manifest
from retrieval.types import Column, Role

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = Manifest(
    name="dozen",
    source="/data/dozen.csv",
    created="2026-01-02T03:04:05+00:00",
    items=12,
    interactions=3,
    triples=2,
    columns=(
        Column("price", Role.NUMBER, "price", "£", low=18.5, high=140.0, filled=12),
        Column("colour", Role.FACET, "colour", values={"green": 2, "red": 1}, filled=12),
        Column("released", Role.DATE, "released", low="2021-06-01", high="2025-04-02", filled=12),
    ),
    encoded={"text": Encoded("hash-64@0", 64, 12)},
    digest="0" * 64,
)


def test_a_manifest_comes_back(tmp_path: Path) -> None:
    manifest.write(tmp_path / "manifest.json", MANIFEST)
    assert manifest.read(tmp_path / "manifest.json") == MANIFEST


def test_every_cut_is_told_as_damage(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    manifest.write(path, MANIFEST)
    whole = path.read_bytes()
    for length in range(len(whole) - 1):
        path.write_bytes(whole[:length])
        with pytest.raises(StoreError, match=r"damaged .*vitrine index"):
            manifest.read(path)


def test_a_later_format_is_named_and_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "manifest.json"
    path.write_text(json.dumps({"format": manifest.FORMAT + 1, "unknown": True}), "utf-8")
    with pytest.raises(StoreTooNew, match="a later version of Vitrine wrote it"):
        manifest.read(path)
    assert "unknown" in path.read_text("utf-8")


@settings(max_examples=60, deadline=None)
@given(
    body=st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "format",
                        "name",
                        "items",
                        "columns",
                        "encoded",
                        "source",
                        "created",
                        "digest",
                        "interactions",
                        "triples",
                    ]
                ),
                inner,
                max_size=10,
            )
        ),
        max_leaves=12,
    )
)
def test_any_other_json_is_a_store_error(tmp_path_factory: pytest.TempPathFactory, body: object) -> None:
    path = tmp_path_factory.mktemp("manifest") / "manifest.json"
    path.write_text(json.dumps(body), "utf-8")
    with pytest.raises(StoreError):
        manifest.read(path)
