"""What taking a part of the request away, or correcting it, comes to as a turn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.amend import Edit, Held
from encoders.errors import UsageError
from encoders.sanitise import sanitise_line
from tui.app.correct import Correction
from tui.app.turn import TurnView
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


def part_of(screen: Listening, chips: Chips, chip: Chip) -> Part | None:
    """Return the part that a chip stands for: of the panel, or of the turn that it stands in.

    Raises UsageError when the turn is not the last search and its part is not in force any more.
    """
    if chip.key in screen.force:
        return screen.force[chip.key]
    turn = next((node for node in chips.ancestors if isinstance(node, TurnView)), None)
    part = turn.parts.get(chip.key) if turn is not None else None
    if part is None or turn is screen.talk.last_search:
        return part
    same = next(
        (one for one in screen.force.values() if one.kind is part.kind and one.text == part.text), None
    )
    if same is None:
        raise UsageError(
            f"“{part.text}” is of an earlier search and not in force: the side panel shows what is."
        )
    return same


def removal_of(screen: Listening, chips: Chips, chip: Chip) -> Edited | None:
    """Return the turn that takes a chip away, or does what a suggestion says; None where it is not there any more.

    Raises UsageError when its part is not in force.
    """
    if (critique := screen.critiques.get(chip.key)) is not None:
        return Edited(f"+ {critique.words}", lambda conversation: conversation.apply(critique.edit))
    if (held := _held(chip)) is not None:
        without = Edit(forget=frozenset({held}))
        return Edited(f"− the {held}", lambda conversation: conversation.apply(without))
    part = part_of(screen, chips, chip)
    return None if part is None else _without(part)


def correction_of(field: Correction) -> Edited | None:
    """Return the turn that makes a part say what was written; nothing takes it away, and the same changes nothing."""
    words = sanitise_line(field.value)
    if words == field.words:
        return None
    part = field.part
    if (held := _held(field.chip)) is not None:
        if not words:
            without = Edit(forget=frozenset({held}))
            return Edited(f"− the {held}", lambda conversation: conversation.apply(without))
        said = f"it's {words}"
        return Edited(said, lambda conversation: conversation.say(said))
    if part is None:
        return None
    if not words:
        return _without(part)
    if part.constraint is not None:
        edit = Edit(drop=(part.constraint,), add=words)
    else:
        edit = Edit(drop=part.within, query=words)
    return Edited(f"{part.text} → {words}", lambda conversation: conversation.apply(edit))


def correct(screen: Listening, chips: Chips, chip: Chip) -> None:
    """Open a field below a part, or do what Enter on it means.

    What was heard goes to the prompt, to be said again; a suggestion is taken; a part that can say nothing else says
    how it is taken away. Raises UsageError when the part is not in force.
    """
    if chip.key == "heard":
        screen.composer.dictate(chip.text)
    elif chip.key in screen.critiques:
        chips.post_message(chips.Removed(chips, chip).set_sender(chips))
    elif _held(chip) is not None:
        _open(chips, Correction(chip, None, _measured(chip)))
    elif (part := part_of(screen, chips, chip)) is not None:
        if part.kind not in _WORDS:
            raise UsageError(f"“{part.text}” can't say something else; Delete, or its ×, takes it away.")
        _open(chips, Correction(chip, part, part.text))


def _open(chips: Chips, field: Correction) -> None:
    if chips.parent is not None:
        chips.parent.mount(field, after=chips)  # type: ignore[attr-defined]
        field.focus()


def _held(chip: Chip) -> Held | None:
    """Return what a chip says something of that was perceived."""
    if chip.key == "tempo":
        return Held.SOUND
    return Held.PICTURE if chip.key.startswith("seen") else None


def _measured(chip: Chip) -> str:
    """Return what of a chip can be corrected: of a sound its tempo, 'about 92 bpm, minor' → '92 bpm'."""
    return chip.text.partition(",")[0].removeprefix("about ") if chip.key == "tempo" else chip.text


def _without(part: Part) -> Edited:
    without = part.without
    return Edited(f"− {part.text}", lambda conversation: conversation.apply(without))
