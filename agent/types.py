"""Values of a turn: what was asked (Request), read (Reading), meant (Act), shown (Card) and said (Turn)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.types import Constraint, Value


class ActName(StrEnum):
    """What a person does with a turn."""

    RECOMMEND = "recommend"
    """A new search."""
    REFINE = "refine"
    """The search in force, changed: 'cheaper', 'in black', 'any colour'."""
    SIMILAR = "similar"
    """Like an item: 'more like the second'."""
    COMPARE = "compare"
    EXPLAIN = "explain"
    """Why an item was shown."""
    DETAIL = "detail"
    """A question about an item: 'is it waterproof?'."""
    RATE = "rate"
    LIKE = "like"
    DISLIKE = "dislike"
    ASK = "ask"
    """Too vague to search: ask back."""
    REMEMBER = "remember"
    """A lasting fact about the person: 'I take a size 9'."""
    FORGET = "forget"
    CHAT = "chat"


SEARCHES = frozenset({ActName.RECOMMEND, ActName.REFINE, ActName.SIMILAR})
"""Acts that look for items and show what they found."""


class PhraseKind(StrEnum):
    """What a phrase does to the search."""

    WANT = "want"
    """An attribute wanted: 'red', 'for a wedding', 'waterproof', 'on saturday'."""
    AVOID = "avoid"
    """An attribute not wanted, without its negation: 'leather' of 'not leather'."""
    LIMIT = "limit"
    """A bound or amount with its cue and unit: 'under 80 quid', 'between 2 and 3 hours', 'cheaper', 'after 1995'."""
    DROP = "drop"
    """A condition taken back: 'price' of 'forget the price', 'colour' of 'any colour'."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the request that carry one condition."""

    kind: PhraseKind
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What a chat model understood, in phrases of the request; code links them to the catalogue."""

    act: ActName
    query: str = ""
    """What is looked for, without conditions: 'boots', 'something for a rainy evening'."""
    phrases: tuple[Phrase, ...] = ()
    references: tuple[str, ...] = ()
    """Items on screen or by name, as said: 'the second one', 'the black one', 'Kelda Trail Boot', 'it'."""
    sort: str | None = None
    """An order, as said: 'cheapest', 'best rated first', 'newest'."""
    count: str | None = None
    """How many, as said: 'three', 'a couple'."""
    stars: str | None = None
    """A rating, as said: 'four stars', '4/5'."""
    note: str | None = None
    """REMEMBER and FORGET: the fact, as said: 'I take a size 9'."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a chat model sees when it reads a turn."""

    text: str
    """The request, typed or transcribed, sanitised."""
    seen: tuple[str, ...] = ()
    """Words for the staged pictures."""
    screen: tuple[str, ...] = ()
    """Titles now on screen, first is number 1."""
    query: str = ""
    """The query in force."""
    constraints: tuple[Constraint, ...] = ()
    """The constraints in force."""
    last_act: ActName | None = None
    asked: str | None = None
    """The question that the previous turn ended with, if it did."""
    earlier: tuple[str, ...] = ()
    """The person's previous requests of this conversation, oldest first, at most three."""
    columns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """What the catalogue has: label to its commonest values, for models that read it."""


class FactKind(StrEnum):
    """Why a fact stands in a brief."""

    MET = "met"
    """A constraint the item meets."""
    MISSED = "missed"
    """A constraint the item misses (it was relaxed)."""
    EXTRA = "extra"
    """An attribute worth a mention."""
    QUOTE = "quote"
    """The catalogue's own words that answer the request."""
    ANSWER = "answer"
    """DETAIL and COMPARE: the attribute that was asked for."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One attribute of an item that a reply may use through its slot."""

    slot: str
    """Name inside the item: 'price', 'f1', 'q1'; written {2.price} for item 2."""
    kind: FactKind
    label: str
    """'price', 'colour', 'description'."""
    value: str
    """As it will be shown: '74.00', 'brown', '"seam-sealed"'."""
    gap: str | None = None
    """MISSED numbers: how far off: '4.50 over', '0.3 short'; written {2.price.gap}."""
    check: Constraint | None = None
    """The constraint it meets or misses."""
    source: str | None = None
    """Where it was found, if the value says so itself: 'its picture'; None for a cell of the catalogue."""


