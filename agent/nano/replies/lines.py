"""One line per item: why this item for this request, and what it misses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.nano.replies.facts import (
    BESIDE,
    GAPS,
    LOW,
    LOW_VERBS,
    MET,
    MET_VERBS,
    MISSES,
    QUOTES,
    REVIEWS,
    TOP,
    TOP_VERBS,
    VERBS,
)
from agent.nano.replies.phrases import chained, joined, pick
from agent.nano.replies.tables import tables
from agent.nano.writer_classes import QUOTED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random

    from agent.nano.segment import Segment

_EXTREMES = {"price": "<low>", "rating": "<top>"}
_OPENERS = {
    "<mid>": (
        "Then there is {title}", "Another is {title}", "Also worth a look is {title}", "Or take {title}",
        "Next comes {title}", "Close behind comes {title}", "Also near is {title}",
    ),
    "<last>": ("Last comes {title}", "That leaves {title}", "Finally, {title}", "Last but not least comes {title}"),
}  # fmt: skip
_HAD = ("with ", "starring ", "scoring ", "averaging ", "dating ")
_HOLDS_COMMAS = frozenset({"genres", "cast", "writer", "extra", "maker"})


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
    quotes = [token for token in shown if token[1] != "!" and class_of(token) in QUOTED]
    return [token for token in shown if token not in missed and token not in quotes], missed, quotes


def misses(rng: Random, missed: list[str], whole: bool = False) -> list[str]:
    """Word every miss, each number with how far off it is; what 'it is' fits before shares it.

    `whole` clauses each have their verb; others may be as short as 'in white'.
    """
    clauses, plain = [], []
    values = [token for token in missed if "." not in token]
    gaps = [token for token in missed if "." in token]
    for value in values:
        gap = next((token for token in gaps if token.startswith(value[:-1] + ".")), None)
        name = class_of(value)
        if gap is None and name not in MISSES:
            plain.append(put(rng.choice(BESIDE[name]), value))
        elif gap is None:
            clauses.append(put(rng.choice(MISSES[name]), value))
        else:
            gaps.remove(gap)
            way = gap.rsplit(".", 1)[1].rstrip("}")
            forms = GAPS.get(f"{way} {name}", GAPS[way])
            clauses.append(rng.choice(forms).replace(f"{{{way}}}", gap).replace("{value}", value))
    # 'but in white' says it as well as 'but it is in white', before anything else that is said.
    short = plain and not whole and rng.random() < 0.7 and not any(text[0] == "{" for text in plain)
    return [*([("" if short else "it is ") + joined(rng, plain)] if plain else []), *clauses]


def quoting(rng: Random, quotes: Sequence[str]) -> list[str]:
    """Word the catalogue's own words and those of its reviewers."""
    return [rng.choice(REVIEWS if token == "{review}" else QUOTES) for token in quotes]


def _worded(
    rng: Random,
    tokens: Sequence[str],
    tags: tuple[str, ...],
    tables_: tuple[Mapping[str, Sequence[str]], Mapping[str, Sequence[str]]],
    extremes: Mapping[str, Sequence[str]],
) -> list[str]:
    """Word facts by a table; at most one says that it was asked for."""
    plain, met = tables_
    asked = [token for token in tokens if token[1] == "+" and class_of(token) in met]
    chosen = rng.choice(asked) if asked and rng.random() < 0.25 else ""
    phrases: list[str] = []
    for token in tokens:
        name = class_of(token)
        forms = met[name] if token == chosen else plain[name]
        if _EXTREMES.get(name) in tags and rng.random() < 0.7:
            forms = extremes[name]
        # 'is meant for men and is meant for winter' says it twice the same way.
        said = {text.split("{")[0] for text in phrases}
        fresh = [form for form in forms if form.startswith("{") or form.split("{")[0] not in said]
        phrases.append(put(rng.choice(fresh or forms), token))
    return phrases


def beside(rng: Random, tokens: Sequence[str], tags: tuple[str, ...] = ()) -> str:
    """List facts as they stand beside a title or behind 'it is': '£74.00, in green and by Fell & Firth'."""
    prices = [token for token in tokens if class_of(token) == "price" and token[1] not in "!?"]
    others = [token for token in tokens if token not in prices]
    if prices and others and rng.random() < 0.4:
        return f"{beside(rng, others, tags)}, {rng.choice(('at', 'at', 'for'))} {prices[0]}"
    phrases = _worded(rng, [*prices, *others], tags, (BESIDE, MET), {"price": LOW, "rating": TOP})
    # What may hold commas of its own is set off, and what says 'as you asked' too.
    if any("," in text for text in phrases) or any(class_of(token) in _HOLDS_COMMAS for token in tokens):
        return ", ".join(phrases)
    return joined(rng, phrases) if rng.random() < 0.6 else ", ".join(phrases)


