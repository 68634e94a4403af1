"""The notation of replies: '[I'd|I would] start with {first}' has two readings, and '[|then]' an empty one."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random


def expand(rng: Random, template: str) -> str:
    """Choose one reading of `template`; alternatives nest. Raises ValueError when its brackets don't pair."""
    text, rest = _sequence(rng, template)
    if rest:
        raise ValueError(f"The template has a bracket too many: {template!r}.")
    return " ".join(text.split())


def pick(rng: Random, templates: Sequence[str]) -> str:
    """Choose one of `templates`, and one of its readings."""
    return expand(rng, rng.choice(templates))


def joined(rng: Random, parts: Sequence[str]) -> str:
    """Join nouns as a list is spoken: 'a', 'a and b', 'a, b and c'."""
    if len(parts) < 2:
        return "".join(parts)
    return ", ".join(parts[:-1]) + " and " + parts[-1]


def chained(parts: Sequence[str]) -> str:
    """Join clauses: 'a', 'a and b', 'a, b and c'; 'a, x, and b' where one has a comma of its own."""
    if any("," in part for part in parts[:-1]):
        return ", and ".join((", ".join(parts[:-1]), parts[-1]))
    return " and ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def _sequence(rng: Random, text: str) -> tuple[str, str]:
    """Read up to the bracket that closes this level: (one reading of the alternatives, what follows)."""
    choices = [""]
    while text and text[0] != "]":
        if text[0] == "[":
            inner, text = _sequence(rng, text[1:])
            if not text:
                raise ValueError("The template has a bracket that is never closed.")
            choices[-1] += inner
        elif text[0] == "|":
            choices.append("")
        else:
            choices[-1] += text[0]
        text = text[1:]
    return rng.choice(choices), text
