"""Random briefs over invented catalogues: what the agent would hand to the writer, over every act and edge case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agent.nano.replies.domains import DOMAINS, Domain
from agent.roles import role_of
from agent.spoken import predicate
from agent.types import SEARCHES, ActName, Brief, BriefItem, Fact, FactKind
from retrieval.types import Constraint, Op

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from random import Random


_YEARS = ("from before {}", "from {} or before", "from {} or later", "from the {}s")


def _condition(rng: Random, domain: Domain) -> str:
    """Say a condition as `agent.spoken` does."""
    label, draw = rng.choice(domain.fields)
    value = draw(rng)
    role = role_of(label)
    if role == "price":
        return rng.choice(("under {}", "within {}", "over {}")).format(f"£{float(value):.0f}")
    if role == "rating":
        return f"rated {rng.choice((3, 4, 4.5))} stars or better"
    if role == "date":
        return rng.choice(_YEARS).format(value[:3] + "0")
    if value[0].isdigit():
        return f"{rng.choice(('at most', 'at least', 'under'))} {value}"
    said = predicate(role, label, value.split(", ")[0])
    return said if rng.random() < 0.85 else f"not {said.removeprefix('in ')}"


def _facts(rng: Random, domain: Domain, kinds: Sequence[FactKind], count: int) -> tuple[Fact, ...]:
    fields = rng.sample(domain.fields, min(count, len(domain.fields)))
    facts: list[Fact] = []
    for label, draw in fields:
        kind, value = rng.choice(kinds), draw(rng)
        gap = None
        if kind is FactKind.MISSED and value[0].isdigit() and rng.random() < 0.85:
            gap = f"{rng.uniform(0.2, 20):.2f} {rng.choice(('over', 'over', 'short', 'off'))}"
        if gap and role_of(label) == "date":
            gap = f"{rng.randint(1, 60)} years too {rng.choice(('late', 'early'))}"
        slot = "price" if label == "price" else f"f{len(facts) + 1}"
        facts.append(Fact(slot, kind, label, value, gap))
    quotes = rng.choice((0, 0, 0, 1, 1, 2))
    facts += [
        Fact(f"q{n + 1}", FactKind.QUOTE, rng.choice(("description", "plot", "review")), f"“{passage}”")
        for n, passage in enumerate(rng.sample(domain.passages, quotes))
    ]
    return tuple(facts)


def _items(rng: Random, domain: Domain, kinds: Sequence[FactKind], count: int) -> tuple[BriefItem, ...]:
    labels = rng.randint(0, 6) if rng.random() < 0.15 else rng.randint(2, 5)
    items = []
    for number in range(count):
        title = f"{rng.choice(domain.firsts)} {rng.choice(domain.lasts)}"
        facts = _facts(rng, domain, kinds, labels)
        if rng.random() < 0.75:  # the agent gives price and rating wherever an item has them
            have = {fact.label for fact in facts}
            facts += tuple(
                Fact("price" if label == "price" else "f9", FactKind.EXTRA, label, draw(rng))
                for label, draw in domain.fields
                if label in {"price", "rating"} - have
            )
        items.append(BriefItem(f"i{number}", title, facts))
    return tuple(items)


_ACTS = (
    (ActName.RECOMMEND, 30), (ActName.REFINE, 13), (ActName.SIMILAR, 9), (ActName.COMPARE, 9), (ActName.EXPLAIN, 8),
    (ActName.DETAIL, 10), (ActName.RATE, 3), (ActName.LIKE, 3), (ActName.DISLIKE, 3), (ActName.ASK, 5),
    (ActName.REMEMBER, 3), (ActName.FORGET, 3),
)  # fmt: skip
_FACTS_OF_ACT: Mapping[ActName, tuple[FactKind, ...]] = {
    ActName.COMPARE: (FactKind.ANSWER, FactKind.EXTRA, FactKind.EXTRA),
    ActName.EXPLAIN: (FactKind.MET, FactKind.MET, FactKind.EXTRA, FactKind.MISSED),
}


def random_brief(rng: Random, act: ActName | None = None) -> Brief:
    """Draw a brief of `act`, or of any act but CHAT by how often turns are of it."""
    act = act or rng.choices([name for name, _ in _ACTS], [weight for _, weight in _ACTS])[0]
    domain = rng.choice(DOMAINS)
    query = rng.choice(domain.queries) if rng.random() < 0.7 else ""
    some = tuple(dict.fromkeys(_condition(rng, domain) for _ in range(rng.choice((0, 1, 1, 2, 2, 3)))))
    if act in SEARCHES:
        return _search(rng, domain, act, query, some)
    label, draw = rng.choice(domain.fields)
    options = tuple(dict.fromkeys(draw(rng) for _ in range(rng.choice((0, 2, 2, 3, 4)))))
    if act is ActName.ASK:
        return Brief(
            act, query, some, (), (), (), 0, ask=label if rng.random() < 0.75 else None, options=options
        )
    if act in {ActName.REMEMBER, ActName.FORGET}:
        fact = rng.choice(("I take a size 9", "no wool", "I live in Leeds", "I like slow films"))
        nothing = act is ActName.FORGET and rng.random() < 0.25
        fact = "nothing was kept about “wool”" if nothing else fact
        return Brief(act, "", (), (), (), (), 0, note=fact if rng.random() < 0.85 else None)
    if act in {ActName.RATE, ActName.LIKE, ActName.DISLIKE}:
        items = _items(rng, domain, (FactKind.EXTRA,), rng.choice((0, 1, 1, 1, 2, 3)))
        return Brief(act, "", (), (), (), items, 0, note=_note(rng, act, items))
    count = (
        rng.choice((1, 2, 2, 2, 3, 4)) if act is ActName.COMPARE else rng.choice((0, 1, 1, 1, 1, 1, 1, 2, 3))
    )
    if act is ActName.DETAIL:
        way = rng.choice(("columns", "columns", "values", "passage", "open", "silent", "silent"))
        items = tuple(_answering(rng, domain, way, number) for number in range(count))
        unchecked = (rng.choice(("comfortable", "quiet", "easy to clean")),) if rng.random() < 0.5 else ()
        return Brief(act, "", (), (), unchecked, items, count, ask=label if rng.random() < 0.2 else None)
    kinds = _FACTS_OF_ACT.get(act, (FactKind.MET, FactKind.EXTRA))
    note = "third without your taste" if act is ActName.EXPLAIN and rng.random() < 0.5 else None
    return Brief(act, query, some, (), (), _items(rng, domain, kinds, count), count, note=note)


def _note(rng: Random, act: ActName, items: tuple[BriefItem, ...]) -> str | None:
    """Word what was noted of items, as the agent does."""
    titles = ", ".join(item.title for item in items)
    if not items or rng.random() < 0.25:
        return None
    if act is ActName.RATE:
        return f"{rng.randint(1, 5)} of 5 stars for {titles}"
    if act is ActName.LIKE:
        return f"you like {titles}"
    return f"not {titles if rng.random() < 0.5 else 'Old Quay Lamp'}"


def _answering(rng: Random, domain: Domain, way: str, number: int) -> BriefItem:
    """Make an item of DETAIL: answered by columns, by values asked about, by a passage, in the open, or not at all."""
    item = _items(rng, domain, (FactKind.EXTRA,), 1)[0]
    quotes = tuple(fact for fact in item.facts if fact.kind is FactKind.QUOTE)
    if way == "open":
        return item
    plain = tuple(fact for fact in item.facts if fact.kind is not FactKind.QUOTE)
    if way == "silent" or (way == "passage" and not quotes) or not plain:
        return BriefItem(item.id, item.title, ())
    if way == "passage":
        return BriefItem(f"i{number}", item.title, quotes[:1])
    asked = rng.sample(plain, min(len(plain), rng.choice((1, 1, 1, 2))))
    kind = FactKind.MISSED if way == "values" and rng.random() < 0.4 else FactKind.ANSWER
    check = Constraint(None, Op.EQ, "", "") if way == "values" else None
    facts = (Fact(fact.slot, kind, fact.label, fact.value, None, check) for fact in asked)
    return BriefItem(f"i{number}", item.title, tuple(facts))


def _predicate(label: str, value: str) -> str:
    return predicate(role_of(label), label, value)


def _search(rng: Random, domain: Domain, act: ActName, query: str, some: tuple[str, ...]) -> Brief:
    count = rng.choice((0, 1, 2, 3, 3, 4, 4, 4, 5, 6, 8, 10, 12)) if rng.random() < 0.8 else 0
    relaxed = (
        tuple(dict.fromkeys(_condition(rng, domain) for _ in range(rng.choice((1, 1, 2)))))
        if rng.random() < 0.3
        else ()
    )
    ranked = (
        tuple(dict.fromkeys(_condition(rng, domain) for _ in range(rng.choice((1, 1, 2)))))
        if rng.random() < 0.2
        else ()
    )
    ranked = (query, *ranked) if query and rng.random() < 0.08 else ranked
    kinds = [FactKind.MET, FactKind.MET, FactKind.EXTRA] if some else [FactKind.EXTRA]
    kinds += [FactKind.MISSED] if relaxed else []
    items = _items(rng, domain, kinds, min(count, rng.choice((3, 5, 12))))
    matching = len(items) + rng.choice((0, 0, 1, 5, 40)) if items else rng.choice((0, 3)) if relaxed else 0
    label, draw = rng.choice(domain.fields)
    asked = items and rng.random() < 0.25
    options = (
        tuple(dict.fromkeys(_predicate(label, draw(rng)) for _ in range(rng.choice((0, 2, 3)))))
        if asked
        else ()
    )
    return Brief(
        act, query, some, relaxed, ranked, items, matching, ask=label if asked else None, options=options
    )
