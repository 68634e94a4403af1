"""The grammars of a chat model's output, and the way from its JSON to a Reading.

A grammar guarantees a valid beginning, not an end: every string and array is bounded and white space is
fixed, so that a small budget of tokens suffices, and what is cut short all the same is closed by `complete`.
"""

from __future__ import annotations

import json
import re
from itertools import islice
from typing import TYPE_CHECKING, Any

from agent.slots import slot_values
from agent.types import ActName, Phrase, PhraseKind, Reading
from encoders.errors import ModelError
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.types import Brief

QUERY, PHRASE, REFERENCE, SHORT, NOTE = 120, 80, 80, 40, 160
"""The longest strings of a reading, in characters."""
PHRASES, REFERENCES = 8, 5
"""The longest arrays of a reading."""
_LONGEST, _DEPTH = 20_000, 16
"""Characters of a model's output that are looked at, and how deep its JSON may nest; a reading nests three deep."""


_ACTS = frozenset(act.value for act in ActName)
_KINDS = frozenset(kind.value for kind in PhraseKind)


def _optional(longest: int) -> dict[str, object]:
    return {"anyOf": [{"type": "string", "minLength": 1, "maxLength": longest}, {"type": "null"}]}


READING_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {
        "act": {"type": "string", "enum": [act.value for act in ActName]},
        "query": {"type": "string", "maxLength": QUERY},
        "phrases": {
            "type": "array",
            "maxItems": PHRASES,
            "items": {
                "type": "object",
                "properties": {
                    "kind": {"type": "string", "enum": [kind.value for kind in PhraseKind]},
                    "text": {"type": "string", "minLength": 1, "maxLength": PHRASE},
                },
                "required": ["kind", "text"],
                "additionalProperties": False,
            },
        },
        "references": {
            "type": "array",
            "maxItems": REFERENCES,
            "items": {"type": "string", "minLength": 1, "maxLength": REFERENCE},
        },
        "sort": _optional(SHORT),
        "count": _optional(SHORT),
        "stars": _optional(SHORT),
        "note": _optional(NOTE),
    },
    "required": ["act", "query", "phrases", "references", "sort", "count", "stars", "note"],
    "additionalProperties": False,
}
"""JSON Schema of a Reading: closed, every field present, in the order in which it is written."""


def reading_grammar() -> str:
    """Return llguidance's grammar of a reading: the schema, spaced as `json.dumps` spaces it and no other way."""
    from llguidance import LLMatcher

    # Without escapes but \\" and \\\\ a string is as long as its characters: \\u0041 would cost six times as
    # much.
    options = {
        "whitespace_flexible": False,
        "item_separator": ", ",
        "key_separator": ": ",
        "json_allowed_escapes": '"\\',
    }
    return str(LLMatcher.grammar_from_json_schema(READING_SCHEMA, overrides=options))


def writing_grammar(brief: Brief) -> str:
    """Return llguidance's grammar of a reply: prose without numerals, brackets or control characters, and its slots.

    So a number can only come from the evidence, and a slot is always one that code can fill. The length is left
    to the budget of tokens: counting characters of all of Unicode makes masks a hundred times slower.
    """
    from llguidance import LLMatcher

    slots = "|".join(re.escape("{" + name + "}") for name in sorted(slot_values(brief)))
    return str(LLMatcher.grammar_from_regex(rf"([^{{}}<>\[\]\p{{N}}\p{{C}}]|{slots})+"))


