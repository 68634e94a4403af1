from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agent import assembly
from encoders.errors import VitrineError
from tests.tui.scripted import scripted_models
from tui.app.screenshots import SCENES, Press, Say, Scene, Show, check, draw_bag, play, standalone

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_a_scene_is_played_in_the_application_and_drawn(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(assembly, "open_models", scripted_models)
    monkeypatch.delenv("NO_COLOR", raising=False)
    bag = tmp_path / "bag.png"
    draw_bag(bag)
    steps = (Say("boots that dont leak, 80 tops"), Press(("tab", "2")), Show())
    picture = await play(Scene("a", steps), data, bag, catalogue="dozen")
    assert picture.startswith("<svg")
    words = picture.replace("&#160;", " ")
    for words_shown in ("you", "waterproof", "▶2", "bag.png"):
        assert words_shown in words
    check("a", picture, (str(tmp_path),))


def test_fonts_are_those_of_the_readers_machine() -> None:
    svg = (
        '<style>@font-face { font-family: "Fira Code"; src: url("https://a.b/c.woff2"); }\n'
        "text { font-family: Fira Code, monospace; } .title { font-family: arial; }</style>"
    )
    made = standalone(svg)
    assert "https:" not in made and "@font-face" not in made and "Fira" not in made
    assert made.count("ui-monospace") == 2


@pytest.mark.parametrize(
    "held", ["src: url(https://a.b)", "@import x", "/home/somebody/pictures", "x" * 300_001]
)
def test_a_picture_that_no_page_should_hold_is_refused(held: str) -> None:
    with pytest.raises(VitrineError, match="a "):
        check("a", f"<svg>{held}</svg>", ("/home/somebody",))


def test_scenes_have_names_of_their_own_and_show_both_grounds() -> None:
    names = [scene.name for scene in SCENES]
    assert len(set(names)) == len(names)
    assert {scene.theme for scene in SCENES} == {"dark", "light"}
    assert min(scene.columns for scene in SCENES) < 80
