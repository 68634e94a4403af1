"""What runs in the child process: building, probing or dropping the collections of one generation.

    python -m retrieval.index.worker fill|probe|drop GENERATION-FOLDER URL-OR-EMPTY MODALITY…

One JSON object a line on stdout: {"advance": n}, {"modality": …, "count": n, "fault": ""}; exit code 0 when the last
modality was told.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from retrieval.index.chroma import drop, fill
from retrieval.index.place import Place
from retrieval.index.probe import probe
from retrieval.store import manifest
from retrieval.store.layout import GenerationFolder


def _tell(**line: object) -> None:
    # Raises BrokenPipeError once the parent is gone, which ends this process as it should.
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def main(arguments: list[str]) -> None:
    """Do the job named by the first argument."""
    job, folder, url, *modalities = arguments
    generation = GenerationFolder(Path(folder))
    place = Place(generation, url or None, manifest.read(generation.manifest).digest)
    for modality in modalities:
        if job == "fill":
            count = fill(place, modality, lambda rows: _tell(advance=rows))
            _tell(modality=modality, count=count, fault="")
        elif job == "drop":
            drop(place, modality)
        else:
            verdict = probe(place, modality)
            _tell(modality=modality, count=verdict.count, fault=verdict.fault)


if __name__ == "__main__":
    main(sys.argv[1:])
