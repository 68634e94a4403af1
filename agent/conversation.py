"""The turn: Request → Act → Results → checked reply → Turn, as a stream of events.

One engine for every face: `say` plays what a person said, `do` plays a command that was read already (a slash command
or a key on a card). Both yield Understood, then Shown if there are cards, then Said in pieces, then Finished. Closing
the stream cancels the turn: what was shown stays on screen, what was not yet said is not kept.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Generator
from contextlib import suppress
from time import perf_counter
from typing import TYPE_CHECKING

from agent.amend import Edit, Held, words_of
from agent.catalogue import Catalogue
from agent.claims import ClaimChecker
from agent.comparable import check_comparable
from agent.critiques import critiques
from agent.deeds import Deeds
from agent.dialogue_json import Saved
from agent.linking.looks import is_about_looks
from agent.models import Lazy
from agent.perceive import Perceived, listen, perceive
from agent.refit import refitted
from agent.reply import Reply
from agent.state import Dialogue
from agent.taste import Person, person, tastes
from agent.types import (
    PHASES,
    Claims,
    Finished,
    Reading,
    Request,
    Said,
    Shown,
    Turn,
    Understood,
)
from agent.understanding import Understanding
from agent.why import explain_item
from encoders.audio import STATISTICS
from encoders.errors import ModelError
from encoders.protocols import JointAudioEncoder
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from agent.acts.outcome import Outcome
    from agent.critiques import Critique
    from agent.models import Models
    from agent.taste import Taste
    from agent.types import Event
    from agent.why import Why
    from encoders.protocols import ImageEncoder, Samples, Transcript
    from retrieval.snapshot import Snapshot
    from retrieval.store.people import People
    from retrieval.types import Constraint

_SPOKEN_NAMES = 40
_REMEMBERED = 40
"""Turns whose search can still be asked about."""


class Conversation:
    """One person's conversation with one catalogue."""

    def __init__(
        self, snapshot: Snapshot, models: Models, people: People, user: str, clock: Callable[[], datetime]
    ) -> None:
        """Open a conversation; models load with the first turn that needs them."""
        self.snapshot = snapshot
        self.models = models
        self.people = people
        self.user = user
        self.dialogue = Dialogue()
        self._past: deque[Dialogue] = deque(maxlen=_REMEMBERED)
        self._clock = clock
        self._catalogue = Lazy(self._open_catalogue)
        self._looks = False

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue with its search and linking, built the first time."""
        return self._catalogue.get()

    def _open_catalogue(self) -> Catalogue:
        text, image = self.models.text.get(), self.models.image.loaded
        if self._looks and image is None:
            with suppress(ModelError):
                image = self.models.image.get()
        return Catalogue.of(self.snapshot, text, image, self._clock, self._reads_sounds())

    def _reads_sounds(self) -> JointAudioEncoder | None:
        """Return the audio model where words can search the sounds of the catalogue with it."""
        stored = self.snapshot.encoder_id("audio")
        if stored is None or stored.startswith(STATISTICS):
            return None
        audio = self.models.audio.get()
        return audio if isinstance(audio, JointAudioEncoder) else None

    def prepare(self) -> None:
        """Build what search and linking need. Raises ModelMissing or ModelError."""
        self.catalogue.searcher.prepare()
        self.catalogue.linker.warm()

    def warm(self) -> threading.Thread:
        """Load the models and build the indexes in the background; what fails is raised by the turn that needs it."""

        def load() -> None:
            try:
                self.models.chat.get()
                self.prepare()
            except Exception:
                return

        thread = threading.Thread(target=load, name="warm", daemon=True)
        thread.start()
        return thread

    def fork(self, people: People, user: str) -> Conversation:
        """Return a fresh conversation of another person with the same catalogue and models."""
        other = Conversation(self.snapshot, self.models, people, user, self._clock)
        other._catalogue = self._catalogue
        return other

    def new(self) -> None:
        """Begin afresh; the person's profile stays."""
        self.dialogue = Dialogue()
        self._past.clear()

    def saved(self) -> Saved:
        """Return what `resume` goes on from another day."""
        catalogue = self._catalogue.loaded
        looks = self._looks if catalogue is None else catalogue.image is not None
        encoders = {modality: self.snapshot.encoder_id(modality) for modality in ("image", "audio")}
        return Saved(self.dialogue, looks, encoders)

    def resume(self, saved: Saved) -> tuple[str, ...]:
        """Go on from there; returns a sentence for each thing that the catalogue no longer has."""
        self.dialogue, told = refitted(saved, self.snapshot)
        self._looks = saved.looks
        if saved.looks and self._catalogue.loaded is not None:
            self._look_at_items()
        return told

    def say(
        self,
        text: str = "",
        images: Sequence[Path] = (),
        voice: Path | None = None,
        sounds: Sequence[Path] = (),
        *,
        transcript: str | None = None,
    ) -> Iterator[Event]:
        """Play one turn of typed words, pictures, a spoken message and sounds to look for the like of.

        `transcript` is speech that `hear` wrote down and the person has read, and perhaps changed.

        Raises InputError, ModelMissing or ModelError before anything of the conversation has changed.
        """
        began = perf_counter()
        if sounds:
            check_comparable(self.snapshot, "audio", self.models.audio.get())
        if images:
            check_comparable(self.snapshot, "image", self.models.image.get())
        perceived = perceive(text, images, voice, self.models, self._names(), sounds, transcript)
        if images:
            perceived = self._see(perceived, self.models.image.get())
        elif is_about_looks(perceived.words):
            self._look_at_items()
        perceived_at = perf_counter()
        perceived, reading = self.understanding().read(perceived)
        timings = {
            "perceive": _ms(began, perceived_at),
            "decide": _ms(perceived_at, perf_counter()),
        }
        yield from self._play(
            perceived, lambda dialogue: self._deeds().act(perceived, reading, dialogue), timings, began
        )

    def hear(self, samples: Samples) -> Transcript:
        """Write down what was spoken, for the person to read and change before it is said.

        `samples` are mono at 16 kHz, shape (n,). Nothing of the conversation changes. Raises InputError when no speech
        was found, ModelMissing without a speech model, ModelError when it fails.
        """
        return listen(samples, self.models, self._names())

    def _names(self) -> list[str]:
        """Return the titles on screen, which may be spoken."""
        return [item.title for item in self.snapshot.items(self.dialogue.screen)][:_SPOKEN_NAMES]

    def do(self, reading: Reading, text: str) -> Iterator[Event]:
        """Play a command; `text` is what the person typed."""
        began, perceived = perf_counter(), Perceived(Request(text), None)
        timings = {"perceive": 0.0, "decide": 0.0}
        yield from self._play(
            perceived, lambda dialogue: self._deeds().act(perceived, reading, dialogue), timings, began
        )

    def amend(
        self,
        drop: Sequence[Constraint] = (),
        add: str = "",
        query: str | None = None,
        forget_picture: bool = False,
        text: str = "",
        *,
        forget: Iterable[Held] = (),
    ) -> Iterator[Event]:
        """Play a turn that changes the search in force exactly; the arguments are those of an `Edit`.

        `text` is what the person is taken to have said; without, it is made from the edit. Raises UsageError when a
        condition of `drop` is not in force, and then nothing is changed.
        """
        held = frozenset(forget) | ({Held.PICTURE} if forget_picture else frozenset())
        yield from self.apply(Edit(tuple(drop), add, query, held), text)

    def apply(self, edit: Edit, text: str = "") -> Iterator[Event]:
        """Play an edit, as `critiques` suggests them; see `amend`."""
        began = perf_counter()
        perceived = Perceived(Request(sanitise_line(text or words_of(edit, self.catalogue))), None)
        timings = {"perceive": 0.0, "decide": 0.0}
        yield from self._play(
            perceived, lambda dialogue: self._deeds().amend(perceived, edit, dialogue), timings, began
        )

    def why(self, item_id: str) -> Why:
        """Return the evidence of an item for the search that it was shown in last; no model is asked.

        KeyError when the catalogue has no such item.
        """
        now = self.dialogue
        then = next((one for one in (now, *reversed(self._past)) if item_id in one.screen), now)
        return explain_item(self._deeds().context(then), item_id, moved_on=not then.searches_as(now))

    def critiques(self, item_id: str) -> tuple[Critique, ...]:
        """Return the edits of the search in force that an item on screen suggests, most telling first, at most six."""
        return critiques(self._deeds().context(self.dialogue), item_id)

    def taste(self, *, whole: bool = False) -> tuple[Taste, ...]:
        """Return what this conversation taught of the person's taste; with `whole`, what is known from all of them."""
        return tastes(self._deeds().context(self.dialogue), whole=whole)

    def person(self) -> Person:
        """Return who is spoken with, and how much is known of them."""
        return person(self.people, self.user)

    def _deeds(self) -> Deeds:
        """Return what does the next act."""
        return Deeds(self.catalogue, self.people, self.user, self._clock)

    def understanding(self) -> Understanding:
        """Return what reads the next turn."""
        return Understanding(self.catalogue, self.dialogue, self.models.chat.get())

    def _see(self, perceived: Perceived, encoder: ImageEncoder) -> Perceived:
        """Name what the pictures show; from the first picture on, searches look at pictures too."""
        self._look_with(encoder)
        return self.catalogue.sight.see(perceived, encoder)

    def look_ahead(self) -> None:
        """Load what a picture needs before one is said; nothing of the conversation changes.

        Raises ModelMissing or ModelError.
        """
        self.catalogue.sight.ready(self.models.image.get())

    def _look_at_items(self) -> None:
        """Search the items' pictures from now on, where there are any and a model to look with."""
        if self.catalogue.image is None and self.snapshot.vectors("image") is not None:
            # Without the model words alone still search; a picture that is shown says what is wrong.
            with suppress(ModelError):
                self._look_with(self.models.image.get())

    def _look_with(self, encoder: ImageEncoder) -> None:
        if self.catalogue.image is None:
            seeing = self.catalogue.seeing(encoder)
            self._catalogue = Lazy(lambda: seeing)

    def _play(
        self,
        perceived: Perceived,
        act: Callable[[Dialogue], Outcome],
        timings: dict[str, float],
        began: float,
    ) -> Iterator[Event]:
        """Play `act`, which does the turn on the dialogue it is given."""
        searching = perf_counter()
        # A turn works on a copy, so that one that fails, or is closed before its cards, leaves no trace.
        dialogue = self.dialogue.copy()
        outcome = act(dialogue)
        timings["retrieve"] = _ms(searching, perf_counter())
        yield Understood(perceived.request, outcome.act)
        self._past.append(self.dialogue)
        self.dialogue = dialogue
        timings["first_card"] = _ms(began, perf_counter())
        if outcome.cards or outcome.headline:
            yield Shown(outcome.cards, outcome.headline)
        pieces: list[str] = []
        reply = Reply(outcome.brief, ClaimChecker(outcome.brief, self.snapshot, self.catalogue.vocabulary))
        written = self.models.chat.get().write(outcome.brief)
        try:
            for piece in reply.stream(written):
                timings.setdefault("first_token", _ms(began, perf_counter()))
                pieces.append(piece)
                yield Said(piece)
        finally:
            if isinstance(written, Generator):
                written.close()
        timings.setdefault("first_token", _ms(began, perf_counter()))
        timings["total"] = _ms(began, perf_counter())
        answer = "".join(pieces).strip()
        yield Finished(self._turn(dialogue.turn, perceived, outcome, answer, reply.claims, timings))

    def _turn(
        self,
        number: int,
        perceived: Perceived,
        outcome: Outcome,
        answer: str,
        claims: Claims,
        timings: dict[str, float],
    ) -> Turn:
        return Turn(
            turn=number,
            request=perceived.request,
            act=outcome.act,
            items=outcome.cards,
            answer=answer,
            claims=claims,
            timings_ms={name: round(timings[name], 1) for name in PHASES},
            models=self.models.names(),
        )


def play(events: Iterator[Event]) -> Turn:
    """Play a turn to its end and return it."""
    turn: Turn | None = None
    for event in events:
        if isinstance(event, Finished):
            turn = event.turn
    if turn is None:
        raise RuntimeError("a stream of events ended without Finished")
    return turn


def _ms(start: float, end: float) -> float:
    return (end - start) * 1000
