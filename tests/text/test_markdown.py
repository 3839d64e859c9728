"""Documents written as Markdown read the same again."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from editor.text.markdown import literal, to_markdown
from editor.text.nodes import Document, Paragraph, Text
from editor.text.parse import parse
from tests.text import documents


@settings(max_examples=150, deadline=None)
@given(documents.documents)
def test_a_document_survives_being_written_and_read(document: Document) -> None:
    assert parse(to_markdown(document)) == document


@settings(max_examples=150, deadline=None)
@given(documents.markdown)
def test_what_was_read_is_written_so_that_it_reads_the_same(markdown: str) -> None:
    document = parse(markdown)
    assert parse(to_markdown(document)) == document
