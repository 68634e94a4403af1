"""The previews of the demo's tracks, synthesised."""
