"""A turn as the JSON object that `--json` prints, and back; `sounds` alone may be absent, where none was given."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from agent.codec import Mismatch, decode
from agent.types import Turn
from encoders.errors import InputError
from encoders.sanitise import sanitise, sanitise_line

if TYPE_CHECKING:
    from agent.types import Act, Card
    from retrieval.types import Value


def turn_to_json(turn: Turn) -> dict[str, Any]:
    """Return the object of the contract, ready for `json.dumps`."""
    sounds = [{"path": s.path, "heard": list(s.heard)} for s in turn.request.sounds]
    return {
        "turn": turn.turn,
        "request": {
            "text": turn.request.text,
            "transcript": turn.request.transcript,
            "images": [{"path": p.path, "seen": list(p.seen)} for p in turn.request.pictures],
            **({"sounds": sounds} if sounds else {}),
        },
        "act": act_to_json(turn.act),
        "items": [card_to_json(card) for card in turn.items],
        "answer": turn.answer,
        "claims": {"checked": turn.claims.checked, "removed": turn.claims.removed},
        "timings_ms": dict(turn.timings_ms),
        "models": dict(turn.models),
    }


def turn_from_json(made: object) -> Turn:
    """Return the turn that `turn_to_json` made an object of; its texts are sanitised, for it may come from anywhere.

    Raises InputError in one sentence that names the key when it is none. `Act.pictured` is not in the contract and
    comes back as False.
    """
    try:
        if isinstance(made, Mapping) and isinstance(request := made.get("request"), Mapping):
            made = {**made, "request": {**request, "pictures": request.get("images", [])}}
        turn: Turn = decode(Turn, made, _clean)
    except Mismatch as error:
        raise InputError(
            f"This is no turn of a conversation: {sanitise_line(str(error))}; `vitrine chat --json` prints them."
        ) from error
    return turn


def _clean(where: str, text: str) -> str:
    """Keep the lines of an answer and of a quote, and a path as the system spells it; all else is a line."""
    if where.startswith("items[") and where.endswith("].image"):
        return text
    return sanitise(text) if where == "answer" or ".quotes[" in where else sanitise_line(text)


def act_to_json(act: Act) -> dict[str, Any]:
    """Return the Act of the contract."""
    return {
        "name": act.name.value,
        "query": act.query,
        "constraints": [
            {
                "field": c.field,
                "op": c.op.value,
                "value": _value(c.value),
                "said": c.said,
                "status": c.status.value,
            }
            for c in act.constraints
        ],
        "items": list(act.items),
        "sort": act.sort,
        "count": act.count,
        "stars": act.stars,
        "question": act.question,
    }


def card_to_json(card: Card) -> dict[str, Any]:
    """Return one item of the contract."""
    return {
        "rank": card.rank,
        "id": card.id,
        "title": card.title,
        "price": card.price,
        "facets": {name: _value(value) for name, value in card.facets.items()},
        "image": card.image,
        "score": card.score,
        "evidence": {
            "shares": {leg: round(share, 3) for leg, share in card.evidence.shares.items()},
            "met": list(card.evidence.met),
            "missed": list(card.evidence.missed),
            "quotes": [{"field": q.field, "text": q.text} for q in card.evidence.quotes],
        },
    }


def _value(value: Value) -> str | float | list[str]:
    """Return a JSON value: lists stay lists, whole numbers lose their '.0' as JSON readers expect."""
    if isinstance(value, tuple):
        return list(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
