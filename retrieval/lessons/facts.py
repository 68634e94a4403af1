"""What a drawing shows, as words by aspect; what can't be told of it is left open rather than denied."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.demo.drawing.picture import Badge, Drawing, Page, Product, Room, Work
from retrieval.lessons.words import near_words, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

PATTERNS = ("striped", "checked", "floral", "spotted")
"""Features that are drawn."""


@dataclass(frozen=True, slots=True)
class Facts:
    """Words by aspect ('kind', 'colour', 'material', 'pattern', 'mood', 'motif' …)."""

    true: Mapping[str, tuple[str, ...]]
    """Words that are true of the picture."""
    open: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Words that are neither true nor false of it: 'blue' of a navy coat; '*' stands for a whole aspect."""


def facts_of(drawing: Drawing, colour: str = "", cells: Mapping[str, object] | None = None) -> Facts:
    """Return what a drawing shows; `colour` is a product's plain colour name, `cells` a demo item's own columns."""
    match drawing:
        case Product(shape, _, material, features):
            pattern = next((one for one in PATTERNS if one in features), "plain")
            true = {
                "kind": words_of("kind", shape),
                "colour": words_of("colour", colour),
                "pattern": words_of("pattern", pattern),
            }
            if material:
                true["material"] = (material,)
            return Facts(true, {"colour": near_words(colour)})
        case Work(form, mood, motif, _):
            genre = tuple(str(cells[name]) for name in ("genre", "kind") if cells and name in cells)
            true = {"kind": words_of("kind", form), "mood": (mood,), "motif": words_of("motif", motif)}
            return Facts(true | {"genre": genre}) if genre else Facts(true, {"genre": ("*",)})
        case Page(section, motif, _):
            return Facts(
                {
                    "kind": words_of("kind", "page"),
                    "section": (section,),
                    "motif": words_of("motif", motif),
                },
                {"mood": ("*",), "genre": ("*",)},
            )
        case Badge(person, motif, _):
            kind = tuple(str(cells["kind"]) for _ in (1,) if cells and "kind" in cells)
            true = {
                "kind": words_of("kind", "portrait" if person else "badge"),
                "motif": words_of("motif", motif),
            }
            return Facts(
                true | ({"genre": kind} if kind else {}),
                {"mood": ("*",)} | ({} if kind else {"genre": ("*",)}),
            )
        case Room(room, time, devices):
            return Facts(
                {
                    "kind": (room, *words_of("kind", "room")),
                    "time": (time,),
                    "device": devices,
                },
                {"mood": ("*",), "genre": ("*",)},
            )
