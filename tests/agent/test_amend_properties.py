"""Whatever search is in force and however it is edited, the contract of a turn holds and its evidence is true."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.amend import Held
from agent.why import State
from tests.agent.shop import Shop, dozen
from tests.agent.test_conversation_properties import (
    LIMITS,
    QUERIES,
    READINGS,
    SEARCHER,
    WORDS,
    Liar,
    answer_holds,
    cards_hold,
    events_of,
    in_order,
    json_holds,
)

if TYPE_CHECKING:
    from agent.types import Reading

ADDED = st.lists(
    st.sampled_from(
        [*WORDS, *LIMITS, "price ≤ 80", "not leather", "≥ 4.3 stars", "colour != red", "<", "≠", ","]
    ),
    max_size=3,
).map(" · ".join)
EDITS = st.tuples(
    st.lists(st.integers(0, 5), max_size=3),
    ADDED,
    st.sampled_from([None, None, *QUERIES]),
    st.frozensets(st.sampled_from(list(Held))),
)


@given(st.lists(st.tuples(READINGS, EDITS), min_size=1, max_size=3), st.integers(0, 10**6))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_edit_of_any_conversation_keeps_the_contract(
    played: list[tuple[Reading, tuple[list[int], str, str | None, frozenset[Held]]]], seed: int
) -> None:
    liar = Liar(seed)
    with TemporaryDirectory() as folder:
        shop = Shop(Path(folder), chat=liar)
        for reading, (places, add, query, forget) in played:
            liar.readings = [reading]
            events_of(shop, "is it any good?")
            held = shop.conversation.dialogue.constraints
            drop = [held[place] for place in places if place < len(held)]
            before = len(liar.briefs)
            turn = in_order(list(shop.conversation.amend(drop, add, query, forget=forget)))
            cards_hold(turn)
            json_holds(turn)
            answer_holds(turn, liar.briefs[-1] if len(liar.briefs) > before else None, liar.lies)
            assert not {one for one in drop if one.said not in add} & set(turn.act.constraints)
            evidence_holds(shop)
        shop.people.close()


def evidence_holds(shop: Shop) -> None:
    """The evidence of any item, shown or not, is what the catalogue has; what it suggests can be played."""
    conversation = shop.conversation
    now = conversation.dialogue
    for item in (*now.screen, dozen().ids[0]):
        why = conversation.why(item)
        assert why.title == dozen().item(item).title
        assert [one.part for one in why.shares] == sorted((one.part for one in why.shares), reverse=True)
        if not why.moved_on:
            for told, one in zip(why.conditions, now.constraints, strict=True):
                if told.state is not State.UNKNOWN:
                    assert (told.state is State.MET) is SEARCHER.meets(one, item)
        if why.path is not None:
            assert why.path.source.id in {*now.near, *conversation.people.taste("me", "dozen").items}
        assert len(conversation.critiques(item)) <= 6
    for taste in conversation.taste():
        assert -1 <= taste.weight <= 1
        assert set(taste.items) <= now.judged
