"""No text becomes markup of its own: tags, attributes and addresses are ours alone."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editor.text import html as html_module
from editor.text import nodes
from editor.text.document import Document
from editor.text.html import html_blocks, to_html
from editor.text.links import is_slug, safe_href
from editor.text.metrics import count_words
from editor.text.nodes import Link, Paragraph, Text
from editor.text.parse import Parser, parse
from editor.text.plain import document_words, to_plain
from tests.text import documents

ALLOWED: dict[str, frozenset[str]] = {
    **{
        tag: frozenset()
        for tag in (
            *("p", "h2", "h3", "h4", "h5", "h6", "blockquote", "ul", "li", "pre", "code", "hr"),
            *("br", "em", "strong", "table", "thead", "tbody", "tr"),
        )
    },
    "a": frozenset({"href", "id", "role"}),
    "sup": frozenset(),
    "div": frozenset({"class", "data-picture", "id", "role"}),
    "ol": frozenset({"start"}),
    "td": frozenset({"class"}),
    "th": frozenset({"class"}),
}

CLASSES = ("align-left", "align-center", "align-right", "footnote", "text-picture")

ATTACKS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "</p></article><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>]]>",
    "<?php alert(1) ?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)&#x3c;/script&#x3e;",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert%281%29)",
    "[a](java\tscript:alert(1))",
    "[a](<java&#10;script:alert(1)>)",
    "[a](javascript&#58;alert(1))",
    "[a](&#106;avascript:alert)",
    "[a](\x01javascript:alert)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "[a](//evil.example/)",
    "[a](\\\\evil.example)",
    "[a](https://paper.example@evil.example/)",
    '[a](https://x.example/"onmouseover=alert(1))',
    "[a](<https://x.example/' onclick='alert(1)>)",
    "[a](../../secret)",
    '[a](mailto:a@b.example?body="><script>)',
    "![a](javascript:alert(1))",
    '![a](x "onerror=alert(1)")',
    "<javascript:alert(1)>",
    '<https://x.example/"onclick=alert(1)>',
    '<a@b.example"onclick=alert(1)>',
    "[a]: javascript:alert(1)\n\n[a]",
    "`<script>`\n\n    <script>alert(1)</script>",
    "| <script> | b |\n|---|---|\n| `<img src=x>` | [c](javascript:d) |",
    "\x02klzzwxh:0000\x03 \x02wzxhzdk:0\x03 <b>",
    "\x0260\x03script\x0262\x03",
    "*<b onclick=x>* **[<i>](x-y)**",
    "<style>@import 'https://evil.example'</style>",
    "<a href=x\u2028onclick=y>",
)


class Reader(HTMLParser):
    """Reads our HTML as a browser might, and notes what must not be there."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.bad: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.bad += [f"<{tag}>"] if tag not in ALLOWED else []
        for name, value in attrs:
            if name not in ALLOWED.get(tag, ()):
                self.bad.append(f"{tag} {name}")
            elif name == "href" and not self._leads_well(value or ""):
                self.bad.append(f"href {value}")
            elif name == "class" and value not in CLASSES:
                self.bad.append(f"class {value}")
            elif name == "data-picture" and not re.fullmatch("picture:[0-9a-f]{8}", value or ""):
                self.bad.append(f"picture {value}")
            elif name == "start" and not (value or "").isdigit():
                self.bad.append(f"start {value}")

    def handle_comment(self, data: str) -> None:
        self.bad.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.bad.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.bad.append(f"instruction {data}")

    def unknown_decl(self, data: str) -> None:
        self.bad.append(f"section {data}")

    @staticmethod
    def _leads_well(address: str) -> bool:
        if address.endswith(".html") and is_slug(address.removesuffix(".html")):
            return True
        return address.startswith(("http://", "https://", "mailto:", "tel:", "#fn")) and not set(
            address
        ) & set("\"'<>\\ \t\n") - {"'"}


def foreign(html: str) -> list[str]:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.bad


@pytest.mark.parametrize("attack", ATTACKS)
def test_attacks_stay_words(attack: str) -> None:
    for markdown in (attack, f"> - {attack}", f"[{attack}](a-b)", f"[a]({attack})", f"*{attack}*"):
        assert foreign(to_html(parse(markdown))) == []


def test_attacks_are_seen_by_these_tests() -> None:
    for html in ("<script>", "<p onclick=x>", "<a href='javascript:x'>", "<!-- x -->", "<?x?>"):
        assert foreign(html) != []


@given(documents.markdown)
def test_any_text_gives_only_our_own_tags(markdown: str) -> None:
    assert foreign(to_html(parse(markdown))) == []


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from _strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part)


def _collections(shared: Path) -> Iterator[str]:
    attacks = shared / "attacks"
    for name in ("payloadbox-xss/half.txt", "blns/blns.txt"):
        yield from (attacks / name).read_text(encoding="utf-8", errors="replace").split("\n")
    for name in ("dompurify/fixtures.json", "blns/blns.json"):
        yield from _strings(json.loads((attacks / name).read_text(encoding="utf-8")))
    for path in sorted((attacks / "payloadbox-csv").rglob("*")):
        if path.is_file():
            yield from path.read_text(encoding="utf-8", errors="replace").split("\n")


