"""Set phrases that bound a column none of their words names: 'in stock', 'free', 'for four', 'party of six'."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from agent.linking.folding import split
from agent.linking.limits import INVERSE
from agent.linking.numerals import digits
from retrieval.types import Constraint, Op, Role

if TYPE_CHECKING:
    from agent.linking.fields import Fields

_STOCKED: Final = re.compile(
    r"(?:(?:that(?: i|')s |currently |still )?(?:(?:in )?stock|available(?: now)?|on the shel(?:f|ves)|in today))",
    re.IGNORECASE,
)
_FREE: Final = re.compile(
    r"(?:(?:that(?: i|')?s |for |completely |totally )?free(?: of charge| to get in(?:to)?| entry| admission)?|"
    r"costs? (?:nothing|me nothing)|without paying)",
    re.IGNORECASE,
)
_REDUCED: Final = re.compile(
    r"(?:(?:that(?: i|')?s |currently |something )?(?:on (?:special )?offer|in the sales?|on sale|reduced|discounted|"
    r"with (?:a |any )?discount|(?P<half>half[ -]price|half off)))",
    re.IGNORECASE,
)
_PEOPLE: Final = (
    r"(?:people|persons?|of (?:us|them|you)|guests|players|adults|grown ?ups|friends|pax|diners|strong)"
)
_WE_ARE: Final = r"we(?:re| are|ll be| will be)"
_ENOUGH_FOR: Final = (
    rf"for|serv(?:es?|ing)|feed(?:s|ing)?|sleep(?:s|ing)?|seat(?:s|ing)?|{_WE_ARE}|works? with"
)
_FOR_PEOPLE: Final = re.compile(
    rf"(?:[^\d]*?\b)?(?:{_ENOUGH_FOR}|fit(?:s|ting)?|(?:party|group|family) of|there(?: i|')?s|there are|"
    r"therell be|play(?:s|ing)? (?:with|for)?|between|just)? ?(?:us |the |all |at least |a )?(?P<most>up to )?"
    r"(?:(?P<low>\d{1,2}) ?(?:to|-|or|and) ?)?(?P<high>\d{1,3})"
    rf"(?P<more> or more|\+| plus| and up)?(?: {_PEOPLE})?(?P<beyond> or more| minimum| at least)?"
)
_SAYS_PEOPLE: Final = re.compile(rf"^(?:it )?(?:{_ENOUGH_FOR})\b|\b{_PEOPLE}$|\b(?:party|group|family) of\b")
_FIRST: Final = re.compile(r"\bfirst\b", re.IGNORECASE)
_SECOND: Final = re.compile(r"\bsecond\b", re.IGNORECASE)
_FLOOR: Final = re.compile(
    r"(?:on |in )?(?:the |an? )?(?:(?P<ground>ground)|(?P<number>\d{1,2})(?:st|nd|rd|th)?)[ -]floor"
    r"(?: flat)?(?: or (?:(?P<down>lower|below|under|down)|(?P<up>higher|above|up|over)))?"
)
# Columns that say how many people a thing is enough for, or how many it takes at least.
_ENOUGH: Final = frozenset({"sleeps", "guests", "capacity", "persons", "people", "players", "party", "group"})
_LEAST: Final = frozenset({"min", "minimum", "from"})
_OTHER: Final = frozenset({"age", "price", "fee", "cost", "votes", "rating"})
_TRAILING: Final = re.compile(
    r"(?:,? (?:actually|altogether|in total|in all|please|now|tonight|then|this time))+$"
)


def idiom(text: str, avoid: bool, fields: Fields) -> Constraint | None:
    """Read a set phrase; None when it is none, or when no column counts what it is about.

    'In stock' is of what is left, 'free' of the price, 'for four' of portions.
    """
    said = text.strip()
    if _STOCKED.fullmatch(said):
        return _stocked(said, avoid, fields)
    if _FREE.fullmatch(said) and fields.price:
        return Constraint(fields.price.name, Op.GT if avoid else Op.LE, 0.0, said)
    discount = fields.named("discount", near=False) if (reduced := _REDUCED.fullmatch(said)) else None
    if reduced and discount and discount.role is Role.NUMBER:
        op, least = (Op.GE, 50.0) if reduced["half"] else (Op.GT, 0.0)
        return Constraint(discount.name, INVERSE[op] if avoid else op, least, said)
    return None


def on_floor(text: str, avoid: bool, fields: Fields) -> Constraint | None:
    """Read 'ground floor' and 'second floor or lower' of a column that counts floors from the ground."""
    said = digits(_FIRST.sub("1st", _SECOND.sub("2nd", text)))
    match = _FLOOR.fullmatch(said.strip())
    column = fields.named("floor") if match else None
    if match is None or column is None or column.role is not Role.NUMBER:
        return None
    number = 0.0 if match["ground"] else float(match["number"])
    op = Op.LE if match["down"] else Op.GE if match["up"] else Op.EQ
    return Constraint(column.name, INVERSE[op] if avoid else op, number, text.strip())


def for_people(text: str, fields: Fields) -> tuple[Constraint, ...]:
    """Read for how many people a thing is to be: portions as said, places and players enough of them.

    'For four' is of 4 portions, of a cottage that sleeps 4 or more, of a game whose players may be 4.
    """
    said = _TRAILING.sub("", digits(text).strip(" ,.!"))
    counted = _FOR_PEOPLE.fullmatch(said) if _SAYS_PEOPLE.search(said) else None
    if counted is None:
        return ()
    low, number = float(counted["low"] or counted["high"]), float(counted["high"])
    least = not (counted["most"] or counted["more"] or counted["beyond"])
    portions = fields.named("servings")
    if portions and portions.role is Role.NUMBER and "servings" in split(portions.label):
        return (Constraint(portions.name, Op.EQ, number, text.strip()),)
    made = []
    for column in fields.columns:
        words = set(split(column.label))
        if column.role is not Role.NUMBER or not words & _ENOUGH or words & _OTHER:
            continue
        if not words & _LEAST:
            made.append(Constraint(column.name, Op.GE, number, text.strip()))
        elif least:
            made.append(Constraint(column.name, Op.LE, low, text.strip()))
    if made:
        return tuple(made)
    if portions and portions.role is Role.NUMBER:
        return (Constraint(portions.name, Op.EQ, number, text.strip()),)
    return ()


def _stocked(said: str, avoid: bool, fields: Fields) -> Constraint | None:
    """Read 'in stock' of a column that counts what is left, or of one that says yes or no."""
    column = fields.named("stock")
    if column and column.role is Role.NUMBER:
        return Constraint(column.name, Op.LE if avoid else Op.GT, 0.0, said)
    for label in ("in stock", "stock", "available", "availability", "on shelf"):
        column = fields.named(label)
        yes = fields.truth(column) if column else None
        if column and yes is not None:
            return Constraint(column.name, Op.NE if avoid else Op.EQ, yes, said)
    return None
