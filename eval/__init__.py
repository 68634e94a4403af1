"""Scripted runs, benchmarks, metrics, simulated people and reports."""
