"""Sounds of a request: what is heard in a clip, and words about it or about how an item sounds.

'Slower', said with a clip, is slower than the clip; 'no, it's 184' corrects the tempo that was heard; 'sounds like the
second one' asks for likeness of sound and nothing else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from agent.linking.folding import fold
from agent.types import ActName, Phrase, PhraseKind, Reading, Sound
from encoders.sanitise import sanitise_line
from encoders.vectors import unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from agent.state import Dialogue
    from encoders.protocols import AudioEncoder
    from retrieval.snapshot import Snapshot

_TEMPI: Final = (30, 300)
"""Beats a minute that a person may mean: 'no, it's 184'."""
_PACE: Final = re.compile(
    r"\b(?:(?:a (?:bit|little|lot)|much|slightly|way) )?(?P<pace>slower|faster|quicker|more upbeat|"
    r"less fast|less slow|(?:not (?:so|as|that|quite so)|too) (?:fast|slow))"
    r"(?: than (?:this|that|it|(?:this|that|my|the) (?:clip|song|track|sound|one|tune)))?(?! than)(?: tempo)?\b"
)
_DOUBT: Final = 0.05
"""'Slower' than a measured tempo is slower by at least this part of it: a clip of a track is not slower than it."""
_COMPARATIVE: Final = re.compile(
    r"(?:(?:something|a (?:bit|little|lot)|much|way|even|one) )*(?P<stem>[a-z]{3,})er"
)
_SLOWER: Final = re.compile(r"slower|.* fast")
"""'Not so fast' and 'too fast' ask for slower; 'not so slow' does not."""
_CLIP: Final = re.compile(
    r"(?:this|that|it|these|them)|(?:this|that|the|my) (?:one|clip|song|track|tune|sound|recording|piece|music|file)"
)
_ALIKE: Final = re.compile(
    r"\bsound(?:s|ing|ed)?(?: (?:a bit|a lot|more|most|the most|just|kind of|sort of|exactly|very|quite))* "
    r"(?:like|similar to|close to)\s+(?P<what>[^,.;!?]+?)(?P<rest>\s*(?:,|\bbut\b|\band\b|\bonly\b).*)?[.!?\s]*$",
    re.IGNORECASE,
)
_POINTING: Final = re.compile(
    r"(?:the|this|that|it|these|those|them|number|item|no|nr)\b|#?\d{1,2}\b", re.IGNORECASE
)
_JOINING: Final = re.compile(r"^\s*(?:,|\b(?:but|and|only)\b)*\s*", re.IGNORECASE)
_NO: Final = r"(?:(?:no|nope|nah|wrong|sorry|actually|well|hmm|but) )*"
_NAMED: Final = r"(?:it|that|this|(?:the|its|my) (?:tempo|speed|clip|song|track))"
_IT_IS: Final = rf"(?:{_NAMED}(?: ?(?:is|was|s))?|its|thats|tempo(?: is)?) "
_NUMBER: Final = re.compile(
    rf"{_NO}(?:{_IT_IS})?(?:(?:more like|about|around|really|actually|at) )*(?P<beats>\d{{2,3}})"
    r"(?: ?(?:bpm|beats(?: (?:a|per) minute)?))?"
)
_TIMES: Final = re.compile(
    rf"{_NO}(?:{_IT_IS})?(?:(?P<double>double|twice)|half)(?: (?:that|it|of that|time|the tempo|as (?:fast|slow)))*"
)
_TAKEN_AS_LIKING: Final = frozenset(
    {ActName.LIKE, ActName.CHAT, ActName.ASK, ActName.RECOMMEND, ActName.REFINE, ActName.SIMILAR}
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What the clips of a request sound like."""

    vector: NDArray[np.float32]
    """Mean unit vector of the clips, shape (dimension,)."""
    tempo: float | None
    """Beats a minute of the first clip in which a beat was told, as it is shown; None without."""


def hear(clips: Sequence[Path], encoder: AudioEncoder) -> tuple[tuple[Sound, ...], Heard]:
    """Decode and encode clips and tell tempo and mode of each.

    The mode only where there is a beat: speech and hums have pitches and no key.

    Raises InputError, in one sentence, when one can't be used or nothing can be heard in it.
    """
    from encoders.sound import decode_clip
    from encoders.tempo import tempo
    from encoders.tonality import mode

    decoded = [decode_clip(clip) for clip in clips]
    tempi = [tempo(samples) for samples in decoded]
    sounds = tuple(
        Sound(
            sanitise_line(str(clip)),
            tuple(
                word
                for word in (f"{beats:.0f} bpm" if beats else None, mode(samples) if beats else None)
                if word
            ),
        )
        for clip, samples, beats in zip(clips, decoded, tempi, strict=True)
    )
    vector = unit(encoder.encode_sounds(decoded).mean(axis=0, keepdims=True))[0]
    return sounds, Heard(vector, next((float(round(beats)) for beats in tempi if beats), None))


def sounding(snapshot: Snapshot) -> NDArray[np.bool_]:
    """Return which rows have a sound, shape (rows,)."""
    vectors = snapshot.vectors("audio")
    return np.zeros(len(snapshot), np.bool_) if vectors is None else np.any(vectors, axis=1)


def beside_clip(
    reading: Reading, words: str, tempo: float | None, is_attribute: Callable[[str], bool]
) -> Reading:
    """Read words said with a clip: 'this' is the clip, and 'slower' is slower than it."""
    kept = tuple(one for one in reading.references if not _CLIP.fullmatch(fold(one).strip()))
    act = reading.act
    if not kept and act not in (ActName.REMEMBER, ActName.FORGET):
        act = ActName.RECOMMEND
    phrases = tuple(_positive(one, is_attribute) for one in reading.phrases)
    reading = replace(reading, act=act, references=kept, phrases=phrases)
    pace = _PACE.search(fold(words))
    if pace is None or tempo is None:
        return reading
    phrases = tuple(one for one in reading.phrases if not _PACE.search(fold(one.text)))
    query = _PACE.sub("", reading.query).strip(" ,") if _PACE.search(fold(reading.query)) else reading.query
    sort = None if reading.sort and _PACE.search(fold(reading.sort)) else reading.sort
    # What was measured may be off by as much as a step that nobody hears as slower.
    direction = pace_of(words)
    beats = tempo * (1 - _DOUBT if direction == "slower" else 1 + _DOUBT)
    limit = Phrase(PhraseKind.LIMIT, bound(direction, beats))
    return replace(reading, query=query, phrases=(*phrases, limit), sort=sort)


def pace_of(words: str) -> str | None:
    """Return 'slower' or 'faster' when words ask for that."""
    found = _PACE.search(fold(words))
    return None if found is None else ("slower" if _SLOWER.fullmatch(found["pace"]) else "faster")


def bound(pace: str | None, tempo: float) -> str:
    """Write a bound on the tempo as the linker reads it: 'less than 92 bpm'; about it without a pace."""
    cue = "about" if pace is None else "less than" if pace == "slower" else "more than"
    return f"{cue} {tempo:.0f} bpm"


def _positive(phrase: Phrase, is_attribute: Callable[[str], bool]) -> Phrase:
    """Take 'sadder', said with a clip whose mood nobody knows, for 'sad', where the catalogue has that."""
    words = fold(phrase.text).strip()
    found = _COMPARATIVE.fullmatch(words)
    if found is None or is_attribute(words):
        return phrase
    stem = found["stem"]
    plain = (f"{stem[:-1]}y" if stem.endswith("i") else stem, stem[:-1], f"{stem}e")
    known = next((one for one in plain if len(one) > 1 and is_attribute(one)), None)
    return Phrase(PhraseKind.WANT, known) if known else phrase


def corrected(words: str, dialogue: Dialogue) -> float | None:
    """Return the tempo that words put in the place of the one heard: 'no it is 184', 'double that'; else None."""
    if dialogue.sound is None:
        return None
    said = re.sub(r"[^\w ]+", " ", fold(words)).strip()
    said = " ".join(said.split())
    number = _NUMBER.fullmatch(said)
    if number and said != number["beats"]:  # a number alone may be anything
        beats = float(number["beats"])
    elif dialogue.tempo is not None and (times := _TIMES.fullmatch(said)):
        beats = dialogue.tempo * (2.0 if times["double"] else 0.5)
    else:
        return None
    return beats if _TEMPI[0] <= beats <= _TEMPI[1] else None


def correction(words: str, dialogue: Dialogue) -> Reading | None:
    """Return the reading of a corrected tempo: the bound that stood against the clip, moved; else None."""
    beats = corrected(words, dialogue)
    if beats is None:
        return None
    return Reading(ActName.REFINE, phrases=(Phrase(PhraseKind.LIMIT, bound(dialogue.pace, beats)),))


def asks_for_sound(words: str) -> bool:
    """Tell whether likeness is asked of the sound alone: 'something that sounds like the second one'."""
    return bool(_ALIKE.search(words))


def sounding_like(reading: Reading, words: str, is_title: Callable[[str], bool]) -> Reading:
    """Read 'sounds like the first one, slower' as likeness to that item; other readings as they are.

    'A film that sounds like fun' points at nothing.
    """
    found = _ALIKE.search(words) if reading.act in _TAKEN_AS_LIKING else None
    if found is None or (reading.act is ActName.SIMILAR and reading.references):
        return reading
    what = found["what"].strip()
    if not (_POINTING.match(what) or is_title(what)):
        return reading
    phrases = reading.phrases
    rest = _JOINING.sub("", found["rest"] or "").strip(" .!?")
    if rest and not phrases:
        kind = PhraseKind.LIMIT if _PACE.search(fold(rest)) else PhraseKind.WANT
        phrases = (Phrase(kind, rest),)
    query = "" if "sound" in fold(reading.query) or what in reading.query else reading.query
    return Reading(ActName.SIMILAR, query, phrases, (what,), reading.sort, reading.count)
