"""What happens to a request between a head and a text: case, punctuation, slips of the finger, mishearings, fillers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import random

    from agent.nano.grammar.language import Run

_NEIGHBOURS: Final = {
    "a": "sq", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "w", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
_MISHEARD: Final = {
    "for": "four", "to": "too", "their": "there", "wear": "where", "two": "to", "pair": "pear", "red": "read",
    "blue": "blew", "four": "for", "sale": "sail", "heels": "heals", "leather": "lever", "than": "then", "one": "won",
    "i'm": "am", "want": "wont", "suede": "swayed", "not": "knot", "which": "witch", "your": "you're",
}  # fmt: skip
_SHORT: Final = {
    "you": "u", "are": "r", "please": "plz", "something": "smth", "because": "cos", "and": "n", "your": "ur",
    "with": "w/", "want": "wanna", "looking": "lookin", "going": "goin", "about": "abt", "for": "4", "to": "2",
    "have": "av", "really": "rly", "what": "wot", "thanks": "thx", "anything": "anythin", "tomorrow": "tmrw",
}  # fmt: skip
_FILLERS: Final = (
    "um",
    "er",
    "uh",
    "like",
    "you know",
    "maybe",
    "sort of",
    "erm",
    "well",
    "just",
    "actually",
)
_MARKS: Final = str.maketrans("", "", ",.?!;:")


def _slip(word: str, rng: random.Random) -> str:
    """One slip of the finger: letters swapped, dropped, doubled, or a neighbouring key."""
    if len(word) < 4 or not word.isalpha():
        return word
    at = rng.randrange(1, len(word) - 1)
    kind = rng.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + rng.choice(_NEIGHBOURS.get(word[at].lower(), "e")) + word[at + 1 :]


def _each_word(runs: list[Run], change: dict[str, str], chance: float, rng: random.Random) -> list[Run]:
    """Replace words by `change`, each with `chance`, where they lie outside spans."""

    def swap(text: str) -> str:
        return " ".join(
            change[word.lower()] if word.lower() in change and rng.random() < chance else word
            for word in text.split(" ")
        )

    return [(text if kind else swap(text), kind) for text, kind in runs]


def _fill(runs: list[Run], rng: random.Random) -> list[Run]:
    """Put a filler between two words, never inside a span."""
    gaps = [index for index, (text, kind) in enumerate(runs) if kind is None and text == " "]
    if not gaps:
        return runs
    at = rng.choice(gaps)
    return [*runs[:at], (f" {rng.choice(_FILLERS)} ", None), *runs[at + 1 :]]


def _case(runs: list[Run], rng: random.Random) -> list[Run]:
    """Change the case of all."""
    kind = rng.random()
    if kind < 0.62:
        return [(text.lower(), mark) for text, mark in runs]
    if kind < 0.65:
        return [(text.upper(), mark) for text, mark in runs]
    if kind < 0.85 and runs:
        first, mark = runs[0]
        return [(first[:1].upper() + first[1:], mark), *runs[1:]]
    return runs


def _without_apostrophes(runs: list[Run]) -> list[Run]:
    """Take apostrophes out, but not where a clitic leans on a span: 'it's' would become one word with it."""
    plain: list[Run] = []
    for place, (text, kind) in enumerate(runs):
        leans = place > 0 and runs[place - 1][1] is not None and text.startswith("'")
        plain.append(("'" + text[1:].replace("'", "") if leans else text.replace("'", ""), kind))
    return plain


def noisy(runs: list[Run], rng: random.Random) -> list[Run]:
    """Return `runs` as somebody would type or say them; spans keep their words, in their order."""
    spoken = rng.random() < 0.2
    runs = _case(runs, rng)
    if spoken and rng.random() < 0.5:
        runs = _fill(runs, rng)
    if spoken:
        runs = _each_word(runs, _MISHEARD, 0.06, rng)
    elif rng.random() < 0.12:
        runs = _each_word(runs, _SHORT, 0.5, rng)
    if spoken or rng.random() < 0.35:
        runs = [(text if kind else text.translate(_MARKS), kind) for text, kind in runs]
    if rng.random() < 0.4:
        runs = _without_apostrophes(runs)
    elif rng.random() < 0.1:
        runs = [(text.replace("'", "’"), kind) for text, kind in runs]
    if not spoken and rng.random() < 0.18:
        chance = rng.choice((0.08, 0.15, 0.3))
        runs = [
            (" ".join(_slip(word, rng) if rng.random() < chance else word for word in text.split(" ")), kind)
            for text, kind in runs
        ]
    return runs
