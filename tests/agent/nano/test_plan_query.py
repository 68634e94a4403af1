from __future__ import annotations

import pytest

from agent.nano.plan_query import with_article


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("jacket", "a jacket"), ("umbrella", "an umbrella"), ("boots", "boots"), ("dress", "a dress"),
        ("film about a haunted house", "a film about a haunted house"), ("something warm", "something warm"),
        ("gift for a cook", "a gift for a cook"), ("horror", ""), ("music", ""), ("", ""), ("4 pans", "4 pans"),
        ("one of those very long things that people say now and then", ""), ("knitwear", ""), ("comedy", "a comedy"),
    ],
)  # fmt: skip
def test_a_query_gets_its_article_or_is_left_unsaid(query: str, said: str) -> None:
    assert with_article(query) == said
