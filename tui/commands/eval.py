"""`vitrine eval`: scripted conversations, benchmarks and speed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from encoders.layout import Slot
from encoders.places import data_dir as find_data_dir
from tui.echo import narrate, write
from tui.options import data_option, model_option, profile_option
from tui.plain.json_lines import write_object

if TYPE_CHECKING:
    from collections.abc import Mapping

    from encoders.profiles import ResolvedSet
    from eval.benchmarks.protocol import Table
    from eval.runner import ScriptResult


@click.group("eval")
def command() -> None:
    """Play scripts and run benchmarks."""


@command.command("run")
@click.argument("scripts", type=click.Path(path_type=Path), nargs=-1, required=True)
@profile_option
@click.option("--catalog", metavar="NAME|PATH", help="Instead of the catalogue that the scripts name.")
@click.option("--json", "as_json", is_flag=True, help="Print every turn and its failures as JSON.")
@click.option("--keep/--no-keep", default=True, help="Keep the result in results/ (default: yes).")
@click.option(
    "--transcripts",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="FOLDER",
    help="Write each script's conversation there, for `vitrine replay`.",
)
@data_option
def run(
    scripts: tuple[Path, ...],
    profile: str,
    catalog: str | None,
    as_json: bool,
    keep: bool,
    transcripts: Path | None,
    data_dir: Path | None,
) -> int:
    """Play SCRIPTS (YAML) and check what they expect; exit code 1 when something failed."""
    from dataclasses import replace

    from agent.assembly import open_conversation
    from eval.report import results_to_json, results_to_keep
    from eval.results import keep as keep_result
    from eval.runner import run_scripts
    from eval.script import read_script
    from tui.progress import Bars

    read = [read_script(path) for path in scripts]
    if catalog:
        read = [replace(script, catalog=catalog) for script in read]
    data = find_data_dir(data_dir)
    with Bars() as bars:
        conversations = {
            name: open_conversation(name, data, profile=profile, progress=bars)
            for name in {script.catalog for script in read}
        }
    results = run_scripts(read, conversations)
    if transcripts:
        from eval.run_transcripts import write_transcripts

        written = write_transcripts(results, conversations, transcripts)
        narrate(f"{len(written)} transcript{'' if len(written) == 1 else 's'} in {transcripts}")
    if as_json:
        write_object(results_to_json(results))
    else:
        _show(results)
    if keep:
        narrate(f"kept in {keep_result('scripts', results_to_keep(results)).name}")
    return 0 if all(result.passed for result in results) else 1


def _show(results: list[ScriptResult]) -> None:
    from eval.tables import table

    rows = [
        (
            r.script.name,
            len(r.turns),
            sum(len(t.failures) for t in r.turns),
            round(r.median_ms),
            "ok" if r.passed else "failed",
        )
        for r in results
    ]
    write(table(("script", "turns", "failures", "ms a turn", ""), rows))
    for result in results:
        for number, turn in enumerate(result.turns, 1):
            for failure in turn.failures:
                write(f"{result.script.name}, turn {number} “{turn.said}”: {failure}")


@command.command("bench")
@click.argument("name")
@click.option(
    "--data",
    type=click.Path(path_type=Path),
    multiple=True,
    help="The folder of its data; for search and sound, any catalogue; for understanding, one case file or several; "
    "for encoding, none; for screen, a catalogue (default: demo).",
)
@profile_option
@model_option(Slot.CHAT)
@model_option(Slot.IMAGE)
@click.option(
    "--reader", default="bundled", metavar="NAME", help="understanding: what reads (default: the chat model)."
)
@click.option(
    "--heed/--no-heed", default=True, help="understanding: hold readings to plain words (default: yes)."
)
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
@click.option("--keep/--no-keep", default=True, help="Keep the result in results/ (default: yes).")
@data_option
def bench(
    name: str,
    data: tuple[Path, ...],
    profile: str,
    chat_model: str | None,
    image_model: str | None,
    reader: str,
    heed: bool,
    as_json: bool,
    keep: bool,
    data_dir: Path | None,
) -> None:
    """Run the benchmark NAME: composed, encoding, pictures, redial, screen, search, sound or understanding."""
    from encoders.errors import UsageError
    from encoders.profiles import resolve
    from eval.benchmarks import composed, encoding, pictures, screen
    from eval.understanding.bench import NAME as UNDERSTANDING

    if name == encoding.NAME:
        _tell(name, encoding.run(narrate), {}, as_json, keep)
        return
    if name == screen.NAME:
        _screen(str(data[0]) if data else "demo", profile, as_json, keep)
        return
    if not data:
        raise UsageError(f"The benchmark {name} reads data: give its folder or file with --data.")
    home = find_data_dir(data_dir)
    named = {Slot.CHAT: chat_model, Slot.IMAGE: image_model}
    resolved = resolve(profile, home, {slot: model for slot, model in named.items() if model})
    if name == UNDERSTANDING:
        _understanding(data, home, resolved, reader, heed, as_json, keep)
    elif len(data) > 1:
        raise UsageError(f"The benchmark {name} reads one folder or file: give --data once.")
    elif name in (composed.NAME, pictures.NAME):
        _of_pictures(name, data[0], resolved, as_json, keep)
    else:
        _of_text(name, data[0], resolved, as_json, keep)


def _screen(catalog: str, profile: str, as_json: bool, keep: bool) -> None:
    from eval.benchmarks.screen import NAME, measure_screen, show_screen
    from eval.results import keep as keep_result

    measured = measure_screen(catalog, profile, narrate)
    if as_json:
        write_object(measured)
    else:
        write(show_screen(measured))
    if keep:
        narrate(f"kept in {keep_result(f'bench-{NAME}', measured).name}")


def _understanding(
    data: tuple[Path, ...],
    home: Path,
    resolved: ResolvedSet,
    reader: str,
    heed: bool,
    as_json: bool,
    keep: bool,
) -> None:
    from agent.assembly import image_loader, open_models
    from eval.results import keep as keep_result
    from eval.understanding.bench import NAME, run
    from eval.understanding.report import details, show, to_json

    models = open_models(resolved)
    image = image_loader(resolved, models)
    report = run(data, home, models, narrate, reader=reader, heed=heed, image=image)
    kept = {**to_json(report), "text_encoder": models.text.get().id}
    if as_json:
        write_object({**kept, **details(report)})
    else:
        write(show(report))
    if keep:
        system = "" if reader == "bundled" else f"-{reader}"
        narrate(f"kept in {keep_result(f'bench-{NAME}{system}', kept).name}")


def _of_text(name: str, data: Path, resolved: ResolvedSet, as_json: bool, keep: bool) -> None:
    from agent.assembly import open_models
    from eval.benchmarks.protocol import find

    benchmark = find(name)
    text = open_models(resolved).text.get()
    measured = benchmark.run(data, text, narrate)
    _tell(name, measured, {"text_encoder": text.id}, as_json, keep)


def _of_pictures(name: str, data: Path, resolved: ResolvedSet, as_json: bool, keep: bool) -> None:
    from agent.assembly import open_models
    from eval.benchmarks import composed, pictures

    models = open_models(resolved)
    image = models.image.get()
    # A model named by its folder has the folder's path in its id, and a result is kept for others to read.
    encoders = {"image_encoder": Path(image.id).name if Path(image.id).is_absolute() else image.id}
    if name == pictures.NAME:
        _tell(name, pictures.run(data, image, narrate), encoders, as_json, keep)
        return
    text = models.text.get()
    measured = composed.run(data, text, image, narrate)
    _tell(f"{name}-{data.name}", measured, {**encoders, "text_encoder": text.id}, as_json, keep)


def _tell(name: str, measured: Table, encoders: Mapping[str, str], as_json: bool, keep: bool) -> None:
    """Print a table, and keep it."""
    from eval.report import show_table, table_to_json
    from eval.results import keep as keep_result

    report = {**table_to_json(measured), **encoders}
    if as_json:
        write_object(report)
    else:
        write(show_table(measured))
    if keep:
        narrate(f"kept in {keep_result(f'bench-{name}', report).name}")


@command.command("speed")
@click.option("--catalog", default="demo", metavar="NAME|PATH", help="What to measure on (default: demo).")
@profile_option
@click.option("--json", "as_json", is_flag=True, help="Print the table as JSON.")
def speed(catalog: str, profile: str, as_json: bool) -> None:
    """Time start, index and turns on this machine, and weigh the memory of a chat; kept in results/."""
    from eval.results import keep as keep_result
    from eval.speed import measure_speed, show_speed

    measured = measure_speed(catalog, profile, narrate)
    if as_json:
        write_object(measured)
    else:
        write(show_speed(measured))
    narrate(f"kept in {keep_result('speed', measured).name}")


@command.command("results")
def results() -> None:
    """Print the newest kept result of each name as Markdown, with commit, date and machine."""
    from eval.leaderboard import leaderboard
    from eval.results import newest

    kept = newest()
    if kept:
        write(leaderboard(kept))
    else:
        narrate(
            "Nothing is kept in results/ yet: `vitrine eval run`, `bench` and `speed` keep what they measure."
        )
