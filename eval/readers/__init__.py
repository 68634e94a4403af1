"""Readers to compare with: baselines and trained ones behind one protocol, for evaluation and never for the program."""
