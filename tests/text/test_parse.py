"""Any string is read, quickly, and every block and word knows where it is written."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown import Markdown
from markdown.extensions.sane_lists import SaneListExtension

from editor.text.document import BodySection, Document
from editor.text.html import to_html
from editor.text.nodes import (
    Block,
    Break,
    BulletList,
    Code,
    CodeBlock,
    DeadLink,
    Emphasis,
    Heading,
    Inline,
    Link,
    NumberedList,
    Paragraph,
    Piece,
    Quote,
    Rule,
    Span,
    Strong,
    Table,
    Text,
    TextPicture,
    leaves,
    runs,
)
from editor.text.parse import Parser, parse
from editor.text.plain import to_plain
from tests.text import documents

HOSTILE = {
    "a hundred thousand words": "word and *more* text [a](b-c) " * 16_000,
    "ten thousand paragraphs": "word and *more* text\n\n" * 10_000,
    "nested quotes": ">" * 10_000 + "x",
    "nested quotes, spaced": "> " * 10_000 + "x",
    "nested lists": "\n".join("    " * i + "- a" for i in range(300)),
    "bullets in one line": "- " * 3_000 + "a",
    "open brackets": "[" * 50_000,
    "open brackets and words": "[a " * 50_000,
    "nested brackets": "[" * 10_000 + "]" * 10_000,
    "open addresses": "[a](" * 50_000,
    "brackets in an address": "[a](" + "(" * 10_000 + ")" * 10_000,
    "open titles": "[a](b '" * 10_000,
    "open pictures": "![" * 50_000,
    "asterisks": "*" * 50_000,
    "open emphasis": "*a " * 50_000,
    "emphasis just under the limit": "*a **b " * 300,
    "underscores": "_a" * 50_000,
    "deep emphasis": "*a **b " * 150 + "b** a*" * 150,
    "backticks": "` " * 50_000,
    "backticks of many lengths": " ".join("`" * i for i in range(400)),
    "angle brackets": "<a@" * 50_000,
    "references": "&#65;" * 50_000,
    "backslashes": "\\" * 50_000,
    "hashes": "#" * 50_000 + "x",
    "headings": "# a\n" * 20_000,
    "underlined headings": "a\n===\n" * 10_000,
    "almost a rule": "- " * 50_000 + "x",
    "rules": "a\n---\n" * 5_000,
    "a list of twenty thousand": "- a\n" * 20_000,
    "a number too long to count": "9" * 5_000 + ". a",
    "pipes": "|" * 50_000 + "\n" + "|" * 50_000,
    "footnotes": "a[^1]\n[^1]: b\n" * 10_000,
    "footnotes of footnotes": "".join(f"[^{i}]: a[^{i + 1}]\n\n" for i in range(5_000)),
    "open footnotes": "[^" * 50_000,
    "bullets indented more and more": "\n".join(" " * i + "- a" for i in range(2_000)),
    "a list after every line": "a\n- b\n" * 10_000,
    "a heading that never ends": "# a" + " " * 50_000 + "#" * 50_000 + "x",
    "a long table": "a|b\n-|-\n" + "c|d\n" * 20_000,
    "code between blank lines": "    x\n\n" * 5_000,
    "hard breaks": "a  \n" * 20_000,
    "spaces": " " * 100_000 + "x",
    "line ends": "\n" * 100_000,
    "control characters of the parser": "\x02klzzwxh:0001\x03 \x0242\x03 \x02wzxhzdk:0\x03" * 500,
    "half characters": "\ud800*a*\udfff" * 500,
    "zeros": "\0*a*\0" * 500,
}


@pytest.mark.timeout(60)
@pytest.mark.parametrize("markdown", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_is_read_to_the_end(markdown: str) -> None:
    document = parse(markdown)
    to_html(document)
    to_plain(document)


@settings(deadline=None)
@given(st.one_of(documents.markdown, st.text(st.characters(categories=["Cs", "Cc", "P", "L"]))))
def test_any_string_is_read(markdown: str) -> None:
    to_html(parse(markdown)).encode()


@settings(deadline=None)
@given(st.lists(documents.markdown, min_size=1, max_size=4))
def test_a_parser_used_again_gives_what_a_new_one_gives(texts: list[str]) -> None:
    parser = Parser()
    for i in range(len(texts)):
        markdown = "\n\n".join(texts[i:] + texts[:i])
        assert placed(parser.parse(markdown)) == placed(parse(markdown))
        assert placed(parser.parse("new\n\n" + markdown)) == placed(parse("new\n\n" + markdown))


def test_a_parser_takes_unchanged_blocks_from_memory() -> None:
    parser = Parser()
    before = parser.parse("one\n\ntwo\n\n- three\n\nfour\n\nfive")
    after = parser.parse("one\n\ntwo\n\n- three!\n\nfour\n\nfive")
    assert after.blocks[0] is before.blocks[0]
    assert after.blocks[2] != before.blocks[2]
    # It moved by a character, its words did not.
    assert next(runs(after.blocks[3])) is next(runs(before.blocks[3]))


def whole(markdown: str) -> list[str]:
    """A text read at once and from nothing, with all its places."""
    return placed(Document.of((Parser().read(markdown),)))


@given(documents.typed)
def test_what_is_typed_reads_as_the_whole_text_read_at_once(texts: list[str]) -> None:
    parser = Parser()
    for text in texts:
        assert placed(parser.parse(text)) == whole(text)


@settings(deadline=None)
@given(st.lists(documents.markdown, min_size=1, max_size=4))
def test_any_text_in_sections_reads_as_in_one(texts: list[str]) -> None:
    text = "\n\n".join(texts)
    assert placed(parse(text)) == whole(text)


@pytest.mark.parametrize("paragraphs", [10, 1_000])
def test_a_key_reads_one_section_however_long_the_text(
    paragraphs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    parser, read = Parser(), list[str]()
    texts = [f"Paragraph {number} of *many*." for number in range(paragraphs)]
    parser.parse("\n\n".join(texts))
    read_one = Parser.read

    def note(self: Parser, text: str) -> BodySection:
        read.append(text)
        return read_one(self, text)

    monkeypatch.setattr(Parser, "read", note)
    for typed in ("e", "et", "et "):
        texts[5] = f"Typed {typed}"
        parser.parse("\n\n".join(texts))
    assert read == ["Typed e\n\n", "Typed et\n\n", "Typed et \n\n"]


def test_text_that_could_not_be_read_leaves_what_is_known_as_it_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    parser = Parser()
    parser.parse("one\n\ntwo")
    with monkeypatch.context() as patched:
        patched.setattr(Parser, "read", lambda _parser, _text: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            parser.parse("one\n\nnew\n\ntwo")
    text = "one\n\nnew\n\ntwo!"
    assert placed(parser.parse(text)) == whole(text)


def placed(document: Document) -> list[str]:
    """A document with all its places, which take no part in equality."""
    return [f"{block} {pieces(block)}" for block in document.blocks]


def pieces(block: Block) -> list[tuple[Piece, ...]]:
    found = (leaf for run in runs(block) for leaf, _inside in leaves(run))
    return [leaf.pieces for leaf in found if isinstance(leaf, Text | Code)]


@settings(deadline=None)
@given(
    st.lists(
        # Lists after a blank line: without one we read them otherwise, on purpose.
        st.sampled_from(
            ("a", "\n- a\n- b", "\n1. a", "> q", "    c", "# h", "---", "", "===", "  ")
        ),
        max_size=12,
    )
)
def test_feeding_chunks_one_by_one_changes_nothing(lines: list[str]) -> None:
    """Python-Markdown given the whole text at once finds the same top-level elements."""
    text = "\n".join(lines)
    whole = Markdown(extensions=[SaneListExtension()])
    whole.parser.blockprocessors.deregister("reference")
    root: Any = whole.parser.parseDocument(
        whole.preprocessors["normalize_whitespace"].run(["", *text.split("\n")])
    ).getroot()
    tags = {
        Paragraph: "p",
        Heading: "h",
        Quote: "blockquote",
        BulletList: "ul",
        NumberedList: "ol",
        CodeBlock: "pre",
        Rule: "hr",
    }
    found = [tags[type(block)] for block in parse(text).blocks]
    assert found == ["h" if element.tag in ("h1", "h2") else element.tag for element in root]


@settings(deadline=None)
@given(documents.documents)
def test_blocks_are_in_order_and_do_not_overlap(document: Document) -> None:
    from editor.text.markdown import to_markdown

    markdown = to_markdown(document)
    before = 0
    for block in parse(markdown).blocks:
        start, end = block.source
        assert before <= start < end <= len(markdown)
        assert not markdown[before:start].strip()
        assert f"\n{markdown}"[start] == "\n"
        # What is written there, read alone, is the block again.
        assert parse(markdown[start:end]).blocks == (block,)
        before = end


def test_blocks_are_whole_lines_of_the_source() -> None:
    source = (
        "# One\nwords\nmore\n\n\n- a\n- b\n\n    in b\n\n> q\nlazy\n\n> r\n\n"
        "1. x\n    - y\n\n    code\n\nafter\n***\nlast"
    )
    found = [(type(block), source[slice(*block.source)]) for block in parse(source).blocks]
    assert found == [
        (Heading, "# One"),
        (Paragraph, "words\nmore"),
        (BulletList, "- a\n- b\n\n    in b"),
        (Quote, "> q\nlazy\n\n> r"),
        (NumberedList, "1. x\n    - y\n\n    code"),
        (Paragraph, "after"),
        (Rule, "***"),
        (Paragraph, "last"),
    ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_of_all_systems_count_alike(end: str) -> None:
    source = end.join(("a", "", "b", "c", "", "d"))
    found = [source[slice(*block.source)] for block in parse(source).blocks]
    assert found == ["a", f"b{end}c", "d"]


def words(*children: Inline) -> Document:
    return Document((Paragraph(children),))


@pytest.mark.parametrize(
    ("markdown", "document"),
    [
        ("", Document()),
        (" \n\t\n", Document()),
        ("one\ntwo", words(Text("one two"))),
        ("one  \ntwo", words(Text("one"), Break(), Text("two"))),
        ("one\\\ntwo", words(Text("one"), Break(), Text("two"))),
        (
            "*a* **b** _c_",
            words(
                Emphasis((Text("a"),)),
                Text(" "),
                Strong((Text("b"),)),
                Text(" "),
                Emphasis((Text("c"),)),
            ),
        ),
        ("***a***", words(Strong((Emphasis((Text("a"),)),)))),
        ("snake_case_name 2 * 3 * 4", words(Text("snake_case_name 2 * 3 * 4"))),
        ("`a < *b*` ``c`d``", words(Code("a < *b*"), Text(" "), Code("c`d"))),
        (r"\*a\* \`b\` \[c\]", words(Text("*a* `b` [c]"))),
        ("AT&amp;T &copy; &nonsense; &#0;", words(Text("AT&T © &nonsense; \ufffd"))),
        ("[a](https://b.example/ 'c')", words(Link("https://b.example/", (Text("a"),)))),
        ("[a *b*](other-story)", words(Link("other-story", (Text("a "), Emphasis((Text("b"),)))))),
        ("<https://b.example/>", words(Link("https://b.example/", (Text("https://b.example/"),)))),
        ("<a@b.example>", words(Link("mailto:a@b.example", (Text("a@b.example"),)))),
        ("[a](javascript:b)", words(DeadLink((Text("a"),)))),
        (
            "![a *b*](c.png)",
            words(DeadLink((Text("a "), Emphasis((Text("b"),))), is_picture=True)),
        ),
        ("[![a](c.png)](https://b.example/)", words(Link("https://b.example/", (Text("a"),)))),
        ("[a]: https://b.example/", words(Text("[a]: https://b.example/"))),
        ("#MeToo is no heading", words(Text("#MeToo is no heading"))),
        ("# A heading #", Document((Heading(1, (Text("A heading"),)),))),
        ("<b>bold</b> <!-- no -->", words(Text("<b>bold</b> <!-- no -->"))),
        ("    a < b\n\n    & c", Document((CodeBlock("a < b\n\n& c"),))),
    ],
)
def test_markdown_is_read_as_nodes(markdown: str, document: Document) -> None:
    assert parse(markdown) == document


def test_a_table_has_its_columns_and_their_alignment() -> None:
    table = parse("| a | b |\n|:--|--:|\n| `x|y` | z \\| |\n|||").blocks[0]
    assert table == Table(
        ((Text("a"),), (Text("b"),)), (((Code("x|y"),), (Text("z |"),)),), ("left", "right")
    )


def test_a_numbered_list_counts_from_its_first_number() -> None:
    block = parse("1986. A year").blocks[0]
    assert isinstance(block, NumberedList)
    assert block.start == 1986


def test_threads_do_not_disturb_each_other() -> None:
    texts = [f"*{i}* [a](story-{i})\n\n" * 50 for i in range(4)]
    expected = [parse(text) for text in texts]
    results: list[Document] = [Document()] * len(texts)

    def read(i: int) -> None:
        for _ in range(5):
            results[i] = parse(texts[i])

    threads = [threading.Thread(target=read, args=(i,)) for i in range(len(texts))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == expected


def test_places_take_no_part_in_equality() -> None:
    paragraph = Paragraph((Text("a", (Piece(1, 0, 1),)),), source=Span(3, 4))
    assert paragraph == Paragraph((Text("a"),))


def test_footnotes_come_last_and_know_where_they_are_written() -> None:
    source = "[^2]: Second.\n\nA[^1] b[^2].\n\n[^1]: First,\nand more.\n\n    - item\n\nEnd."
    document = parse(source)
    assert [source[slice(*block.source)] for block in document.blocks] == [
        "A[^1] b[^2].",
        "End.",
        "[^1]: First,\nand more.\n\n    - item",
        "[^2]: Second.",
    ]
    note = document.blocks[2]
    text = next(leaves(next(runs(note))))[0]
    assert isinstance(text, Text)
    at, piece = note.source.start, text.pieces[0]
    assert source[at + piece.start : at + piece.end] == "First,"
    assert document.footnote_numbers() == {"1": 1, "2": 2}


def test_a_key_in_one_block_renumbers_footnotes_and_reads_no_other_block_again() -> None:
    parser = Parser()
    before = parser.parse("a[^x]\n\nb[^y]\n\n[^x]: X\n\n[^y]: Y")
    after = parser.parse("a\n\nb[^y]\n\n[^x]: X\n\n[^y]: Y")
    assert before.footnote_numbers() == {"x": 1, "y": 2}
    assert after.footnote_numbers() == {"y": 1, "x": 2}
    assert next(runs(after.blocks[1])) is next(runs(before.blocks[1]))


def test_marks_in_code_and_escaped_ones_are_words() -> None:
    document = parse("`[^1]` \\[^1]\n\n[^1]: Note.")
    assert document.blocks[0] == words(Code("[^1]"), Text(" [^1]")).blocks[0]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("One.\n", "\nTwo."),
        ("# One\n", "\n- two\n- three"),
        ("> One\n", "\n> two"),
        ("- one\n", "\n1. two"),
        ("| a | b |\n| --- | --- |\n| c | d |\n", "\n    code"),
        ("    code\n", "\n\nTwo."),
        ("One.\n![](picture:00000000)\n", "\n---"),
    ],
)
def test_picture_needs_a_line_and_no_blank_ones(above: str, below: str) -> None:
    shown = "![](picture:4f4f4f4f)"
    document = parse(f"{above}{shown}{below}")
    apart = parse(f"{above}\n{shown}\n{below}")
    assert document == apart
    at = document.blocks.index(TextPicture("picture:4f4f4f4f"))
    start, end = document.spans[at]
    assert f"{above}{shown}{below}"[start:end].strip() == shown


@pytest.mark.parametrize("before", ["> ", "- ", "    ", "| a |\n| --- |\n| ", "Words ", "\\"])
def test_picture_inside_of_anything_is_none(before: str) -> None:
    blocks = parse(f"{before}![](picture:4f4f4f4f)").blocks
    assert not any(isinstance(block, TextPicture) for block in blocks)
