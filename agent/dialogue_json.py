"""A dialogue as JSON and back, exactly, so that a conversation goes on another day as if nobody had left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from agent.codec import Mismatch, decode, encode
from encoders.errors import InputError, StoreTooNew
from encoders.sanitise import sanitise, sanitise_line

if TYPE_CHECKING:
    from agent.state import Dialogue

FORMAT: Final = 1
"""Version of the object."""


@dataclass(frozen=True, slots=True)
class Saved:
    """What a conversation is between two sittings."""

    dialogue: Dialogue
    looks: bool = False
    """Whether searches looked at the items' pictures too."""
    encoders: Mapping[str, str | None] = field(default_factory=dict)
    """'image' and 'audio' to the encoder of the catalogue's vectors, which those of the dialogue are compared with."""


def saved_to_json(saved: Saved) -> dict[str, Any]:
    """Return the object, ready for `json.dumps`."""
    return {"format": FORMAT, **encode(saved)}


def saved_from_json(made: object) -> Saved:
    """Return what `saved_to_json` made an object of.

    Raises InputError when it is none, StoreTooNew when a later version wrote it.
    """
    version = made.get("format") if isinstance(made, Mapping) else None
    if isinstance(version, int) and version > FORMAT:
        raise StoreTooNew(
            f"A later version of Vitrine wrote this conversation's state (format {version}, this one knows {FORMAT}): "
            "update Vitrine to go on with it."
        )
    try:
        saved: Saved = decode(Saved, made, lambda _, text: sanitise(text))
    except Mismatch as error:
        raise InputError(
            f"This conversation's state can't be read: {sanitise_line(str(error))}; begin a new one instead."
        ) from error
    return saved
