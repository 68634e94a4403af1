"""A dialogue of another day, fitted to the catalogue as it is now: what is gone from it can't be gone on from."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from agent.dialogue_json import Saved
    from agent.state import Dialogue
    from retrieval.snapshot import Snapshot
    from retrieval.types import Constraint


def refitted(saved: Saved, snapshot: Snapshot) -> tuple[Dialogue, tuple[str, ...]]:
    """Return the dialogue without what the catalogue no longer has, and a sentence for each kind of loss."""
    dialogue, told = saved.dialogue.copy(), []
    if gone := _drop_items(dialogue, snapshot):
        told.append(f"{_count(gone, 'item')} of this conversation left the catalogue since.")
    if gone := _drop_conditions(dialogue, snapshot):
        told.append(
            f"{_count(gone, 'condition')} can't be held any more, because the catalogue's columns changed."
        )
    encoders = {modality: snapshot.encoder_id(modality) for modality in ("image", "audio")}
    if saved.encoders.get("image") != encoders["image"]:
        if dialogue.image is not None or dialogue.pictured is not None:
            told.append("Its pictures are encoded by another model now: show yours again.")
        dialogue.image, dialogue.pictured, dialogue.sees = None, None, ()
    if saved.encoders.get("audio") != encoders["audio"]:
        if dialogue.sound is not None:
            told.append("Its sounds are encoded by another model now: give yours again.")
        dialogue.sound = dialogue.tempo = dialogue.pace = None
    return dialogue, tuple(told)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _drop_items(dialogue: Dialogue, snapshot: Snapshot) -> int:
    """Drop items that are gone; returns how many there were."""
    named = {
        *dialogue.near,
        *dialogue.seen,
        *dialogue.refused,
        *dialogue.judged,
        *(id_ for screen in dialogue.screens for id_ in screen),
    }
    there = set(_known(named, snapshot))
    dialogue.near = {id_: weight for id_, weight in dialogue.near.items() if id_ in there}
    dialogue.seen &= there
    dialogue.refused &= there
    dialogue.judged &= there
    kept = (tuple(id_ for id_ in screen if id_ in there) for screen in dialogue.screens)
    dialogue.screens = [screen for screen in kept if screen]
    if dialogue.focus is not None and not _known([dialogue.focus], snapshot):
        dialogue.focus = None
    return len(named - there)


def _known(ids: Iterable[str], snapshot: Snapshot) -> list[str]:
    known = []
    for id_ in ids:
        try:
            snapshot.row(id_)
        except KeyError:
            continue
        known.append(id_)
    return known


def _drop_conditions(dialogue: Dialogue, snapshot: Snapshot) -> int:
    """Drop conditions and an order whose column is gone; returns how many."""
    columns = {column.name for column in snapshot.columns}

    def holds(constraint: Constraint) -> bool:
        return constraint.field is None or constraint.field in columns

    before = len(dialogue.constraints)
    dialogue.constraints = tuple(filter(holds, dialogue.constraints))
    dialogue.waived = set(filter(holds, dialogue.waived))
    gone = before - len(dialogue.constraints)
    if dialogue.sort is not None and dialogue.sort.lstrip("-") not in columns:
        dialogue.sort = None
        gone += 1
    return gone
