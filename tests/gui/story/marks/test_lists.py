"""Paragraphs become items of a list and paragraphs again; what belongs to an item moves along."""

from __future__ import annotations

from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import NotAllowed
from editor.gui.story.marks.lists import ListKind, toggle_list
from editor.text import nodes
from editor.text.parse import parse
from editor.text.plain import plain_text
from tests.gui.story.marks.bodies import bodies, in_paragraphs
from tests.gui.story.marks.marked import changed, read_marked

BULLETED = partial(toggle_list, kind=ListKind.BULLETED)
NUMBERED = partial(toggle_list, kind=ListKind.NUMBERED)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("The ma¦yor", "- The ma¦yor"),
        ("- The ma¦yor", "The ma¦yor"),
        ("* ‹The mayor›", "‹The mayor›"),
        ("¦", "- ¦"),
        ("- ¦", "¦"),
        ("‹One\n\ntwo›\n\nthree", "- ‹One\n\n- two›\n\nthree"),
        ("- ‹One\n\n- two›\n\nthree", "‹One\n\ntwo›\n\nthree"),
        ("‹one\ntwo›\nthree", "- ‹one\n- two›\n- three"),
        ("one\nt¦wo\nthree", "- one\n  t¦wo\n  three"),
        ("- one\n  t¦wo\n  three", "one\nt¦wo\nthree"),
        ("- one\n- t¦wo\n- three", "- one\n\nt¦wo\n\n- three"),
        ("- ‹one\n- two›", "‹one\n\ntwo›"),
        ("- o¦ne\n  - child", "o¦ne\n\n- child"),
        ("- one\n  - ch¦ild\n  - other", "- one\n\nch¦ild\n\n  - other"),
        ("- ‹one\n  - child›", "‹one\n\nchild›"),
        ("- ‹one\n\ntwo›", "- ‹one\n\n- two›"),
        ("1. ‹one\n2. two›", "- ‹one\n- two›"),
        ("1. o¦ne\n   more", "- o¦ne\n  more"),
        ("1. o¦ne\n  - child", "- o¦ne\n  - child"),
        ("## Cross¦head", "- Cross¦head"),
        ("Text:\n- o¦ne", "Text:\n\no¦ne"),
        ("> quo¦ted", "> - quo¦ted"),
        ("> ‹one\n>\n> two›", "> - ‹one\n>\n> - two›"),
        ("> - one\n> - t¦wo", "> - one\n>\n> t¦wo"),
        ("**bo¦ld** words", "- **bo¦ld** words"),
        ("In\n2024. It wa¦s", "- In\n  2024. It wa¦s"),
    ],
)
def test_bulleted_list_is_toggled(before: str, expected: str) -> None:
    assert changed(before, BULLETED) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("¦", "1. ¦"),
        ("‹One\n\ntwo›", "1. ‹One\n\n2. two›"),
        ("1. ‹One\n\n2. two›", "‹One\n\ntwo›"),
        ("1. one\n\nt¦wo", "1. one\n\n2. t¦wo"),
        ("- ‹one\n  - child\n  - other\n- two›", "1. ‹one\n   1. child\n   2. other\n2. two›"),
        ("- o¦ne\n  - child", "1. o¦ne\n   - child"),
        ("- one\n\nt¦wo", "- one\n\n1. t¦wo"),
        ("10) te¦n", "te¦n"),
    ],
)
def test_numbered_list_is_toggled(before: str, expected: str) -> None:
    assert changed(before, NUMBERED) == expected


@pytest.mark.parametrize("marked", ["one\n\n‹\n›two", "[^1]: A ¦note.", "one\n\n-¦--"])
def test_what_has_no_words_and_footnotes_are_refused(marked: str) -> None:
    for change in (BULLETED, NUMBERED):
        with pytest.raises(NotAllowed) as refused:
            change(*read_marked(marked))
        assert refused.value.hint


@given(in_paragraphs(), st.sampled_from(list(ListKind)))
def test_twice_is_as_before_and_readers_get_a_list(
    body_range: tuple[str, int, int], kind: ListKind
) -> None:
    body, start, end = body_range
    edit = toggle_list(body, start, end, kind)
    listed = edit.on(body)
    of_kind = nodes.BulletList if kind is ListKind.BULLETED else nodes.NumberedList
    [items] = [block for block in parse(listed).blocks if isinstance(block, of_kind)]
    assert len(items.items) == body[start:end].count("\n\n") + 1 or "\n" in body[start:end]
    assert words_of(listed) == words_of(body)
    back = toggle_list(listed, *edit.select, kind)
    assert words_of(back.on(listed)) == words_of(body)
    several_lines = any("\n" in part.strip("\n") for part in body[start:end].split("\n\n"))
    if not several_lines:
        assert back.on(listed) == body
        assert back.select == (start, end)


def words_of(body: str) -> list[str]:
    """The words that readers get, without the marks that `plain_text` puts before items."""
    return [
        word for word in plain_text(body).split() if word not in ("-", "•") and not is_number(word)
    ]


def is_number(word: str) -> bool:
    return word.rstrip(".").isdigit() and word.endswith(".")


@given(bodies(), st.integers(0, 60), st.integers(0, 60), st.sampled_from(list(ListKind)))
def test_no_word_is_lost_in_any_text(body: str, start: int, end: int, kind: ListKind) -> None:
    start, end = sorted((min(start, len(body)), min(end, len(body))))
    try:
        edit = toggle_list(body, start, end, kind)
    except NotAllowed:
        return
    marks = str.maketrans("#>*-0123456789.)", " " * 16)
    assert edit.on(body).translate(marks).split() == body.translate(marks).split()
