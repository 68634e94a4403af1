"""Scripted runs, benchmarks, metrics, speed and reports."""
