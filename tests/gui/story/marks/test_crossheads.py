"""Lines become crossheads and paragraphs again, with the text as it was."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import NotAllowed
from editor.gui.story.marks.crossheads import toggle_crosshead
from editor.text import nodes
from editor.text.parse import parse
from editor.text.plain import plain_text
from tests.gui.story.marks.bodies import bodies
from tests.gui.story.marks.marked import changed

CASES = [
    ("Boats are ba¦ck", "## Boats are ba¦ck"),
    ("## Boats are ba¦ck", "Boats are ba¦ck"),
    ("### ‹Boats›", "‹Boats›"),
    ("## ‹Boats› ##", "‹Boats›"),
    ("‹Boats›\n-----\n\nText", "‹Boats›\n\nText"),
    ("¦", "## ¦"),
    ("## ¦", "¦"),
    ("‹One\n\ntwo›", "## ‹One\n\n## two›"),
    ("## ‹One\n\ntwo›", "## ‹One\n\n## two›"),
    ("one\nt¦wo\nthree", "one\n## t¦wo\nthree"),
    ("one\n## t¦wo\nthree", "one\n\nt¦wo\n\nthree"),
    ("> quo¦ted", "> ## quo¦ted"),
    ("> one\n> ## t¦wo", "> one\n>\n> t¦wo"),
    ("C¦#", "## C¦#"),
]


@pytest.mark.parametrize(("before", "expected"), CASES)
def test_crosshead_is_toggled(before: str, expected: str) -> None:
    assert changed(before, toggle_crosshead) == expected


@pytest.mark.parametrize(
    ("body", "start", "end"),
    [("- One", 3, 3), ("- One\n  more", 9, 9), ("[^1]: A note.", 8, 8), ("a\n\n\nb", 2, 3)],
)
def test_list_footnote_and_nothing_are_refused(body: str, start: int, end: int) -> None:
    with pytest.raises(NotAllowed) as refused:
        toggle_crosshead(body, start, end)
    assert refused.value.hint


@given(st.lists(st.sampled_from(["Ferry is back", "é🚢", "C#"]), min_size=1, max_size=4), st.data())
def test_twice_is_as_before_and_readers_get_headings(words: list[str], data: st.DataObject) -> None:
    body = "\n\n".join(words)
    ends = sorted(data.draw(st.lists(st.integers(0, len(body)), min_size=2, max_size=2)))
    try:
        edit = toggle_crosshead(body, *ends)
    except NotAllowed:
        assert not body[slice(*ends)].strip() or ends[0] == ends[1]
        return
    headed = edit.on(body)
    if body[slice(*ends)].strip():
        headings = [block for block in parse(headed).blocks if isinstance(block, nodes.Heading)]
        assert headings
        assert {heading.level for heading in headings} == {2}
        assert plain_text(headed).split() == plain_text(body).split()
    assert toggle_crosshead(headed, *edit.select).on(headed) == body


@given(bodies(), st.integers(0, 60), st.integers(0, 60))
def test_no_word_is_lost_in_any_text(body: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(body)), min(end, len(body))))
    try:
        edit = toggle_crosshead(body, start, end)
    except NotAllowed:
        return
    marks = str.maketrans("#>-", "   ")
    assert edit.on(body).translate(marks).split() == body.translate(marks).split()
