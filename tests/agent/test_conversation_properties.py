"""Whatever is read from a person, and whatever a model writes, the contract of a turn holds."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agent.contract import turn_to_json
from agent.linking.describe import describe
from agent.linking.fields import Fields
from agent.types import ActName, Finished, Phrase, PhraseKind, Reading, Said, Shown, Turn, Understood
from encoders.errors import VitrineError
from retrieval.search.searcher import Searcher
from retrieval.types import Status
from tests.agent.shop import ENCODER, Shop, dozen

if TYPE_CHECKING:
    from collections.abc import Iterator

    from agent.types import Brief, Event, Scene

QUERIES = [
    "",
    "boots",
    "a scarf",
    "red leather handbag",
    "something warm",
    "thing you have",
    "a motorbike",
    "Kelda",
]
WORDS = [
    "red",
    "green",
    "waterproof",
    "leather",
    "silk",
    "for a wedding",
    "boots",
    "vegan",
    "navy",
    "plutonium",
    "12",
]
LIMITS = [
    "under 80",
    "over 1000",
    "5 to 10 pounds",
    "cheaper",
    "at least 4.5 stars",
    "after 2024",
    "about 70",
    "big",
]
REFERENCES = ["the second one", "it", "the first two", "the ninth", "the black one", "Kelda Trail Boot", "Inception",
              "the cheapest", "all", "", "the others"]  # fmt: skip
SORTS = [None, "cheapest", "best rated first", "newest", "most expensive", "loudest"]
NOTES = [None, "I'm vegan", "I'm allergic to wool", "everything", "wool", "my size is 9"]

PHRASES = st.one_of(
    st.builds(Phrase, st.sampled_from([PhraseKind.WANT, PhraseKind.AVOID]), st.sampled_from(WORDS)),
    st.builds(Phrase, st.just(PhraseKind.LIMIT), st.sampled_from(LIMITS)),
    st.builds(
        Phrase, st.just(PhraseKind.DROP), st.sampled_from(["price", "any colour", "everything", *WORDS])
    ),
)
READINGS = st.builds(
    Reading,
    act=st.sampled_from(ActName),
    query=st.sampled_from(QUERIES),
    phrases=st.lists(PHRASES, max_size=5).map(tuple),
    references=st.lists(st.sampled_from(REFERENCES), max_size=2).map(tuple),
    sort=st.sampled_from(SORTS),
    count=st.sampled_from([None, "two", "7", "a few", "a hundred"]),
    stars=st.sampled_from([None, "four stars", "0", "six", "2/5"]),
    note=st.sampled_from(NOTES),
)
KEYS = {
    "turn": {"turn", "request", "act", "items", "answer", "claims", "timings_ms", "models"},
    "act": {"name", "query", "constraints", "items", "sort", "count", "stars", "question"},
    "item": {"rank", "id", "title", "price", "facets", "image", "score", "evidence"},
    "evidence": {"shares", "met", "missed", "quotes"},
    "timings_ms": {"perceive", "decide", "retrieve", "first_card", "first_token", "total"},
    "models": {"chat", "text", "image", "speech"},
}
SEARCHER = Searcher(dozen(), ENCODER)
FIELDS = Fields(dozen().columns, len(dozen()))
NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


class Liar:
    """A ChatModel that mixes what its brief says with prices, titles, names and attributes that are not so."""

    id = "liar"

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        self.readings: list[Reading] = []
        self.briefs: list[Brief] = []
        self.lies: list[str] = []

    def read(self, scene: Scene) -> Reading:
        return self.readings.pop(0)

    def write(self, brief: Brief) -> Iterator[str]:
        self.briefs.append(brief)
        self.lies = []
        for rank, item in enumerate(brief.items, 1):
            honest = ", ".join(f"{{{rank}.{fact.slot}}}" for fact in item.facts)
            yield f"{{{rank}.title}}: {honest}. "
            for lie in self._random.sample(lies(item.id, rank), 3):
                self.lies.append(lie.replace(f"{{{rank}.title}}", item.title))
                yield f"{lie} "
        if brief.relaxed:
            yield "That is without {r1}."
        if brief.ask:
            yield "Which {ask}? "


def lies(item_id: str, rank: int) -> list[str]:
    """Sentences about an item that are false in the tests' catalogue."""
    item = dozen().item(item_id)
    price = float(str(item.fields["price"]))
    others = [other for other in dozen().items(dozen().ids) if other.id != item_id]
    false = [
        f"{{{rank}.title}} is £{price + 1.5:.2f}.",
        f"{{{rank}.title}} costs {price + 3:g} pounds.",
        f"{item.title} is now {price / 2:.2f} only.",
        f"{{{rank}.title}} is made by Gucci.",
        f"{{{rank}.title}} won the Lumenprize.",
        f"{{{rank}.title}} has 17 pockets.",
        f"{{{rank}.title}} costs {{{rank + 40}.price}}.",
    ]
    for other in others:
        if other.title not in item.title and item.title not in other.title:
            false.append(f"{{{rank}.title}} is better than the {other.title} at £{price + 2:.2f}.")
        if other.fields["price"] != price:
            false.append(f"{{{rank}.title}} is £{float(str(other.fields['price'])):.2f}.")
        for field in ("colour", "material"):
            text = " ".join(map(str, (item.title, *item.fields.values()))).casefold()
            if str(other.fields[field]).casefold() not in text:
                false.append(f"{{{rank}.title}} comes in {other.fields[field]}.")
    return false


