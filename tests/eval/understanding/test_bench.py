from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from agent.models import Lazy, Models
from agent.types import ActName, Phrase, PhraseKind, Reading
from encoders.errors import InputError, ModelError, UsageError
from eval.understanding.bench import case_files, run
from retrieval.index.build import Options, build
from retrieval.opening import read_catalogue
from tests.eval.understanding.conftest import TEXT, missing
from tests.fakes.chat import ScriptedChat
from tests.fakes.snapshot import DOZEN

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from eval.understanding.report import Report
    from tests.fakes.chat import Answer

CASES = """
catalog: dozen
requests:
- say: boots under 80
  act: recommend
  where: [kind == boots, price <= 80]
  may: [price < 80]
- say: the first in grey
  given: {query: boots, where: [kind == boots], screen: [b1, b2], last: recommend}
  act: similar
  where: [kind == boots, colour == grey]
  items: ['#1']
- say: hello
  act: chat
- say: a mauve one
  act: recommend
  where: [colour == mauve]
"""
READINGS: Mapping[str, Answer] = {
    "boots under 80": Reading(ActName.RECOMMEND, "boots", (Phrase(PhraseKind.LIMIT, "under 80"),)),
    "the first in grey": Reading(
        ActName.SIMILAR, phrases=(Phrase(PhraseKind.WANT, "grey"),), references=("the first",)
    ),
    "hello": Reading(ActName.ASK),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the dozen in it, without a vector index."""
    data = tmp_path_factory.mktemp("data")
    build(read_catalogue(str(DOZEN), data), data_dir=data, text=TEXT, options=Options(index=False))
    return data


def bench(
    data: Path, *paths: Path, readings: Mapping[str, Answer] = READINGS, **more: str
) -> tuple[Report, list[str]]:
    models = Models(Lazy(lambda: ScriptedChat(readings)), Lazy(lambda: TEXT), Lazy(missing), Lazy(missing))
    told: list[str] = []
    return run(paths, data, models, told.append, **more), told  # type: ignore[arg-type]


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.yaml"
    path.write_text(CASES, encoding="utf-8")
    return path


def test_cases_are_played_and_faulty_labels_left_out(data: Path, cases: Path) -> None:
    report, told = bench(data, cases)
    assert [(one.case.number, one.whole) for one in report.scores] == [(1, True), (2, True), (3, False)]
    assert told[0] == "cases.yaml: 4 requests of dozen"
    assert told[1].startswith("left out: In ") and "request 4" in told[1] and "mauve" in told[1]
    assert report.reader == "bundled (scripted-chat)"
    assert report.notes == {"left out": "1 requests with faulty labels; files none"}


def test_a_catalogue_may_lie_beside_the_cases_or_is_told(data: Path, cases: Path, tmp_path: Path) -> None:
    (tmp_path / "things.csv").write_bytes(DOZEN.read_bytes())
    beside, absent = tmp_path / "beside.yaml", tmp_path / "absent.yaml"
    beside.write_text(CASES.replace("catalog: dozen", "catalog: things.csv"), encoding="utf-8")
    absent.write_text(CASES.replace("catalog: dozen", "catalog: boats"), encoding="utf-8")
    report, told = bench(tmp_path / "home", beside, absent)
    assert {one.catalogue for one in report.scores} == {"things"}
    assert "run `vitrine index PATH --name boats" in told[-1]
    assert "files absent.yaml" in report.notes["left out"]
    with pytest.raises(InputError, match="No request could be played"):
        bench(data, absent)


def test_the_rules_read_in_the_place_of_the_chat_model(data: Path, cases: Path) -> None:
    report, _ = bench(data, cases, reader="rules")
    assert report.reader.startswith("rules (")
    assert report.scores[0].whole
    with pytest.raises(UsageError, match="no reader “oracle”; there are: bundled, rules"):
        bench(data, cases, reader="oracle")


def test_a_reader_that_always_fails_is_an_error(data: Path, cases: Path) -> None:
    poem = ModelError("It answered with a poem; use another.")
    with pytest.raises(InputError, match="Not one reading was valid; the first: It answered with a poem"):
        bench(data, cases, readings=dict.fromkeys(READINGS, poem))
    report, _ = bench(data, cases, readings={**READINGS, "hello": poem})
    assert [one.played.valid for one in report.scores] == [True, True, False]


def test_case_files_are_those_of_folders_too(cases: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    assert case_files([tmp_path]) == case_files([cases]) == [cases]
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="holds no YAML files"):
        case_files([tmp_path / "empty"])


def test_the_command_prints_and_keeps(
    data: Path,
    cases: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from agent import assembly
    from eval import results
    from tests.tui.scripted import scripted_models
    from tui.main import run as vitrine

    monkeypatch.setattr(assembly, "open_models", scripted_models)
    monkeypatch.setattr(results, "circumstances", lambda now: {"date": now.isoformat()})
    monkeypatch.setattr(results.keep, "__defaults__", (tmp_path / "kept",))
    arguments = ["eval", "bench", "understanding", "--data", str(cases), "--data-dir", str(data)]
    assert vitrine([*arguments, "--no-keep", "--profile", "bundled"]) == 0
    assert "Errors, development:\ncases 3 “hello”" not in capsys.readouterr().out
    assert vitrine([*arguments, "--json", "--profile", "bundled", "--reader", "rules"]) == 0
    printed = json.loads(capsys.readouterr().out)
    (kept,) = (tmp_path / "kept").iterdir()
    assert kept.name.startswith("bench-understanding-rules-")
    measured = json.loads(kept.read_text(encoding="utf-8"))["measured"]
    assert measured["rows"] == printed["rows"] and len(printed["cases"]) == 3
    assert "cases" not in measured and "errors" not in measured
    assert vitrine(["eval", "bench", "redial", "--data", "a", "--data", "b"]) == 2
    assert "give --data once" in capsys.readouterr().err
