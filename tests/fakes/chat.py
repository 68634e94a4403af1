"""A chat model that says what it was told to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from agent.types import ActName, Brief, Reading, Scene
from encoders.errors import ModelError

Answer = Reading | ModelError
Reply = str | Sequence[str] | ModelError


class ScriptedChat:
    """A ChatModel of scripted readings and replies.

    Readings come one a call from a sequence, or by the request's text from a mapping, where an unknown text
    is a plain search for itself. Replies come one a call; the last one repeats, and without any a plain one
    is made of the titles' slots. A ModelError in a script is raised.
    """

    def __init__(
        self,
        readings: Sequence[Answer] | Mapping[str, Answer] = (),
        replies: Sequence[Reply] = (),
    ) -> None:
        self._by_text = dict(readings) if isinstance(readings, Mapping) else None
        self._in_order = list(readings) if not isinstance(readings, Mapping) else []
        self._replies = list(replies)
        self.scenes: list[Scene] = []
        """What was to be read, in order."""
        self.briefs: list[Brief] = []
        """What was to be written from, in order."""
        self.closed = 0
        """How many replies were closed before their end."""

    @property
    def id(self) -> str:
        return "scripted-chat"

    def script(self, *answers: Answer) -> None:
        """Add readings to a sequence."""
        self._in_order.extend(answers)

    def read(self, scene: Scene) -> Reading:
        self.scenes.append(scene)
        if self._by_text is not None:
            answer = self._by_text.get(scene.text, Reading(ActName.RECOMMEND, query=scene.text))
        else:
            answer = self._in_order.pop(0)
        if isinstance(answer, ModelError):
            raise answer
        return answer

    def write(self, brief: Brief) -> Iterator[str]:
        self.briefs.append(brief)
        reply: Reply = " ".join(f"{{{rank}.title}}." for rank in range(1, len(brief.items) + 1))
        if self._replies:
            reply = self._replies.pop(0) if len(self._replies) > 1 else self._replies[0]
        return self._say(reply)

    def _say(self, reply: Reply) -> Iterator[str]:
        if isinstance(reply, ModelError):
            raise reply
        pieces = reply.split(" ") if isinstance(reply, str) else reply
        try:
            for position, piece in enumerate(pieces):
                yield f" {piece}" if position and isinstance(reply, str) else piece
        except GeneratorExit:
            self.closed += 1
            raise
