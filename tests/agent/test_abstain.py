from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

from agent.abstain import unfound
from agent.linking.references import Unresolved
from agent.types import ActName, Shown
from encoders.cache import CachedTextEncoder
from encoders.text import load_text
from tests.agent.shop import Shop, about, recommend, want
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from pathlib import Path


@lru_cache(maxsize=1)
def meaning() -> CachedTextEncoder:
    """The bundled encoder: that a motorbike is no boot is a matter of meaning."""
    return CachedTextEncoder(load_text())


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    return Shop(tmp_path, encoder=meaning(), snapshot=MemorySnapshot.from_csv(text=meaning()))


def headline(shop: Shop, query: str, wanted: str | None = None) -> str | None:
    shop.script(recommend(query, *([want(wanted)] if wanted else [])))
    (shown,) = [event for event in shop.conversation.say(query) if isinstance(event, Shown)]
    return shown.headline


@pytest.mark.parametrize("query", ["a mortgage", "cheap flights to Rome", "a guitar"])
def test_what_is_not_here_is_shown_as_nearest_only(shop: Shop, query: str) -> None:
    assert headline(shop, query) == f"nothing here is clearly “{query}”; nearest"
    assert query in shop.chat.briefs[-1].ranked


@pytest.mark.parametrize("query", ["boots", "a purse", "something for a rainy day", "Kelda"])
def test_what_is_here_by_word_or_meaning_is_shown_as_such(shop: Shop, query: str) -> None:
    assert headline(shop, query) is None


def test_only_a_name_is_something_that_is_not_here() -> None:
    name = Unresolved("Inception", "nothing on screen or in the catalogue is known as 'Inception'")
    place = Unresolved("the ninth", "only 4 items are shown, so there is no number 9")
    assert unfound([name, place]) == ("Inception",)


def test_the_linker_says_of_a_name_that_it_is_not_known(tmp_path: Path) -> None:
    turn = Shop(tmp_path).turn(about(ActName.SIMILAR, "Inception"))
    assert turn.act.query == "Inception"
