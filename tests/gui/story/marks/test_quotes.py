"""Paragraphs are set apart as quotations and taken out again, with the text as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import NotAllowed
from editor.gui.story.marks.quotes import toggle_quote
from editor.text import nodes
from editor.text.parse import parse
from editor.text.plain import plain_text
from tests.gui.story.marks.bodies import bodies, in_paragraphs
from tests.gui.story.marks.marked import changed


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("The ‹mayor› said", "> The ‹mayor› said"),
        ("The ma¦yor said", "> The ma¦yor said"),
        ("¦", "> ¦"),
        ("> ¦", "¦"),
        ("‹One\n\ntwo›", "> ‹One\n>\n> two›"),
        ("‹One\n\n\ntwo›\n\nthree", "> ‹One\n>\n>\n> two›\n\nthree"),
        ("‹One\n\n›two", "> ‹One\n\n›two"),
        ("one\nt¦wo\nthree\n\nfour", "> one\n> t¦wo\n> three\n\nfour"),
        ("> ‹One\n>\n> two›", "‹One\n\ntwo›"),
        (">‹One›", "‹One›"),
        ("> One\n>\n> t¦wo\n>\n> three", "> One\n\nt¦wo\n\n> three"),
        ("> ‹One\n\ntwo›", "> ‹One\n>\n> two›"),
        ("‹One\n\n> two›", "> ‹One\n>\n> two›"),
        ("> > ‹One›", "> ‹One›"),
        ("> lazy\ni¦s quoted", "lazy\ni¦s quoted"),
        ("## Crosshead\nO¦ne", "## Crosshead\n> O¦ne"),
        ("‹- One\n- two›", "> ‹- One\n> - two›"),
        ("‹| a | b |\n|---|---|\n| c | d |›", "> ‹| a | b |\n> |---|---|\n> | c | d |›"),
        ("    co¦de", ">     co¦de"),
        ("> One\n>\n> ¦", "> One\n\n¦"),
    ],
)
def test_quote_is_toggled(before: str, expected: str) -> None:
    assert changed(before, toggle_quote) == expected


@pytest.mark.parametrize(
    ("body", "start", "end"), [("One\n\n\ntwo", 4, 5), ("[^1]: A note.", 8, 8)]
)
def test_what_is_no_paragraph_is_refused(body: str, start: int, end: int) -> None:
    with pytest.raises(NotAllowed) as refused:
        toggle_quote(body, start, end)
    assert refused.value.hint


@given(in_paragraphs())
def test_twice_is_as_before_and_readers_get_one_quotation(body_range: tuple[str, int, int]) -> None:
    body, start, end = body_range
    edit = toggle_quote(body, start, end)
    quoted = edit.on(body)
    kinds = [type(block) for block in parse(quoted).blocks]
    assert kinds.count(nodes.Quote) == 1
    assert plain_text(quoted).split() == plain_text(body).split()
    back = toggle_quote(quoted, *edit.select)
    assert back.on(quoted) == body
    assert back.select == (start, end)


@given(bodies(), st.integers(0, 60), st.integers(0, 60))
def test_no_word_is_lost_in_any_text(body: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(body)), min(end, len(body))))
    try:
        edit = toggle_quote(body, start, end)
    except NotAllowed:
        return
    assert edit.on(body).replace(">", "").split() == body.replace(">", "").split()
