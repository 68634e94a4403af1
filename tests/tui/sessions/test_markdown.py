from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from encoders.sanitise import sanitise_line
from eval.transcript import Entry, Put, Transcript
from tests.eval.test_transcript import HEADER, TURN
from tests.tui.sessions.conftest import BOOTS
from tui.sessions.markdown import escaped, to_markdown

if TYPE_CHECKING:
    from markdown_it.token import Token

    from tests.tui.sessions.conftest import Talk

READER = MarkdownIt("gfm-like", {"html": True, "linkify": True})
NASTY = [
    "# heading", "- item", "+ item", "1. item", "12) item", "> quote", "    code", "```", "~~~", "***", "---", "===",
    "![x](http://a.b/c.png)", "[x](javascript:alert(1))", "<script>alert(1)</script>", "<http://a.b>", "&lt;b&gt;",
    "http://evil.example/x", "www.evil.example", "me@evil.example", "a | b", "| - |", "~~gone~~", "**bold**", "_x_",
    "`code`", "\\*", "line\nline", "[^1]: note", ": term", "a\\", "[x]: http://a.b", "!", "$x$", "<!-- x -->", "&amp;",
]  # fmt: skip


def leaves(markdown: str) -> list[Token]:
    return [leaf for block in READER.parse(markdown) for leaf in (block.children or [block])]


def shown(markdown: str) -> str:
    return " ".join("".join(leaf.content for leaf in leaves(markdown)).split())


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("before", ["", "**You:** ", "1. ", "1. x\n    - says “"])
def test_a_text_is_shown_as_it_is_wherever_it_stands(text: str, before: str) -> None:
    plain = {leaf.type for leaf in leaves(f"{before}x")}
    page = f"{before}{escaped(text)}"
    assert {leaf.type for leaf in leaves(page)} <= plain | {"text_special"}
    assert sanitise_line(text) in shown(page)


@given(st.text(alphabet=st.sampled_from(list("ab1 .:/\\`*_[](){}#+-!|<>&~@$=^\"'\nw")), max_size=24))
def test_no_text_becomes_markdown(text: str) -> None:
    kinds = {leaf.type for leaf in leaves(f"**You:** {escaped(text)}")}
    assert kinds <= {
        "paragraph_open",
        "paragraph_close",
        "strong_open",
        "strong_close",
        "text",
        "text_special",
    }
    assert shown(f"**You:** x{escaped(text)}").replace(" ", "") == f"You:x{sanitise_line(text)}".replace(
        " ", ""
    )


def test_a_page_tells_the_conversation(talk: Talk) -> None:
    page = to_markdown(
        talk(BOOTS, "like the 2nd but in green", "/why 1", "/rate 1 9", "/rename fell boots").transcript
    )
    assert page.startswith("# fell boots\n\nWith the catalogue dozen (12 items), on 2026-03-0")
    assert f"**You:** {BOOTS}\n\n*Looking for:* boots · waterproof · price ≤ 80\n\n1. " in page
    assert "\n    - meets boots, waterproof and price ≤ 80" in page
    assert "\n    - misses price ≤ 80" in page
    assert "\n    - the catalogue says “" in page
    assert "*Note:* nothing is " in page
    assert "£74.00" in page
    assert "\n    - its score: its words " in page
    assert "\n    - you pointed at Fellside Mid Boot" in page
    assert "**Vitrine:** Stars go from 1 to 5" in page


def test_whatever_a_turn_holds_is_escaped() -> None:
    nasty = "<b onload=x>[y](http://a.b)"
    request = replace(TURN.request, transcript=nasty)
    entry = Entry(
        Put(nasty, (nasty,), nasty, (nasty,)),
        replace(TURN, answer=nasty, request=request),
        nasty,
        nasty,
        stopped=True,
    )
    header = replace(HEADER, name=nasty, catalogue=nasty, models=nasty)
    page = to_markdown(Transcript(header, (entry,)))
    assert {"html_block", "html_inline", "link_open", "image"}.isdisjoint(leaf.type for leaf in leaves(page))
    assert page.count("\\[y\\]") == 11


def test_bare_turns_make_a_page_too() -> None:
    assert to_markdown(Transcript(None, (Entry(Put("boots"), TURN),))).startswith(
        "# A conversation\n\n**You:** boots\n"
    )
