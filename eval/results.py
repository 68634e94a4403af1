"""Keep what was measured: one JSON file a run in `results/`, with commit, machine and date; and read it back."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from encoders.atomic import write_text
from encoders.errors import InputError, VitrineError

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).resolve().parent.parent / "results"


@dataclass(frozen=True, slots=True)
class Record:
    """One kept result."""

    name: str
    """What was run: 'speed', 'scripts', 'bench-redial' …"""
    commit: str
    date: str
    """ISO 8601 with microseconds, UTC."""
    machine: Mapping[str, Any]
    measured: Mapping[str, Any]


def keep(name: str, measured: Mapping[str, Any], folder: Path = FOLDER) -> Path:
    """Write `measured` under `name` with its circumstances and return the file's path; none is written over.

    Raises VitrineError when the folder can't be written.
    """
    now = datetime.now(UTC)
    record = {"name": name, **circumstances(now), "measured": measured}
    text = json.dumps(record, indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    try:
        path = _free(folder / f"{name}-{now:%Y%m%d-%H%M%S}.json")
        write_text(path, text)
    except OSError as error:
        raise VitrineError(
            f"The result can't be kept in {folder} ({error.strerror}): make it writable, or give --no-keep."
        ) from error
    return path


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_stem(f"{path.stem}-{number}")
    return free


def newest(folder: Path = FOLDER) -> list[Record]:
    """Return the newest record of each name, by name; [] where nothing was kept.

    Raises InputError naming a file that holds no result.
    """
    found: dict[str, Record] = {}
    for path in sorted(folder.glob("*.json")):
        record = _read(path)
        if record.name not in found or record.date >= found[record.name].date:
            found[record.name] = record
    return [found[name] for name in sorted(found)]


def _read(path: Path) -> Record:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return Record(data["name"], data["commit"], data["date"], data["machine"], data["measured"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(
            f"{path} is not a kept result ({error!r}): remove it, or run the command again."
        ) from error


def circumstances(now: datetime) -> dict[str, Any]:
    """Return the commit, the machine and the date of a run."""
    return {
        "commit": commit(),
        "date": now.isoformat(),
        "machine": {
            "processor": processor(),
            "cores": os.cpu_count(),
            "system": platform.system(),
            "python": platform.python_version(),
        },
    }


def commit() -> str:
    """Return the short commit of this checkout, with '+' where files differ from it; 'unknown' outside one."""
    root = Path(__file__).resolve().parent.parent
    try:
        head = subprocess.run(
            ["git", "-C", str(root), "describe", "--always", "--abbrev=10", "--dirty=+", "--exclude=*"],
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return head.stdout.strip()


def processor() -> str:
    """Return the processor's name."""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.is_file():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
