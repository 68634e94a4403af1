"""What taking a part of the request away, or correcting it, comes to as a turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.amend import Edit
from tui.app.correct import Correction
from tui.words.request import Part, PartKind

if TYPE_CHECKING:
    from tui.app.chips import Chip, Chips
    from tui.app.engine import Play
    from tui.app.listening import Listening

_WORDS = (PartKind.QUERY, PartKind.CONDITION)
"""Parts that can say something else; the others can only be taken away."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A turn that an edit makes."""

    said: str
    """How it stands in the talk: '− price ≤ 80', 'price ≤ 80 → under 100'."""
    play: Play


def part_of(screen: Listening, key: str) -> Part | None:
    """Return the part that a chip stands for, of the panel or of the last request."""
    last = screen.talk.last_search
    return screen.force.get(key) or (last.parts.get(key) if last is not None else None)


def edit_of(screen: Listening, chip: Chip, chips: Chips, words: str | None) -> Edited | None:
    """Return the turn that makes a chip say `words`; None or '' takes it away. None where nothing changes."""
    if words == chip.text:
        return None
    if (critique := screen.critiques.get(chip.key)) is not None:
        return Edited(f"+ {critique.words}", lambda conversation: conversation.apply(critique.edit))
    if chip.key.startswith(("seen", "tempo")):
        said = f"it's {words}" if words else "forget the picture"
        return Edited(said, lambda conversation: conversation.say(said))
    part = part_of(screen, chip.key)
    if part is None:
        return None
    if not words:
        without = part.without
        return Edited(f"− {part.text}", lambda conversation: conversation.apply(without))
    if part.constraint is not None:
        edit = Edit(drop=(part.constraint,), add=words)
    elif part.kind is PartKind.QUERY:
        edit = Edit(drop=part.within, query=words)
    else:
        return None
    return Edited(f"{part.text} → {words}", lambda conversation: conversation.apply(edit))


def correct(screen: Listening, chips: Chips, chip: Chip) -> None:
    """Open a field below a part, or do at once what the part can only do."""
    if chip.key == "heard":
        screen.composer.dictate(chip.text)
        return
    part = part_of(screen, chip.key)
    fixed = chip.key in screen.critiques or (part is not None and part.kind not in _WORDS)
    if fixed:
        chips.post_message(chips.Removed(chips, chip))
        return
    field = Correction(chip, chips)
    if chips.parent is not None:
        chips.parent.mount(field, after=chips)  # type: ignore[attr-defined]
        field.focus()
