"""A reading as a line of tokens, as a model that generates writes it: act, then kind and copied words, then end.

`<recommend> <query> boots <want> black <end>`: the tokens in brackets are MiniLM's [unused] pieces, which no text is
split into, so that a request can't say them; between them stand the word pieces of the request, in its order.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from agent.nano.reader_input import spans_of_words, windows
from agent.nano.tags import ACTS, ALLOWED, Span, SpanKind, to_reading
from agent.types import ActName, Reading

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from agent.nano.reader_input import Tokenizer
    from agent.types import Scene

_FIRST: Final = 1
"""Id of MiniLM's [unused0]; those up to 99 follow."""

ACT_IDS: Final = {act: _FIRST + index for index, act in enumerate(ACTS)}
KIND_IDS: Final = {kind: _FIRST + len(ACT_IDS) + index for index, kind in enumerate(SpanKind)}
END: Final = _FIRST + len(ACT_IDS) + len(KIND_IDS)

_ACTS: Final = {token: act for act, token in ACT_IDS.items()}
_KINDS: Final = {token: kind for kind, token in KIND_IDS.items()}

SPECIAL: Final = range(_FIRST, END + 1)
"""Ids of all tokens that are no word pieces."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request as the networks see it."""

    text: str
    ids: tuple[int, ...]
    """`[CLS] what went before [SEP] the request [SEP]`, the tagger's own input."""
    begin: int
    """Index of the first piece of the request in `ids`."""
    at: tuple[tuple[int, int], ...]
    """(start, end) in `text` of every word that has pieces."""
    pieces: tuple[tuple[int, ...], ...]
    """Word pieces of each word of `at`, at least one."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a line says."""

    act: ActName | None
    """None where the line does not begin with an act."""
    spans: tuple[Span, ...]
    """Those that are well formed."""
    faults: tuple[str, ...]
    """What is wrong with the line; empty for a valid one."""


def request_of(scene: Scene, tokenizer: Tokenizer) -> Request:
    """Split a scene into word pieces; of a request longer than 128 pieces the rest is not read."""
    at = spans_of_words(scene.text)
    window = windows(scene, at, tokenizer)[0]
    edges = [*(first for _, first in window.words), len(window.ids) - 1]
    return Request(
        text=scene.text,
        ids=window.ids,
        begin=window.request,
        at=tuple(at[word] for word, _ in window.words),
        pieces=tuple(window.ids[start:end] for start, end in pairwise(edges)),
    )


def write(act: ActName, spans: Iterable[Span], request: Request) -> tuple[int, ...]:
    """Write a reading as a line; a word belongs to the span that it overlaps, spans without words are left out."""
    line = [ACT_IDS[act]]
    for span in sorted(spans, key=lambda each: each.start):
        said = [
            piece
            for (start, end), pieces in zip(request.at, request.pieces, strict=True)
            if start < span.end and span.start < end
            for piece in pieces
        ]
        if said:
            line += [KIND_IDS[span.kind], *said]
    return (*line, END)


def parse(line: Sequence[int], request: Request) -> Parsed:
    """Read any sequence of numbers as a line; what is malformed is named in `faults` and left out.

    A phrase is taken for the first run of whole words, after those of the phrase before, that has its pieces.
    """
    faults: list[str] = []
    rest = list(line)
    act = _ACTS.get(rest[0]) if rest else None
    if act is None:
        faults.append("no act at the beginning")
    else:
        del rest[0]
    if END in rest:
        ending = rest.index(END)
        if ending + 1 < len(rest):
            faults.append("tokens after the end")
        del rest[ending:]
    else:
        faults.append("no end")
    spans: list[Span] = []
    word = 0
    for kind, said in _phrases(rest):
        if kind is None:
            faults.append("words of no kind")
        elif act is not None and kind not in ALLOWED[act]:
            faults.append(f"{kind} does not go with {act}")
        elif (run := find(said, request.pieces, word)) is None:
            faults.append(f"the words of {kind} are not those of the request")
        else:
            first, word = run
            spans.append(Span(request.at[first][0], request.at[word - 1][1], kind))
    return Parsed(act, tuple(spans), tuple(faults))


def _phrases(tokens: Iterable[int]) -> list[tuple[SpanKind | None, list[int]]]:
    """Cut tokens before each kind; those before the first are of none."""
    cut: list[tuple[SpanKind | None, list[int]]] = [(None, [])]
    for token in tokens:
        if token in _KINDS:
            cut.append((_KINDS[token], []))
        else:
            cut[-1][1].append(token)
    return cut if cut[0][1] else cut[1:]


def find(said: Sequence[int], pieces: Sequence[tuple[int, ...]], start: int) -> tuple[int, int] | None:
    """Return (first word, one past the last) of the first run of words from `start` on with these pieces, or None."""
    wanted = tuple(said)
    for first in range(start, len(pieces)):
        run: tuple[int, ...] = ()
        for last in range(first, len(pieces)):
            run += pieces[last]
            if run == wanted:
                return first, last + 1
            if len(run) >= len(wanted):
                break
    return None


def reading_of(parsed: Parsed, request: Request) -> Reading:
    """Copy what a line says into a Reading; one without an act asks back."""
    return to_reading(parsed.act or ActName.ASK, parsed.spans, request.text)
