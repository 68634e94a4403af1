from __future__ import annotations

import pytest

from agent.linking.looks import Ask, Look, is_about_looks, look_asked


@pytest.mark.parametrize(
    ("words", "look"),
    [
        ("what colour is the second one?", Look(Ask.COLOUR, reference="the second one")),
        ("What color is it", Look(Ask.COLOUR)),
        ("which colours are in this picture?", Look(Ask.COLOUR, of_picture=True)),
        ("what colour is my photo?", Look(Ask.COLOUR, of_picture=True)),
        (
            "what colour is the picture of the first one?",
            Look(Ask.COLOUR, of_picture=False, reference="the first one"),
        ),
        ("which of these has a pattern?", Look(Ask.PATTERN, reference="these", which=True)),
        ("is this striped?", Look(Ask.PATTERN, "striped")),
        ("is the first one floral", Look(Ask.PATTERN, "floral", reference="the first one")),
        ("does it have spots?", Look(Ask.PATTERN, "spots")),
        ("is the marlow handbag striped?", Look(Ask.PATTERN, "striped")),
        ("which ones are checked?", Look(Ask.PATTERN, "checked", which=True)),
        ("what is in this picture?", Look(Ask.SCENE, of_picture=True)),
        ("what's in the photo", Look(Ask.SCENE, of_picture=True)),
        ("what do you see?", Look(Ask.SCENE)),
        ("describe my picture", Look(Ask.SCENE, of_picture=True)),
        ("what does the third one look like?", Look(Ask.SCENE, reference="the third one")),
        ("does the first one come in green?", Look(Ask.VARIANT, "green", reference="the first one")),
        ("do you have it in navy blue?", Look(Ask.VARIANT, "navy blue")),
        ("is it available in red too", Look(Ask.VARIANT, "red")),
    ],
)
def test_a_question_about_looks_is_known(words: str, look: Look) -> None:
    assert look_asked(words) == look


@pytest.mark.parametrize(
    "words",
    [
        "red boots under 80",
        "do you have plain scarves?",
        "something striped for summer",
        "what colours do you have?",
        "how much is the second one?",
        "is it waterproof?",
        "the second one",
        "",
        "who directed the picture?",
    ],
)
def test_other_requests_are_no_questions_about_looks(words: str) -> None:
    assert look_asked(words) is None


@pytest.mark.parametrize(
    ("words", "about"),
    [
        ("show me the Eiffel Tower poster", True),
        ("a record with a lighthouse on the cover", True),
        ("something that looks like a castle", True),
        ("a striped shirt", True),
        ("is this spotted?", True),
        ("red boots under 80", False),
        ("a thriller set in Paris", False),
    ],
)
def test_pictures_are_worth_looking_at_by_the_words_alone(words: str, about: bool) -> None:
    assert is_about_looks(words) is about
