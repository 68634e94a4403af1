"""What of a message was spoken: a transcript may be changed before it is sent."""

from __future__ import annotations

import re


def split_heard(line: str, heard: str | None) -> tuple[str, str | None]:
    """Return the typed and the spoken words of a message: what was dictated is speech, however it was changed.

    `heard` is the transcript as the recogniser gave it. A message that keeps less than half of its words was typed in
    their place.
    """
    if heard is None:
        return line, None
    spoken, kept = _words(heard), set(_words(line))
    return ("", line) if 2 * sum(word in kept for word in spoken) >= len(spoken) else (line, None)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())
