"""A scene as the reader's network sees it: `[CLS] what went before [SEP] the request [SEP]`, in word pieces."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from agent.nano.tags import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.types import Scene

CONTEXT_PIECES: Final = 96
"""Word pieces of what went before; the rest is cut."""

REQUEST_PIECES: Final = 128
"""Word pieces of the request in one window; longer requests are read in several."""

MOST_WORDS: Final = 600
"""Words of a request that are read at all: the first and the last 300 of a longer one."""

_TITLES: Final = 4
_TITLE_WORDS: Final = 4


class Encoding(Protocol):
    """What a tokenizer returns, as far as it is used here."""

    @property
    def ids(self) -> list[int]:
        """Word pieces."""
        ...

    @property
    def word_ids(self) -> list[int | None]:
        """The word that each piece is of."""
        ...


class Tokenizer(Protocol):
    """A fast word-piece tokenizer (`tokenizers.Tokenizer`)."""

    def encode(
        self,
        sequence: str | Sequence[str],
        *,
        is_pretokenized: bool = False,
        add_special_tokens: bool = True,
    ) -> Encoding:
        """Split a text, or words, into word pieces."""
        ...

    def token_to_id(self, token: str) -> int | None:
        """Return the id of a word piece."""
        ...


@dataclass(frozen=True, slots=True)
class Window:
    """One input of the network."""

    ids: tuple[int, ...]
    """Word pieces, with [CLS] and [SEP]."""
    request: int
    """Index of the first piece of the request; those before are of segment 0, the others of segment 1."""
    words: tuple[tuple[int, int], ...]
    """(word of the request, its first piece) in order."""


def context(scene: Scene) -> str:
    """Put what went before into a line: what is on screen, sought, in force, done last and asked."""
    parts: list[str] = []
    if scene.seen:
        parts.append(f"picture of {' '.join(scene.seen)}")
    if scene.screen:
        titles = (" ".join(title.split()[:_TITLE_WORDS]) for title in scene.screen[:_TITLES])
        parts.append(f"{len(scene.screen)} shown: {', '.join(titles)}")
    else:
        parts.append("nothing shown")
    if scene.query:
        parts.append(f"sought: {scene.query}")
    if scene.constraints:
        parts.append(f"in force: {', '.join(constraint.said for constraint in scene.constraints)}")
    if scene.last_act is not None:
        parts.append(f"last: {scene.last_act}")
    if scene.asked:
        parts.append(f"asked: {scene.asked}")
    return ". ".join(parts)


def spans_of_words(text: str) -> list[tuple[int, int]]:
    """Return the words of `text` that are read, each as (start, end)."""
    found = words(text)
    if len(found) <= MOST_WORDS:
        return found
    return found[: MOST_WORDS // 2] + found[-MOST_WORDS // 2 :]


def windows(scene: Scene, at: Sequence[tuple[int, int]], tokenizer: Tokenizer) -> list[Window]:
    """Cut a scene into inputs of the network: one for all but very long requests.

    `at` are the words of the request. A word is never cut across windows, but for one of more pieces than a window.
    """
    cls, sep = tokenizer.token_to_id("[CLS]") or 0, tokenizer.token_to_id("[SEP]") or 0
    before = tokenizer.encode(context(scene), add_special_tokens=False).ids[:CONTEXT_PIECES]
    head = [cls, *before, sep]
    said = tokenizer.encode(
        # A word of more than 64 letters is none; its pieces would only crowd out the others.
        [scene.text[start : min(end, start + 64)] for start, end in at],
        is_pretokenized=True,
        add_special_tokens=False,
    )
    pieces: dict[int, list[int]] = {}
    for piece, word in zip(said.ids, said.word_ids, strict=True):
        if word is not None:
            pieces.setdefault(word, []).append(piece)
    cut: list[Window] = []
    ids: list[int] = list(head)
    firsts: list[tuple[int, int]] = []
    for word, of_word in pieces.items():
        if firsts and len(ids) - len(head) + len(of_word) > REQUEST_PIECES:
            cut.append(Window((*ids, sep), len(head), tuple(firsts)))
            ids, firsts = list(head), []
        firsts.append((word, len(ids)))
        ids.extend(of_word)
    cut.append(Window((*ids, sep), len(head), tuple(firsts)))
    return cut