def can_be(tokens: Sequence[str]) -> bool:
    """Tell whether some fact may follow 'is' at once: a cast can't, for nothing is with Meg Ryan."""
    return any(not form.startswith((*_HAD, "{l}")) for token in tokens for form in BESIDE[class_of(token)])


def being(rng: Random, tokens: Sequence[str], tags: tuple[str, ...] = ()) -> str:
    """List facts behind 'is', what a thing has after what it is. Raises ValueError where nothing may follow 'is'."""
    if not can_be(tokens):
        raise ValueError(f"Nothing of {tokens} can follow 'is'.")
    first = [token for token in tokens if can_be([token])]
    ordered = [*first, *(token for token in tokens if token not in first)]
    while True:
        text = beside(rng, ordered, tags)
        if not text.startswith(_HAD) and ".label}" not in text.split(" ", 1)[0]:
            return text


def verbs(rng: Random, tokens: Sequence[str], tags: tuple[str, ...] = ()) -> str:
    """Word facts as verb phrases, the later ones in a second clause when there are many."""
    phrases = _worded(rng, tokens, tags, (VERBS, MET_VERBS), {"price": LOW_VERBS, "rating": TOP_VERBS})
    if len(phrases) < 4:
        return chained(phrases)
    return chained(phrases[:2]) + rng.choice(("; it ", ", and it ")) + chained(phrases[2:])


def line(rng: Random, segment: Segment) -> str:
    """Write the line of one item, in the build that its plan names."""
    speaks, missed, quotes = facts_of(segment)
    if not (speaks or missed):
        return _quote_only(rng, quotes[0]) if quotes else pick(rng, tables("answers")["bare"])
    said = _body(rng, speaks, segment.head) if speaks else "{title}"
    if missed:
        against = chained(misses(rng, missed))
        if speaks:
            said += rng.choice((", but ", ", but ", ", though ")) + against
        else:
            links = (
                (": ", " comes near, but ") if any("." in token for token in missed) else (": ", ": only ")
            )
            said += rng.choice(links) + against.removeprefix("it is ")
    if not quotes:
        return f"{said}."
    if not missed and quotes[0] == "{quote}" and rng.random() < 0.7:
        return f"{said} – {{quote}}."
    return f"{said}. {quoting(rng, quotes)[0]}."


def _quote_only(rng: Random, quote: str) -> str:
    return rng.choice(
        (f"{{title}}: {quote}.", f"{{title}} – {quote}.", f"{{title}}: {quoting(rng, [quote])[0]}.")
    )


def _body(rng: Random, speaks: list[str], head: tuple[str, ...]) -> str:
    """Word what speaks for an item."""
    build, place = head[0].strip("<>").partition("-")[2], head[1]
    order = list(speaks)
    if rng.random() < 0.4:
        rng.shuffle(order)
    prices = [token for token in order if class_of(token) == "price" and token[1] != "!"]
    if build == "price" and prices and len(order) > 1:
        return _priced(rng, prices[0], [token for token in order if token != prices[0]], head)
    if build == "verbs":
        return f"{{title}} {verbs(rng, order, head)}"
    if build == "is" and can_be(order):
        return f"{{title}} is {being(rng, order, head)}"
    if build == "pick" and place in _OPENERS:
        return rng.choice(_OPENERS[place]) + rng.choice((", ", ": ")) + beside(rng, order, head)
    return "{title}" + rng.choice((": ", ", ", " – ")) + beside(rng, order, head)


def _priced(rng: Random, price: str, rest: list[str], head: tuple[str, ...]) -> str:
    way = rng.randrange(4)
    if "<low>" in head and rng.random() < 0.4:
        return f"{{title}} is {rng.choice(LOW).replace('{}', price)}, {beside(rng, rest, head)}"
    if way == 0:
        return f"At {price}, {{title}} {verbs(rng, rest, head)}"
    if way == 1:
        return f"For {price} there is {{title}}, {beside(rng, rest, head)}"
    if way == 2:
        return f"{{title}} ({price}) {verbs(rng, rest, head)}"
    return f"{{title}} at {price} {verbs(rng, rest, head)}"
