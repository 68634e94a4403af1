"""The bundled CLIP (Radford et al., 2021): two small towers in open_clip's local format, and their training."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).parents[1] / "weights" / "clip"
"""Where the shipped model lies."""