@dataclass(frozen=True, slots=True)
class BriefItem:
    """One item of a brief."""

    id: str
    title: str
    """Written {2.title}."""
    facts: tuple[Fact, ...]
    """In the order of their worth for this request."""


@dataclass(frozen=True, slots=True)
class Brief:
    """The evidence that a reply is written from; a reply may use nothing else."""

    act: ActName
    query: str
    """Written {query}; may be empty."""
    conditions: tuple[str, ...]
    """Constraints in force for people, 'price ≤ 80'; written {c1}, {c2} …"""
    relaxed: tuple[str, ...]
    """Constraints given up; written {r1} …"""
    ranked: tuple[str, ...]
    """Constraints the catalogue can't check; written {u1} …"""
    items: tuple[BriefItem, ...]
    matching: int
    """How many items fit; written {matching}."""
    note: str | None = None
    """REMEMBER, FORGET, RATE: what was noted; written {note}."""
    ask: str | None = None
    """The label that a question should be about; written {ask}: 'price', 'colour'."""
    options: tuple[str, ...] = ()
    """Values worth offering in that question; written {o1} …"""
    text: str = ""
    """The person's words, for small talk."""
    question: str | None = None
    """ASK about items or stars: the question itself, which code asks word for word."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a request."""

    path: str
    seen: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sound:
    """A sound of a request that is looked for, not listened to for words."""

    path: str
    heard: tuple[str, ...] = ()
    """What is told of it: '92 bpm', 'minor'."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a person put into one turn."""

    text: str
    """Typed words, sanitised."""
    transcript: str | None = None
    """Spoken words, sanitised."""
    pictures: tuple[Picture, ...] = ()
    sounds: tuple[Sound, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """What was meant, linked to the catalogue."""

    name: ActName
    query: str = ""
    constraints: tuple[Constraint, ...] = ()
    items: tuple[str, ...] = ()
    """Ids that the person referred to, in their order."""
    sort: str | None = None
    """Column name, or '-' and column name."""
    count: int | None = None
    stars: float | None = None
    question: str | None = None
    """What is asked back (ASK) or asked about an item (DETAIL)."""
    pictured: bool = False
    """Whether a picture is in force: what is found is to look like it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """The catalogue's own words."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why an item is shown."""

    shares: Mapping[str, float]
    """Leg to its part of the score, summing to 1."""
    met: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Card:
    """An item as it is shown."""

    rank: int
    id: str
    title: str
    price: float | None
    facets: Mapping[str, Value]
    image: str | None
    score: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Claims:
    """How the answer was checked."""

    checked: int = 0
    """Numbers, names, attributes and prices found in the answer."""
    removed: int = 0
    """Those that could not be traced to an item, and so were not shown."""


PHASES = ("perceive", "decide", "retrieve", "first_card", "first_token", "total")
"""What is timed of a turn, in its order."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn, whole; `agent.contract.turn_to_json` gives the object that `--json` prints."""

    turn: int
    request: Request
    act: Act
    items: tuple[Card, ...]
    answer: str
    claims: Claims
    timings_ms: Mapping[str, float]
    """PHASES in milliseconds: how long the first three took, how long after its begin the others came."""
    models: Mapping[str, str | None]
    """chat, text, image, speech; None where none is loaded."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Event: the request was read and linked."""

    request: Request
    act: Act


@dataclass(frozen=True, slots=True)
class Shown:
    """Event: cards are ready, before any prose."""

    items: tuple[Card, ...]
    headline: str | None = None
    """What was given up or found short, in a line: 'nothing green ≤ 80; nearest, giving up the price'."""


@dataclass(frozen=True, slots=True)
class Said:
    """Event: a checked piece of the answer; pieces joined are the answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Finished:
    """Event: the turn, whole; always the last."""

    turn: Turn


Event = Understood | Shown | Said | Finished
