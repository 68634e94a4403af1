"""Whether a picture or a clip can be compared with what a catalogue has, said before anything is made of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

from encoders.errors import InputError

if TYPE_CHECKING:
    from retrieval.snapshot import Snapshot

_CALLED: Final = {"image": "pictures", "audio": "sounds"}


class Named(Protocol):
    """An encoder, of which only the name counts here."""

    @property
    def id(self) -> str:
        """Name and revision or checksum."""
        ...


def check_comparable(snapshot: Snapshot, modality: str, encoder: Named) -> None:
    """Raise InputError, saying what to do, when nothing of a catalogue can be compared by `encoder`.

    `modality` is 'image' or 'audio'.
    """
    things = _CALLED[modality]
    stored = snapshot.encoder_id(modality)
    if stored is None or snapshot.vectors(modality) is None:
        raise InputError(
            f"The catalogue '{snapshot.name}' has no {things} to compare with: ask in words, or index it again with a "
            f"column of {things.removesuffix('s')} files."
        )
    if stored != encoder.id:
        raise InputError(
            f"The {things} of '{snapshot.name}' were indexed by {stored} and can't be compared by {encoder.id}: "
            f"index it again, or name that model with --{modality}-model."
        )
