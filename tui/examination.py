"""What `vitrine doctor` looks at; each part that can't be examined becomes a problem, and the rest goes on."""

from __future__ import annotations

import platform
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from encoders.errors import VitrineError
from encoders.layout import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from encoders.profiles import Resolved
    from retrieval.index.progress import Progress
    from retrieval.library import Health


def examine(data: Path, profile: str, mending: Progress | None, *, images: str = "auto") -> dict[str, Any]:
    """Return all findings, ready for JSON; with `mending`, indexes whose probe fails are built again first.

    `images` is how pictures are wanted, one of `tui.pictures.choose.WAYS`.

    Raises UsageError when there is no such model set.
    """
    from retrieval.library import Library

    problems: list[str] = []
    library = Library(data)
    names: list[str] = []
    with _told(problems):
        names = library.names()
    catalogues = []
    for name in names:
        with _told(problems):
            if mending is not None:
                library.mend(name, mending)
        with _told(problems):
            catalogues.append(_catalogue(library.health(name), problems))
    people = 0
    with _told(problems):
        people = _people(data)
    return {
        "machine": _machine(),
        "chat": _chat(),
        "pictures": _pictures(images),
        "microphone": _microphone(),
        "keys": _keys(problems),
        "models": _models(profile, data, problems),
        "data_dir": str(data),
        "catalogues": catalogues,
        "people": people,
        "problems": list(dict.fromkeys(problems)),
    }


@contextmanager
def _told(problems: list[str]) -> Iterator[None]:
    """Turn an error into a problem."""
    try:
        yield
    except VitrineError as error:
        problems.append(str(error))


def _machine() -> dict[str, Any]:
    from encoders.device import choose

    placement = choose(Slot.TEXT)
    return {
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.machine()}",
        "device": placement.device,
        "dtype": placement.dtype,
        "why": placement.reason,
    }


def _chat() -> dict[str, Any]:
    from tui.face import choose

    face = choose()
    return {"face": face.name, "why": face.reason, "encoding": getattr(sys.stdout, "encoding", None)}


def _pictures(images: str) -> dict[str, Any]:
    from tui.pictures.choose import choose

    choice = choose(images)
    return {"protocol": choice.protocol.value, "why": choice.reason}


def _microphone() -> dict[str, Any]:
    """Find the microphone without opening it; a machine without one is no worse for it, so it is no problem."""
    from tui.microphone.port import MicrophoneError
    from tui.microphone.portaudio import PortAudioMicrophone

    try:
        device = PortAudioMicrophone().device()
    except MicrophoneError as error:
        return {"name": None, "rate": None, "why": str(error)}
    return {"name": device.name, "rate": device.rate, "why": device.reason}


def _keys(problems: list[str]) -> dict[str, Any]:
    """Read the person's own keys, which the full screen refuses to start without where they are wrong."""
    from tui.app.keys import keys_file, read_keys

    file, chosen = keys_file(), {}
    with _told(problems):
        chosen = dict(read_keys(file))
    return {"file": str(file), "chosen": chosen}


def _models(profile: str, data: Path, problems: list[str]) -> dict[str, Any]:
    from encoders.profiles import resolve

    resolved = resolve(profile, data)
    slots = {slot.value: _model(resolved.models.get(slot)) for slot in Slot}
    for slot in (Slot.CHAT, Slot.TEXT):  # nothing is answered without these two
        try:
            _try(resolved.require(slot))
        except VitrineError as error:
            problems.append(str(error))
            slots[slot.value] |= {"ready": False, "missing": slots[slot.value]["missing"] or ["usable files"]}
    return {"set": resolved.name, "why": resolved.reason, "slots": slots}


def _try(model: Resolved) -> None:
    """Load the bundled chat model, of which the encoders' folder knows only the name. Raises ModelError."""
    from encoders.profiles import BUNDLED_CHAT

    if model.ref.source == BUNDLED_CHAT:
        from agent.nano.model import NanoChat

        NanoChat.load()


def _model(model: Resolved | None) -> dict[str, Any]:
    if model is None:
        return {"model": None, "ready": False, "missing": ["no model in this set"]}
    return {"model": model.ref.source, "ready": model.ready, "missing": list(model.missing)}


def _catalogue(health: Health, problems: list[str]) -> dict[str, Any]:
    found = list(health.problems)
    if not (found or health.index.serving) and any(entry.filled for entry in health.encoded.values()):
        found.append(
            f"The vector index of '{health.name}' does not serve, so search scans exactly "
            f"({health.index.reason}); `vitrine doctor --mend` builds it again."
        )
    problems.extend(found)
    return {
        "name": health.name,
        "source": health.source,
        "generation": health.generation,
        "created": health.created,
        "items": health.items,
        "encoded": {
            modality: {"encoder": entry.encoder, "dimension": entry.dimension, "filled": entry.filled}
            for modality, entry in health.encoded.items()
        },
        "index": {"serving": health.index.serving, "why": health.index.reason},
        "problems": found,
    }


def _people(data: Path) -> int:
    from retrieval.store.layout import people_file
    from retrieval.store.people import People

    path = people_file(data)
    if not path.is_file():
        return 0
    with People(path) as people:
        return len(people.users())
