"""The search in force, in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.types import Act, ActName

if TYPE_CHECKING:
    from agent.conversation import Conversation


def act_in_force(conversation: Conversation) -> Act:
    """Return the search in force as an act, whatever the last turn did."""
    dialogue = conversation.dialogue
    return Act(
        ActName.SIMILAR if dialogue.near else ActName.RECOMMEND,
        dialogue.query,
        dialogue.constraints,
        tuple(dialogue.near),
        dialogue.sort,
        dialogue.count,
        pictured=dialogue.image is not None,
    )
