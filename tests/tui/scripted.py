"""Vitrine with scripted models: every part real but the models, which are fakes that load in no time.

As a program, `python -m tests.tui.scripted ARGUMENTS…`, it is the console script.
"""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING
from unittest import mock

from agent import assembly
from agent.models import Lazy, Models
from agent.types import ActName, Phrase, PhraseKind, Reading
from encoders.layout import Slot
from tests.fakes.chat import ScriptedChat
from tests.fakes.encoders import HashImageEncoder, HashTextEncoder, ScriptedRecogniser
from tests.fakes.microphone import HummingMicrophone
from tui.main import main
from tui.microphone import portaudio

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.types import Brief
    from encoders.profiles import ResolvedSet
    from encoders.protocols import ImageEncoder, Recogniser

_LIMIT, _WANT = PhraseKind.LIMIT, PhraseKind.WANT

READINGS = {
    "boots that dont leak, 80 tops": Reading(
        ActName.RECOMMEND, "boots", (Phrase(_WANT, "waterproof"), Phrase(_LIMIT, "80 tops"))
    ),
    "like the 2nd but in green": Reading(
        ActName.SIMILAR, phrases=(Phrase(_WANT, "green"),), references=("the 2nd",)
    ),
    "a present": Reading(ActName.ASK, "a present"),
    "silk boots": Reading(ActName.RECOMMEND, "boots", (Phrase(_WANT, "silk"),)),
    "hello": Reading(ActName.CHAT),
}


class SlowChat(ScriptedChat):
    """Writes many words, with a pause before each."""

    def __init__(self, seconds: float) -> None:
        super().__init__(READINGS, ("And so on, word after word. " * 20,))
        self._seconds = seconds

    def write(self, brief: Brief) -> Iterator[str]:
        for piece in super().write(brief):
            time.sleep(self._seconds)
            yield piece


def scripted_models(resolved: ResolvedSet) -> Models:
    """Stand in for `agent.assembly.open_models`: what a set lacks is missing with these models too."""

    def image() -> ImageEncoder:
        resolved.require(Slot.IMAGE)
        return HashImageEncoder()

    def speech() -> Recogniser:
        if heard := os.environ.get("SCRIPTED_HEARS"):
            return ScriptedRecogniser(*heard.split("|"))
        resolved.require(Slot.SPEECH)
        raise AssertionError("the bundled set has no speech model")

    pause = float(os.environ.get("SCRIPTED_PAUSE", "0"))
    return Models(
        Lazy(lambda: SlowChat(pause) if pause else ScriptedChat(READINGS)),
        Lazy(HashTextEncoder),
        Lazy(image),
        Lazy(speech),
        resolved.name,
        resolved.reason,
    )


if __name__ == "__main__":
    with (
        mock.patch.object(assembly, "open_models", scripted_models),
        mock.patch.object(portaudio, "PortAudioMicrophone", HummingMicrophone),
    ):
        main()
