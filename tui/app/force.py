"""The search in force, in parts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.types import Act, ActName
from tui.words.request import parts_of, refused_parts

if TYPE_CHECKING:
    from agent.conversation import Conversation
    from tui.words.request import Part
    from tui.words.wording import Wording


def parts_in_force(conversation: Conversation, wording: Wording) -> tuple[Part, ...]:
    """Return the parts of the search in force, whatever the last turn did, and the items that are not wanted."""
    dialogue = conversation.dialogue
    act = Act(
        ActName.SIMILAR if dialogue.near else ActName.RECOMMEND,
        dialogue.query,
        dialogue.constraints,
        tuple(dialogue.near),
        dialogue.sort,
        dialogue.count,
        pictured=dialogue.image is not None,
    )
    return (*parts_of(act, wording), *refused_parts(sorted(dialogue.refused), wording))
