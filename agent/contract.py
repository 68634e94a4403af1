"""A turn as the JSON object that `--json` prints; keys are never absent, but `sounds` where none was given."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from agent.types import Act, Card, Turn
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
