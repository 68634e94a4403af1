"""The demo catalogue, made by code from a fixed seed."""

from retrieval.demo.build import make

__all__ = ["make"]
