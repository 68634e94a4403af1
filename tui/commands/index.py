"""`vitrine index`: import a catalogue, show what was guessed of it, and index it."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from encoders.errors import UsageError
from encoders.layout import Slot
from encoders.places import data_dir as find_data_dir
from tui.echo import is_terminal, narrate, write
from tui.options import chroma_option, data_option, model_option, profile_option
from tui.plain.json_lines import write_object

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.catalogue.importer import Import
    from retrieval.index.build import IndexReport
    from retrieval.types import Role

_PROBLEMS_SHOWN = 10
_WIDEST = 40


@click.command("index")
@click.argument("source")
@click.option("--name", help="What to call it (default: the name of the file or folder).")
@click.option(
    "--column", "columns", multiple=True, metavar="COLUMN=ROLE", help="What a column is; may repeat."
)
@click.option("--settings", type=click.Path(path_type=Path), help="A TOML file with the columns' roles.")
@click.option("--strict", is_flag=True, help="Stop at the first bad row instead of skipping it.")
@profile_option
@chroma_option
@model_option(Slot.TEXT)
@model_option(Slot.IMAGE)
@model_option(Slot.AUDIO)
@click.option("--json", "as_json", is_flag=True, help="Print the report as a JSON object.")
@data_option
def command(
    source: str,
    name: str | None,
    columns: Sequence[str],
    settings: Path | None,
    strict: bool,
    profile: str,
    chroma: str | None,
    text_model: str | None,
    image_model: str | None,
    audio_model: str | None,
    as_json: bool,
    data_dir: Path | None,
) -> None:
    """Import and index SOURCE: a CSV, JSON, JSON Lines or Parquet file, a folder, or 'demo'."""
    from agent.assembly import image_loader, open_models
    from encoders.profiles import resolve
    from retrieval.opening import index_catalogue, read_catalogue
    from tui.progress import Bars

    data = find_data_dir(data_dir)
    overrides = {Slot.TEXT: text_model, Slot.IMAGE: image_model, Slot.AUDIO: audio_model}
    resolved = resolve(profile, data, {slot: ref for slot, ref in overrides.items() if ref})
    models = open_models(resolved)
    with Bars() as bars:
        imported = read_catalogue(
            source, data, name=name, roles=_roles(columns), settings=settings, strict=strict, progress=bars
        )
        if not as_json:
            _show_import(imported)
        report = index_catalogue(
            imported,
            data,
            models.text.get,
            image_loader(resolved, models),
            bars,
            chroma,
            models.audio.get,
        )
    if as_json:
        write_object(_as_json(imported, report))
        return
    _show_report(report)
    if resolved.get(Slot.IMAGE) is None and (pictures := sum(bool(item.picture) for item in imported.items)):
        narrate(
            f"Its pictures (of {pictures:,} of {report.items:,} items) can't be searched because the "
            f"'{resolved.name}' set has no image model; "
            "`vitrine models pull laptop` gets one."
        )


def _roles(columns: Sequence[str]) -> dict[str, Role]:
    from retrieval.types import Role

    roles: dict[str, Role] = {}
    for text in columns:
        column, _, role = text.partition("=")
        if not column or role not in list(Role):
            raise UsageError(
                f"--column takes COLUMN=ROLE with a role of {', '.join(Role)}, not “{text}”; see the guessed table."
            )
        roles[column] = Role(role)
    return roles


def _show_import(imported: Import) -> None:
    counts = imported.counts
    write(f"{imported.name}: {counts.items:,} items from {imported.source}")
    header = ("column", "role", "label", "unit", "why", "for example")
    rows = [(r.column, r.role.value, r.label, r.unit or "", r.why, r.example) for r in imported.roles]
    widths = [min(max(len(row[i]) for row in [header, *rows]), _WIDEST) for i in range(len(header))]
    across = shutil.get_terminal_size().columns if is_terminal(sys.stdout) else None
    for row in [header, *rows]:
        cells = (cell[:width].ljust(width) for cell, width in zip(row, widths, strict=True))
        write("  ".join(cells)[:across].rstrip())
    if imported.problems:
        narrate(
            f"rows skipped: {counts.rows_skipped:,}, cells dropped: {counts.cells_dropped:,}, "
            f"cells changed: {counts.cells_changed:,}, notes: {counts.notes:,}"
        )
    _list([str(problem) for problem in imported.problems])


def _list(problems: Sequence[str]) -> None:
    for problem in problems[:_PROBLEMS_SHOWN]:
        narrate(f"  {problem}")
    if len(problems) > _PROBLEMS_SHOWN:
        narrate(f"  … and {len(problems) - _PROBLEMS_SHOWN:,} more; --json lists all")


def _show_report(report: IndexReport) -> None:
    if report.unchanged:
        write(f"{report.name} is indexed already, and nothing changed: {report.items:,} items kept.")
        return
    parts = [f"{m.modality}: {m.encoded:,} encoded, {m.reused:,} kept" for m in report.modalities]
    write(
        f"{report.name}: {report.items:,} items indexed in {report.seconds['total']:.1f} s ({'; '.join(parts)})"
    )
    if not report.index.serving:
        narrate(f"The vector index does not serve ({report.index.reason}); search scans exactly.")
    _list(report.problems)


def _as_json(imported: Import, report: IndexReport) -> dict[str, object]:
    import dataclasses

    return {
        "name": report.name,
        "source": str(imported.source),
        "items": len(imported.items),
        "columns": [
            {"name": c.name, "role": c.role.value, "label": c.label, "unit": c.unit, "filled": c.filled}
            for c in imported.columns
        ],
        "problems": [
            {"file": p.file.name, "line": p.line, "reason": p.reason, "severity": str(p.severity)}
            for p in imported.problems
        ],
        "counts": dataclasses.asdict(imported.counts),
        "index": dataclasses.asdict(report),
    }