def parse_reading(text: str, model: str) -> Reading:
    """Turn a model's output into a Reading; every field is coerced, bounded and sanitised.

    Output that was cut short is closed; prose or a code fence around the object is passed over. An unknown
    act becomes RECOMMEND where something is looked for, else ASK.

    Raises ModelError when there is no JSON object of a reading in it.
    """
    found = _object(text)
    if found is None or not found.keys() & READING_SCHEMA["properties"].keys():
        raise ModelError(
            f"The chat model {model} gave no reading of the request; try again or use another one."
        )
    phrases = _phrases(found.get("phrases"))
    query = _text(found.get("query"), QUERY)
    act = _text(found.get("act"), SHORT).lower()
    if act not in _ACTS:
        act = ActName.RECOMMEND if query or phrases else ActName.ASK
    return Reading(
        act=ActName(act),
        query=query,
        phrases=phrases,
        references=_texts(found.get("references"), REFERENCES, REFERENCE),
        sort=_text(found.get("sort"), SHORT) or None,
        count=_text(found.get("count"), SHORT) or None,
        stars=_text(found.get("stars"), SHORT) or None,
        note=_text(found.get("note"), NOTE) or None,
    )


def reading_json(reading: Reading) -> str:
    """Return the JSON of a reading, as a model is asked to write it."""
    return json.dumps(
        {
            "act": reading.act.value,
            "query": reading.query,
            "phrases": [{"kind": phrase.kind.value, "text": phrase.text} for phrase in reading.phrases],
            "references": list(reading.references),
            "sort": reading.sort,
            "count": reading.count,
            "stars": reading.stars,
            "note": reading.note,
        },
        ensure_ascii=False,
    )


def complete(text: str) -> str:
    """Close the arrays and objects that a JSON text cut short left open.

    What stands half-written at its end is dropped: half a condition would be another one ('under 8' of 'under
    80').
    """
    stack: list[str] = []
    in_string = escaped = False
    # Where the text can be cut so that closing what is open there gives valid JSON.
    safe, open_there = 0, ""
    for position, character in enumerate(text):
        if in_string:
            in_string = escaped or character != '"'
            escaped = character == "\\" and not escaped
            continue
        if character == '"':
            in_string = True
        elif character in "{[":
            if len(stack) == _DEPTH:
                break
            stack.append("}" if character == "{" else "]")
        elif character in "}]" and (not stack or stack.pop() != character):
            break
        if character in "{[}],":
            safe = position if character == "," else position + 1
            open_there = "".join(reversed(stack))
    return text[:safe] + open_there


def _object(text: str) -> dict[str, Any] | None:
    """Return the first JSON object in `text` behind any reasoning, or None; a few beginnings are tried."""
    if not text.lstrip().startswith("{"):
        text = text.split("</think>", 1)[-1]
    text = text[:_LONGEST]
    decoder = json.JSONDecoder(strict=False)
    for match in islice(re.finditer(r"\{", text), 8):
        begun = text[match.start() :]
        for candidate in (begun, complete(begun)):
            try:
                found, _ = decoder.raw_decode(candidate)
            except (ValueError, RecursionError):
                continue
            if isinstance(found, dict):
                return found
    return None


def _text(value: object, longest: int) -> str:
    """Coerce a value to one bounded line: numbers are spelled, anything else but text is nothing."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    try:
        return sanitise_line(str(value), longest)
    except ValueError:  # an integer of more digits than Python spells
        return ""


def _texts(value: object, most: int, longest: int) -> tuple[str, ...]:
    """Coerce a list of texts: bounded, without empty ones and repeats."""
    values: Sequence[object] = value if isinstance(value, list) else [value]
    texts = (_text(each, longest) for each in values[: 4 * most])
    return tuple(dict.fromkeys(text for text in texts if text))[:most]


def _phrases(value: object) -> tuple[Phrase, ...]:
    """Coerce the phrases; one without words or of an unknown kind is dropped."""
    found = []
    for each in (value if isinstance(value, list) else [])[: 4 * PHRASES]:
        if not isinstance(each, dict):
            continue
        kind, text = _text(each.get("kind"), SHORT).lower(), _text(each.get("text"), PHRASE)
        if text and kind in _KINDS:
            found.append(Phrase(PhraseKind(kind), text))
    return tuple(dict.fromkeys(found))[:PHRASES]
