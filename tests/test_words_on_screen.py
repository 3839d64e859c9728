"""Every string of the interface, in one style: sentence case, verbs on buttons, no alarm."""

from __future__ import annotations

import re

import pytest

from tests.catalogues import collect_strings

_NAMES = re.compile(
    "Stonehand|Markdown|English|Arabic|British|American|Latin|Hebrew|March|June|Media|Topic"
    "|Windows|Noto|DejaVu|BagIt|WebP|PostScript|Pillow|Hunspell|Qt|Vale|Letter|Press"
    "|Checks|Edit|Insert|Join|Alt[+]Up|Alt[+]Down|Ctrl|Alt|Shift"
)
"""Proper names, keys, and what the menus and tabs are called."""
_SHORT = 7
"""Words: what has fewer, and no full stop, is a title, a label, a button or a menu entry."""
_BEGINS = re.compile(r"(?<=[.!?:…›])\s+|\n+|[“„(]|[—–✓©]\s")
_ALARM = re.compile(r"\b(fatal|illegal|invalid|abort(ed)?|oops|sorry|exception|please)\b", re.I)


@pytest.fixture(scope="module")
def strings() -> list[str]:
    """Every marked string, of each the singular and the plural, without access keys.

    Those that Click prints are its own.
    """
    found = []
    for message in collect_strings():
        if message.locations == [("editor/cli/language.py", None)]:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        found += [text.replace("&", "") for text in ids if text]
    return found


def test_all_strings_are_looked_at(strings: list[str]) -> None:
    assert len(strings) > 3000


def capitalised(text: str) -> list[str]:
    """Return the words inside the sentences of a text that begin with a capital, but names."""
    found = []
    for sentence in _BEGINS.split(text):
        words = [word.strip("”’“,.;:()…'`") for word in sentence.split()]
        found += [word for word in words[1:] if word[:1].isupper() and not word[1:2].isupper()]
    return [word for word in found if not _NAMES.fullmatch(word)]


def test_titles_labels_and_buttons_are_in_sentence_case(strings: list[str]) -> None:
    short = [text for text in strings if len(text.split()) < _SHORT and not text.endswith(".")]
    assert len(short) > 1000
    found = {text: words for text in short if (words := capitalised(text))}
    allowed = {"© {year} The Paper. All rights reserved.", "{code} (not a Media Topic)"}
    assert {text: found[text] for text in found if text not in allowed} == {}


def test_headline_style_would_be_found() -> None:
    assert capitalised("Discard Draft") == ["Draft"]
    assert capitalised("Open the PDF in Stonehand") == []


def test_no_button_says_only_yes_no_or_ok(strings: list[str]) -> None:
    bare = {"OK", "Ok", "Okay", "Yes", "No", "Done", "Apply"}
    assert [text for text in strings if text.strip(".…") in bare] == []


@pytest.mark.parametrize("mark", ["(s)", "...", "!!"])
def test_no_string_has_a_mark_of_haste(mark: str, strings: list[str]) -> None:
    about_marks = re.compile("A mark for words|Two commas|An ellipsis", re.I)
    assert [text for text in strings if mark in text and not about_marks.search(text)] == []


def test_no_sentence_alarms_or_begs(strings: list[str]) -> None:
    others = {
        "Which agency had this first? Please name both.",  # an example of a note
        "Invalid argument",  # what the system says of a file
    }
    assert [text for text in strings if _ALARM.search(text) and text not in others] == []


def test_nothing_asks_whether_somebody_is_sure(strings: list[str]) -> None:
    assert [text for text in strings if re.search(r"\b(are you sure|really)\b", text, re.I)] == []
