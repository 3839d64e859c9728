"""An edit can be done and taken back, alone and joined with the next."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from editor.core.story import Story
from editor.core.text_change import Difference, Splice

_TEXT = st.text(alphabet="ab \n🚢é", max_size=12)


@given(_TEXT, _TEXT)
def test_a_splice_is_done_and_undone(before: str, after: str) -> None:
    splice = Splice.between(before, after)
    assert splice.forward(before) == after
    assert splice.backward(after) == before


def test_a_splice_is_the_shortest() -> None:
    assert Splice.between("the old pier", "the new pier") == Splice(4, "old", "new")
    assert Splice.between("same", "same") == Splice(4, "", "")


@given(_TEXT, st.data())
def test_joined_splices_do_both_edits(text: str, data: st.DataObject) -> None:
    first = _splice(text, data, 0, len(text))
    middle = first.forward(text)
    second = _splice(middle, data, 0, len(middle))
    if second.start > first.end or second.start + len(second.removed) < first.start:
        return  # they don't touch
    both = first.then(second)
    assert both.forward(text) == second.forward(middle)
    assert both.backward(both.forward(text)) == text


def _splice(text: str, data: st.DataObject, low: int, high: int) -> Splice:
    start = data.draw(st.integers(low, high))
    end = data.draw(st.integers(start, high))
    return Splice(start, text[start:end], data.draw(_TEXT))


def test_a_difference_holds_the_body_as_a_splice_and_ignores_the_id() -> None:
    before = Story(id="1", headline="One", body="word " * 1000)
    after = replace(before, id="2", headline="Two", body=before.body + "more")
    difference = Difference.between(before, after)
    assert set(difference.parts) == {"headline", "body"}
    assert difference.parts["body"] == Splice(5000, "", "more")
    assert difference.forward(before) == replace(after, id="1")
    assert difference.backward(after) == replace(before, id="2")
