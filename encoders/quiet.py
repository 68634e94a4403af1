"""Loading a model without its library talking on the terminal or reaching for the network."""

from __future__ import annotations

import logging
import os
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from encoders.errors import ModelError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# One model at a time: what is silenced below is global to the process, and on a small machine two loads at
# once take as long as one after the other.
_lock = threading.RLock()


@contextmanager
def loading() -> Iterator[None]:
    """Silence warnings and log lines, and keep the Hugging Face libraries offline, while a model loads.

    What is silenced is put back afterwards, so that errors of a later run are seen. Loads in several threads
    follow one another.
    """
    with _lock, _offline(), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        root = logging.getLogger()
        # open_clip logs on the root logger; without a handler there, that call installs one that writes.
        handler = logging.NullHandler()
        root.addHandler(handler)
        try:
            yield
        finally:
            root.removeHandler(handler)


def hush_transformers() -> None:
    """Turn off the progress bars and all but the errors of transformers; call it once that is imported."""
    from transformers.utils import logging as transformers_logging

    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()


@contextmanager
def loading_model(kind: str, folder: Path) -> Iterator[None]:
    """Load a model quietly and offline, and tell a failure in one sentence.

    Raises ModelError for any error: on damaged files the libraries raise whatever comes up, and all of it
    means that these files can't be used.
    """
    try:
        with loading():
            yield
    except Exception as error:
        raise ModelError(
            f"The {kind} model in {folder} can't be loaded ({type(error).__name__}); "
            "check it with `vitrine models verify` or name another."
        ) from error


@contextmanager
def _offline() -> Iterator[None]:
    """Make huggingface_hub refuse to connect: open_clip asks it for files and has no switch of its own.

    The variable works where the library is not imported yet, its constant where it is.
    """
    from huggingface_hub import constants

    before = constants.HF_HUB_OFFLINE
    variable = os.environ.get("HF_HUB_OFFLINE")
    constants.HF_HUB_OFFLINE = True
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before
        if variable is None:
            os.environ.pop("HF_HUB_OFFLINE", None)
        else:
            os.environ["HF_HUB_OFFLINE"] = variable
