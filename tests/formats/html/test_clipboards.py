"""Clipboards of real programs, and of documented formats: the same words, and what was kept."""

from __future__ import annotations

import difflib

import pytest

from editor.text.parse import parse
from tests.formats.html.clipboards_read import (
    CASES,
    document_words,
    file_of,
    read_case,
    words,
)

DIFFERENCES: dict[str, list[tuple[str, str]]] = {
    # Words that are glued only in Chromium's plain text, and fields that nobody copies.
    "chromium-hidden": [
        ("starthe", "the"),
        ("timetableof", "timetable of"),
        ("name Subscribe now", ""),
    ],
    # Captions and descriptions are with their pictures (see the test below).
    "chromium-news": [
        (
            "A fishing boat at the quay The first boat back at the quay on Monday Harbour Post",
            "",
        )
    ],
    "chromium-pictures": [
        ("The quay", ""),
        ("boat A boat of the Norland line Photo Theo Marsh A", ""),
    ],
    # The markers of lists are marks of Markdown.
    "format-gmail-word": [("o", "")],
    "format-word-lists": [("o", ""), ("o", ""), ("3", ""), ("a", ""), ("b", ""), ("4", "")],
    "format-word-news": [("A boat at the quay", "")],
    # Comments of colleagues, and the number of a note that is a footnote now.
    "format-word-notes": [("IV1 Ask Theo about this 1", "")],
    "writer-letter": [("1", ""), ("2", "")],
    # Its plain text has hidden words, and no footnotes.
    "writer-notes": [
        ("and hidden", ""),
        ("", "Port archive box 17 Council minutes 2 March"),
    ],
}
"""Where the words are not those of the program's own plain text: removed, added."""


def differences(before: list[str], after: list[str]) -> list[tuple[str, str]]:
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return [
        (" ".join(before[a:b]), " ".join(after[c:d]))
        for tag, a, b, c, d in matcher.get_opcodes()
        if tag != "equal"
    ]


@pytest.mark.parametrize("case", CASES)
def test_a_clipboard_is_read_as_it_was_found_right(case: str) -> None:
    assert read_case(case).markdown == file_of(case, "md").decode()


@pytest.mark.parametrize("case", [case for case in CASES if file_of(case, "txt")])
def test_the_words_are_those_of_the_programs_plain_text(case: str) -> None:
    before = words(file_of(case, "txt").decode())
    after = document_words(parse(read_case(case).markdown))
    assert differences(before, after) == DIFFERENCES.get(case, [])


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("format-acrobat", [("govern ment", "government"), ("Nor land", "Norland")]),
        ("format-arabic-pdf", []),
        ("format-mail-plain", []),
        ("format-word-plain", [("o", ""), ("1", ""), ("2", "")]),
    ],
)
def test_plain_text_keeps_its_words(case: str, expected: list[tuple[str, str]]) -> None:
    before = words(file_of(case, "text").decode())
    assert differences(before, document_words(parse(read_case(case).markdown))) == expected


def test_there_are_enough_and_most_are_of_real_programs() -> None:
    real = [case for case in CASES if case.startswith(("chromium-", "writer-"))]
    assert len(CASES) >= 40
    assert len(real) >= 23


def test_pictures_have_their_captions() -> None:
    found = {
        (picture.alt, picture.caption, picture.is_remote)
        for case in CASES
        for picture in read_case(case).pictures
    }
    assert found == {
        (
            "A fishing boat at the quay",
            "The first boat back at the quay on Monday. (Harbour Post)",
            False,
        ),
        ("A boat", "A boat of the Norland line. Photo: Theo Marsh", False),
        ("The quay", "", True),
        ("The quay", "Illustration 1: The first boat back at the quay", False),
        ("A boat at the quay", "", False),
    }
