"""One filter for untrusted text: catalogue cells, transcripts and model output, before anything keeps or shows it.

Terminals obey control characters wherever they stand, and neither Rich nor Textual removes ESC, C1 or bidirectional
overrides. What is removed: C0 but tab and line feed, DEL, C1 (U+0080–009F), bidirectional embeddings, overrides and
isolates, zero-width and tag characters, and lone surrogates.
"""

from __future__ import annotations

import re
import unicodedata

# An escape sequence goes whole, so that its body ('[2J', '52;c;…') does not stay behind as text.
_SEQUENCES = re.compile(
    r"(?:\x1b\]|\x9d)[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)"  # OSC … BEL or ST
    r"|(?:\x1b[PX^_]|[\x90\x98\x9e\x9f])[^\x1b\x9c]{0,4096}(?:\x1b\\|\x9c)"  # DCS, SOS, PM, APC … ST
    r"|(?:\x1b\[|\x9b)[0-?]{0,64}[ -/]{0,16}[@-~]"  # CSI
    r"|\x1b[ -/]{0,4}[0-~]"  # two-character escapes
)
_REMOVED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff\ud800-\udfff]"
)


def sanitise(text: str) -> str:
    """Return `text` without anything a terminal would obey or hide; line ends become LF, the form becomes NFC.

    Idempotent: sanitise(sanitise(x)) == sanitise(x).
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _REMOVED.sub("", _SEQUENCES.sub("", text))
    return unicodedata.normalize("NFC", text)


def sanitise_line(text: str, limit: int | None = None) -> str:
    """Sanitise `text` and fold all white space into single spaces; cut at `limit` characters with an ellipsis."""
    line = " ".join(sanitise(text).split())
    if limit is not None and len(line) > limit:
        return line[: max(limit - 1, 0)].rstrip() + "…"
    return line
