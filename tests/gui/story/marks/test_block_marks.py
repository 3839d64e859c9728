"""Each mark of whole lines goes on and comes off, and knows where it is on some lines only."""

from __future__ import annotations

import pytest

from editor.errors import NotAllowed
from editor.gui.story.marks.block_marks import BlockMark


@pytest.mark.parametrize("mark", BlockMark)
def test_mark_is_put_on_and_taken_off(mark: BlockMark) -> None:
    body = "One\n\ntwo\n\nthree"
    edit = mark.toggle(body, 5, 8)
    marked = edit.on(body)
    assert marked != body
    assert mark.is_partly_on(marked, 0, len(marked))
    assert not mark.is_partly_on(marked, *edit.select)
    assert not mark.is_partly_on(body, 0, len(body))
    assert mark.toggle(marked, *edit.select).on(marked) == body


@pytest.mark.parametrize("mark", BlockMark)
def test_picture_in_the_text_is_left_out(mark: BlockMark) -> None:
    shown = "![](picture:4f4f4f4f)"
    body = f"One\n\n{shown}\n\ntwo"
    edit = mark.toggle(body, 0, len(body))
    marked = edit.on(body)
    assert f"\n{shown}\n" in marked
    assert not mark.is_partly_on(marked, *edit.select)
    assert f"\n{shown}\n" in mark.toggle(marked, *edit.select).on(marked)
    with pytest.raises(NotAllowed, match="no words"):
        mark.toggle(body, 10, 10)
