"""The turn: Request → Act → Results → checked reply → Turn, as a stream of events.

One engine for every face: `say` plays what a person said, `do` plays a command that was read already (a slash command
or a key on a card). Both yield Understood, then Shown if there are cards, then Said in pieces, then Finished. Closing
the stream cancels the turn: what was shown stays on screen, what was not yet said is not kept.
"""

from __future__ import annotations

import threading
from collections.abc import Generator
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from agent.acts.outcome import Context
from agent.acts.table import HANDLERS
from agent.catalogue import Catalogue
from agent.claims import ClaimChecker
from agent.heed import heed
from agent.linking.references import Screen
from agent.looks import of_pictures, stand_in
from agent.models import Lazy
from agent.perceive import Perceived, perceive
from agent.pictured import dropping, pointed, with_picture_in_force, with_pictures
from agent.reconcile import reconcile
from agent.reply import Reply
from agent.standing import standing_constraints
from agent.state import Dialogue
from agent.types import (
    PHASES,
    SEARCHES,
    ActName,
    Claims,
    Finished,
    Phrase,
    PhraseKind,
    Reading,
    Request,
    Said,
    Shown,
    Turn,
    Understood,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime
    from pathlib import Path

    from agent.acts.outcome import Outcome
    from agent.linking.link import Linked
    from agent.looks import StandIn
    from agent.models import Models
    from agent.types import Event
    from encoders.protocols import ImageEncoder
    from retrieval.snapshot import Snapshot
    from retrieval.store.people import People

_MERGING = frozenset({ActName.REFINE, ActName.SIMILAR})
"""Acts that change the search in force; the others read their phrases on their own."""
_SPOKEN_NAMES = 40


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
        self._clock = clock
        self._catalogue = Lazy(self._open_catalogue)

    @property
    def catalogue(self) -> Catalogue:
        """The catalogue with its search and linking, built the first time."""
        return self._catalogue.get()

    def _open_catalogue(self) -> Catalogue:
        return Catalogue.of(self.snapshot, self.models.text.get(), self.models.image.loaded, self._clock)

    def warm(self) -> threading.Thread:
        """Load the models and build the indexes in the background; what fails is raised by the turn that needs it."""

        def load() -> None:
            try:
                self.models.chat.get()
                self.catalogue.searcher.prepare()
                self.catalogue.linker.warm()
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

    def say(self, text: str = "", images: Sequence[Path] = (), voice: Path | None = None) -> Iterator[Event]:
        """Play one turn of typed words, pictures and a sound file.

        Raises InputError, ModelMissing or ModelError before anything of the conversation has changed.
        """
        began = perf_counter()
        names = [item.title for item in self.snapshot.items(self.dialogue.screen)][:_SPOKEN_NAMES]
        perceived = perceive(text, images, voice, self.models, names)
        if images:
            perceived = self._see(perceived, self.models.image.get())
        perceived_at = perf_counter()
        perceived, reading = self._read(perceived)
        timings = {
            "perceive": _ms(began, perceived_at),
            "decide": _ms(perceived_at, perf_counter()),
        }
        yield from self._play(perceived, reading, timings, began)

    def do(self, reading: Reading, text: str) -> Iterator[Event]:
        """Play a command; `text` is what the person typed."""
        began = perf_counter()
        yield from self._play(
            Perceived(Request(text), None), reading, {"perceive": 0.0, "decide": 0.0}, began
        )

    def _see(self, perceived: Perceived, encoder: ImageEncoder) -> Perceived:
        """Name what the pictures show; from the first picture on, searches look at pictures too."""
        if self.catalogue.image is None:
            seeing = self.catalogue.seeing(encoder)
            self._catalogue = Lazy(lambda: seeing)
        return self.catalogue.sight.see(perceived, encoder)

    def _read(self, perceived: Perceived) -> tuple[Perceived, Reading]:
        """Have the words read; a picture alone is a search for it, and so is one beside words that ask for nothing.

        Returns the request, with the picture whose looks rank where words choose among several, and its reading.
        """
        pictures, dialogue = perceived.request.pictures, self.dialogue
        if not pictures:
            if dialogue.image is None:
                return perceived, self._read_words(perceived.words, ())
            about = pointed(perceived.words, 0)
            if about.drops:
                return perceived, dropping(self._read_words(about.words, ()) if about.words else None)
            return perceived, with_picture_in_force(self._read_words(perceived.words, ()))
        about = pointed(perceived.words, len(pictures))
        perceived, about, wishes = of_pictures(perceived, about, self.catalogue)
        # Without words for it a picture is still there: 'this' is then read as it, and not as an item on screen.
        # Where it only lends its colour, what the words point at is on screen.
        seen = (
            (tuple(word for picture in pictures for word in picture.seen) or ("thing",))
            if about.bases
            else ()
        )
        going_on = bool(dialogue.query or dialogue.constraints or dialogue.near)
        act = ActName.RECOMMEND if about.subject or not going_on else ActName.REFINE
        reading = self._read_words(about.words, seen) if about.words else Reading(act)
        return perceived, with_pictures(reading, about, wishes, going_on=going_on)

    def _read_words(self, words: str, seen: tuple[str, ...]) -> Reading:
        scene = self.dialogue.scene(words, seen, self.snapshot)
        reading = heed(self.models.chat.get().read(scene), scene)
        return reconcile(reading, words, self.catalogue.linker, self.dialogue)

    def _play(
        self, perceived: Perceived, reading: Reading, timings: dict[str, float], began: float
    ) -> Iterator[Event]:
        searching = perf_counter()
        # A turn works on a copy, so that one that fails, or is closed before its cards, leaves no trace.
        dialogue = self.dialogue.copy()
        outcome = self._act(perceived, reading, dialogue)
        timings["retrieve"] = _ms(searching, perf_counter())
        yield Understood(perceived.request, outcome.act)
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

    def _act(self, perceived: Perceived, reading: Reading, dialogue: Dialogue) -> Outcome:
        """Link the reading, do its act and bring the dialogue up to date."""
        if reading.act is ActName.DETAIL and reading.query:
            # What a question asks about is a value to look up: 'waterproof' of 'is it waterproof?'
            size = self.catalogue.fields.named("size") if reading.query.isdecimal() else None
            asked = Phrase(PhraseKind.WANT, f"{size.label} {reading.query}" if size else reading.query)
            reading = replace(reading, query="", phrases=(*reading.phrases, asked))
        reading = dialogue.answered(reading)
        compared = self._compared(perceived, reading)
        reading, linked, afresh = self._link(reading, dialogue, compared)
        screens = len(dialogue.screens), dialogue.screen
        context = Context(
            catalogue=self.catalogue,
            dialogue=dialogue,
            people=self.people,
            user=self.user,
            perceived=perceived,
            reading=reading,
            linked=linked,
            afresh=afresh,
            standing=standing_constraints(self.people.notes(self.user), self.catalogue),
            stand_in=compared,
        )
        dialogue.turn += 1
        dialogue.asked = dialogue.pending = None
        outcome = HANDLERS[reading.act](context)
        dialogue.last_act = outcome.act.name
        dialogue.hear(perceived.words)
        if (len(dialogue.screens), dialogue.screen) != screens:
            dialogue.focus = None
        elif outcome.act.items:
            dialogue.focus = outcome.act.items[-1]
        return outcome

    def _compared(self, perceived: Perceived, reading: Reading) -> StandIn | None:
        """Return the item that a picture is compared by: 'this, cheaper' says of no item what it is cheaper than."""
        if perceived.image is None or reading.references or reading.act not in SEARCHES:
            return None
        return stand_in(perceived.image, reading, self.catalogue)

    def _link(
        self, reading: Reading, dialogue: Dialogue, compared: StandIn | None
    ) -> tuple[Reading, Linked, bool]:
        """Link the reading, with the search in force where its act goes on with it.

        `compared` stands for the picture of this turn. Returns the reading, which may turn out to go on, what it links
        to, and whether a search begins afresh.
        """
        link = self.catalogue.linker.link
        screen = Screen(dialogue.screen, tuple(reversed(dialogue.screens[:-1])), dialogue.focus)
        if compared is not None:
            screen = Screen((compared.item,), (), compared.item) if compared.item else Screen()
        linked = link(reading, screen, dialogue.constraints if reading.act in _MERGING else ())
        if reading.act is ActName.SIMILAR and reading.references:
            if linked.items and set(linked.items) <= dialogue.seen:
                return reading, linked, False
            # Like something that the search in force did not show: its conditions are not meant.
            return reading, link(reading, screen), True
        if reading.act is ActName.RECOMMEND and dialogue.asked and linked.fresh:
            # 'A scarf', said to 'which kind?', answers; what was said before the question still holds.
            reading = replace(reading, act=ActName.REFINE)
            return reading, link(reading, screen, dialogue.constraints), False
        return reading, linked, reading.act is ActName.RECOMMEND

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
