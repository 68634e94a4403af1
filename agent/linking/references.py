"""Items a person points at: 'the second one', 'both', 'it', 'the black one', 'the cheapest', 'the kelda'."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from agent.linking.folding import content, fold, split, stem, tokens
from agent.linking.numerals import digits
from agent.linking.orders import Degree, leaning
from agent.linking.positions import positions
from agent.linking.titles import TitleIndex
from encoders.errors import InputError
from retrieval.types import Constraint, Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from agent.linking.fields import Fields
    from agent.linking.phrases import PhraseLinker
    from retrieval.search.filters import Filters
    from retrieval.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Screen:
    """What a person has seen, as item ids."""

    items: tuple[str, ...] = ()
    """Now on screen, first is number 1."""
    earlier: tuple[tuple[str, ...], ...] = ()
    """Screens before, most recent first."""
    focus: str | None = None
    """The item last referred to; None when none was since the screen changed."""


@dataclass(frozen=True, slots=True)
class Unresolved:
    """Words that nothing could be found for."""

    said: str
    reason: str
    """One sentence without its full stop: 'only 4 items are shown, so there is no number 7'."""


_LEADING: Final = re.compile(
    r"^(?:(?:something |more |much |just |exactly )?(?:like|similar to|the same as|as in|about|than|of|with)\b\s*)+"
)
_TRAILING: Final = re.compile(r"(?<=\w) (?:both|then|there|here|again|please|too|as well)$")
_BEFORE: Final = re.compile(
    r"\b(?:from (?:before|earlier)|(?:that |which )?you (?:just )?(?:showed|suggested|recommended|"
    r"mentioned)(?: me| us)?(?: before| earlier)?|"
    r"earlier|previously|i saw(?: before| earlier)?|we saw)\b"
)
_ALL: Final = re.compile(
    r"(?:all|all of (?:them|these|those|it)|these|those|them|they|everything|every one|each(?: of them)?|"
    r"all (?:the )?(?:items|results|"
    r"ones|\d+)|(?:the|that|this) (?:whole )?lot|these ones|those ones|all four|the whole lot|the list|"
    r"which(?: ones?)?|the ones|ones|(?:which|either|any|most) of (?:them|these|those)|either|"
    r"(?:these|those|all) (?:3|4|5|6|three|four|five)|(?:the ones|what|those) (?:you(?:ve| have)? )?(?:just )?"
    r"(?:showed?|shown|given|gave|found|got)(?: me| us)?)"
)
_BOTH: Final = re.compile(
    r"(?:both|both of (?:them|these|those)|(?:the|these|those|them) (?:2|two)|both ones|the pair|each other)"
)
_OTHERS: Final = re.compile(
    r"(?:the )?(?:others?|other ones?|other \d+|rest|remaining(?: ones?)?)(?: of (?:them|these))?"
)
_IT: Final = re.compile(
    r"(?:it|its|this|that|this one|that one|the one|one|same|the same|the same one|him|her|he|she|the item|"
    r"this item|that item)"
)
_COUNTED: Final = re.compile(r"^(?:two|three|four|five|[2-5]|couple of|few) ")
_ALL_BUT: Final = re.compile(
    r"(?:all|everything|every one|all of (?:them|these|those)|any(?:thing)?) (?:but|except(?: for)?|apart from|bar) "
)
_POINTING: Final = re.compile(r"^(this|that|it|these|those)\b\s*")
_AFTER: Final = re.compile(
    r"(?:the )?(?:one |next one |item )?(after|before|below|above|under|next to|beside)(?: to)? (.+)"
)
_TOP: Final = re.compile(r"(?:the )?(?:top|top one|best match|your (?:top|first) (?:pick|choice|suggestion))")
_JOIN: Final = re.compile(r"\s*(?:,|\band\b|&|\bor\b|\bversus\b|\bvs\b\.?|\bwith\b)\s*")
_ONES: Final = re.compile(
    r"\bones\b|\ball the\b|\ball\b|^(?:the |those |these )?(?:two|three|four|[234]) .*(?<!s)s$"
)
_DETERMINER: Final = re.compile(
    r"^(?:the|a|an|my|your|this|that|these|those)\s+|\s+(?:one|ones|item|items|option|options|thing|things|number)$"
)


class References:
    """Resolves what a person points at, on screen first, then on earlier screens, then in the whole catalogue."""

    def __init__(self, snapshot: Snapshot, fields: Fields, phrases: PhraseLinker, filters: Filters) -> None:
        """Look nothing up yet."""
        self._snapshot = snapshot
        self._fields = fields
        self._phrases = phrases
        self._filters = filters
        self._titles = TitleIndex(snapshot)

    def resolve(self, said: str, screen: Screen) -> tuple[str, ...] | Unresolved:
        """Return the ids that `said` points at, in the order they are named or shown."""
        known = self._known(screen)
        phrase = _TRAILING.sub("", fold(said).strip(" .,!?\"'"))
        back = _BEFORE.search(phrase)
        phrase = _LEADING.sub("", _BEFORE.sub(" ", phrase).strip()).strip(" ,") or phrase
        now = known.items
        if back and known.earlier:
            now, known = known.earlier[0], Screen(known.earlier[0], (*known.earlier[1:], known.items), None)
        if (but := _ALL_BUT.match(phrase)) and known.items:
            left_out = self.resolve(phrase[but.end() :], screen)
            return (
                left_out if isinstance(left_out, Unresolved) else tuple(i for i in now if i not in left_out)
            )
        exact = self._titles.exact(phrase)
        shown = [item for item in exact if item in now] or exact
        if shown and (len(content(tokens(phrase))) > 1 or shown[0] in now):
            return tuple(shown[:1])
        found = self._several(phrase, known) or self._pointed(phrase, known)
        if found is None:
            found = self._described(phrase, known)
        if found:
            return found if isinstance(found, Unresolved) else tuple(dict.fromkeys(found))
        where = "on screen or in the catalogue" if known.items else "in the catalogue"
        return Unresolved(said, f"nothing {where} is known as '{said.strip()}'")

    def is_title(self, text: str) -> bool:
        """Tell whether a text is, as it stands, the title of an item."""
        return bool(self._titles.exact(text))

    def _known(self, screen: Screen) -> Screen:
        """Leave out ids that this generation of the catalogue no longer has."""
        rows = self._snapshot

        def has(item: str) -> bool:
            try:
                rows.row(item)
            except KeyError:
                return False
            return True

        items = tuple(filter(has, screen.items))
        earlier = tuple(kept for shown in screen.earlier if (kept := tuple(filter(has, shown))))
        return Screen(items, earlier, screen.focus if screen.focus and has(screen.focus) else None)

    def _pointed(self, phrase: str, screen: Screen) -> tuple[str, ...] | Unresolved | None:
        """Resolve pronouns and positions; None for anything else."""
        said = digits(phrase)
        items, focus = screen.items, screen.focus or (screen.items[0] if screen.items else None)
        if _IT.fullmatch(phrase):
            return (focus,) if focus else _nothing(phrase)
        if _TOP.fullmatch(phrase):
            return items[:1] or _nothing(phrase)
        if _BOTH.fullmatch(phrase) or _BOTH.fullmatch(said):
            return items[:2] if len(items) > 1 else _too_few(phrase, 2, items)
        if _ALL.fullmatch(phrase) or _ALL.fullmatch(said):
            return items or _nothing(phrase)
        if _OTHERS.fullmatch(said):
            rest = tuple(item for item in items if item != focus)
            return rest or _nothing(phrase)
        return self._placed(phrase, said, items)

    def _placed(self, phrase: str, said: str, items: tuple[str, ...]) -> tuple[str, ...] | Unresolved | None:
        count = len(items)
        numbers = positions(said, count)
        if not numbers:
            return None
        beyond = next((place for place in numbers if not 1 <= place <= count), None)
        if beyond is not None:
            return _too_few(phrase, beyond if beyond > 0 else len(numbers), items)
        return tuple(items[place - 1] for place in numbers)

    def _several(self, phrase: str, screen: Screen) -> tuple[str, ...] | Unresolved | None:
        """Resolve 'the second and the kelda' when each side stands for something on screen."""
        sides = [side for side in _JOIN.split(phrase) if side and content(tokens(side))]
        if not 2 <= len(sides) <= 6:
            return None
        found: list[str] = []
        for side in sides:
            one = self._pointed(side, screen) or self._titled(side, screen.items)
            if isinstance(one, Unresolved):
                return one
            if not one:
                one = self._among(_DETERMINER.sub("", side), screen.items)[:1]
            if not one:
                return None
            found.extend(one)
        return tuple(found)

    def _described(self, phrase: str, screen: Screen) -> tuple[str, ...] | None:
        """Resolve superlatives, attributes and titles."""
        screens = (screen.items, *screen.earlier)
        plain = phrase
        if pointing := _POINTING.match(phrase):
            plain = phrase[pointing.end() :] or phrase
        bare = re.sub(r"\s+", " ", _DETERMINER.sub("", _DETERMINER.sub("", plain))).strip() or plain
        if best := self._extreme(bare, screen.items):
            return best
        if (beside := _AFTER.fullmatch(phrase)) and (found := self._beside(beside, screen)):
            return found
        many = bool(_ONES.search(phrase)) or bool(pointing and pointing[1] in ("these", "those"))
        if many:
            bare = _COUNTED.sub("", bare) or bare
        attributes_first = phrase.endswith(("one", "ones"))
        for shown in screens:
            titled = self._titled(bare, shown)
            described = self._among(bare, shown)
            if pointing and not many and screen.focus and screen.focus in (*titled, *described):
                return (screen.focus,)  # 'this boot' is the one talked about, if it is a boot
            first, second = (described, titled) if attributes_first else (titled, described)
            if found := first or second:
                return found if many else found[:1]
        if pointing and pointing[1] in ("this", "that", "it") and screen.items:
            return (screen.focus or screen.items[0],)
        for shown in screens:
            if near := self._titles.near(bare, shown):
                return (near,)
        # 'The old one' and 'the run' point at what is shown, not at a title that has the word.
        if attributes_first or (screen.items and bare != phrase and len(content(tokens(bare))) == 1):
            exact = self._titles.exact(bare)[:1]
            return tuple(exact) or (screen.items if len(screen.items) == 1 else None)
        item = self._titles.find(bare)
        return (item,) if item else None

    def _beside(self, match: re.Match[str], screen: Screen) -> tuple[str, ...]:
        """Resolve 'the one after the kelda' by the place of what it names."""
        named = self._pointed(match[2], screen) or self._titled(_DETERMINER.sub("", match[2]), screen.items)
        if isinstance(named, Unresolved) or not named or named[0] not in screen.items:
            return ()
        place = screen.items.index(named[0]) + (-1 if match[1] in ("before", "above") else 1)
        return (screen.items[place],) if 0 <= place < len(screen.items) else ()

    def _titled(self, phrase: str, shown: Sequence[str]) -> tuple[str, ...]:
        """Return the shown items whose titles have all the words of `phrase`, the shortest title first."""
        wanted = {stem(word) for word in split(phrase)} - {"the", "a", "an", "one"}
        if not wanted:
            return ()
        hits = [
            (len(words), place)
            for place, item in enumerate(shown)
            if wanted <= (words := self._titles.words(item))
        ]
        return tuple(shown[place] for _, place in sorted(hits))

    def _extreme(self, phrase: str, shown: Sequence[str]) -> tuple[str, ...]:
        """Return the item at the end of a column: 'the cheapest', 'the newer one'."""
        found = leaning(phrase, self._fields)
        if not found or found.degree is Degree.SOME or not shown or content(tokens(found.rest)):
            return ()
        rows = [self._snapshot.row(item) for item in shown]
        keys = self._filters.sort_keys(found.column.name)[rows]
        if np.isnan(keys).all():
            return ()
        place = int(np.nanargmax(keys) if found.up else np.nanargmin(keys))
        return (shown[place],)

    def _among(self, phrase: str, shown: Sequence[str]) -> tuple[str, ...]:
        """Return the shown items that have all the attributes of `phrase`, in their order."""
        made = self._phrases.link(phrase).constraints
        if not made or not shown:
            return ()
        whole = tuple(item for item in shown if all(self._has(item, constraint) for constraint in made))
        sure = [constraint for constraint in made if constraint.status is Status.ENFORCED]
        if whole or not sure or len(sure) == len(made):
            return whole
        # 'The little red one' is the red one where no record says what is little.
        return tuple(item for item in shown if all(self._has(item, constraint) for constraint in sure))

    def _has(self, item: str, constraint: Constraint) -> bool:
        if constraint.status is Status.ENFORCED:
            try:
                return bool(self._filters.mask(constraint)[self._snapshot.row(item)])
            except InputError:
                return False
        told = content(tokens(str(constraint.said)))
        wanted = {word.stem for word in told}
        negative = constraint.op.negative
        return bool(wanted) and (wanted <= self._told(item)) is not negative

    def _told(self, item: str) -> frozenset[str]:
        record = self._snapshot.item(item)
        texts = [record.title, *(str(value) for value in record.fields.values())]
        return frozenset(stem(word) for text in texts for word in split(text))


def _nothing(phrase: str) -> Unresolved:
    return Unresolved(phrase, f"nothing is shown yet that '{phrase}' could mean")


def _too_few(phrase: str, wanted: int, items: Sequence[str]) -> Unresolved:
    if not items:
        return _nothing(phrase)
    shown = "only 1 item is shown" if len(items) == 1 else f"only {len(items)} items are shown"
    return Unresolved(phrase, f"{shown}, so there is no number {wanted}")
