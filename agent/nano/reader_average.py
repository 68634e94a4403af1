"""Average the weights of readers that were trained apart: `python -m agent.nano.reader_average A B --out FOLDER`.

Runs that start from one network and see other data end near enough that the mean of their weights reads better than
either (model soups, Wortsman et al. 2022), and takes no more time.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from agent.nano.reader import CONFIG, FOLDER, METRICS, WEIGHTS, Reader
from agent.nano.reader_score import figures, load, score
from encoders.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import torch


def average(folders: Sequence[Path]) -> dict[str, torch.Tensor]:
    """Return the mean of the tensors of trained readers, in half precision.

    Raises InputError for fewer than two folders, and where their tensors differ in name or shape.
    """
    import torch
    from safetensors.torch import load_file

    if len(folders) < 2:
        raise InputError("One reader can't be averaged: name the folders of two or more.")
    runs = [load_file(folder / WEIGHTS) for folder in folders]
    shapes = [{name: tensor.shape for name, tensor in run.items()} for run in runs]
    if any(each != shapes[0] for each in shapes):
        raise InputError("These readers can't be averaged because their tensors differ: train them alike.")
    return {
        name: torch.stack([run[name].float() for run in runs]).mean(dim=0).half().contiguous()
        for name in runs[0]
    }


def measured(folder: Path, folders: Sequence[Path], check: Sequence[Path]) -> dict[str, Any]:
    """Score the reader in `folder` on files of scenes, with the metrics of those it was made of."""
    reader = Reader.load(folder)
    found = {path.name: score(reader.read, load(path)) for path in check}
    return {
        "model": reader.id,
        "sets": figures(found),
        "averaged": [
            json.loads((one / METRICS).read_text(encoding="utf-8"))
            for one in folders
            if (one / METRICS).is_file()
        ],
    }


def main() -> None:
    """Average the readers that the command line names, and write the mean with its metrics."""
    from safetensors.torch import save_file

    parser = argparse.ArgumentParser(description="Average the weights of readers that were trained apart.")
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=FOLDER)
    parser.add_argument("--check", type=Path, nargs="*", default=[])
    given = parser.parse_args()
    tensors = average(given.folders)
    given.out.mkdir(parents=True, exist_ok=True)
    save_file(tensors, given.out / WEIGHTS)
    (given.out / WEIGHTS).chmod(0o644)  # safetensors writes it for its owner alone
    (given.out / CONFIG).write_text((given.folders[0] / CONFIG).read_text(encoding="utf-8"), encoding="utf-8")
    metrics = measured(given.out, given.folders, given.check)
    (given.out / METRICS).write_text(json.dumps(metrics, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
