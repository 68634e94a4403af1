"""What words about a catalogue are made from: its columns, its size and titles; no catalogue need be open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from agent.linking.fields import Fields

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from retrieval.snapshot import Titled
    from retrieval.types import Column


@dataclass(frozen=True, slots=True)
class Wording:
    """A catalogue as its words need it; made from a snapshot, or from what was recorded of one."""

    fields: Fields
    """The columns by what people call them."""
    title_of: Callable[[str], str]
    """Item id to title; an id that is not known comes back as it is."""

    @classmethod
    def of(cls, columns: Sequence[Column], size: int, title_of: Callable[[str], str]) -> Wording:
        """Make it from columns, the number of items and what finds a title, which may raise KeyError."""

        def known(item: str) -> str:
            try:
                return title_of(item)
            except KeyError:
                return item

        return cls(Fields(columns, size), known)

    @classmethod
    def of_snapshot(cls, snapshot: Titled) -> Wording:
        """Make it from an open catalogue."""
        return cls.of(snapshot.columns, len(snapshot), lambda item: snapshot.item(item).title)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The catalogue's columns."""
        return self.fields.columns

    def titles(self, items: Iterable[str]) -> list[str]:
        """Return the titles of items in their order."""
        return [self.title_of(item) for item in items]
