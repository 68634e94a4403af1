"""Places on a screen as people say them: 'the second one', 'one and three', 'the last but one', 'in the middle'."""

from __future__ import annotations

import re
from typing import Final

from agent.linking.folding import content, tokens

_CARDINAL: Final = re.compile(
    r"(?:(?:the|number|numbers|no|nos|nr|num|items?|options?|results?|cards?|picks?|choices?|#|and|or|vs|versus|"
    r"with|to|,|&|-|–|\d+(?!\d)|one)[\s.]*)+"
)
_SPAN: Final = re.compile(r"(\d+)\s*(?:-|–|to|through)\s*(\d+)")
_FIRST_N: Final = re.compile(r"\b(?:first|1st|top|opening) (\d+)\b")
_LAST_N: Final = re.compile(r"\b(?:last|bottom|final) (\d+)\b")
_FROM_END: Final = re.compile(
    r"\b(\d+)(?:st|nd|rd|th) (?:to|from|on)(?: the)? (?:last|end|bottom|right)\b|\b(penultimate|next to last|"
    r"last but 1|last but one)\b"
)
_MIDDLE_N: Final = re.compile(r"\bmiddle (\d+)\b|\b(\d+) in the middle\b")
_ORDINAL: Final = re.compile(r"\b(\d+)(?:st|nd|rd|th)\b")
_LAST: Final = re.compile(r"\b(?:last|final|bottom)\b")
_MIDDLE: Final = re.compile(r"\b(?:middle|centre|center)\b")
_ENDS: Final = re.compile(
    r"\b(?:(?P<last>(?:on|at) the (?:very |far )?(?:end|bottom|right)|end one|bottom one|far right)|"
    r"(?P<middle>in the (?:middle|centre))|(?:at|on) the (?:very )?(?:top|beginning|start|left)|far left)\b"
)

_MOST: Final = 1000


def positions(said: str, count: int) -> list[int]:
    """Return the places that `said`, which digits() wrote, names among `count` items; the first is 1.

    They may lie outside the screen; [] when no place is named.
    """
    return _counted(said, count) or _numbered(said, count) or _relative(said, count)


def _counted(said: str, count: int) -> list[int]:
    """Read 'the first two', 'the last three', 'the middle two' and 'second from the end'."""
    if match := _FROM_END.search(said):
        return [count - int(match[1] or 2) + 1]
    if match := _FIRST_N.search(said):
        return list(range(1, min(int(match[1]), _MOST) + 1))
    if match := _LAST_N.search(said):
        return list(range(count - min(int(match[1]), _MOST) + 1, count + 1))
    if match := _MIDDLE_N.search(said):
        wanted = min(int(match[1] or match[2]), max(count, 1))
        first = (count - wanted) // 2 + 1
        return list(range(first, first + wanted))
    return []


def _numbered(said: str, count: int) -> list[int]:
    """Read 'number 2', '1 to 3', 'the second and the last'."""
    if _CARDINAL.fullmatch(said) and re.search(r"\d", said):
        if span := _SPAN.search(said):
            return list(range(int(span[1]), min(int(span[2]), int(span[1]) + 100) + 1))
        return [int(number) for number in re.findall(r"\d{1,6}", said)]
    if found := _ORDINAL.findall(said):
        return [int(number) for number in found[:20]] + ([count] if _LAST.search(said) else [])
    return []


def _relative(said: str, count: int) -> list[int]:
    """Read 'the last one', 'the middle one' and 'the handbag on the end'."""
    if _LAST.search(said) and len(content(tokens(said))) <= 2:
        return [count]
    if _MIDDLE.search(said) and len(content(tokens(said))) <= 1:
        return [(count + 1) // 2]
    if end := _ENDS.search(said):
        return [count] if end["last"] else [(count + 1) // 2] if end["middle"] else [1]
    return []
