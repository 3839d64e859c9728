"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.text.sentences import split_sentences


def _sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "sentences",
    [
        ["The ferry sailed.", "It was full."],
        ["Mr. Haddad of St. Helier Inc. said so.", "Nobody else did."],
        ["J. R. Haddad paid $2.5 million.", "Why?", "He did not say…", "Then he left!"],
        ["“We will sail.”", "“Not today,” she said."],
        ["The U.S. port is closed.", "It opens on 3 Jan. at noon."],
        ["He asked: “When?” and left.", "See https://post.example/a.b for more."],
        ["أعلنت الهيئة عودة العبّارة.", "متى تعود؟", "غدًا."],
        ["港を開いた。", "船が出た。"],
        ["Crosshead without a stop", "The next paragraph."],
    ],
)
def test_splits(sentences: list[str]) -> None:
    glue = "\n\n" if sentences[0].startswith("Crosshead") else " "
    assert _sentences(glue.join(sentences)) == sentences


def test_no_space_is_needed_after_a_wide_full_stop() -> None:
    assert _sentences("港を開いた。船が出た。") == ["港を開いた。", "船が出た。"]


@given(st.text(alphabet="aA .!?…\n”)1", max_size=80))
def test_nothing_but_space_is_between_sentences(text: str) -> None:
    at = 0
    for start, end in split_sentences(text):
        assert at <= start < end
        assert not text[at:start].strip()
        assert text[start:end] == text[start:end].strip()
        at = end
    assert not text[at:].strip()
