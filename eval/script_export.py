"""A transcript as an evaluation script: what was put in, and that what came of it comes of it again.

Expected are the act, its conditions, order and count, the items it refers to, and the items shown first. What a person
was known to want before the session bore on it too, and a script's person is nobody: where that was so, acts alone are
expected, and the script says so in a comment. So it is after a part of the request was changed by hand, for which a
script has words alone.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from agent.contract import act_to_json
from agent.linking.folding import fold
from agent.types import SEARCHES, ActName
from encoders.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.types import Act, Turn
    from eval.transcript import Entry, Put, Transcript
    from retrieval.types import Constraint

_SHOWN: Final = 2
"""Items that are expected by name beside the first: more would make every change of ranking a failure."""
_JUDGES: Final = frozenset({ActName.LIKE, ActName.DISLIKE, ActName.RATE, ActName.REMEMBER, ActName.FORGET})


def to_script(transcript: Transcript, folder: Path) -> str:
    """Return the YAML of a script that is to lie in `folder`: paths below it are written relative to it.

    Raises InputError when nothing in the transcript can be played again.
    """
    import yaml

    header = transcript.header
    known = _known_before(transcript)
    turns, edited = [], False
    for entry in transcript.entries:
        edited = (edited or _is_edit(entry)) and entry.put.text != "/new"
        if made := _turn(entry, folder, free=known or edited):
            turns.append(made)
    if not turns:
        raise InputError("There is no turn to make a script of: say something first.")
    script: dict[str, Any] = {
        "name": (header.name or header.first or header.session) if header else "a conversation",
        "catalog": header.catalogue if header else "demo",
        "turns": turns,
    }
    comment = (
        "# What was known of the person may have borne on this, so no more than acts is expected.\n"
        if known
        else ""
    )
    return comment + yaml.safe_dump(script, sort_keys=False, allow_unicode=True, width=110)


def _known_before(transcript: Transcript) -> bool:
    """Tell whether taste ranked, or a remembered wish bore on, a turn before the session gave cause for it."""
    said: list[str] = []
    for entry in transcript.entries:
        turn = entry.turn
        if turn is None:
            continue
        said.append(fold(f"{turn.request.text} {turn.request.transcript or ''}"))
        if turn.act.name in _JUDGES:
            return False
        if any(card.evidence.shares.get("taste", 0) for card in turn.items):
            return True
        if not turn.request.pictures and len(_spoken(turn.act, said)) < len(turn.act.constraints):
            return True
    return False


def _spoken(act: Act, said: Sequence[str]) -> tuple[Constraint, ...]:
    """Return the conditions whose words were said: a remembered wish is held without its being said."""
    return tuple(one for one in act.constraints if any(fold(one.said) in text for text in said))


def _is_edit(entry: Entry) -> bool:
    """Tell whether a part of the request was changed by hand: words for that may be read otherwise."""
    turn = entry.turn
    return turn is not None and turn.request.text != entry.put.text


def _turn(entry: Entry, folder: Path, *, free: bool) -> dict[str, Any]:
    """Return the turn of a script; {} where nothing was put in. `free` expects of it no more than its act."""
    turn = _said(entry.put, entry.turn, folder)
    if entry.turn is not None and _is_edit(entry):
        return {"say": entry.turn.request.text}
    expect: dict[str, Any] = {}
    if entry.error is not None and entry.turn is None:
        expect = {} if free else {"error": entry.error}
    elif entry.turn is not None:
        expect = {"act": entry.turn.act.name.value} if free else _expected(entry.turn)
    return {**turn, "expect": expect} if turn and expect else turn


def _said(put: Put, turn: Turn | None, folder: Path) -> dict[str, Any]:
    """Return what a script says to put the same in; a recording that is gone is said in the words it was heard as."""
    said = put.text
    voice = put.voice
    if voice is not None and not Path(voice).is_file():
        voice = None
        heard = turn.request.transcript if turn else None
        said = " ".join(filter(None, [said, heard]))
    made: dict[str, Any] = {"say": said} if said else {}
    for key, paths in (("images", put.images), ("sounds", put.sounds)):
        if paths:
            made[key] = [_from(folder, path) for path in paths]
    if voice is not None:
        made["voice"] = _from(folder, voice)
    return made


def _from(folder: Path, path: str) -> str:
    whole = Path(path).absolute()
    if whole.is_relative_to(folder.absolute()):
        return os.path.relpath(whole, folder.absolute())
    return str(whole)


def _expected(turn: Turn) -> dict[str, Any]:
    act = turn.act
    expect: dict[str, Any] = {"act": act.name.value}
    if act.name in SEARCHES:
        expect["constraints"] = _conditions(act)
    for name in ("sort", "count", "stars"):
        if (value := getattr(act, name)) is not None:
            expect[name] = value
    if act.items:
        expect["refers"] = list(act.items)
    if turn.items:
        ids = [card.id for card in turn.items]
        expect["items"] = {
            "first": ids[0],
            "include": ids[1 : _SHOWN + 1],
            "at_least": len(ids),
            "at_most": len(ids),
        }
        if len(ids) == 1:
            del expect["items"]["include"]
    return expect


def _conditions(act: Act) -> list[dict[str, Any]]:
    """Return the act's conditions as scripts write them: without the words, and without 'enforced'."""
    return [
        {
            key: value
            for key, value in made.items()
            if key != "said" and (key, value) != ("status", "enforced")
        }
        for made in act_to_json(act)["constraints"]
    ]
