"""Indexing runs, and the Chroma index built from the store."""
