"""Every word of a document knows where it is written in the Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

import pytest
from hypothesis import given, settings

from editor.text.document import Document
from editor.text.markdown import to_markdown
from editor.text.nodes import Code, Span, Text, leaves, runs
from editor.text.parse import Parser
from tests.conftest import half_the_examples
from tests.text import documents

Places: TypeAlias = list[tuple[int, Span]]


_WHITE = re.compile("[\n\r\t\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")


def located(source: str, parser: Parser | None = None) -> Iterator[tuple[str, Places]]:
    """Each leaf's words, and of each of its pieces the length and the place in the source."""
    for block in (parser or Parser()).parse(source).blocks:
        start = block.source.start
        for run in runs(block):
            for leaf, _inside in leaves(run):
                if isinstance(leaf, Text | Code):
                    yield (
                        leaf.text,
                        [
                            (piece.length, Span(start + piece.start, start + piece.end))
                            for piece in leaf.pieces
                        ],
                    )


def written(source: str) -> list[tuple[str, list[str]]]:
    """Each leaf's words, and what is written where its pieces say."""
    return [
        (text, [source[slice(*span)] for _length, span in places])
        for text, places in located(source)
    ]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("One\n\ntwo", [("One", ["One"]), ("two", ["two"])]),
        ("# One #\n\nTwo\n===", [("One", ["One"]), ("Two", ["Two"])]),
        ("one\n  two", [("one two", ["one", "\n  ", "two"])]),
        ("one  \ntwo", [("one", ["one"]), ("two", ["two"])]),
        ("- a\n- b\n\n    a\n\n    > a", [("a", ["a"]), ("b", ["b"]), ("a", ["a"]), ("a", ["a"])]),
        ("1. a\n    - b\n      c", [("a", ["a"]), ("b c", ["b", "\n      ", "c"])]),
        ("> a\n> > b\n> ***\n> c", [("a", ["a"]), ("b", ["b"]), ("c", ["c"])]),
        ("|a|b|\n|-|-|\n|b|`a`|", [("a", ["a"]), ("b", ["b"]), ("b", ["b"]), ("a", ["a"])]),
        ("[a](a) a <https://a.example/>", [
            ("a", ["a"]), (" a ", [" a "]), ("https://a.example/", ["https://a.example/"])]),
        ("[a](javascript:a) b", [("a", ["a"]), (" b", [" b"])]),
        ("![a](a.png)[^1]", [("a", ["a"])]),
        ("**a *b* c**", [("a ", ["a "]), ("b", ["b"]), (" c", [" c"])]),
        (r"\*a\* &amp;&nope; &#x41;", [
            ("*a* &&nope; A", [r"\*", "a", r"\*", " ", "&amp;", "&nope; ", "&#x41;"])]),
        ("`` a`b `` c", [("a`b", ["a`b"]), (" c", [" c"])]),
        ("a\tb", [("a   b", ["a", "\t", "b"])]),
        ("a\x01b", [("ab", ["a", "b"])]),
        ("أعلن *الميناء* 🚢 اليوم", [
            ("أعلن ", ["أعلن "]), ("الميناء", ["الميناء"]), (" 🚢 اليوم", [" 🚢 اليوم"])]),
    ],
)  # fmt: skip
def test_words_are_found_in_the_source(source: str, found: list[tuple[str, list[str]]]) -> None:
    assert written(source) == found


@pytest.mark.parametrize(
    ("source", "at"),
    [
        ("- a\n\n    ---\n\n    -", 18),
        ("> a\n> -\n> \n> -", 13),
        ("- b\n\n        a\n\n    a", 20),
        ("> | - | b |\n> |---|---|\n> - | -\n>\n> -", 36),
    ],
)
def test_lines_without_words_are_passed_over(source: str, at: int) -> None:
    """The last word is also in a rule, an underline, code or a table before it."""
    *_, (_text, places) = located(source)
    assert places == [(1, Span(at, at + 1))]


@settings(deadline=None)
@given(documents.markdown)
def test_words_of_any_text_are_found_in_order(markdown: str) -> None:
    """Character by character where a piece is as long as what is written."""
    end = 0
    for text, places in located(markdown):
        assert places or not text.strip()
        at = 0
        for length, span in places:
            assert end <= span.start < span.end
            end = span.end
            written = _WHITE.sub(" ", markdown[slice(*span)])
            assert len(written) != length or written == text[at : at + length]
            at += length
        assert at == len(text) or not places


@half_the_examples()
@given(documents.documents)
def test_words_of_a_written_document_are_all_found(document: Document) -> None:
    markdown = to_markdown(document)
    assert all(places for _text, places in located(markdown))


def test_a_block_that_moved_is_found_at_its_new_place() -> None:
    parser = Parser()
    parser.parse("*one*\n\ntwo")
    moved = "new\n\n*one*\n\ntwo"
    assert list(located(moved, parser)) == list(located(moved))
