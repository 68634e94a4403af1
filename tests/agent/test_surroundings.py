"""Words beside a phrase that turn it round, loosen it or join it to another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agent.surroundings import in_context, unread_bounds
from agent.types import Phrase, PhraseKind

W, A, L, D = PhraseKind.WANT, PhraseKind.AVOID, PhraseKind.LIMIT, PhraseKind.DROP


@pytest.mark.parametrize(
    ("text", "phrases", "told"),
    [
        ("nothing made after 1965", [(L, "made after 1965")], [(L, "nothing made after 1965")]),
        ("oh about a tenner", [(L, "a tenner")], [(L, "about a tenner")]),
        ("couldn't stretch past nine grand", [(L, "past nine grand")], [(L, "not past nine grand")]),
        ("a spa or a sauna", [(W, "spa"), (W, "sauna")], [(W, "spa or a sauna")]),
        ("or silver", [(W, "silver")], [(W, "or silver")]),
        ("red and silver", [(W, "red"), (W, "silver")], [(W, "red"), (W, "silver")]),
        ("with fish instead", [(W, "fish")], [(W, "fish instead")]),
        ("leather instead of suede", [(W, "leather")], [(W, "leather")]),
        ("i need boots, i dont want leather", [(A, "leather")], [(A, "leather")]),
        ("i need boots but i do not want suede", [(W, "suede")], [(A, "suede")]),
        ("we don't really need the parking", [(A, "parking")], [(D, "parking")]),
        ("no breakfast needed", [(A, "breakfast")], [(D, "breakfast")]),
        ("something that doesn't need batteries", [(A, "batteries")], [(A, "batteries")]),
        ("no languages", [(W, "languages")], [(A, "languages")]),
        ("no, languages", [(W, "languages")], [(W, "languages")]),
        ("nowt in the centre", [(W, "in the centre")], [(A, "in the centre")]),
        ("leave out anything with onion", [(W, "onion")], [(A, "onion")]),
        ("I don't like satin", [(D, "satin")], [(A, "satin")]),
        ("leave the speaker out of it", [(D, "speaker")], [(A, "speaker")]),
        ("it doesn't have to be leather", [(D, "leather")], [(D, "leather")]),
        ("a coat warm enough for winter", [(W, "for winter")], [(W, "for winter")]),
        ("can't do without waterproof boots", [(W, "waterproof")], [(W, "waterproof")]),
        ("why not red boots", [(W, "red")], [(W, "red")]),
        ("how about 50", [(L, "50")], [(L, "50")]),
        ("no lace or leather", [(A, "lace"), (W, "leather")], [(A, "lace"), (A, "leather")]),
        ("under ninety not nineteen", [(L, "under ninety"), (A, "nineteen")], [(L, "under ninety")]),
        ("forget westerns. any dramas?", [(W, "westerns")], [(D, "westerns")]),
        ("four star or better in lisbon", [(L, "four star or")], [(L, "four star or better")]),
        ("from 2015 onwards", [(L, "2015")], [(L, "2015 onwards")]),
        ("no wool, he's allergic", [(A, "wool")], [(A, "allergic to wool")]),
        (
            "he's allergic to nuts and dairy",
            [(W, "nuts"), (W, "dairy")],
            [(A, "allergic to nuts"), (A, "allergic to dairy")],
        ),
        (
            "she's allergic to wool and wants silk",
            [(A, "wool"), (W, "silk")],
            [(A, "allergic to wool"), (W, "silk")],
        ),
        ("she's intolerant of leather", [(W, "leather")], [(A, "intolerant to leather")]),
        ("i'm vegan so no suede", [(W, "suede")], [(A, "vegan, no suede")]),
        ("vegan boots without laces", [(A, "laces")], [(A, "laces")]),
    ],
)
def test_what_stands_around(
    text: str, phrases: list[tuple[PhraseKind, str]], told: list[tuple[PhraseKind, str]]
) -> None:
    found = in_context([Phrase(*one) for one in phrases], text)
    assert [(one.kind, one.text) for one in found] == told


@given(
    st.text(max_size=80),
    st.lists(st.tuples(st.sampled_from(PhraseKind), st.text(min_size=1, max_size=9)), max_size=4),
)
def test_no_text_is_an_error_and_no_phrase_is_lost(text: str, phrases: list[tuple[PhraseKind, str]]) -> None:
    given_phrases = [Phrase(*one) for one in phrases]
    told = in_context(given_phrases, text)
    assert len(told) <= len(given_phrases)
    kept = [one for one in given_phrases if one.kind is not A or not any(c.isdigit() for c in one.text)]
    assert all(any(one.text in other.text for other in told) for one in kept if ", " not in one.text)


@pytest.mark.parametrize(
    ("text", "held", "bounds"),
    [
        ("a lamp for the hall, tenner tops", ["lamp", "for the hall"], ["tenner tops"]),
        ("a lamp under 20 quid", ["lamp", "under 20 quid"], []),
        ("a lamp between 20 and 40 pounds", ["lamp"], ["between 20 and 40 pounds"]),
        ("two lamps for 3 rooms", ["lamps"], []),
        ("a film about nine people trapped in a lift", ["film"], []),
        ("at least one with a hood", ["hood"], []),
        ("spent 40 quid on shoes last week, want boots", ["boots"], []),
        ("Boots Under 80 Quid", ["boots", "under 80 quid"], []),
    ],
)
def test_bounds_that_a_reading_left_out(text: str, held: list[str], bounds: list[str]) -> None:
    assert [phrase.text for phrase in unread_bounds(held, text)] == bounds
