"""Benchmarks, one short file each behind a small protocol."""
