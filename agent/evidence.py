"""Cards with their evidence: constraints met and missed, and the catalogue's own words that answer the request."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from agent.linking.describe import describe
from agent.linking.folding import GENERIC, stem
from agent.types import Card, Evidence, Quote
from retrieval.types import Role, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.catalogue import Catalogue
    from retrieval.types import Column, Constraint, Hit, Item

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?]+(?=\s|$)|\n|$)")
_ABBREVIATED = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Jr|Sr|No|vs|Prof|Lt|Col|Gen|Capt)|\b[A-Z])\.$")
_QUOTES = 2
_QUOTE_LENGTH = 160
_WORDS = 3
"""Words of the shortest sentence that is quoted: 'In black.' says nothing."""
_COMMON = frozenset(
    """a about all also an and any are as at be but by can do for from get give has have i if in is it like look looking
    me my need no not of on one or please show so some something than that the them then there this to want what which
    with would you your under over around""".split()
)


def make_cards(
    hits: Sequence[Hit], constraints: Sequence[Constraint], query: str, catalogue: Catalogue
) -> tuple[Card, ...]:
    """Turn hits into cards in their order."""
    return tuple(make_card(rank, hit, constraints, query, catalogue) for rank, hit in enumerate(hits, 1))


def make_card(
    rank: int, hit: Hit, constraints: Sequence[Constraint], query: str, catalogue: Catalogue
) -> Card:
    """Turn one hit into a card; relaxed constraints that it misses are named."""
    item = hit.item
    met, missed = check(item, constraints, catalogue)
    wanted = _telling_words(query, constraints, catalogue)
    price = catalogue.fields.price
    amount = item.fields.get(price.name) if price else None
    facets = {
        column.name: item.fields[column.name]
        for column in catalogue.columns
        if column.role in (Role.FACET, Role.LIST, Role.NUMBER, Role.DATE)
        and column.name in item.fields
        and column is not price
    }
    evidence = Evidence(
        shares=dict(hit.shares),
        met=tuple(describe(constraint, catalogue.fields) for constraint in met),
        missed=tuple(describe(constraint, catalogue.fields) for constraint in missed),
        quotes=find_quotes(item, wanted, catalogue.columns),
    )
    return Card(
        rank=rank,
        id=item.id,
        title=item.title,
        price=amount if isinstance(amount, float) else None,
        facets=facets,
        image=item.picture,
        score=round(hit.score, 4),
        evidence=evidence,
    )


def _telling_words(query: str, constraints: Sequence[Constraint], catalogue: Catalogue) -> str:
    """Return the words of a request that tell one item from another: neither its kind nor amounts do."""
    kinds = {
        part
        for c in constraints
        if c.field in catalogue.fields.categories and not c.op.negative
        for value in (c.value if isinstance(c.value, tuple) else (str(c.value),))
        for part in content_stems(f"{value} {c.said}")
    }
    said = [c.said for c in constraints if not (c.op.negative or re.search(r"\d", c.said))]
    words = re.findall(r"[^\W_]+", " ".join((query, *said)))
    return " ".join(
        word for word in words if word.casefold() not in GENERIC and stem(word.casefold()) not in kinds
    )


def shortened(text: str, longest: int) -> str:
    """Cut a text behind its last whole word, so that it has at most `longest` characters, and show that it is cut."""
    text = " ".join(text.split())
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0].rstrip(",;:–- ") + "…"


def check(
    item: Item, constraints: Sequence[Constraint], catalogue: Catalogue
) -> tuple[list[Constraint], list[Constraint]]:
    """Split the constraints that a column can check into those `item` meets and those it misses."""
    met: list[Constraint] = []
    missed: list[Constraint] = []
    for constraint in constraints:
        if constraint.status is not Status.RANKED and constraint.field is not None:
            (met if catalogue.searcher.meets(constraint, item.id) else missed).append(constraint)
    return met, missed


def find_quotes(item: Item, wanted: str, columns: Sequence[Column]) -> tuple[Quote, ...]:
    """Return the sentences of the item's free text that share most words with what is wanted, best first."""
    stems = set(content_stems(wanted))
    if not stems:
        return ()
    found: list[tuple[int, int, Quote]] = []
    for column in columns:
        text = item.fields.get(column.name) if column.role is Role.TEXT else None
        if not isinstance(text, str):
            continue
        for position, sentence in enumerate(_sentences(text)):
            shared = len(stems & set(content_stems(sentence)))
            if shared and len(sentence.split()) >= _WORDS:
                found.append((-shared, position, Quote(column.name, shortened(sentence, _QUOTE_LENGTH))))
    return tuple(quote for _, _, quote in sorted(found, key=lambda entry: entry[:2])[:_QUOTES])


def _sentences(text: str) -> list[str]:
    """Split a text into sentences; 'Mr.' and an initial end none."""
    whole: list[str] = []
    for part in _SENTENCE.findall(text):
        if whole and _ABBREVIATED.search(whole[-1]):
            whole[-1] += part
        else:
            whole.append(part)
    return whole


def content_stems(text: str) -> list[str]:
    """Stems of the words that carry content."""
    words = [
        word for word in re.findall(r"[^\W_]+", text.casefold()) if word not in _COMMON and len(word) > 1
    ]
    return [stem(word) for word in words]
