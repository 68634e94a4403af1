"""Long work in a line: how far, how fast, how long still."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from encoders.sanitise import sanitise_line

if TYPE_CHECKING:
    from tui.app.messages import Worked

_BAR = 16


def tell_work(work: Worked, now: float | None = None) -> str:
    """Write 'encoding text ▇▇▇▇▁▁▁▁ 420 of 1,170 · 210 a second · 4 s left · Esc stops'.

    `now` is by `time.monotonic`, like the beginning of the work.
    """
    spent = max((time.monotonic() if now is None else now) - work.began, 1e-6)
    done = work.count / work.total if work.total else 0.0
    full = round(min(done, 1.0) * _BAR)
    parts = [
        f"{sanitise_line(work.phase, 40)} {'▇' * full}{'▁' * (_BAR - full)} {work.count:,} of {work.total:,}"
    ]
    rate = work.count / spent
    if work.count:
        parts.append(f"{rate:,.0f} a second" if rate >= 10 else f"{rate:,.1f} a second")
        parts.append(f"{_span((work.total - work.count) / rate)} left")
    return " · ".join((*parts, "Esc stops"))


def _span(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
