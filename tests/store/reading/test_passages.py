"""A passage is found again after edits, and is given up when it is gone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.store.reading.passages import context_of, find_passage

TEXT = (
    "The harbour board met on Tuesday. The pilot said so twice.\n\n"
    "The board will pay for a new lamp. Divers inspect the rock in April, said the pilot.\n\n"
    "The lamp arrives in May."
)


def follow(quote: str, after: str, before: str = TEXT, nth: int = 0) -> str | None:
    """What the passage has become."""
    start = -1
    for _ in range(nth + 1):
        start = before.index(quote, start + 1)
    found = find_passage(quote, context_of(before, start, start + len(quote)), after, start)
    return None if found is None else after[slice(*found)]


@pytest.mark.parametrize("text", ["", " ", "Nothing of it is left here.", "the the the"])
def test_removed_passage_is_not_found(text: str) -> None:
    assert follow("Divers inspect the rock in April", text) is None
    assert follow("lamp", text) is None


def test_empty_passage_is_not_found() -> None:
    assert find_passage("", "", TEXT, 0) is None


def test_removed_passage_is_not_found_where_its_words_occur_elsewhere() -> None:
    cut = TEXT.replace("Divers inspect the rock in April, said the pilot.", "")
    assert follow("the pilot", cut) is None
    assert follow("Divers inspect the rock in April", cut) is None


def test_passage_moves_with_text_added_before_it() -> None:
    assert follow("new lamp", "A word more. " + TEXT) == "new lamp"
    after = TEXT.replace("The harbour board met on Tuesday. ", "")
    assert follow("The pilot said so", after) == "The pilot said so"


def test_of_equal_passages_the_one_with_the_same_surroundings_is_found() -> None:
    after = "The lamp is old.\n\n" + TEXT
    start = after.index("lamp arrives")
    found = find_passage(
        "lamp", context_of(TEXT, TEXT.index("lamp arr"), TEXT.index("lamp arr") + 4), after, 99
    )
    assert found == (start, start + 4)


def test_passage_moves_with_its_paragraph() -> None:
    one, two, three = TEXT.split("\n\n")
    assert follow("Divers inspect", "\n\n".join((two, three, one))) == "Divers inspect"


def test_edited_passage_is_found() -> None:
    after = TEXT.replace("inspect the rock in April", "will inspect the old rock in late April")
    assert follow("Divers inspect the rock in April", after) == (
        "Divers will inspect the old rock in late April"
    )


def test_arabic_passage_is_found() -> None:
    text = "أعلنت هيئة الميناء يوم الثلاثاء أن المنارة القديمة ستضيء من جديد."
    assert follow("المنارة القديمة", "وقالت: " + text, text) == "المنارة القديمة"


@given(st.text(max_size=60), st.text(min_size=1, max_size=40), st.text(max_size=60), st.text())
def test_any_text_before_a_passage_leaves_it_whole(a: str, quote: str, b: str, more: str) -> None:
    text = a + quote + b
    found = find_passage(quote, context_of(text, len(a), len(a) + len(quote)), more + text, len(a))
    assert found is not None
    assert (more + text)[slice(*found)] == quote


@given(st.text(max_size=80), st.text(max_size=30), st.text(max_size=80))
def test_found_place_is_inside_the_text(quote: str, context: str, text: str) -> None:
    found = find_passage(quote, context, text, 7)
    assert found is None or 0 <= found[0] < found[1] <= len(text)