def events_of(shop: Shop, text: str) -> list[Event]:
    return list(shop.conversation.say(text))


@given(st.lists(READINGS, min_size=1, max_size=6), st.integers(0, 10**6))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_every_turn_of_any_conversation_keeps_the_contract(readings: list[Reading], seed: int) -> None:
    liar = Liar(seed)
    with TemporaryDirectory() as folder:
        shop = Shop(Path(folder), chat=liar)
        refused: set[str] = set()
        for number, reading in enumerate(readings, 1):
            liar.readings = [reading]
            before = len(liar.briefs)
            try:
                events = events_of(shop, "is it any good?")
            except VitrineError as error:
                raise AssertionError(f"{reading} raised {error}") from error
            turn = in_order(events)
            assert turn.turn == number
            cards_hold(turn)
            json_holds(turn)
            answer_holds(turn, liar.briefs[-1] if len(liar.briefs) > before else None, liar.lies)
            refused = (refused | shop.conversation.dialogue.refused) & shop.conversation.dialogue.refused
            if turn.act.name in (ActName.RECOMMEND, ActName.REFINE, ActName.SIMILAR, ActName.DISLIKE):
                assert not refused & {card.id for card in turn.items}
        shop.people.close()


def in_order(events: list[Event]) -> Turn:
    kinds = [type(event) for event in events]
    assert kinds[0] is Understood
    assert kinds[-1] is Finished
    assert kinds.count(Understood) == kinds.count(Finished) == 1
    assert kinds.count(Shown) <= 1
    assert Shown not in kinds or kinds.index(Shown) == 1
    last = events[-1]
    assert isinstance(last, Finished)
    turn = last.turn
    assert "".join(event.text for event in events if isinstance(event, Said)).strip() == turn.answer
    assert turn.answer
    shown = next((event for event in events if isinstance(event, Shown)), None)
    assert turn.items == (shown.items if shown else ())
    times = turn.timings_ms
    assert 0 <= times["first_card"] <= times["first_token"] <= times["total"]
    for constraint in turn.act.constraints:
        if constraint.status is Status.RELAXED and turn.act.name is not ActName.EXPLAIN and turn.items:
            assert shown is not None
            assert describe(constraint, FIELDS) in str(shown.headline)
    return turn


def cards_hold(turn: Turn) -> None:
    assert [card.rank for card in turn.items] == list(range(1, len(turn.items) + 1))
    assert len({card.id for card in turn.items}) == len(turn.items)
    for card in turn.items:
        for constraint in turn.act.constraints:
            if constraint.status is Status.ENFORCED:
                assert SEARCHER.meets(constraint, card.id), (turn.act, card)
            elif constraint.status is Status.RELAXED and not SEARCHER.meets(constraint, card.id):
                assert describe(constraint, FIELDS) in card.evidence.missed
        shares = card.evidence.shares
        assert not shares or abs(sum(shares.values()) - 1) < 1e-6
        assert all(share >= 0 for share in shares.values())


def json_holds(turn: Turn) -> None:
    made = turn_to_json(turn)
    assert json.loads(json.dumps(made, allow_nan=False)) == made
    assert set(made) == KEYS["turn"]
    for name in ("act", "timings_ms", "models"):
        assert set(made[name]) == KEYS[name]
    for item in made["items"]:
        assert set(item) == KEYS["item"]
        assert set(item["evidence"]) == KEYS["evidence"]


def answer_holds(turn: Turn, brief: Brief | None, told_lies: list[str]) -> None:
    """Every number and title of the answer stands in the records shown, the request or the brief; no lie is left."""
    for lie in told_lies if brief is not None else ():
        assert lie not in turn.answer
    if brief is not None and brief.items:
        assert turn.claims.removed >= len(told_lies)
        assert turn.claims.checked >= turn.claims.removed
    known = [str(brief), turn.request.text, str(turn.act), str(len(turn.items))]
    known += [str(item) for item in dozen().items(item.id for item in (brief.items if brief else ()))]
    text = turn.answer
    allowed = {float(found.replace(",", "")) for part in known for found in NUMBER.findall(part)}
    for found in NUMBER.findall(text):
        assert float(found.replace(",", "")) in allowed, (found, text)
    evidence = " ".join(known)
    for title in sorted(dozen().titles(), key=len, reverse=True):
        if title in text:
            assert title in evidence, (title, text)
            text = text.replace(title, " ")
