"""What an evaluation run played, as transcripts: one a script, for `vitrine replay`."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from encoders.atomic import write_text
from encoders.errors import InputError
from encoders.sanitise import sanitise_line
from eval.transcript import Entry, Put, Transcript, first_words, header_of, titles_of, to_lines

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from agent.conversation import Conversation
    from eval.runner import ScriptResult, TurnResult
    from eval.script import ScriptTurn
    from retrieval.snapshot import Snapshot


def write_transcripts(
    results: Sequence[ScriptResult], conversations: Mapping[str, Conversation], folder: Path
) -> list[Path]:
    """Write each script's transcript to `folder`, in place of one of an earlier run; returns the files.

    Raises InputError when one can't be written.
    """
    written: list[Path] = []
    for result in results:
        stem = re.sub(r"[^\w.-]+", "_", result.script.path.stem)
        same = sum(path.stem.partition("~")[0] == stem for path in written)
        path = folder / f"{stem}{f'~{same + 1}' if same else ''}.jsonl"
        transcript = transcript_of(result, conversations[result.script.catalog])
        try:
            write_text(path, to_lines(transcript).decode("ascii"))
        except OSError as error:
            raise InputError(
                f"The transcript {path} can't be written ({error.strerror}): name another folder with --transcripts."
            ) from error
        written.append(path)
    return written


def transcript_of(result: ScriptResult, conversation: Conversation) -> Transcript:
    """Return a played script as a transcript."""
    script, snapshot = result.script, conversation.snapshot
    played = zip(script.turns, result.turns, strict=True)
    entries = tuple(_entry(turn, ran, script.path.parent, snapshot) for turn, ran in played)
    header = header_of(
        snapshot,
        session=script.path.stem,
        user="scripted",
        models=conversation.models.label,
        began=next((entry.at for entry in entries if entry.at), datetime.now().astimezone()),
        first=first_words(entries[0]),
        name=script.name,
    )
    return Transcript(header, entries)


def _entry(turn: ScriptTurn, ran: TurnResult, folder: Path, snapshot: Snapshot) -> Entry:
    put = Put(
        sanitise_line(turn.say),
        tuple(str(folder / path) for path in turn.images),
        str(folder / turn.voice) if turn.voice else None,
        tuple(str(folder / path) for path in turn.sounds),
    )
    shown = {card.id for card in ran.turn.items} if ran.turn else set()
    referred = [id_ for id_ in ran.turn.act.items if id_ not in shown] if ran.turn else []
    return Entry(put, ran.turn, ran.headline, ran.refused, at=ran.at, titles=titles_of(referred, snapshot))
