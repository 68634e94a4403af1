"""The exceptions of Vitrine, one tree.

VitrineError
├── UsageError          the command or its arguments make no sense           (exit code 2)
├── InputError          a message, picture or sound can't be used            (exit code 1)
├── CatalogueError      a catalogue can't be read as one                     (exit code 3)
├── StoreError          the store can't be opened, read or written           (exit code 3)
│   ├── StoreBusy       another process is writing it
│   └── StoreTooNew     a later version of Vitrine wrote it
└── ModelError          a model can't be used                                (exit code 4)
    └── ModelMissing    its files are not on this disk

Every message is one sentence, made of what went wrong, why, and what to do next.
"""

from __future__ import annotations


class VitrineError(Exception):
    """Base of all errors that a person is told about in a sentence."""

    exit_code: int = 1


class UsageError(VitrineError):
    """The command or its arguments make no sense."""

    exit_code = 2


class InputError(VitrineError):
    """A message, picture or sound can't be used."""


class CatalogueError(VitrineError):
    """A catalogue can't be read as one."""

    exit_code = 3


class StoreError(VitrineError):
    """The store can't be opened, read or written."""

    exit_code = 3


class StoreBusy(StoreError):
    """Another process is writing the store."""


class StoreTooNew(StoreError):
    """A later version of Vitrine wrote the store."""


class ModelError(VitrineError):
    """A model can't be used."""

    exit_code = 4


class ModelMissing(ModelError):
    """A model's files are not on this disk."""
