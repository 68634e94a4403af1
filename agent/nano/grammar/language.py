r"""A small grammar notation whose sentences come with the spans they are made of.

    = boots                      a rule; each line below it is an alternative
    3* $polite [q $noun]         '3*' is a weight, '$noun' a rule or a slot filled by the caller
    (a|an|) [w black] boots      '(…|…)' is a choice, an empty branch leaves it out
    # a comment

`[w …]` marks a span: q query, w want, a avoid, l limit, d drop, r reference, s sort, c count, * stars, n note.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from agent.nano.tags import Span, SpanKind

MARKS: Final = {
    "q": SpanKind.QUERY,
    "w": SpanKind.WANT,
    "a": SpanKind.AVOID,
    "l": SpanKind.LIMIT,
    "d": SpanKind.DROP,
    "r": SpanKind.REF,
    "s": SpanKind.SORT,
    "c": SpanKind.COUNT,
    "*": SpanKind.STARS,
    "n": SpanKind.NOTE,
}

Run = tuple[str, SpanKind | None]
"""Text with the kind of the span that it is, or None outside spans."""

Slots = Callable[[str, random.Random], str | None]
"""Fills a slot by name, with '= rule' to go on with a rule, or None for the rule of the slot's own name."""


@dataclass(frozen=True, slots=True)
class Literal:
    """Plain text."""

    text: str


