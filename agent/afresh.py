"""Whether a refinement is a search of its own: 'something on at the weekend for the kids', after jumpers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from agent.linking.describe import describe
from agent.linking.merging import is_kind
from agent.types import ActName
from retrieval.types import Op, Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.catalogue import Catalogue
    from agent.linking.link import Linked
    from agent.linking.references import Screen
    from agent.state import Dialogue
    from agent.types import Reading
    from retrieval.types import Constraint

_OF_ITS_OWN: Final = re.compile(
    r"\b(?:something|anything|somewhere|anywhere|someone|whats on|what is on|what is there|whats there)\b"
)
_SOMETHING: Final = re.compile(r"\bsome(?:thing|where|one)\b")
"""'Anything in tweed', after dresses, asks for tweed dresses, though there are none."""
_GOING_ON: Final = re.compile(
    r"\b(?:instead|rather|also|too|as well|same|similar|like|those|these|them|ones?|more|less|other|else|than|"
    r"[a-z]{3,}er(?<!water)(?<!summer)(?<!winter)(?<!dinner)(?<!computer)(?<!leather)(?<!silver)(?<!under)(?<!over))\b"
)
_CHOICES: Final = frozenset({Op.EQ, Op.IN, Op.CONTAINS})


def begins_anew(
    reading: Reading, words: str, linked: Linked, screen: Screen, dialogue: Dialogue, catalogue: Catalogue
) -> bool:
    """Tell whether a refinement of `words` leaves the search in force, whose things can't be what it asks for.

    It must sound like a request of its own, name no item and no change ('cheaper', 'instead'), find something alone,
    and ask for what none of the kind in force has (jumpers are on no weekday), or for a kind with which nothing in
    force fits, or follow a search that found nothing of what it named.
    """
    plainly = reading.act is ActName.REFINE and _OF_ITS_OWN.search(words) and not _GOING_ON.search(words)
    if not plainly or reading.references or dialogue.asked or not (dialogue.query or dialogue.constraints):
        return False
    alone = catalogue.linker.link(replace(reading, act=ActName.RECOMMEND), screen)
    wishes = [one for one in alone.fresh if _is_choice(one, catalogue)]
    matching = catalogue.searcher.matching
    if not wishes or not matching(alone.constraints):
        return False
    kinds = [one for one in dialogue.constraints if is_kind(one, catalogue.fields)]
    strange = [one for one in wishes if kinds and one not in kinds and not matching((*kinds, one))]
    if any(_SOMETHING.search(words) or not _is_told(one, kinds, catalogue) for one in strange):
        return True
    named = any(is_kind(one, catalogue.fields) for one in wishes)
    return dialogue.foreign or (named and not matching(linked.constraints))


def told_anew(dialogue: Dialogue, catalogue: Catalogue) -> str:
    """Say what is no longer looked for, in a line."""
    kinds = [one for one in dialogue.constraints if is_kind(one, catalogue.fields)]
    left = ", ".join(describe(one, catalogue.fields) for one in kinds or dialogue.constraints)
    return f"a new search, no longer for “{left or dialogue.query}”"


def _is_told(one: Constraint, kinds: Sequence[Constraint], catalogue: Catalogue) -> bool:
    """Tell whether any thing of the kind in force has a value in the column of a wish."""
    cells = catalogue.snapshot.words(one.field or "")
    return any(cells[row] for row in catalogue.searcher.rows(kinds).tolist())


def _is_choice(one: Constraint, catalogue: Catalogue) -> bool:
    column = catalogue.fields.get(one.field)
    facet = column is not None and column.role in (Role.FACET, Role.LIST)
    return facet and one.status is Status.ENFORCED and one.op in _CHOICES