@pytest.mark.shared
def test_collected_attacks_stay_words(shared: Path) -> None:
    count = 0
    for attack in _collections(shared):
        count += 1
        for markdown in (attack, f"[a]({attack})"):
            assert foreign(to_html(parse(markdown))) == [], attack
    assert count > 3_000


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("# One\n\n## Two\n\n### Three", "<h2>One</h2>\n<h2>Two</h2>\n<h3>Three</h3>"),
        ("> a\n>\n> b", "<blockquote><p>a</p><p>b</p></blockquote>"),
        ("- a\n- b\n\n    c", "<ul><li>a</li><li><p>b</p><p>c</p></li></ul>"),
        ("3. a\n    - b", '<ol start="3"><li>a<ul><li>b</li></ul></li></ol>'),
        ("    a < b", "<pre><code>a &lt; b\n</code></pre>"),
        ("a  \nb", "<p>a<br>\nb</p>"),
        ("---", "<hr>"),
        (
            "|a|b|\n|-|-:|",
            '<table><thead><tr><th>a</th><th class="align-right">b</th></tr></thead></table>',
        ),
        ("[a](b-c)", '<p><a href="b-c.html">a</a></p>'),
        (
            "[a](https://b.example/?c=1&d='2')",
            '<p><a href="https://b.example/?c=1&amp;d=&#39;2&#39;">a</a></p>',
        ),
    ],
)
def test_each_node_is_written_as_html(markdown: str, html: str) -> None:
    assert to_html(parse(markdown)) == html


def test_a_story_link_leads_where_the_caller_says_or_nowhere() -> None:
    document = parse("[a](there) [b](gone)")
    resolve = {"there": "../stories/there.html"}.get
    assert to_html(document, resolve) == '<p><a href="../stories/there.html">a</a> b</p>'


def test_the_address_of_a_link_made_by_hand_is_checked() -> None:
    bad = Document((Paragraph((Link("javascript:alert(1)", (Text("a"),)),)),))
    assert to_html(bad) == "<p>a</p>"


@pytest.mark.parametrize(
    "href", ["javascript:x", "ftp://a.example", "", "A b", "http://", "http:a"]
)
def test_other_addresses_are_refused(href: str) -> None:
    assert safe_href(href) is None


@settings(deadline=None)
@given(documents.markdown)
def test_a_safe_address_is_a_fixed_point(text: str) -> None:
    for href in (text, f"https://a.example/{text}", f"mailto:{text}", f"http://{text}"):
        safe = safe_href(href)
        assert safe is None or safe_href(safe) == safe


NOTES = """One[^b] two[^a] again[^b] [three[^a]](a-b) four[^no].

[^a]: Note *a*.

    More of a.
[^b]: Note b.
[^c]: Unasked."""


def test_footnotes_are_numbered_as_the_text_asks_for_them_and_lead_there_and_back() -> None:
    assert to_html(parse(NOTES)).split("\n") == [
        '<p>One<sup><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup>'
        ' two<sup><a href="#fn-2" id="fnref-2" role="doc-noteref">2</a></sup>'
        ' again<sup><a href="#fn-1" role="doc-noteref">1</a></sup>'
        ' <a href="a-b.html">three<sup>2</sup></a> four[^no].</p>',
        '<div class="footnote" id="fn-1" role="doc-footnote">'
        '<p><a href="#fnref-1" role="doc-backlink">1</a> Note b.</p></div>',
        '<div class="footnote" id="fn-2" role="doc-footnote">'
        '<p><a href="#fnref-2" role="doc-backlink">2</a> Note <em>a</em>.</p>'
        "<p>More of a.</p></div>",
        '<div class="footnote" id="fn-3" role="doc-footnote"><p>3 Unasked.</p></div>',
    ]


def test_footnotes_of_two_stories_share_no_id() -> None:
    html = "".join(to_html(parse(NOTES), name=name) for name in ("harbour", "harbour-1", "quay"))
    ids = re.findall('id="([^"]*)"', html)
    assert len(ids) == len(set(ids)) == 15
    assert set(re.findall('href="#([^"]*)"', html)) <= set(ids)


@pytest.mark.parametrize("paragraphs", [10, 500])
def test_a_key_writes_one_block_however_long_the_text(
    paragraphs: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = list[object]()
    write = html_module._Writer.block

    def note(self: html_module._Writer, block: nodes.Block) -> str:
        written.append(block)
        return write(self, block)

    monkeypatch.setattr(html_module._Writer, "block", note)
    parser, texts = Parser(), [f"Words [{n}](story-{n})." for n in range(paragraphs)]
    html_blocks(parser.parse("\n\n".join(texts)))
    written.clear()
    texts[4] = "Typed."
    blocks = html_blocks(parser.parse("\n\n".join(texts)))
    assert [blocks.index("<p>Typed.</p>"), len(written)] == [4, 1]


def test_a_block_is_written_again_when_its_link_leads_elsewhere() -> None:
    document = parse("[a](old)\n\n[b](https://b.example/)")
    assert html_blocks(document, lambda _slug: "x.html")[0] == '<p><a href="x.html">a</a></p>'
    assert html_blocks(document, lambda _slug: None)[0] == "<p>a</p>"
    assert html_blocks(document, lambda _slug: "x.html")[0] == '<p><a href="x.html">a</a></p>'


@settings(deadline=None)
@given(st.lists(st.lists(documents.markdown, max_size=5), min_size=1, max_size=4))
def test_what_is_typed_is_written_as_a_new_parser_has_it(texts: list[list[str]]) -> None:
    parser = Parser()
    for pieces in texts:
        text = "\n\n".join(pieces)
        typed = parser.parse(text)
        assert to_html(typed, name="n") == to_html(Parser().parse(text), name="n")
        assert document_words(typed) == count_words(to_plain(Parser().parse(text)))
