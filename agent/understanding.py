"""From what was perceived to a reading.

The chat model reads the words; what points at a picture, corrects what was seen or heard, or asks how something looks
is read beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.acts.looking import read_look
from agent.hearing import beside_clip, sounding_like
from agent.hearing import correction as correction_of_tempo
from agent.heed import heed
from agent.looks import of_pictures
from agent.pictured import dropping, pointed, with_picture_in_force, with_pictures
from agent.reconcile import reconcile
from agent.seen_kind import widened
from agent.sight.correcting import as_reading, corrected, correction
from agent.types import ActName, Phrase, PhraseKind, Reading

if TYPE_CHECKING:
    from agent.catalogue import Catalogue
    from agent.chat.protocol import ChatModel
    from agent.perceive import Perceived
    from agent.state import Dialogue


@dataclass(frozen=True, slots=True)
class Understanding:
    """Reads the turns of one conversation as it stands."""

    catalogue: Catalogue
    dialogue: Dialogue
    chat: ChatModel
    heeds: bool = True
    """Whether readings are held against plain words and against the catalogue's own."""

    def read(self, perceived: Perceived) -> tuple[Perceived, Reading]:
        """Read a turn; a picture or a sound alone is a search for its like.

        Returns the request too: with the picture whose looks rank where words choose among several, and with what was
        seen as words have corrected it.
        """
        if perceived.request.pictures:
            perceived, reading = self._beside_pictures(perceived)
        elif made := self._of_this_turn(perceived):
            return made
        else:
            reading = self._words(perceived.words, ())
            reading = sounding_like(reading, perceived.words, self.catalogue.linker.mending.is_title)
            if perceived.sound is None:
                reading = read_look(reading, perceived, self.dialogue)
            if self.dialogue.image is not None:
                reading = with_picture_in_force(reading)
        if perceived.sound is not None and perceived.words:
            tempo, known = perceived.sound.tempo, self.catalogue.linker.is_attribute
            reading = beside_clip(reading, perceived.words, tempo, known)
        return perceived, reading

    def _of_this_turn(self, perceived: Perceived) -> tuple[Perceived, Reading] | None:
        """Read what needs no model: no words at all, a correction, the picture in force taken back; None for others."""
        words, dialogue = perceived.words, self.dialogue
        if not words:
            return perceived, Reading(ActName.RECOMMEND)
        if perceived.sound is None and (tempo := correction_of_tempo(words, dialogue)):
            return perceived, tempo
        if perceived.sound is None and self.catalogue.linker.written.is_all(words):
            return perceived, self._written(words)
        if dialogue.image is None:
            return None
        if wider := widened(words, dialogue.constraints, self.catalogue):
            return perceived, wider
        if made := self._correction(perceived):
            return made
        about = pointed(words, 0)
        if not about.drops:
            return None
        return perceived, dropping(self._words(about.words, ()) if about.words else None)

    def _written(self, words: str) -> Reading:
        """Read conditions as this program writes them: 'price ≤ 80 · not leather'."""
        dialogue = self.dialogue
        going_on = bool(dialogue.query or dialogue.constraints or dialogue.near or dialogue.shows)
        parts = self.catalogue.linker.written.parts(words)
        wishes = tuple(Phrase(PhraseKind.WANT, part) for part in parts)
        return Reading(ActName.REFINE if going_on else ActName.RECOMMEND, phrases=wishes)

    def _beside_pictures(self, perceived: Perceived) -> tuple[Perceived, Reading]:
        pictures, dialogue = perceived.request.pictures, self.dialogue
        about = pointed(perceived.words, len(pictures))
        perceived, about, wishes = of_pictures(perceived, about, self.catalogue)
        # Without words for it a picture is still there: 'this' is then read as it, and not as an item on screen.
        # Where it only lends its colour, what the words point at is on screen.
        seen = tuple(word for picture in pictures for word in picture.seen) or ("thing",)
        going_on = bool(dialogue.query or dialogue.constraints or dialogue.near)
        act = ActName.RECOMMEND if about.subject or not going_on else ActName.REFINE
        reading = self._words(about.words, seen if about.bases else ()) if about.words else Reading(act)
        reading = read_look(reading, perceived, dialogue)
        return perceived, with_pictures(reading, about, wishes, going_on=going_on)

    def _words(self, words: str, seen: tuple[str, ...]) -> Reading:
        scene = self.dialogue.scene(words, seen, self.catalogue.snapshot)
        reading = self.chat.read(scene)
        if not self.heeds:
            return reading
        return reconcile(heed(reading, scene), words, self.catalogue.linker, self.dialogue)

    def _correction(self, perceived: Perceived) -> tuple[Perceived, Reading] | None:
        """Return the request and reading of words that correct what the search's picture shows; None for others."""
        pictured, sight = self.dialogue.pictured, self.catalogue.sight
        if pictured is None:
            return None
        seen = [word for picture in pictured.request.pictures for word in picture.seen]
        made = correction(perceived.words, seen, sight)
        if made is None:
            return None
        pictures = tuple(
            replace(one, seen=corrected(one.seen, made, sight)) for one in pictured.request.pictures
        )
        request = replace(perceived.request, pictures=pictures)
        confirmed = tuple(word for picture in pictures for word in picture.seen)
        return replace(perceived, request=request, sees=confirmed), as_reading(made, confirmed, sight)
