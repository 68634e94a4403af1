"""Words for anything that a catalogue of one sort has: among recipes 'dish' says nothing, in a mixed shop it does."""

from __future__ import annotations

from typing import Final

from agent.linking.folding import split, stem

_SORTS: Final = """
recipe|dish|meal|dinner|lunch|supper|food
hotel|place|room|accommodation|stay|somewhere
cottage|place|house|property|somewhere|stay|home|let|accommodation
flat|apartment|place|home|property|room|rental|somewhere|let
house|flat|home|property|apartment|place
laptop|computer|machine|notebook
phone|mobile|smartphone|handset
plant|flower
wine|bottle
car|vehicle|motor
bicycle|bike|cycle|pushbike
film|movie|flick|picture
series|show|programme
podcast|show|pod|listen
book|read
course|class|lesson|training
game|board game|boardgame
toy|plaything
pet|animal|companion
restaurant|place|somewhere|spot|meal|eatery|table
job|vacancy|role|position|work|post|career
event|thing|something on|show
museum|place|somewhere|exhibition
fashion|wear|gear|range|collection|clothes|clothing
music|song|track|tune
news|article|story
campsite|site|pitch|camping|place|campground
cheese|piece|wedge
walk|route|hike|stroll|ramble
tool|machine|gear|equipment
sofa|piece|furniture
game|video game
perfume|scent|fragrance
"""
_ENDING: Final = 4
"""Letters of a word that the name of a catalogue may end in: games of boardgames."""


def sort_words(name: str) -> frozenset[str]:
    """Return the stems that mean anything in a catalogue of that name: recipe, dish and meal of 'recipes'."""
    own = {stem(word) for word in split(name)}
    groups = [{stem(word) for word in split(line)} for line in _SORTS.strip().splitlines()]
    heads = [stem(split(line)[0]) for line in _SORTS.strip().splitlines()]
    whole = own | {word.removesuffix("s") for word in split(name)}
    ends = {head for head in heads for word in whole if len(head) >= _ENDING and word.endswith(head)}
    named = own | ends
    return frozenset(
        named.union(
            *(group for group, head in zip(groups, heads, strict=True) if group & own or head in ends)
        )
    )
