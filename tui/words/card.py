"""What a card says: its title, what tells it apart from those beside it, what it misses, and why it is here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from agent.difference import telling_columns
from agent.spoken import speak_truth
from agent.types import ActName
from agent.wording import write_list, write_measure, write_value
from retrieval.types import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.kinship import Path
    from agent.types import Act, Card
    from retrieval.types import Column, Value
    from tui.words.wording import Wording

_FACETS: Final = 3
_LEADS: Final = 0.4
"""A leg with this part of what speaks for an item is a reason to name."""
_TASTE: Final = 0.3
"""Taste never leads where words are searched; from this part on it is felt."""
_QUOTED: Final = 60
"""Characters of the longest quote that is a reason: one line of a card."""


@dataclass(frozen=True, slots=True)
class CardWords:
    """A card in words."""

    title: str
    price: str
    """'£74.00'; '' where the item has none."""
    facets: tuple[str, ...]
    """What tells it apart from those beside it, at most three."""
    stars: str
    """'4.6 stars'; '' where the item has none."""
    misses: str
    """Conditions that were given up and that it misses; '' when it misses none."""
    reason: str
    """Why this item for this request, in a short line; '' where the evidence gives none."""

    @property
    def line(self) -> str:
        """The card as a sentence, without its reason."""
        missed = f"misses {self.misses}" if self.misses else ""
        parts = (self.title, self.price, *self.facets, self.stars, missed)
        return ", ".join(dict.fromkeys(part for part in parts if part))


def card_words(
    card: Card,
    beside: Sequence[Card],
    wording: Wording,
    act: Act | None = None,
    path: Path | None = None,
) -> CardWords:
    """Put a card in words. `beside` are all cards shown, its own among them; `act` the request they are shown for.

    `path` is how it hangs together with what the person liked (`Why.path`); without it, that is no reason.
    """
    fields = wording.fields
    price, rating = fields.price, fields.rating
    telling = telling_columns(card.facets, [other.facets for other in beside], wording.columns, card.title)
    telling.sort(key=lambda column: column.name in fields.categories)
    return CardWords(
        title=card.title,
        price=write_measure(price, card.price) if price and card.price is not None else "",
        facets=tuple(_spell(column, card.facets[column.name], wording) for column in telling[:_FACETS]),
        stars=write_value(rating, card.facets[rating.name]) if rating and rating.name in card.facets else "",
        misses=write_list(card.evidence.missed),
        reason=_reason(card, beside, wording, act, path) if act else "",
    )


def _spell(column: Column, value: Value, wording: Wording) -> str:
    """Write a facet bare, but a list, and yes or no, with its label: three names would not say who plays."""
    yes = wording.fields.truth(column)
    told = None if yes is None else speak_truth(column.label, str(value) == str(yes))
    words = write_value(column, value)
    labelled = column.role is Role.LIST or yes is not None
    return told or (f"{column.label} {words}" if labelled else words)


def _reason(card: Card, beside: Sequence[Card], wording: Wording, act: Act, path: Path | None) -> str:
    """Return the strongest reason that the evidence of the card bears out."""
    others = [other for other in beside if other.id != card.id]
    alone = [
        met for met in card.evidence.met if others and all(met not in one.evidence.met for one in others)
    ]
    if alone:
        return (
            f"the only one that is {write_list(alone)}" if len(others) > 1 else f"it is {write_list(alone)}"
        )
    if act.sort and (extreme := _extreme(card, others, act.sort, wording)):
        return extreme
    shares = card.evidence.shares
    lead = max(shares, key=lambda leg: shares[leg], default="")
    told = {
        "image": "looks like your picture" if act.pictured else "",
        "audio": "sounds like your clip",
        "similar": f"like {write_list(wording.titles(act.items))}"
        if act.name is ActName.SIMILAR and act.items
        else "like what you pointed at",
        "popularity": "liked by many",
    }
    if shares.get(lead, 0.0) >= _LEADS and told.get(lead):
        return told[lead]
    if shares.get("taste", 0.0) >= _TASTE:
        did = path.source.because.removesuffix(" to") if path else ""
        return f"like {path.title}, which {did}" if path else "close to what you like"
    quotes = [quote.text for quote in card.evidence.quotes if len(quote.text) <= _QUOTED]
    if quotes:
        return f"“{quotes[0].rstrip('.')}”"
    # The first of an order by relevance is the nearest of all; of the others that is not known.
    if (
        act.query
        and not act.sort
        and card.rank == 1
        and shares.get("words", 0.0) + shares.get("text", 0.0) > 0
    ):
        return f"closest to “{act.query}”"
    fields = wording.fields
    if fields.price and not fields.pays and _leads(card, others, fields.price, wording, most=False):
        return "the cheapest of these"
    if fields.rating and _leads(card, others, fields.rating, wording, most=True):
        return "the best rated of these"
    return ""


def _extreme(card: Card, others: Sequence[Card], sort: str, wording: Wording) -> str:
    """Say that a card is at the head of the order that was asked for, where it is there alone."""
    column, most = wording.fields.get(sort.removeprefix("-")), sort.startswith("-")
    if column is None or not _leads(card, others, column, wording, most=most):
        return ""
    return f"{'highest' if most else 'lowest'} {column.label} here"


def _leads(card: Card, others: Sequence[Card], column: Column, wording: Wording, *, most: bool) -> bool:
    """Tell whether a card has the smallest amount of all, or the largest, with no other level and none unknown."""
    own, amounts = _amount(card, column, wording), [_amount(one, column, wording) for one in others]
    known = [amount for amount in amounts if amount is not None]
    if own is None or not known or len(known) < len(amounts):
        return False
    return own > max(known) if most else own < min(known)


def _amount(card: Card, column: Column, wording: Wording) -> float | None:
    value = card.price if column is wording.fields.price else card.facets.get(column.name)
    return value if isinstance(value, float) else None
