"""Pictures in the terminal: what it can draw, and drawing on it."""
