"""A footnote gets the next number, a mark where the caret was, and a note at the end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import NotAllowed
from editor.gui.story.marks.footnotes import put_footnote
from editor.text import nodes
from editor.text.parse import parse
from tests.gui.story.marks.bodies import in_paragraphs
from tests.gui.story.marks.marked import read_marked, show_marked


def put(marked: str) -> str:
    body, start, end = read_marked(marked)
    edits = put_footnote(body, start, end, parse)
    for edit in edits:
        body = edit.on(body)
    return show_marked(body, *edits[-1].select)


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("The mayor¦ said.", "The mayor[^1] said.\n\n[^1]: ¦"),
        ("The ma¦yor said.", "The mayor[^1] said.\n\n[^1]: ¦"),
        ("The ‹mayor ›said.\n", "The mayor[^1] said.\n\n[^1]: ¦"),
        ("One[^1] two¦\n\n[^1]: Note", "One[^1] two[^2]\n\n[^1]: Note\n\n[^2]: ¦"),
        ("One[^7] two¦\n\n[^a]: Note", "One[^7] two[^8]\n\n[^a]: Note\n\n[^8]: ¦"),
        ("- one¦\n- two", "- one[^1]\n- two\n\n[^1]: ¦"),
        ("¦", "[^1]\n\n[^1]: ¦"),
    ],
)
def test_footnote_gets_the_next_number(before: str, expected: str) -> None:
    assert put(before) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("One[^1]¦ two\n\n[^1]: Note\n\n    more", "One[^1] two\n\n[^1]: Note¦\n\n    more"),
        ("One[^¦1] two\n\n[^1]: Note", "One[^1] two\n\n[^1]: Note¦"),
        ("One[^1] two\n\n[^1]: N¦ote", "One[^1]¦ two\n\n[^1]: Note"),
        ("One[^1] two\n\n[^1]: Note\n\n    mo¦re", "One[^1]¦ two\n\n[^1]: Note\n\n    more"),
        ("One[^a]¦ two", "One[^a] two\n\n[^a]: ¦"),
    ],
)
def test_it_goes_from_mark_to_note_and_back(before: str, expected: str) -> None:
    assert put(before) == expected


def test_note_without_a_mark_says_so() -> None:
    with pytest.raises(NotAllowed, match="leads to") as refused:
        put("One\n\n[^1]: No¦te")
    assert refused.value.hint


@given(in_paragraphs(), st.sampled_from(["", "\n", "\n\n"]))
def test_readers_get_a_footnote_and_all_words(body_range: tuple[str, int, int], after: str) -> None:
    body, start, end = body_range
    edits = put_footnote(body + after, start, end, parse)
    noted = body + after
    for edit in edits:
        noted = edit.on(noted)
    document = parse(noted)
    assert [part.labels for part in document.parts if part.labels] == [("1",)]
    assert isinstance(document.parts[-1].block, nodes.Footnote)
    caret = edits[-1].select[0]
    assert noted.replace("[^1]", "", 1).startswith(body)
    [back] = put_footnote(noted, caret, caret, parse)
    assert noted[: back.select[0]].endswith("[^1]")
