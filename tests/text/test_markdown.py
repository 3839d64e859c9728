"""Documents written as Markdown read the same again."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from editor.text.document import Document
from editor.text.markdown import to_markdown
from editor.text.nodes import Paragraph, Text
from editor.text.parse import parse
from tests.text import documents


@given(documents.documents)
def test_a_document_survives_being_written_and_read(document: Document) -> None:
    assert parse(to_markdown(document)) == document


@given(documents.markdown)
@example("\t\u2028")
@example("\u2029x")
def test_what_was_read_is_written_so_that_it_reads_the_same(markdown: str) -> None:
    document = parse(markdown)
    assert parse(to_markdown(document)) == document


@pytest.mark.parametrize(
    "words",
    [
        "*a* _b_ `c`",
        "# no heading",
        "- no item",
        "1986. no list",
        "[a](b-c) <a@b.c>",
        "a & &amp;",
    ],
)
def test_words_that_look_like_markup_read_as_themselves(words: str) -> None:
    document = Document((Paragraph((Text(words),)),))
    assert parse(to_markdown(document)) == document


def test_the_usual_forms_are_written_as_usual() -> None:
    markdown = "# A\n\nb *c* **d** [e](f-g)\n\n> h\n\n- i\n- j\n\n1. k\n2. l\n\n---"
    assert to_markdown(parse(markdown)) == markdown
