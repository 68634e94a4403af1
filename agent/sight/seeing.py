"""A few words for what a picture shows: its measured colour, and the catalogue's own kind, pattern and material.

What is measured outranks what a model takes it for. A word that is not sure is left unsaid: a person can add what is
missing more easily than take back what is wrong.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from agent.roles import lowered
from agent.sight.aspects import PLAIN, Aspect, coarser_kinds, pattern_of, views_of
from agent.sight.classify import Classifier, Guess
from agent.sight.wording import singular, with_article
from encoders.wordings import encode_wordings
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from agent.linking.fields import Fields
    from agent.perceive import Perceived
    from agent.sight.aspects import View
    from encoders.colours import ColourShare
    from encoders.protocols import ImageEncoder
    from retrieval.snapshot import Snapshot
    from retrieval.types import Column

    Floats = NDArray[np.float32]

_PROMPTS: Final = {
    Aspect.COLOUR: ("a picture of something {}", "a {} thing", "{}"),
    Aspect.PATTERN: ("a picture of something {}", "a {} pattern", "{} fabric"),
    Aspect.MATERIAL: ("a picture of something made of {}", "a thing of {}", "{}"),
    Aspect.KIND: ("a picture of {a}", "a drawing of {a}", "{}"),
}
"""Several wordings of a value, whose vectors are averaged."""
_COMMON_PATTERNS: Final = ("striped", "checked", "spotted", "floral", PLAIN)
_SECOND: Final = 0.3
"""Share from which the second colour of a thing is said too: a band or a sole has less."""
_NEARLY_ALL: Final = 0.9
"""Part of the items that have a value in a column of wider kinds which any thing must fit: a dress has no genre."""


class Sight:
    """Names what pictures show in the words of one catalogue; each aspect is measured once, when first needed."""

    def __init__(self, snapshot: Snapshot, fields: Fields, unlearnt: Collection[int] = ()) -> None:
        """Choose the columns; nothing is encoded yet. Pictures of the rows `unlearnt` are not learnt from."""
        self._snapshot = snapshot
        self._unlearnt = frozenset(unlearnt)
        self.views = views_of(fields)
        self._coarser = coarser_kinds(fields)
        self._classifiers: dict[tuple[str, str], Classifier] = {}

    def ready(self, encoder: ImageEncoder) -> None:
        """Measure every aspect now, so that the first picture does not wait for it: 1 s on the demo."""
        for view in (*self.views.values(), *self._coarser):
            self._classifier(view, encoder)

    def see(self, perceived: Perceived, encoder: ImageEncoder) -> Perceived:
        """Return the request with words for each of its pictures."""
        if perceived.each is None:
            return perceived
        colours = perceived.colours or ((),) * len(perceived.each)
        pictures = tuple(
            replace(picture, seen=self.words(vector, shares, encoder))
            for picture, vector, shares in zip(
                perceived.request.pictures, perceived.each, colours, strict=True
            )
        )
        return replace(perceived, request=replace(perceived.request, pictures=pictures))

    def words(self, vector: Floats, colours: Sequence[ColourShare], encoder: ImageEncoder) -> tuple[str, ...]:
        """Return the words for a picture in the order they are read: 'red', 'striped', 'cotton', 'shirt'."""
        found = [*self.colour_words(colours)]
        for aspect in (Aspect.COLOUR, Aspect.PATTERN, Aspect.MATERIAL):
            guess = None if aspect is Aspect.COLOUR and found else self.guess(aspect, vector, encoder)
            if guess and guess.sure and guess.value != PLAIN:
                found.append(lowered(aspect.value, guess.value))
        found.extend(self._kind(vector, encoder))
        return tuple(dict.fromkeys(found))

    def _kind(self, vector: Floats, encoder: ImageEncoder) -> tuple[str, ...]:
        """Return what a thing is, in the narrowest words that are sure: 'handbag', else 'bag'."""
        finest = self.views.get(Aspect.KIND)
        for view in (*((finest,) if finest else ()), *self._coarser):
            guess = self._classifier(view, encoder).guess(vector)
            if guess.sure:
                return (singular(guess.value),)
        return ()

    def certain_kind(self, vector: Floats, encoder: ImageEncoder) -> tuple[Column, str] | None:
        """Return what a thing is, as a column and its value, where that is certain enough to leave all else out.

        What is said is right four times of five, and an error is corrected in a word; a wrong condition hides what is
        right. So the nearest picture must be of that kind too, and narrow and wide kinds must agree: a handbag stands
        with bags. Where only the wide kind shows, that must be right 95 times of 100. Of pictures that were
        not learnt from, what is said is right 88 (demo) and 80 (a shop) times of 100, this 93 and 87 times.
        """
        view = self.views.get(Aspect.KIND)
        if view is None or view.column.role is not Role.FACET:
            return None
        narrow = self._classifier(view, encoder)
        guess = narrow.guess(vector)
        if not narrow.nearest_has(guess.value, vector):
            return None
        # A genre, that films alone have, is no kind that a dress must fit.
        wide = [one for one in self._coarser if one.column.filled >= _NEARLY_ALL * len(self._snapshot)]
        wider = [(one.column, self._classifier(one, encoder).guess(vector)) for one in wide]
        fits = [other.value == self._commonest(column, view, guess.value) for column, other in wider]
        if guess.sure and all(fits):
            return view.column, guess.value
        for (column, other), fit in zip(wider, fits, strict=True):
            if other.certain and fit:
                return column, other.value
        return None

    def _commonest(self, wider: Column, view: View, kind: str) -> str:
        """Return the value that most things of a kind have in a column of wider kinds; '' where they have none."""
        held = Counter(
            value
            for cell, values in zip(
                self._snapshot.words(view.column.name), self._snapshot.words(wider.name), strict=True
            )
            if kind in cell
            for value in values
        )
        return held.most_common(1)[0][0] if held else ""

    def colour_words(self, colours: Sequence[ColourShare]) -> tuple[str, ...]:
        """Return the catalogue's names for the one or two colours that make up a thing, ours where it has none."""
        from encoders.colour_names import name_among

        view = self.views.get(Aspect.COLOUR)
        told = [colour for colour in colours[:2] if colour is colours[0] or colour.share >= _SECOND]
        names = [name_among(colour.rgb, view.values) if view else colour.name for colour in told]
        return tuple(dict.fromkeys(lowered("colour", name) for name in names if name))

    def guess(self, aspect: Aspect, vector: Floats, encoder: ImageEncoder) -> Guess | None:
        """Return the best of the catalogue's values for an aspect of a picture; None where it has none."""
        view = self.views.get(aspect)
        return self._classifier(view, encoder).guess(vector) if view else None

    def pattern(self, vector: Floats, encoder: ImageEncoder) -> Guess:
        """Return the best pattern for a picture, among common ones where the catalogue has none of its own."""
        guess = self.guess(Aspect.PATTERN, vector, encoder)
        if guess is not None:
            return guess
        key = "", encoder.id
        if key not in self._classifiers:
            words = _encoded(Aspect.PATTERN, _COMMON_PATTERNS, encoder)
            self._classifiers[key] = Classifier(_COMMON_PATTERNS, words, encoder.scale)
        return self._classifiers[key].guess(vector)

    def looks(self, pattern: str, vector: Floats, encoder: ImageEncoder) -> bool | None:
        """Tell whether a picture shows a pattern, 'patterned' meaning any; None when it can't be told."""
        guess = self.pattern(vector, encoder)
        if not guess.sure:
            return None
        seen = pattern_of(guess.value) or guess.value
        return seen != PLAIN if pattern == "patterned" else seen == pattern

    def aspect_of(self, word: str) -> Aspect | None:
        """Return which aspect a word is a value of, in the catalogue or in plain English."""
        from encoders.colour_names import is_colour

        folded = word.casefold().strip()
        for view in (*self.views.values(), *self._coarser):
            if any(folded in (value.casefold(), singular(value).casefold()) for value in view.values):
                return view.aspect
        if is_colour(folded):
            return Aspect.COLOUR
        return Aspect.PATTERN if pattern_of(folded) else None

    def _classifier(self, view: View, encoder: ImageEncoder) -> Classifier:
        key = view.column.name, encoder.id
        if key not in self._classifiers:
            values = view.values
            if view.aspect is Aspect.PATTERN and PLAIN not in map(pattern_of, values):
                values = (*values, PLAIN)
            gallery, labels = self._gallery(view, values, encoder)
            words = _encoded(view.aspect, values, encoder)
            self._classifiers[key] = Classifier(values, words, encoder.scale, gallery, labels)
        return self._classifiers[key]

    def _gallery(
        self, view: View, values: tuple[str, ...], encoder: ImageEncoder
    ) -> tuple[Floats | None, NDArray[np.bool_] | None]:
        """Return the vectors of the items' pictures and which values each item has, where both are known."""
        vectors = self._snapshot.vectors("image")
        if vectors is None or self._snapshot.encoder_id("image") != encoder.id:
            return None, None
        places = {value: place for place, value in enumerate(values)}
        plain = places.get(PLAIN)
        rows: list[int] = []
        labels: list[list[int]] = []
        for row, cell in enumerate(self._snapshot.words(view.column.name)):
            held = [places[value] for value in cell if value in places]
            if not held and cell and view.aspect is Aspect.PATTERN and plain is not None:
                held = [plain]
            if held and vectors[row].any() and row not in self._unlearnt:
                rows.append(row)
                labels.append(held)
        known = np.zeros((len(rows), len(values)), bool)
        for at, held in enumerate(labels):
            known[at, held] = True
        return np.asarray(vectors[rows], np.float32), known


def _encoded(aspect: Aspect, values: Sequence[str], encoder: ImageEncoder) -> Floats:
    """Return a unit vector for each value, the mean of its wordings, shape (values, dimension)."""
    said = [singular(value) if aspect is Aspect.KIND else value.casefold() for value in values]
    return encode_wordings(
        encoder, [[prompt.format(one, a=with_article(one)) for one in said] for prompt in _PROMPTS[aspect]]
    )
