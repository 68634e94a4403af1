"""Words for anything that a catalogue of one sort has: among recipes 'dish' says nothing, in a mixed shop it does."""

from __future__ import annotations

from typing import Final

from agent.linking.folding import split, stem

_SORTS: Final = """
recipe|dish|meal|dinner|lunch|supper|food
hotel|place|room|accommodation|stay|somewhere
laptop|computer|machine|notebook
plant|flower
wine|bottle
car|vehicle|motor
film|movie|flick|picture
book|read
course|class|lesson|training
house|flat|home|property|apartment
phone|mobile|smartphone|handset
game|board game
restaurant|place|somewhere
job|vacancy|role|position
event|gig|show
fashion|wear|gear|range|collection|clothes|clothing
music|song|track
"""


def sort_words(name: str) -> frozenset[str]:
    """Return the stems that mean anything in a catalogue of that name: recipe, dish and meal of 'recipes'."""
    own = {stem(word) for word in split(name)}
    groups = [{stem(word) for word in split(line)} for line in _SORTS.strip().splitlines()]
    return frozenset(own.union(*(group for group in groups if group & own)))
