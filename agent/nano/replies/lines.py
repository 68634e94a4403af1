"""One line per item: why this item for this request, and what it misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.nano.replies.facts import (
    BESIDE,
    FRONTS,
    GAPS,
    GAPS_WITH_VALUE,
    MET_BESIDE,
    MET_VERBS,
    MISSES,
    QUOTES,
    VERBS,
)
from agent.nano.replies.phrases import chained, expand, joined, pick
from agent.nano.replies.tables import tables

if TYPE_CHECKING:
    from random import Random

    from agent.nano.plan import Segment

_FIRST = (
    "is the closest match", "comes closest", "is where I would start", "is the nearest to what you said",
    "is my first pick", "fits best of these", "comes first",
)  # fmt: skip
_EXTREMES = {"price": "low", "rating": "top"}
_LOW = ("the cheapest here at {}", "the cheapest of these at {}", "cheapest at {}", "the lowest price, {}")
_LOW_VERBS = (
    "costs least at {}",
    "is the cheapest here at {}",
    "is cheapest at {}",
    "has the lowest price, {}",
)
_TOP = (
    "the best-rated of these at {}",
    "the highest rating here, {}",
    "top-rated at {}",
    "best-rated with {}",
)
_TOP_VERBS = (
    "is the best-rated here at {}",
    "has the highest rating, {}",
    "is top-rated at {}",
    "is best-rated with {}",
)
_OPENERS = {
    "<mid>": ("Then", "Next comes", "Another is", "Then there is", "Also", "Next to it,"),
    "<last>": ("Last,", "And last,", "Finally,", "To close,", "And then", "Then there is"),
}


def class_of(token: str) -> str:
    """Return the class in a typed slot: 'colour' of '{+colour}'."""
    return token.strip("{}").lstrip("+!?").split(".")[0]


def put(form: str, token: str) -> str:
    """Put a fact and its label into a form."""
    return form.replace("{}", token).replace("{l}", token[:-1] + ".label}")


def facts_of(segment: Segment) -> tuple[list[str], list[str], list[str]]:
    """Sort the typed slots of an item's head: (what speaks for it, misses, quotes), each in the head's order."""
    shown = [token for token in segment.head if token[0] == "{" and token not in {"{ask}", "{note}"}]
    missed = [token for token in shown if token[1] == "!"]
    quotes = [token for token in shown if token[1] != "!" and class_of(token) == "quote"]
    quotes.sort(key=lambda token: token[1] != "?")
    return [token for token in shown if token not in missed and token not in quotes], missed, quotes


def misses(rng: Random, missed: list[str]) -> list[str]:
    """Word every miss, each number with how far off it is."""
    clauses = []
    values = [token for token in missed if "." not in token]
    gaps = [token for token in missed if "." in token]
    for value in values:
        gap = next((token for token in gaps if token.startswith(value[:-1] + ".")), None)
        name = class_of(value)
        if gap is None:
            forms = (
                MISSES[name]
                if len(values) == 1
                else [form for form in MISSES[name] if form[:2] in {"it", "th"}]
            )
            clauses.append(expand(rng, put(rng.choice(forms), value)))
            continue
        gaps.remove(gap)
        way = gap.rsplit(".", 1)[1].rstrip("}")
        key = "over price" if (way, name) == ("over", "price") else way
        table = GAPS if rng.random() < 0.35 else GAPS_WITH_VALUE
        clause = rng.choice(table[key]).replace(f"{{{way}}}", gap).replace("{value}", value)
        clauses.append(expand(rng, clause))
    return clauses


def _beside(rng: Random, token: str, tags: tuple[str, ...], asked: bool) -> str:
    name = class_of(token)
    forms = BESIDE[name]
    if rng.random() < 0.6 and f"<{_EXTREMES.get(name)}>" in tags:
        forms = _LOW if name == "price" else _TOP
    elif asked and token[1] == "+":
        forms = MET_BESIDE.get(name, forms)
    return put(rng.choice(forms), token)


def _verb(rng: Random, token: str, tags: tuple[str, ...], asked: bool) -> str:
    name = class_of(token)
    forms = VERBS[name]
    if rng.random() < 0.6 and f"<{_EXTREMES.get(name)}>" in tags:
        forms = _LOW_VERBS if name == "price" else _TOP_VERBS
    elif asked and token[1] == "+":
        forms = MET_VERBS.get(name, forms)
    return put(rng.choice(forms), token)


def _beside_all(rng: Random, tokens: list[str], tags: tuple[str, ...]) -> list[str]:
    """Word facts beside the title; at most one says that it was asked for."""
    chosen = _asked(rng, tokens)
    return [_beside(rng, token, tags, place == chosen) for place, token in enumerate(tokens)]


def _verb_all(rng: Random, tokens: list[str], tags: tuple[str, ...]) -> list[str]:
    """Word facts as verb phrases; at most one says that it was asked for."""
    chosen = _asked(rng, tokens)
    return [_verb(rng, token, tags, place == chosen) for place, token in enumerate(tokens)]


def _asked(rng: Random, tokens: list[str]) -> int:
    met = [place for place, token in enumerate(tokens) if token[1] == "+"]
    return rng.choice(met) if met and rng.random() < 0.45 else -1


def line(rng: Random, segment: Segment) -> str:
    """Write the line of one item."""
    speaks, missed, quotes = facts_of(segment)
    start, tail = _body(rng, speaks, segment.head)
    clauses = misses(rng, missed)
    quote = rng.choice(QUOTES).replace("{quote}", quotes[0]) if quotes else ""
    if not (speaks or missed):
        return _quote_only(rng, quote) if quote else pick(rng, tables("answers")["bare"])
    if not speaks:
        start, tail = "{title}", ""
    said = start + tail
    if clauses:
        link = (
            rng.choice((", but ", ", but ", ", though ", "; ", " – though "))
            if speaks
            else rng.choice((": ", ", but "))
        )
        said += link + chained(clauses)
    if quote and clauses:
        return f"{said}. {rng.choice(('Still, ', 'For it: ', ''))}{quote}."
    if quote and rng.random() < 0.4 and not quote.startswith("described"):
        return f"{said}. {quote}."
    if quote:
        link = ", " if quote.startswith("described") else rng.choice(("; ", " – ", ", and "))
        return f"{said}{link}{quote}."
    return f"{said}."


def _quote_only(rng: Random, quote: str) -> str:
    if quote.startswith("described"):
        return f"{{title}}, {quote}."
    return f"{{title}}{rng.choice((': ', ' – '))}{quote}."


def _body(rng: Random, speaks: list[str], tags: tuple[str, ...]) -> tuple[str, str]:
    """Word what speaks for an item in one of seven builds: (title with what belongs to it, the rest)."""
    if not speaks:
        return "{title}", ""
    order = list(speaks)
    if rng.random() < 0.5:
        rng.shuffle(order)
    lead = ""
    if tags[1] == "<first>" and rng.random() < 0.2:
        lead = " " + rng.choice(_FIRST)
    build = rng.randrange(7)
    prices = [token for token in order if class_of(token) == "price"]
    if build in {1, 2} and prices and len(order) > 1:
        price = prices[0]
        rest = _without(order, price)
        if build == 1:
            return f"{{title}} ({price})", rng.choice((": ", ", ")) + _list(rng, rest, tags)
        return f"{{title}} at {price}", rng.choice((" ", ", ")) + _verbs_or_list(rng, rest, tags)
    fronts = [token for token in order if class_of(token) in FRONTS]
    if build == 3 and fronts and len(order) > 1 and not lead:
        front = rng.choice(fronts)
        rest = _without(order, front)
        opening = put(rng.choice(FRONTS[class_of(front)]), front)
        return f"{opening}, {{title}} ", verbs(rng, rest, tags)
    if build == 6 and not lead and tags[1] in _OPENERS and rng.random() < 0.5:
        return f"{rng.choice(_OPENERS[tags[1]])} {{title}}", rng.choice((": ", ", ")) + _list(
            rng, order, tags
        )
    if build in {4, 5}:
        if lead:
            return "{title}" + lead, rng.choice((": it ", " and ", "; it ")) + verbs(rng, order, tags)
        return "{title} ", verbs(rng, order, tags)
    return "{title}" + lead, rng.choice((": ", ", ", " – ")) + _list(rng, order, tags)


def _without(tokens: list[str], one: str) -> list[str]:
    place = tokens.index(one)
    return tokens[:place] + tokens[place + 1 :]


def _list(rng: Random, tokens: list[str], tags: tuple[str, ...]) -> str:
    parts = _beside_all(rng, tokens, tags)
    return joined(rng, parts) if rng.random() < 0.6 else ", ".join(parts)


def verbs(rng: Random, tokens: list[str], tags: tuple[str, ...]) -> str:
    """Word facts as verb phrases, the later ones in a second clause when there are many."""
    phrases = _verb_all(rng, tokens, tags)
    if len(phrases) < 3:
        return chained(phrases)
    cut = rng.randint(1, len(phrases) - 1)
    second = rng.choice(("; it ", ", and it ", " – it "))
    return chained(phrases[:cut]) + second + chained(phrases[cut:])


def _verbs_or_list(rng: Random, tokens: list[str], tags: tuple[str, ...]) -> str:
    return verbs(rng, tokens, tags) if rng.random() < 0.5 else _list(rng, tokens, tags)
