from __future__ import annotations

import pytest

from agent.sight.wording import singular, speak_colours, with_article
from encoders.colours import ColourShare


@pytest.mark.parametrize(
    ("value", "one"),
    [
        ("handbags", "handbag"),
        ("dresses", "dress"),
        ("watches", "watch"),
        ("scarves", "scarf"),
        ("knives", "knife"),
        ("t-shirts", "t-shirt"),
        ("Tshirts", "tshirt"),
        ("Casual Shoes", "casual shoes"),
        ("boots", "boots"),
        ("jeans", "jeans"),
        ("trainers", "trainers"),
        ("berries", "berry"),
        ("movies", "movie"),
        ("ties", "tie"),
        ("garden tools", "garden tool"),
        ("glass", "glass"),
        ("tennis", "tennis"),
        ("bus", "bus"),
        ("feature film", "feature film"),
        ("TV stands", "TV stand"),
        ("Shoes and Bags", "shoes and bags"),
        ("electronics", "electronics"),
        ("", ""),
    ],
)
def test_a_kind_is_said_of_one_thing_as_people_say_it(value: str, one: str) -> None:
    assert singular(value) == one


@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("red handbag", "a red handbag"),
        ("umbrella", "an umbrella"),
        ("orange dress", "an orange dress"),
        ("brown boots", "brown boots"),
        ("unicycle", "a unicycle"),
        ("glass", "a glass"),
        ("grey topwear", "grey topwear"),
    ],
)
def test_an_article_goes_with_what_it_stands_before(thing: str, said: str) -> None:
    assert with_article(thing) == said


def share(*parts: tuple[str, float]) -> tuple[ColourShare, ...]:
    return tuple(ColourShare(name, (0, 0, 0), part) for name, part in parts)


@pytest.mark.parametrize(
    ("colours", "said"),
    [
        (share(("navy", 0.97)), "navy"),
        (share(("navy", 0.8), ("white", 0.2)), "mostly navy"),
        (share(("navy", 0.5), ("white", 0.4), ("red", 0.1)), "mostly navy and white"),
        (share(("navy", 0.4), ("white", 0.3), ("red", 0.3)), "navy, white and red"),
        ((), ""),
    ],
)
def test_measured_colours_are_said_by_their_shares(colours: tuple[ColourShare, ...], said: str) -> None:
    assert speak_colours(colours) == said
