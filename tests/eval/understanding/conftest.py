from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent.models import Lazy, Models
from agent.types import ActName
from encoders.errors import ModelMissing
from eval.understanding.case import Case
from eval.understanding.condition import parse_condition
from eval.understanding.ear import Ear
from eval.understanding.play import Player
from retrieval.store.people import People
from tests.fakes.chat import ScriptedChat
from tests.fakes.encoders import HashTextEncoder
from tests.fakes.snapshot import MemorySnapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path
    from typing import Any, NoReturn

    from retrieval.types import Constraint
    from tests.fakes.chat import Answer

TEXT = HashTextEncoder()


def missing() -> NoReturn:
    raise ModelMissing("There is no such model here.")


@pytest.fixture
def people(tmp_path: Path) -> Iterator[People]:
    """A database of profiles that only the cases use."""
    people = People(tmp_path / "people.sqlite")
    yield people
    people.close()


@pytest.fixture
def player(people: People) -> Callable[..., Player]:
    """Makes a player of the dozen whose reader reads texts as it is told."""

    def made(readings: Mapping[str, Answer], heed: bool = True) -> Player:
        ear = Ear(ScriptedChat(readings))
        models = Models(Lazy(missing), Lazy(lambda: TEXT), Lazy(missing), Lazy(missing))
        return Player(MemorySnapshot.from_csv(text=TEXT), models, ear, people, heed)

    return made


@pytest.fixture
def case(tmp_path: Path) -> Callable[..., Case]:
    """Makes a case; conditions are written as in a file."""

    def made(say: str = "boots", act: str = "recommend", **more: Any) -> Case:  # noqa: ANN401 - fields of Case
        for key in ("where", "may"):
            more[key] = conditions(*more.get(key, ()))
        number = more.pop("number", 1)
        acts = tuple(map(ActName, act.split()))
        return Case(tmp_path / "cases.yaml", number, "dozen", say, acts, **more)

    return made


def conditions(*written: str) -> tuple[Constraint, ...]:
    return tuple(map(parse_condition, written))
