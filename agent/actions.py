"""The registry of actions: what a slash command or a key does, said once for every face."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from agent.types import ActName, Phrase, PhraseKind, Reading
from encoders.errors import UsageError
from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence


class Place(StrEnum):
    """Where an action's key works in the full screen."""

    ANYWHERE = "anywhere"
    CARD = "card"
    """While a card is selected; the action is done to that card."""


@dataclass(frozen=True, slots=True)
class Action:
    """Something a person can do by name or by key."""

    name: str
    usage: str
    """Arguments, as help shows them."""
    help: str
    read: Callable[[Sequence[str]], Reading] | None = None
    """Makes the reading that the engine plays; None where the face itself acts (`/new`, `/image` …)."""
    key: str = ""
    """Keys that do it in the full screen, in Textual's names, by commas; '' for none. A person may choose others."""
    place: Place = Place.ANYWHERE
    """Where those keys work."""
    screen_only: bool = False
    """Whether it has no sense in lines of text."""


_STARS = re.compile(r"[0-9]+(\.[0-9]+)?")
_ESCAPED = re.compile(r"\\([ \\'\"()&])")


def _numbers(words: Sequence[str], usage: str, least: int = 1) -> tuple[str, ...]:
    numbers = tuple(word.lstrip("#") for word in words)
    if len(numbers) < least or not all(word.isascii() and word.isdecimal() for word in numbers):
        raise UsageError(f"Write it as /{usage}, with the numbers of items on screen.")
    return numbers


def _on_items(act: ActName, usage: str, least: int = 1) -> Callable[[Sequence[str]], Reading]:
    return lambda words: Reading(act, references=_numbers(words, usage, least))


def _rate(words: Sequence[str]) -> Reading:
    usage = "rate N STARS"
    if len(words) != 2:
        raise UsageError(f"Write it as /{usage}: the item's number and one to five stars.")
    item, stars = words
    if not (_STARS.fullmatch(stars) and 1 <= float(stars) <= 5):
        raise UsageError(f"Stars go from 1 to 5, not “{stars[:40]}”: write it as /{usage}.")
    return Reading(ActName.RATE, references=_numbers([item], usage), stars=f"{float(stars):g} stars")


def _drop(words: Sequence[str]) -> Reading:
    if not words:
        raise UsageError("Name what to take back: /drop price.")
    return Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.DROP, " ".join(words)),))


def _remember(words: Sequence[str]) -> Reading:
    if not words:
        raise UsageError("Say what to remember: /remember I take a size 9.")
    return Reading(ActName.REMEMBER, note=" ".join(words))


def _forget(words: Sequence[str]) -> Reading:
    if words and all(word.isascii() and word.isdecimal() for word in words):
        return Reading(ActName.FORGET, references=tuple(words))
    return Reading(ActName.FORGET, note=" ".join(words) or None)


ACTIONS: Mapping[str, Action] = {
    action.name: action
    for action in (
        Action("why", "N", "why item N is shown", _on_items(ActName.EXPLAIN, "why N"), "w", Place.CARD),
        Action("like", "N…", "you like item N", _on_items(ActName.LIKE, "like N"), "l", Place.CARD),
        Action(
            "dislike",
            "N…",
            "not item N, nor its like",
            _on_items(ActName.DISLIKE, "dislike N"),
            "x",
            Place.CARD,
        ),
        Action("rate", "N STARS", "give item N one to five stars", _rate, "1,2,3,4,5", Place.CARD),
        Action("similar", "N", "more like item N", _on_items(ActName.SIMILAR, "similar N"), "m", Place.CARD),
        Action(
            "compare",
            "N M…",
            "set items side by side",
            _on_items(ActName.COMPARE, "compare N M", 2),
            "c",
            Place.CARD,
        ),
        Action("detail", "N", "all about item N", _on_items(ActName.DETAIL, "detail N"), "d", Place.CARD),
        Action("enlarge", "N", "item N's picture, large", key="v", place=Place.CARD, screen_only=True),
        Action("more", "", "others that fit", lambda _: Reading(ActName.REFINE), "f7"),
        Action("drop", "CONDITION", "take back a condition: /drop price", _drop),
        Action("remember", "FACT", "keep a fact about you", _remember),
        Action("forget", "[FACT|N]", "forget a fact, a rating of item N, or all about you", _forget),
        Action("profile", "", "what is known of you"),
        Action("voice", "[PATH]", "speak, or stage a sound file for the next message", key="f2"),
        Action("image", "[PATH]", "stage a picture for the next message", key="f3"),
        Action("sound", "PATH", "stage music to look for the like of"),
        Action("paste", "", "stage the picture, or the copied file, on the clipboard"),
        Action("unstage", "[N]", "take back what was staged last, or as number N"),
        Action("send", "", "send what is staged, without words"),
        Action("panel", "", "the side panel: you, conditions, taste, why", key="f6", screen_only=True),
        Action("theme", "", "the next theme: dark, light, high contrast", key="f4", screen_only=True),
        Action("new", "", "begin a new conversation", key="ctrl+l"),
        Action("sessions", "", "your recorded conversations", key="f5"),
        Action("rename", "NAME", "give this conversation a name"),
        Action("export", "FILE", "write this conversation to FILE.md, FILE.yaml or FILE.jsonl"),
        Action("models", "[pull SET]", "the sets of models, or fetch one", screen_only=True),
        Action("help", "", "this list", key="f1"),
        Action("quit", "", "leave", key="ctrl+q"),
    )
}


def check_on_screen(reading: Reading, shown: int) -> None:
    """Raise UsageError when a command names the number of an item that is not among the `shown` on screen."""
    missing = [number for number in reading.references if not 1 <= int(number) <= shown]
    if missing:
        there = {0: "nothing is on screen yet", 1: "only item 1 is"}.get(shown, f"items 1 to {shown} are")
        raise UsageError(f"There is no item {missing[0][:9]} on screen: {there}.")


_PATHS = frozenset({"image", "voice", "sound", "export"})


def parse(line: str) -> tuple[Action, list[str]]:
    """Split a slash command into its action and arguments; a path is one argument, spaces and all.

    Raises UsageError, naming the nearest command, when there is none of that name.
    """
    name, _, rest = re.sub(r"\s", " ", line[1:].strip()).partition(" ")
    action = ACTIONS.get(name.casefold())
    if action is None:
        from difflib import get_close_matches

        near = get_close_matches(name.casefold()[:40], ACTIONS, n=1)
        hint = f"did you mean /{near[0]}?" if near else "/help lists them."
        raise UsageError(f"There is no command /{sanitise_line(name, 40)}; {hint}")
    rest = rest.strip()
    if action.name in _PATHS:
        return action, [_path(rest)] if rest else []
    # A name of a file is bytes; all else is text.
    return action, sanitise_line(rest).split()


def _path(text: str) -> str:
    """Read a path as terminals paste it: in quotes, or with its spaces escaped."""
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"":
        return text[1:-1]
    return _ESCAPED.sub(r"\1", text)
