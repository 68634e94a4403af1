"""Lines of standard input: typed, with arrows and history, or from a pipe, however long."""

from __future__ import annotations

import select
import sys
from contextlib import suppress
from dataclasses import dataclass
from io import BufferedReader
from typing import TYPE_CHECKING

from encoders.errors import InputError
from encoders.sanitise import sanitise_line
from tui.echo import is_terminal, write
from tui.plain.tab import complete_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import BinaryIO

LONGEST_LINE = 4 << 20
"""Bytes of a line that are kept; the rest of a longer one is read and dropped, so that memory stays small."""


_PROMPT = "you: "


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it came in."""

    text: str
    """Bytes that are no UTF-8 are lone surrogates."""
    whole: bool = True
    """False where the end of a line beyond LONGEST_LINE is not in `text`."""

    def checked(self) -> str:
        """Return the text when it can be read as a message or a command.

        Raises InputError when it is too long or no UTF-8; a command may carry a file's name in any bytes.
        """
        if not self.whole:
            raise InputError(
                f"The line is longer than {LONGEST_LINE >> 20} MB: say what you are after in a few sentences."
            )
        broken = sum("\udc80" <= character <= "\udcff" for character in self.text)
        if broken and not self.text.lstrip().startswith("/"):
            raise InputError(
                f"The message has {broken:,} bytes that are no UTF-8 text: type it again, or save the file as UTF-8."
            )
        return self.text


@dataclass(slots=True)
class Draft:
    """Words that wait in the next prompt to be finished."""

    text: str = ""

    def take(self) -> str:
        """Return them, once."""
        text, self.text = self.text, ""
        return text


def typed_lines(ahead: Callable[[], str] = str, draft: Draft | None = None) -> Iterator[Line]:
    """Yield what a person types; Ctrl-D ends it, Ctrl-C raises KeyboardInterrupt.

    Lines typed earlier come back with the arrow keys and are kept nowhere else. `ahead` is called before the first
    prompt, and returns what was typed and read before it: whole lines are played, the rest waits to be finished, as
    does what is put into `draft`.
    """
    # Not on every system; input() then reads plainly, without editing and history.
    with suppress(ImportError):
        complete_paths(_PROMPT)
    draft = Draft() if draft is None else draft
    *lines, begun = ahead().split("\n")
    draft.text += begun
    for text in lines:
        write(f"\nyou: {sanitise_line(text)}")
        yield Line(text)
    while True:
        write()
        try:
            begun = draft.take()
            text = _edited(begun) if begun else input(_PROMPT)
        except EOFError:
            write()
            return
        yield Line(text)


def _edited(begun: str) -> str:
    """Read a line whose beginning was typed already."""
    try:
        import readline
    except ImportError:
        return begun + input(_PROMPT + begun)
    readline.set_startup_hook(lambda: readline.insert_text(begun))
    try:
        return input(_PROMPT)
    finally:
        readline.set_startup_hook(None)


def piped_lines(stream: BinaryIO | None) -> Iterator[Line]:
    """Yield the lines of a pipe or file."""
    first = True
    while stream is not None and (raw := stream.readline(LONGEST_LINE)):
        whole = raw.endswith(b"\n") or len(raw) < LONGEST_LINE
        rest = raw
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST_LINE)
        text = raw.decode("utf-8", errors="surrogateescape").rstrip("\r\n")
        yield Line(text.removeprefix("\ufeff") if first else text, whole)
        first = False


def is_over() -> bool:
    """Tell whether standard input has ended before its first line, without waiting for one."""
    stream = sys.stdin
    if stream is None:
        return True
    if is_terminal(stream):
        return False
    try:
        ready, _, _ = select.select([stream], [], [], 0)
        return bool(ready) and isinstance(stream.buffer, BufferedReader) and not stream.buffer.peek(1)
    except (OSError, ValueError, AttributeError):
        return False  # no file of the system, or one that can't be asked
