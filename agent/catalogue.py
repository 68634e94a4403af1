"""What the agent holds of one generation of a catalogue; built once, shared by every conversation with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from agent.kinship import Kinship
from agent.linking.link import Linker
from agent.prose import Vocabulary
from agent.sight.seeing import Sight
from retrieval.search.searcher import Searcher

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from agent.linking.fields import Fields
    from encoders.protocols import ImageEncoder, JointAudioEncoder, TextEncoder
    from retrieval.snapshot import Snapshot
    from retrieval.types import Column


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A snapshot with what searches it, links to it and checks claims against it."""

    snapshot: Snapshot
    searcher: Searcher
    fields: Fields
    linker: Linker
    vocabulary: Vocabulary
    text: TextEncoder
    sight: Sight
    kinship: Kinship
    image: ImageEncoder | None
    audio: JointAudioEncoder | None = None

    @classmethod
    def of(
        cls,
        snapshot: Snapshot,
        text: TextEncoder,
        image: ImageEncoder | None,
        clock: Callable[[], datetime],
        audio: JointAudioEncoder | None = None,
    ) -> Catalogue:
        """Build all of it for `snapshot`; `text` is the encoder that made its vectors."""
        linker = Linker(snapshot, text, clock)
        return cls(
            snapshot=snapshot,
            searcher=Searcher(snapshot, text, image, audio=audio),
            fields=linker.fields,
            linker=linker,
            vocabulary=Vocabulary(snapshot),
            text=text,
            sight=Sight(snapshot, linker.fields),
            kinship=Kinship(snapshot, linker.fields),
            image=image,
            audio=audio,
        )

    def seeing(self, image: ImageEncoder) -> Catalogue:
        """Return the same catalogue, searched with an image model too: pictures and words then search as one."""
        searcher = Searcher(self.snapshot, self.text, image, audio=self.audio)
        return replace(self, searcher=searcher, image=image)

    @property
    def columns(self) -> tuple[Column, ...]:
        """The snapshot's columns."""
        return self.snapshot.columns

    @property
    def categories(self) -> tuple[Column, ...]:
        """Facets that say what a thing is."""
        return tuple(column for column in self.columns if column.name in self.fields.categories)
