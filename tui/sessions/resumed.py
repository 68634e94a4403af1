"""A session that is gone on with: what is said of it, and the items that are on screen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from agent.types import Card, Evidence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.conversation import Conversation
    from eval.transcript import Transcript
    from tui.sessions.recorder import Recorder


def welcome(recorder: Recorder) -> Iterator[str]:
    """Yield lines that say which conversation goes on, and what of it could not be kept."""
    transcript = recorder.transcript
    header, entries = transcript.header, transcript.entries
    if header is None or not entries:
        return
    last = entries[-1].at or header.began
    turns = f"{len(entries)} turn{'' if len(entries) == 1 else 's'}"
    kept = "" if recorder.session else "; what you add is not recorded"
    yield f"going on with “{header.name or header.first}”, {turns}, last {last.astimezone():%Y-%m-%d %H:%M}{kept}"
    yield from recorder.told


def on_screen(transcript: Transcript, conversation: Conversation) -> tuple[Card, ...]:
    """Return the cards of the items that the next turn's numbers mean, as each was last shown.

    Numbers count from 1 anew where items left the catalogue; one that was put on screen without a card, as what a
    comparison set beside others, gets one of its record.
    """
    shown = {card.id: card for entry in transcript.entries if entry.turn for card in entry.turn.items}
    cards = []
    for rank, item in enumerate(conversation.snapshot.items(conversation.dialogue.screen), 1):
        card = shown.get(item.id) or Card(
            rank, item.id, item.title, None, item.fields, item.picture, 0.0, Evidence({})
        )
        cards.append(replace(card, rank=rank))
    return tuple(cards)
