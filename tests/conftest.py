"""Settings of all tests."""

from __future__ import annotations

from hypothesis import settings

# How long an example takes says how busy the machine is; what must be quick is measured by benchmarks.
settings.register_profile("vitrine", deadline=None)
settings.load_profile("vitrine")
