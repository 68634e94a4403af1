"""Indexes the dozen with an encoder that takes its time; run as a process that a test kills.

python -m tests.retrieval.index.slow_build DATA-DIR SUFFIX SECONDS-PER-BATCH with-index|without
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from retrieval.index.build import Options, build
from retrieval.index.content import BatchSizes
from tests.fakes.encoders import HashTextEncoder
from tests.retrieval.index.catalogues import Catalogue, dozen

if TYPE_CHECKING:
    from collections.abc import Sequence

    from encoders.protocols import Vectors


class SlowEncoder(HashTextEncoder):
    """Sleeps before each batch."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self._seconds = seconds

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        time.sleep(self._seconds)
        return super().encode_documents(texts)


def changed(suffix: str) -> Catalogue:
    """The dozen, each title with a suffix, so that every item must be encoded again."""
    from dataclasses import replace

    catalogue = dozen()
    return catalogue.with_items(*(replace(item, title=item.title + suffix) for item in catalogue.items))


def main(data_dir: str, suffix: str, seconds: str, index: str) -> None:
    encoder = SlowEncoder(float(seconds))
    sys.stdout.write("begin\n")
    sys.stdout.flush()
    options = Options(batches=BatchSizes(text=1), index=index == "with-index")
    build(changed(suffix), data_dir=Path(data_dir), text=encoder, options=options)
    sys.stdout.write(f"{encoder.encoded}\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
