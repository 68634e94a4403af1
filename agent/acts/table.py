"""Which module does which act."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.acts.asking import ask_back
from agent.acts.chatting import chat
from agent.acts.feedback import give_feedback
from agent.acts.inquiry import compare, detail, explain
from agent.acts.remembering import forget, remember
from agent.acts.searching import search
from agent.types import ActName

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from agent.acts.outcome import Context, Outcome

HANDLERS: Mapping[ActName, Callable[[Context], Outcome]] = {
    ActName.RECOMMEND: search,
    ActName.REFINE: search,
    ActName.SIMILAR: search,
    ActName.COMPARE: compare,
    ActName.EXPLAIN: explain,
    ActName.DETAIL: detail,
    ActName.RATE: give_feedback,
    ActName.LIKE: give_feedback,
    ActName.DISLIKE: give_feedback,
    ActName.ASK: ask_back,
    ActName.REMEMBER: remember,
    ActName.FORGET: forget,
    ActName.CHAT: chat,
}
