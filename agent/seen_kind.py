"""The kind of thing that a picture shows, as a wish in force: 'like this but in black' of a handbag is for handbags.

Without it a search by looks goes on to black radios when no more handbags are black. It is a condition like any other,
but without words of the person, so that any kind they name takes its place and it is the first to be given up.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from agent.linking.merging import is_kind, is_seen
from agent.linking.phrases import constraint
from agent.pictured import drops_picture
from agent.sight.aspects import Aspect
from agent.sight.wording import singular
from agent.types import ActName, Phrase, PhraseKind, Reading

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.catalogue import Catalogue
    from agent.perceive import Perceived
    from agent.sight.seeing import Sight
    from encoders.protocols import ImageEncoder
    from retrieval.search.composition import Vector
    from retrieval.types import Constraint

_BESIDE: Final = re.compile(
    r"\b(?:(?:go(?:es|ing)?|wear|worn|pairs?|paired|teams?|teamed|looks?)(?: (?:well|nicely|good|best|up))? "
    r"(?:with|alongside|under|over|beside)|(?:match|suit|complement)(?:s|es|ing)?) "
    r"(?:this|that|it|these|those|them|the|my|both)\b",
    re.IGNORECASE,
)
"""What is sought beside the thing in the picture is of another kind: 'something that goes with this'."""

_NOT_ONLY: Final = re.compile(
    r"(?:no|ok|okay|and|but|it|they)?[, ]*"
    r"(?:not (?:only|just|necessarily)|(?:does|do|need)(?: not|n['’]?t) (?:have to |need to )?be)"
    r" (?:an? |the )?(?P<thing>[\w -]+)",
    re.IGNORECASE,
)


def seen_kind(perceived: Perceived, catalogue: Catalogue) -> tuple[Constraint, ...]:
    """Return the kind that the picture whose looks rank certainly shows, as at most one condition without words."""
    if perceived.image is None or catalogue.image is None or _BESIDE.search(perceived.words):
        return ()
    # Of several pictures only what all of them show, and never what a correction took back.
    return tuple(
        one
        for one in kind_in(catalogue.sight, perceived.image, catalogue.image)
        if singular(str(one.value)) in perceived.sees
    )


def kind_in(sight: Sight, picture: Vector, image: ImageEncoder) -> tuple[Constraint, ...]:
    """Return the kind that a picture, a vector of `image`, certainly shows, as at most one condition without words."""
    certain = sight.certain_kind(picture, image)
    return (constraint(certain[0], (certain[1],), "", avoid=False),) if certain else ()


def wished_by_picture(
    reading: Reading, perceived: Perceived, in_force: Sequence[Constraint], catalogue: Catalogue
) -> tuple[Constraint, ...]:
    """Return the kind that this turn's picture adds to its search; none where a search for a said kind goes on."""
    if reading.act not in (ActName.RECOMMEND, ActName.REFINE):
        return ()
    said = any(is_kind(one, catalogue.fields) and not (one.op.negative or is_seen(one)) for one in in_force)
    return () if said and reading.act is ActName.REFINE else seen_kind(perceived, catalogue)


def still_in_force(
    reading: Reading, perceived: Perceived, in_force: Sequence[Constraint]
) -> tuple[Constraint, ...]:
    """Return the conditions in force, without what a picture said that is taken back or followed by another."""
    if perceived.image is None and not drops_picture(reading):
        return tuple(in_force)
    return tuple(one for one in in_force if not is_seen(one))


def widened(words: str, in_force: Sequence[Constraint], catalogue: Catalogue) -> Reading | None:
    """Return the reading of words that take the kind a picture shows back, 'not only bags'; None for others."""
    said = _NOT_ONLY.fullmatch(words.strip(" .!"))
    if said is None or not any(map(is_seen, in_force)):
        return None
    if catalogue.sight.aspect_of(said["thing"]) is not Aspect.KIND:
        return None  # 'it doesn't have to be red'
    return Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.DROP, "kind"),))
