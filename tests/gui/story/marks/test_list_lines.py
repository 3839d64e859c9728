"""Lines are read as the parser reads them: items, what belongs to these, and paragraphs."""

from __future__ import annotations

import pytest

from editor.gui.story.marks.body_lines import BodyLines
from editor.gui.story.marks.list_lines import BodyLineKind, read_list_lines

BODY = "Text\n2024. Text\n- one\nlazy\n  1. a\n\n     more\n---\n## Head\n[^1]: note\n> - x\ny"
LETTERS = {
    BodyLineKind.TEXT: "t",
    BodyLineKind.ITEM: "i",
    BodyLineKind.ITEM_TEXT: "m",
    BodyLineKind.BLANK: "b",
    BodyLineKind.RULE: "r",
    BodyLineKind.HEADING: "h",
    BodyLineKind.NOTE: "n",
}


def test_every_line_has_its_kind_and_its_item() -> None:
    lines = BodyLines(BODY, 0, len(BODY))
    found = read_list_lines(lines, lines.touched())
    assert "".join(LETTERS[found[number].kind] for number in sorted(found)) == "ttimibmrhnit"
    assert [found[number].item for number in (3, 4, 6)] == [2, 4, 4]
    assert (found[4].parent, found[4].indent, found[4].width, found[4].number) == (2, 2, 3, "1")


@pytest.mark.parametrize(
    ("body", "line", "read"),
    [
        ("one\n\ntwo\nmore\n\nthree", 3, [2, 3, 4]),
        ("one\n\n- a\n\n  - b\n\ntwo", 4, [0, 1, 2, 3, 4, 5]),
    ],
)
def test_only_what_is_around_is_read(body: str, line: int, read: list[int]) -> None:
    at = sum(len(text) + 1 for text in body.split("\n")[:line])
    found = read_list_lines(BodyLines(body, at, at), range(line, line + 1))
    assert sorted(found)[: len(read)] == read
    assert body.count("\n") not in found
