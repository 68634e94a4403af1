"""The Tab key at a terminal: paths after '@', /image, /sound and /voice."""

from __future__ import annotations

from contextlib import suppress
from itertools import takewhile
from typing import TYPE_CHECKING

from encoders.sanitise import sanitise_line
from tui.attachments.complete import completions
from tui.echo import write

if TYPE_CHECKING:
    from collections.abc import Sequence


def complete_paths(prompt: str) -> None:
    """Let Tab complete paths in what input() edits; `prompt` is written again below a list of candidates.

    Raises ImportError where Python has no readline.
    """
    import readline

    # The whole line is the word: where a path begins is ours to say.
    readline.set_completer_delims("")
    found: list[str] = []

    def complete(line: str, state: int) -> str | None:
        if state == 0:
            found[:] = lines_from(line)
        return found[state] if state < len(found) else None

    def show(line: str, matches: Sequence[str], longest: int) -> None:
        listed = completions(line)
        write()
        if listed is not None:
            write(
                "  ".join(candidate.label for candidate in listed.candidates) + ("  …" if listed.more else "")
            )
        write(prompt + sanitise_line(readline.get_line_buffer()), end="")

    readline.set_completer(complete)
    with suppress(AttributeError):  # libedit, which macOS' Python has, lists in its own way
        readline.set_completion_display_matches_hook(show)
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")


def lines_from(line: str) -> list[str]:
    """Return how a line may read once its path is completed."""
    found = completions(line)
    if found is None:
        return []
    texts = [candidate.text for candidate in found.candidates]
    typed = line[found.start :].lstrip("'\"")
    if len(texts) > 1 and len(common(texts).lstrip("'\"")) < len(typed):
        # readline puts what they have in common in the line's place, which would take typed letters back where names
        # differ in case; these have the line in common, and `show` lists the names.
        return [f"{line}{number}" for number in range(len(texts))]
    return [line[: found.start] + text for text in texts]


def common(texts: Sequence[str]) -> str:
    """Return how all of some texts begin."""
    # Between the first and the last in order lie all others.
    pairs = zip(min(texts), max(texts), strict=False)
    return "".join(one for one, other in takewhile(lambda pair: pair[0] == pair[1], pairs))
