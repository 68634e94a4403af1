"""What is known of a person, in lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from agent.wording import write_amount

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from retrieval.snapshot import Snapshot

    TitleOf = Callable[[str, str], str]


def describe_person(known: Mapping[str, Any], title_of: TitleOf) -> Iterator[str]:
    """Yield what `People.export` returned, a line each; `title_of` takes a catalogue's name and an item's id."""
    empty = True
    for note in known["notes"]:
        empty = False
        yield f"remembers: {note['text']}"
    for rating in known["ratings"]:
        empty = False
        title = title_of(rating["catalogue"], rating["item"])
        yield f"rated: {title}, {write_amount(rating['value'], 'stars')} ({_where(rating)})"
    for liking in known["likings"]:
        empty = False
        title = title_of(liking["catalogue"], liking["item"])
        yield f"{'likes' if liking['value'] > 0 else 'dislikes'}: {title} ({_where(liking)})"
    if empty:
        yield f"Nothing is known of {known['user']}."


def titles_of(*snapshots: Snapshot) -> TitleOf:
    """Return what finds an item's title in these catalogues; an item that is gone keeps its id."""
    by_name = {snapshot.name: snapshot for snapshot in snapshots}

    def title_of(catalogue: str, item: str) -> str:
        try:
            return by_name[catalogue].item(item).title
        except KeyError:
            return item

    return title_of


def _where(judgement: Mapping[str, Any]) -> str:
    said = str(judgement["said"])
    # A command ('/rate 1 4') says nothing that the line does not.
    spoken = said and not said.startswith("/")
    return f"{judgement['catalogue']}, “{said}”" if spoken else str(judgement["catalogue"])
