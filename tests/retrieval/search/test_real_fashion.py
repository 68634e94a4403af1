"""The weights against real products and the bundled text encoder."""

from __future__ import annotations

from pathlib import Path

import pytest

from encoders.text import load_text
from retrieval.search.searcher import Searcher
from retrieval.search.validate import validate
from retrieval.types import Column, Query, Role
from tests.fakes.snapshot import MemorySnapshot

ITEMS = Path(__file__).parents[4] / "shared" / "data" / "fashion" / "items.csv"
FACETS = ("gender", "subCategory", "articleType", "baseColour", "usage")
COLUMNS = (
    Column("id", Role.ID, "id"),
    Column("name", Role.TITLE, "name"),
    *(Column(name, Role.FACET, name) for name in FACETS),
)
REQUESTS = {
    "t-shirt": "Tshirts",
    "running shoes": "Sports Shoes",
    "sneakers": "Casual Shoes",
    "purse": "Handbags",
    "wristwatch": "Watches",
    "tunic": "Kurtas",
    "blouse": "Tops",
    "jeans": "Jeans",
    "shades": "Sunglasses",
    "high heels": "Heels",
}


@pytest.mark.slow
@pytest.mark.data
@pytest.mark.skipif(not ITEMS.exists(), reason="the fashion data is not beside the checkout")
def test_words_and_text_together_beat_either_on_real_products(tmp_path: Path) -> None:
    lines = ITEMS.read_text(encoding="utf-8").splitlines()
    some = tmp_path / "some.csv"
    some.write_text("\n".join([lines[0], *lines[1::10]]), encoding="utf-8")
    encoder = load_text()
    searcher = Searcher(MemorySnapshot.from_csv(some, COLUMNS, text=encoder), encoder)
    items = searcher.snapshot.items(searcher.snapshot.ids)
    relevance = [
        {item.id: 1.0 for item in items if item.fields.get("articleType") == kind}
        for kind in REQUESTS.values()
    ]
    found = validate(searcher, [Query(words) for words in REQUESTS], relevance)
    # NDCG@10 at the committed weights; 'before' is theirs
    assert found.before > max(leg.alone for leg in found.legs)
    assert found.before > 0.5
