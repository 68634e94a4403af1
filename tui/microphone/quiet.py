"""Keep C libraries from writing on the terminal."""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# One at a time: two threads that overlap would each put back what the other took away, and leave none.
_lock = threading.RLock()


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Send what C libraries write on stderr nowhere: ALSA and JACK say twenty lines where one device is missing.

    What this process itself writes there meanwhile is lost too: a program that draws on stderr draws anew afterwards.
    """
    with _lock:
        try:
            sys.stderr.flush()
            kept = os.dup(2)
        except (OSError, ValueError, AttributeError):  # closed, or none
            yield
            return
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, 2)
            os.close(nowhere)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)
