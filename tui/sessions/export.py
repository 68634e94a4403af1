"""A session as a file for elsewhere; its ending says in which form."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from encoders.atomic import write_text
from encoders.errors import InputError, UsageError
from encoders.sanitise import sanitise_line
from retrieval.store.faults import explained

if TYPE_CHECKING:
    from eval.transcript import Transcript


def export(transcript: Transcript, name: str) -> Path:
    """Write a page to read (.md), a script that `vitrine eval run` plays (.yaml) or the transcript itself (.jsonl).

    Raises UsageError for another ending, InputError where there is nothing to write or a file of that name already,
    StoreError when the disk refuses.
    """
    path = Path(name).expanduser() if name.strip() else Path()
    form = path.suffix.casefold()
    if form not in (".md", ".yaml", ".yml", ".jsonl"):
        raise UsageError(
            "Name a file that ends in .md (a page), .yaml (a script to play again) or .jsonl (the transcript)."
        )
    if not transcript.entries:
        raise InputError("There is nothing to export yet: say something first.")
    if path.exists():
        raise InputError(
            f"{sanitise_line(str(path))} is there already: name another file, or move that one away."
        )
    with explained("written", path, "name another place"):
        write_text(path, _content(transcript, form, path.parent))
    return path


def _content(transcript: Transcript, form: str, folder: Path) -> str:
    if form == ".md":
        from tui.sessions.markdown import to_markdown

        return to_markdown(transcript)
    if form == ".jsonl":
        from eval.transcript import to_lines

        return to_lines(transcript).decode("ascii")
    from eval.script_export import to_script

    return to_script(transcript, folder)
