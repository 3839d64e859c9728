"""Whether somebody types words, code or an address; the real parser says what is code."""

from __future__ import annotations

import pytest

from editor.text import nodes
from editor.text.parse import parse
from editor.text.typing_place import TypingPlace, is_address, is_indented_code, is_prose


@pytest.mark.parametrize(
    "body",
    [
        "words",
        "    code",
        "Words.\n\n    code",
        "Words.\n\n    code\n\n    more code",
        "Words\n    and more of them",
        "- one\n\n    more of one",
        "1. one\n\n    more of one",
        "- one\n    - two",
        "- one\n\n    - two",
        "[^1]: note\n\n    more of the note",
        "- one\n\nWords.\n\n    code",
        "    - code",
        "Words.\n\n    - code",
        "- one\n- two\n\n    more of two",
    ],
)
def test_indented_code_is_what_the_parser_takes_for_code(body: str) -> None:
    last = parse(body).sections[-1].parts[-1].block
    lines = body.split("\n")
    assert is_indented_code(reversed(lines)) == isinstance(last, nodes.CodeBlock)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("words ", "", True),
        ("a `code ", "", False),
        ("a `code` ", "", True),
        ("a ``code ` ", "", False),
        ("a stray ` here\nand on ", "", True),
        ("a ` here\nand on ", " to there`", False),
        ("[words](address", "", False),
        ("[words](address_(1)", "", False),
        ("[words](address) ", "", True),
        ("[words", "", True),
        ("a note[^", "", False),
        ("a note[^1] ", "", True),
        ("<a href=", "", False),
        ("2 < 3 ", "", True),
        ("<!-- note ", "", False),
        ("<!-- note --> ", "", True),
        ("\\", "", False),
        ("\\\\", "", True),
    ],
)
def test_prose_is_what_is_read_as_words(before: str, after: str, expected: bool) -> None:
    assert is_prose(TypingPlace(before, after, "en", is_markdown=True)) is expected
    assert is_prose(TypingPlace(before, after, "en"))


@pytest.mark.parametrize("before", ["https://a.ex/b", "see www.a", "ann@post", "mailto:ann"])
def test_an_address_is_known_by_its_start(before: str) -> None:
    assert is_address(before)
    assert not is_address(f"{before} and")


def test_an_at_sign_alone_is_no_address() -> None:
    assert not is_address("5 @ 3")
    assert not is_address("@")


def test_a_paragraph_of_addresses_is_read_from_its_last_word_only() -> None:
    assert not is_address("www." * 2_000 + " and")
    assert is_address("www." * 2_000 + "and")
