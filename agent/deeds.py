"""What a turn does: links the reading, does its act on a dialogue, and brings the dialogue up to date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.acts.outcome import Context
from agent.acts.table import HANDLERS
from agent.afresh import begins_anew, told_anew
from agent.amend import amended, told_empty
from agent.linking.folding import fold
from agent.linking.link import Linked
from agent.linking.references import Screen
from agent.looks import stand_in
from agent.perceive import Perceived
from agent.seen_kind import still_in_force, wished_by_picture
from agent.standing import standing_constraints
from agent.taste import learn_from_critique
from agent.types import SEARCHES, ActName, Phrase, PhraseKind, Reading, Request

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from agent.acts.outcome import Outcome
    from agent.amend import Edit
    from agent.catalogue import Catalogue
    from agent.looks import StandIn
    from agent.state import Dialogue
    from retrieval.store.people import People

_MERGING = frozenset({ActName.REFINE, ActName.SIMILAR})
"""Acts that change the search in force; the others read their phrases on their own."""


@dataclass(frozen=True, slots=True)
class Deeds:
    """Does acts for one person with one catalogue; each changes only the dialogue that it is given."""

    catalogue: Catalogue
    people: People
    user: str
    clock: Callable[[], datetime]

    def context(self, dialogue: Dialogue) -> Context:
        """Return what a question beside the turns looks at: a copy of `dialogue`, and nothing said."""
        return Context(
            catalogue=self.catalogue,
            dialogue=dialogue.copy(),
            people=self.people,
            user=self.user,
            perceived=Perceived(Request(""), None),
            reading=Reading(ActName.EXPLAIN),
            linked=Linked(),
        )

    def act(self, perceived: Perceived, reading: Reading, dialogue: Dialogue) -> Outcome:
        """Link the reading, do its act and bring the dialogue up to date."""
        if reading.act is ActName.DETAIL and reading.query:
            # What a question asks about is a value to look up: 'waterproof' of 'is it waterproof?'
            size = self.catalogue.fields.named("size") if reading.query.isdecimal() else None
            asked = Phrase(PhraseKind.WANT, f"{size.label} {reading.query}" if size else reading.query)
            reading = replace(reading, query="", phrases=(*reading.phrases, asked))
        reading = dialogue.answered(reading)
        going_on, left = reading.act is ActName.REFINE, dialogue.copy()
        compared = self._compared(perceived, reading)
        reading, linked, afresh = self._link(reading, perceived, dialogue, compared)
        outcome = self._carry_out(perceived, reading, linked, dialogue, afresh=afresh, compared=compared)
        if going_on and afresh and outcome.headline is None:
            outcome = replace(outcome, headline=told_anew(left, self.catalogue))
        return outcome

    def amend(self, perceived: Perceived, edit: Edit, dialogue: Dialogue) -> Outcome:
        """Do an edit and bring the dialogue up to date."""
        name = self.catalogue.snapshot.name
        reading, linked = amended(edit, dialogue, self.catalogue, self.clock().date())
        for item in edit.admit:
            self.people.forget(self.user, catalogue=name, item=item)
        outcome = self._carry_out(perceived, reading, linked, dialogue, afresh=False, compared=None)
        return told_empty(outcome, dialogue, bool(self.people.taste(self.user, name).items))

    def _carry_out(
        self,
        perceived: Perceived,
        reading: Reading,
        linked: Linked,
        dialogue: Dialogue,
        *,
        afresh: bool,
        compared: StandIn | None,
    ) -> Outcome:
        """Do an act that was linked."""
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
        if perceived.request.pictures:
            # Words that correct what was seen have the picture's words, and its vectors are those of before.
            before = perceived if perceived.each is not None else dialogue.pictured or perceived
            dialogue.pictured = replace(before, request=perceived.request, sees=perceived.sees)
            if perceived.each is None:
                dialogue.sees = perceived.sees
        dialogue.turn += 1
        dialogue.asked = dialogue.pending = None
        outcome = HANDLERS[reading.act](context)
        if reading.act is ActName.REFINE and not afresh:
            learn_from_critique(dialogue, linked.fresh)
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
        self, reading: Reading, perceived: Perceived, dialogue: Dialogue, compared: StandIn | None
    ) -> tuple[Reading, Linked, bool]:
        """Link the reading of a request, with the search in force where its act goes on with it.

        `compared` stands for the picture of this turn. Returns the reading, which may turn out to go on or to begin
        anew, what it links to, and whether a search begins afresh.
        """
        link = self.catalogue.linker.link
        screen = Screen(dialogue.screen, tuple(reversed(dialogue.screens[:-1])), dialogue.focus)
        if compared is not None:
            screen = Screen((compared.item,), (), compared.item) if compared.item else Screen()
        before = still_in_force(reading, perceived, dialogue.constraints)
        seen = wished_by_picture(reading, perceived, before, self.catalogue)
        linked = link(reading, screen, before if reading.act in _MERGING else (), seen)
        if reading.act is ActName.SIMILAR and reading.references:
            if linked.items and set(linked.items) <= dialogue.seen:
                return reading, linked, False
            # Like something that the search in force did not show: its conditions are not meant.
            return reading, link(reading, screen), True
        if begins_anew(reading, fold(perceived.words), linked, screen, dialogue, self.catalogue):
            reading = replace(reading, act=ActName.RECOMMEND)
            return reading, link(reading, screen, seen=seen), True
        if reading.act is ActName.RECOMMEND and dialogue.asked and linked.fresh:
            # 'A scarf', said to 'which kind?', answers; what was said before the question still holds.
            reading = replace(reading, act=ActName.REFINE)
            return reading, link(reading, screen, before, seen), False
        return reading, linked, reading.act is ActName.RECOMMEND
