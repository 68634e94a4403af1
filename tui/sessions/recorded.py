"""The catalogue of a transcript, as far as the transcript tells it: columns and titles, for where it is not indexed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.types import Column, Item

if TYPE_CHECKING:
    from collections.abc import Iterable

    from eval.transcript import Transcript


class RecordedCatalogue:
    """What a face needs of a catalogue to show a conversation that was had with it."""

    def __init__(self, transcript: Transcript) -> None:
        """Gather the items that were shown or referred to."""
        header = transcript.header
        self.name = header.catalogue if header else "unknown"
        self.columns: tuple[Column, ...] = header.columns if header else ()
        self._size = header.items if header else 0
        self._items: dict[str, Item] = {}
        for entry in transcript.entries:
            self._items.update({id_: Item(id_, title, {}) for id_, title in entry.titles.items()})
            for card in entry.turn.items if entry.turn else ():
                self._items[card.id] = Item(card.id, card.title, card.facets, card.image)

    def __len__(self) -> int:
        """Return how many items the catalogue had."""
        return self._size

    def item(self, item_id: str) -> Item:
        """Return an item; one that the transcript does not tell has its id for a title."""
        return self._items.get(item_id) or Item(item_id, item_id, {})

    def items(self, item_ids: Iterable[str]) -> list[Item]:
        """Return items in the order asked for."""
        return [self.item(item_id) for item_id in item_ids]
