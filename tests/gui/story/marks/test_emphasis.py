"""Bold and italic go around words, come off again, and never harm the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import NotAllowed
from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.emphasis import EmphasisMark, leave_emphasis, toggle_emphasis
from editor.text.plain import plain_text

BOLD, ITALIC = EmphasisMark.BOLD, EmphasisMark.ITALIC


def after(body: str, edit: MarkEdit) -> str:
    """The body after an edit, what is selected in ‹›, or the caret as |."""
    body = body[: edit.start] + edit.text + body[edit.end :]
    start, end = edit.select
    if start == end:
        return f"{body[:start]}|{body[start:]}"
    return f"{body[:start]}‹{body[start:end]}›{body[end:]}"


def toggled(marked: str, kind: EmphasisMark) -> str:
    """Toggle what is between ‹ and ›, or at |."""
    body = marked.replace("‹", "").replace("›", "").replace("|", "")
    start = min(marked.find(mark) for mark in "‹|" if mark in marked)
    end = marked.find("›") - 1 if "›" in marked else start
    return after(body, toggle_emphasis(body, start, end, kind))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("The ‹mayor ›said", "The **‹mayor›** said"),
        (
            "‹One\n\n![](picture:4f4f4f4f)\n\ntwo›",
            "**‹One**\n\n![](picture:4f4f4f4f)\n\n**two›**",
        ),
        ("The‹ mayor› said", "The **‹mayor›** said"),
        ("The **‹mayor›** said", "The ‹mayor› said"),
        ("The ‹**mayor**› said", "The ‹mayor› said"),
        ("The may|or said", "The **may|or** said"),
        ("The **may|or** said", "The may|or said"),
        ("The __may|or__ said", "The may|or said"),
        ("Don’t st|op", "Don’t **st|op**"),
        ("Do|n’t stop", "**Do|n’t** stop"),
        ("One | two", "One **|** two"),
        ("One **|** two", "One | two"),
        ("|", "**|**"),
        ("‹a **b** c›", "**‹a b c›**"),
        ("‹now and **th›en**", "**‹now and then›**"),
        ("**the ‹mayor› said**", "**the** ‹mayor› **said**"),
        ("*‹mayor›*", "***‹mayor›***"),
        ("***‹mayor›***", "*‹mayor›*"),
        ("‹one\n\ntwo›", "**‹one**\n\n**two›**"),
        ("‹**one**\n\n**two**›", "‹one\n\ntwo›"),
        ("‹- one\n- two›", "- **‹one**\n- **two›**"),
        ("‹## Crosshead›", "## **‹Crosshead›**"),
        ("‹> quoted›", "> **‹quoted›**"),
    ],
)
def test_bold_is_toggled(before: str, expected: str) -> None:
    assert toggled(before, BOLD) == expected


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("The ‹mayor ›said", "The *‹mayor›* said"),
        ("The *may|or* said", "The may|or said"),
        ("The _may|or_ said", "The may|or said"),
        ("**‹mayor›**", "***‹mayor›***"),
        ("***‹mayor›***", "**‹mayor›**"),
        ("**the ‹mayor› said**", "**the *‹mayor›* said**"),
        ("snake_ca|se_name", "*snake_ca|se_name*"),
        ("One *|* two", "One | two"),
    ],
)
def test_italic_is_toggled(before: str, expected: str) -> None:
    assert toggled(before, ITALIC) == expected


@pytest.mark.parametrize(
    ("before", "begun", "kind", "expected"),
    [
        ("One **new|**", 6, BOLD, "One **new**|"),
        ("One **new |** rest", 6, BOLD, "One **new** | rest"),
        ("***new|***", 3, ITALIC, "***new*|**"),
        ("***new*|**", 2, BOLD, "***new***|"),
        ("One **|**", 6, BOLD, None),
        ("One **  |**", 6, BOLD, None),
        ("One **new| words**", 6, BOLD, None),
        ("One two| three", 6, BOLD, None),
    ],
)
def test_what_began_an_emphasis_ends_it_behind_the_typed_words(
    before: str, begun: int, kind: EmphasisMark, expected: str | None
) -> None:
    body, caret = before.replace("|", ""), before.index("|")
    edit = leave_emphasis(body, begun, caret, kind)
    assert (after(body, edit) if edit else None) == expected


def test_selection_without_words_is_refused() -> None:
    with pytest.raises(NotAllowed):
        toggle_emphasis("One   two", 3, 6, BOLD)


@given(st.text("ab é🚢’\n", max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_twice_is_as_before_and_no_word_is_lost(body: str, start: int, end: int) -> None:
    start, end = sorted((min(start, len(body)), min(end, len(body))))
    for kind in EmphasisMark:
        if start < end and not body[start:end].strip():
            continue
        edit = toggle_emphasis(body, start, end, kind)
        bold = body[: edit.start] + edit.text + body[edit.end :]
        back = toggle_emphasis(bold, *edit.select, kind)
        assert bold[: back.start] + back.text + bold[back.end :] == body
        if bold.replace(kind.mark * 2, "") == bold:
            assert plain_text(bold).split() == plain_text(body).split()
