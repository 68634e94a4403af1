from __future__ import annotations

import signal

import pytest

from tui.plain.interrupt import Interrupts


def test_an_interrupt_that_was_swallowed_is_raised_at_the_next_check() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interrupts() as interrupts:
        interrupts.check()
        try:
            signal.raise_signal(signal.SIGINT)
        except KeyboardInterrupt:
            """As a library does that catches everything."""
        with pytest.raises(KeyboardInterrupt):
            interrupts.check()
    assert signal.getsignal(signal.SIGINT) is before
