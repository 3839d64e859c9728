"""Blocks and items change places with their neighbours, and nothing else changes."""

from __future__ import annotations

from collections import Counter
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import NotAllowed
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.moves import move
from editor.text.parse import parse
from tests.gui.story.marks.bodies import bodies, in_paragraphs
from tests.gui.story.marks.marked import changed

UP = partial(move, step=-1, read=parse)
DOWN = partial(move, step=1, read=parse)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("one\n\nt¦wo", "t¦wo\n\none"),
        ("one\n\nt¦wo\n\nthree", "t¦wo\n\none\n\nthree"),
        ("one\n\n\n‹two\n\nthree›", "‹two\n\nthree›\n\n\none"),
        ("one\n\n‹two\n\n›three", "‹two\n\n›one\n\nthree"),
        ("one\nmore\n\nt¦wo", "t¦wo\n\none\nmore"),
        ("## Head\nte¦xt", "te¦xt\n\n## Head"),
        ("one\n\n| a | b |\n|---|---|\n| c¦ | d |", "| a | b |\n|---|---|\n| c¦ | d |\n\none"),
        ("one\n\n    co¦de\n    more", "    co¦de\n    more\n\none"),
        ("- one\n- t¦wo\n- three", "- t¦wo\n- one\n- three"),
        ("- one\n  - child\n- t¦wo\n  - other", "- t¦wo\n  - other\n- one\n  - child"),
        ("- one\n  - child\n  - ot¦her", "- one\n  - ot¦her\n  - child"),
        ("- one\n\n  more\n\n- t¦wo", "- t¦wo\n\n- one\n\n  more"),
        ("1. one\n2. t¦wo\n3. three", "1. t¦wo\n2. one\n3. three"),
        ("9. nine\n   - child\n10. t¦en", "9. t¦en\n10. nine\n    - child"),
        ("text\n\n- ‹one\n- two›", "- ‹one\n- two›\n\ntext"),
        ("text\n\n- o¦ne", "- o¦ne\n\ntext"),
        ("> one\n>\n> t¦wo", "> t¦wo\n>\n> one"),
        ("> - one\n> - t¦wo", "> - t¦wo\n> - one"),
        ("text\n\n> o¦ne", "> o¦ne\n\ntext"),
        ("text\n\n> ‹one\n>\n> two›", "> ‹one\n>\n> two›\n\ntext"),
        ("🚢\n\nt¦wo", "t¦wo\n\n🚢"),
        ("one\n\n[^1]: no¦te", "[^1]: no¦te\n\none"),
    ],
)
def test_block_moves_up_and_down_again(before: str, expected: str) -> None:
    assert changed(before, UP) == expected
    if "\n> " not in before and "## " not in before and "›three" not in before:
        assert changed(expected, DOWN) == before


@pytest.mark.parametrize(
    "marked",
    ["o¦ne\n\ntwo", "- o¦ne\n- two", "- one\n  - ch¦ild", "> o¦ne\n>\n> two", "one\n\n¦\n\n"],
)
def test_what_has_nothing_above_it_stays(marked: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        changed(marked, UP)
    assert refused.value.hint


def test_what_has_nothing_below_it_stays() -> None:
    with pytest.raises(NotAllowed, match="below"):
        changed("one\n\nt¦wo\n", DOWN)


@given(in_paragraphs(), st.sampled_from([UP, DOWN]))
def test_paragraphs_change_places_and_back(
    body_range: tuple[str, int, int], change: partial[MarkEdit]
) -> None:
    body, start, end = body_range
    try:
        edit = change(body, start, end)
    except NotAllowed:
        return
    moved = edit.on(body)
    assert Counter(parse(moved).blocks) == Counter(parse(body).blocks)
    assert moved[slice(*edit.select)] == body[start:end]
    back = DOWN if change is UP else UP
    assert back(moved, *edit.select).on(moved) == body


@given(bodies(), st.integers(0, 60), st.integers(0, 60), st.sampled_from([UP, DOWN]))
def test_no_word_is_lost_in_any_text(
    body: str, start: int, end: int, change: partial[MarkEdit]
) -> None:
    start, end = sorted((min(start, len(body)), min(end, len(body))))
    try:
        edit = change(body, start, end)
    except NotAllowed:
        return
    marks = str.maketrans(">0123456789", " " * 11)
    moved = edit.on(body)
    assert Counter(moved.translate(marks).split()) == Counter(body.translate(marks).split())
    assert 0 <= edit.select[0] <= edit.select[1] <= len(moved)
