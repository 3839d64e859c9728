"""Lists and quotations go on and end as they are typed; the real parser reads what is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.gui.story.marks.edits import MarkEdit
from editor.gui.story.marks.list_typing import (
    continue_list,
    is_in_list,
    remove_marker,
    shift_items,
)
from editor.text import nodes
from editor.text.parse import parse


def cut(marked: str) -> tuple[str, int, int]:
    """Take the carets, one or two `|`, off a body."""
    start = marked.index("|")
    end = marked.rindex("|")
    body = marked.replace("|", "")
    return body, start, end - (end > start)


def shown(body: str, edit: MarkEdit | None) -> str | None:
    """Return the body after an edit with a `|` where the caret is."""
    if edit is None:
        return None
    after, (start, end) = edit.on(body), edit.select
    return after[:start] + "|" + (after[start:end] + "|" if end > start else "") + after[end:]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one|", "- one\n- |"),
        ("* one|", "* one\n* |"),
        ("1. one|", "1. one\n2. |"),
        ("1) one|", "1) one\n2) |"),
        ("9. nine|", "9. nine\n10. |"),
        ("007. x|", "007. x\n8. |"),
        ("- one |two", "- one \n- |two"),
        ("- one| two", "- one\n- |two"),
        ("- |one", "- \n- |one"),
        ("1. one|\n2. two\n3. three", "1. one\n2. |\n3. two\n4. three"),
        ("1. one|\n2. two\n7. seven", "1. one\n2. |\n3. two\n7. seven"),
        ("1. one\n1. two|", "1. one\n1. two\n1. |"),
        ("1. one|\n1. two", "1. one\n1. |\n1. two"),
        ("1. a\n   1. b|\n   2. c\n2. d", "1. a\n   1. b\n   2. |\n   3. c\n2. d"),
        ("- one\n  more|", "- one\n  more\n- |"),
        ("- one\n\n- two|", "- one\n\n- two\n- |"),
        ("- one\n  - two|", "- one\n  - two\n  - |"),
        ("-   wide|", "-   wide\n-   |"),
        ("> - one|", "> - one\n> - |"),
        ("> one|", "> one\n> |"),
        ("> one |two", "> one \n> |two"),
        (">one|", ">one\n>|"),
        ("> > one|", "> > one\n> > |"),
        ("> # Head|", "> # Head\n> |"),
        # An empty one ends.
        ("- one\n- |", "- one\n\n|"),
        ("1. one\n2. |", "1. one\n\n|"),
        ("- |", "|"),
        ("- one\n\n- |", "- one\n\n|"),
        ("- one\n- |\n- two", "- one\n\n|\n\n- two"),
        ("1. one\n2. |\n3. two", "1. one\n\n|\n\n2. two"),
        ("- one\n  - |", "- one\n- |"),
        ("1. one\n   1. |", "1. one\n2. |"),
        ("1. one\n   - |\n2. two", "1. one\n2. |\n3. two"),
        ("1. a\n   1. b\n   2. |\n   3. c", "1. a\n   1. b\n2. |\n   1. c"),
        ("- a\n  - b\n    - |", "- a\n  - b\n  - |"),
        ("> one\n> |", "> one\n\n|"),
        ("> one\n> |\n\nnext", "> one\n\n|\n\nnext"),
        ("> one\n> |\nnext", "> one\n\n|\n\nnext"),
        ("> |", "|"),
        ("> > one\n> > |", "> > one\n>\n> |"),
        ("> - one\n> - |", "> - one\n>\n> |"),
        # These are no lists.
        ("word|", None),
        ("|- one", None),
        ("-| one", None),
        ("-one|", None),
        ("a) one|", None),
        ("- - -|", None),
        ("---|", None),
        ("# Head|", None),
        ("in the year\n1984. It|", None),
        ("- one\nlazy|", None),
        ("Words.\n\n    - code|", None),
        ("[^1]: note|", None),
        ("| a | b |\n|---|---", None),
    ],
)
def test_enter(before: str, after: str | None) -> None:
    body, caret, _end = cut(before)
    assert shown(body, continue_list(body, caret)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- |one", "|one"),
        ("- one\n- |two", "- one\n|two"),
        ("1. one\n2. |two\n3. three", "1. one\n|two\n2. three"),
        ("1. |one\n2. two", "|one\n\n1. two"),
        ("5. |one\n6. two\n9. three", "|one\n\n5. two\n9. three"),
        ("- one\n  - |two", "- one\n  |two"),
        ("- |", "|"),
        ("> |one", "|one"),
        ("> > |one", "> |one"),
        ("> - |one", "> |one"),
        ("- o|ne", None),
        ("-| one", None),
        ("|- one", None),
        ("|one", None),
        ("    - |code", None),
    ],
)
def test_backspace(before: str, after: str | None) -> None:
    body, caret, _end = cut(before)
    assert shown(body, remove_marker(body, caret)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one\n- t|wo", "- one\n  - t|wo"),
        ("1. one\n2. t|wo", "1. one\n   1. t|wo"),
        ("1. one\n2. t|wo\n3. three", "1. one\n   1. t|wo\n2. three"),
        ("10. one\n11. t|wo", "10. one\n    1. t|wo"),
        ("1. one\n   1. two\n2. th|ree", "1. one\n   1. two\n   2. th|ree"),
        ("- one\n  1. two\n- th|ree", "- one\n  1. two\n  2. th|ree"),
        ("- one\n- t|wo\n  - three", "- one\n  - t|wo\n    - three"),
        ("- one\n- t|wo\n  more\n\n  and more", "- one\n  - t|wo\n    more\n\n    and more"),
        ("- one\n- two\n  mo|re", "- one\n  - two\n    mo|re"),
        ("- a\n- |b\n- c|\n- d", "- a\n  - |b\n  - c|\n- d"),
        ("1. a\n2. |b\n3. c|\n4. d", "1. a\n   1. |b\n   2. c|\n2. d"),
        ("> - one\n> - t|wo", "> - one\n>   - t|wo"),
        ("- one\n- |", "- one\n  - |"),
        ("- o|ne\n- two", None),
        ("- one\n  - t|wo", None),
        ("word|", None),
    ],
)
def test_tab(before: str, after: str | None) -> None:
    body, start, end = cut(before)
    assert shown(body, shift_items(body, start, end, deeper=True)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one\n  - t|wo", "- one\n- t|wo"),
        ("1. one\n   1. t|wo\n2. three", "1. one\n2. t|wo\n3. three"),
        ("- one\n  1. t|wo", "- one\n- t|wo"),
        ("1. a\n   1. b\n   2. |c\n   3. d", "1. a\n   1. b\n2. |c\n   1. d"),
        ("- a\n  - b|\n    - c", "- a\n- b|\n  - c"),
        ("- a\n  - |b\n  - c|", "- a\n- |b\n- c|"),
        ("- a\n    - b|", "- a\n- b|"),
        ("> - a\n>   - b|", "> - a\n> - b|"),
        ("- one|", None),
        ("word|", None),
    ],
)
def test_shift_tab(before: str, after: str | None) -> None:
    body, start, end = cut(before)
    assert shown(body, shift_items(body, start, end, deeper=False)) == after


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("- one|", True),
        ("1. one\n   more|", True),
        ("- one\n\n    more|", True),
        ("word|", False),
        ("> word|", False),
        ("- one\n\nword|", False),
        ("    - code|", False),
        ("|word\n\n- one|", True),
    ],
)
def test_a_range_is_in_a_list(marked: str, expected: bool) -> None:
    assert is_in_list(*cut(marked)) is expected


def lists_around(body: str, word: str) -> list[str]:
    """Return the lists around a word as the real parser reads them, with their first number."""

    def find(block: nodes.Block, around: list[str]) -> list[str] | None:
        match block:
            case nodes.BulletList():
                around = [*around, "-"]
            case nodes.NumberedList(_, start):
                around = [*around, f"{start}."]
        inner = list(nodes.inner_blocks(block))
        for inside in inner:
            if (found := find(inside, around)) is not None:
                return found
        words = "".join(
            leaf.text
            for run in ([] if inner else nodes.runs(block))
            for leaf, _inside in nodes.leaves(run)
            if isinstance(leaf, nodes.Text)
        )
        return around if word in words else None

    for section in parse(body).sections:
        for part in section.parts:
            if (found := find(part.block, [])) is not None:
                return found
    raise AssertionError(word)


@pytest.mark.parametrize("marker", ["-", "*", "1.", "10.", "1)", "-  "])
@pytest.mark.parametrize("quote", ["", "> "])
def test_the_parser_nests_what_tab_indents(marker: str, quote: str) -> None:
    body = f"{quote}{marker} one\n{quote}{marker} two\n{quote}{marker} three"
    kind = "-" if marker[0] in "-*" else f"{int(marker[:-1])}."
    first = "-" if marker[0] in "-*" else "1."
    for depth in range(1, 4):
        at = body.index("three")
        edit = shift_items(body, at, at, deeper=True)
        if edit is None:
            break
        body = edit.on(body)
        assert lists_around(body, "three") == [kind, *[first] * depth]
        at = body.index("two")
        moved = shift_items(body, at, at, deeper=True)
        body = moved.on(body) if moved else body
    assert lists_around(body, "two") == [kind, first]
    while edit := shift_items(body, at := body.index("three"), at, deeper=False):
        body = edit.on(body)
    assert lists_around(body, "three") == [kind]


@pytest.mark.parametrize(
    "before",
    [
        "- one|",
        "3. three|",
        "- one\n  - two|",
        "1. one\n   1. two|\n2. three",
        "> - one|",
        "> 1. one\n>    1. two|",
        "- one\n    - two|",
        "9. nine|\n10. ten",
    ],
)
def test_the_parser_puts_the_next_item_beside_the_one_before(before: str) -> None:
    body, caret, _end = cut(before)
    edit = continue_list(body, caret)
    assert edit is not None
    after, at = edit.on(body), edit.select[0]
    above = body[:caret].rpartition(" ")[2]
    after = f"{after[:at]}new{after[at:]}"
    assert lists_around(after, "new") == lists_around(body, above) == lists_around(after, above)


@pytest.mark.parametrize(
    "before", ["- one\n- |", "1. one\n2. |\n3. two", "> - one\n> - |", "> a\n> |"]
)
def test_what_is_typed_after_the_end_is_no_part_of_it(before: str) -> None:
    body, caret, _end = cut(before)
    edit = continue_list(body, caret)
    assert edit is not None
    after, at = edit.on(body), edit.select[0]
    after = f"{after[:at]}new{after[at:]}"
    assert lists_around(after, "new") == []
    blocks = [part.block for section in parse(after).sections for part in section.parts]
    assert any(isinstance(block, nodes.Paragraph) for block in blocks) or "> new" in after


_LINES = [
    "- a",
    "  - b",
    "    c",
    "1. d",
    "   2. e",
    "",
    "word",
    "> f",
    "> - g",
    "> ",
    "---",
    "- ",
    "9) h",
]
_BODIES = st.lists(st.sampled_from(_LINES), min_size=1, max_size=8).map("\n".join)


@given(body=_BODIES, data=st.data())
def test_no_word_is_lost_whatever_is_pressed(body: str, data: st.DataObject) -> None:
    caret = data.draw(st.integers(0, len(body)))
    edits = (
        continue_list(body, caret),
        remove_marker(body, caret),
        shift_items(body, caret, caret, deeper=True),
        shift_items(body, caret, len(body), deeper=True),
        shift_items(body, caret, caret, deeper=False),
        shift_items(body, 0, caret, deeper=False),
    )
    for edit in edits:
        if edit is not None:
            after = edit.on(body)
            assert [c for c in after if c.isalpha()] == [c for c in body if c.isalpha()]
            assert 0 <= edit.select[0] <= edit.select[1] <= len(after)