@dataclass(frozen=True, slots=True)
class Name:
    """A rule or slot."""

    name: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A span around what it holds."""

    kind: SpanKind
    body: Sequence


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several branches, by weight."""

    branches: tuple[Sequence, ...]
    weights: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts in order."""

    parts: tuple[Literal | Name | Mark | Choice, ...]


_TOKEN = re.compile(r"\$\w+|\[[a-z*] |[\])(|]|[^$\[\])(|]+")


class _Parser:
    """Recursive descent over one alternative."""

    def __init__(self, line: str) -> None:
        self._line = line
        self._tokens = _TOKEN.findall(line)
        if "".join(self._tokens) != line:
            raise ValueError(f"grammar: stray character in {line!r}")
        self._at = 0

    def parse(self) -> Sequence:
        sequence = self._sequence()
        if self._at != len(self._tokens):
            raise ValueError(f"grammar: unmatched {self._tokens[self._at]!r} in {self._line!r}")
        return sequence

    def _peek(self) -> str:
        return self._tokens[self._at] if self._at < len(self._tokens) else ""

    def _close(self, mark: str) -> None:
        if self._peek() != mark:
            raise ValueError(f"grammar: {mark!r} missing in {self._line!r}")
        self._at += 1

    def _sequence(self) -> Sequence:
        parts: list[Literal | Name | Mark | Choice] = []
        while (token := self._peek()) and token not in (")", "]", "|"):
            self._at += 1
            if token.startswith("$"):
                parts.append(Name(token[1:]))
            elif token.startswith("["):
                parts.append(Mark(MARKS[token[1]], self._sequence()))
                self._close("]")
            elif token == "(":
                branches = [self._sequence()]
                while self._peek() == "|":
                    self._at += 1
                    branches.append(self._sequence())
                self._close(")")
                parts.append(Choice(tuple(branches), (1,) * len(branches)))
            else:
                parts.append(Literal(token))
        return Sequence(tuple(parts))


class Grammar:
    """Rules that can be sampled."""

    def __init__(self, lines: Iterable[str]) -> None:
        """Parse rules; raises ValueError naming the line that can't be parsed or the rule that is empty."""
        found: dict[str, list[tuple[int, Sequence]]] = {}
        current: list[tuple[int, Sequence]] = []
        for raw in lines:
            line = raw.rstrip("\n")
            if not line.strip() or line.startswith("#"):
                continue
            if line.startswith("= "):
                current = found.setdefault(line[2:].strip(), [])
                continue
            weighted = re.match(r"(\d+)\*\s*", line)
            body = line[weighted.end() :] if weighted else line
            current.append((int(weighted[1]) if weighted else 1, _Parser(body.strip()).parse()))
        self._rules = {
            name: Choice(tuple(body for _, body in options), tuple(weight for weight, _ in options))
            for name, options in found.items()
        }

    def share(self, rule: str, other: str, most: float) -> None:
        """Make `other` an alternative of `rule`: as likely as its own weights ask for, and at `most` that likely."""
        own, added = self._rules[rule], sum(self._rules[other].weights)
        weight = min(added, sum(own.weights) * most / (1 - most))
        self._rules[rule] = Choice((*own.branches, Sequence((Name(other),))), (*own.weights, weight))

    @property
    def rules(self) -> frozenset[str]:
        """Names of all rules."""
        return frozenset(self._rules)

    @property
    def references(self) -> frozenset[str]:
        """Names that alternatives use."""
        seen: set[str] = set()
        stack: list[Literal | Name | Mark | Choice | Sequence] = list(self._rules.values())
        while stack:
            node = stack.pop()
            if isinstance(node, Name):
                seen.add(node.name)
            elif isinstance(node, Mark):
                stack.append(node.body)
            elif isinstance(node, Choice):
                stack.extend(node.branches)
            elif isinstance(node, Sequence):
                stack.extend(node.parts)
        return frozenset(seen)

    def marked(self, rule: str) -> list[tuple[SpanKind, str]]:
        """Return the spans of plain text in the alternatives of a rule, in their order."""
        found: list[tuple[SpanKind, str]] = []
        stack: list[Literal | Name | Mark | Choice | Sequence] = [self._rules[rule]]
        while stack:
            node = stack.pop()
            if isinstance(node, Choice):
                stack.extend(reversed(node.branches))
            elif isinstance(node, Sequence):
                stack.extend(reversed(node.parts))
            elif isinstance(node, Mark) and all(isinstance(part, Literal) for part in node.body.parts):
                text = "".join(part.text for part in node.body.parts if isinstance(part, Literal))
                found.append((node.kind, text.strip()))
        return found

    def sample(self, rule: str, slots: Slots, rng: random.Random) -> list[Run]:
        """Draw a sentence of `rule` as runs of text, in order; joined they are the sentence.

        A name that neither `slots` nor a rule knows raises KeyError.
        """
        runs: list[Run] = []
        self._emit(self._rules[rule], slots, rng, None, runs)
        return tidy(runs)

    def _emit(
        self,
        node: Literal | Name | Mark | Choice | Sequence,
        slots: Slots,
        rng: random.Random,
        kind: SpanKind | None,
        runs: list[Run],
    ) -> None:
        if isinstance(node, Literal):
            runs.append((node.text, kind))
        elif isinstance(node, Name):
            filled = slots(node.name, rng)
            if filled is None or filled.startswith("= "):
                self._emit(self._rules[filled[2:] if filled else node.name], slots, rng, kind, runs)
            else:
                runs.append((filled, kind))
        elif isinstance(node, Mark):
            inner: list[Run] = []
            self._emit(node.body, slots, rng, None, inner)
            runs.append(("".join(text for text, _ in inner), kind or node.kind))
        elif isinstance(node, Choice):
            branch = node.branches[0]
            if len(node.branches) > 1:
                branch = rng.choices(node.branches, node.weights)[0]
            self._emit(branch, slots, rng, kind, runs)
        else:
            for part in node.parts:
                self._emit(part, slots, rng, kind, runs)


_BEFORE_MARK = re.compile(r"\s+(?=[,.?!;:])")


def tidy(runs: Iterable[Run]) -> list[Run]:
    """Fold white space to single spaces, none at the ends, before punctuation or at the edges of a span."""
    tidied: list[Run] = []
    space = False
    for text, kind in runs:
        folded = _BEFORE_MARK.sub("", " ".join(text.split()))
        if not folded:
            space = space or bool(text)
            continue
        space = space or text[0].isspace()
        if space and tidied and folded[0] not in ",.?!;:":
            tidied.append((" ", None))
        tidied.append((folded, kind))
        space = text[-1].isspace()
    return tidied


def join(runs: Iterable[Run]) -> tuple[str, list[Span]]:
    """Join runs into a text and its spans."""
    text = ""
    spans: list[Span] = []
    for part, kind in runs:
        if kind is not None:
            spans.append(Span(len(text), len(text) + len(part), kind))
        text += part
    return text, spans
