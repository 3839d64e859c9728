"""HTML becomes the document that a reader of the page saw, whatever is wrong in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.core.limits import STORY_CHARACTERS
from editor.errors import BadInput, Cancelled
from editor.formats.html.reader import MOST_ELEMENTS, Kept, read_html
from editor.formats.html.tree import Dropped
from editor.progress import Progress
from editor.text.html import to_html
from editor.text.markdown import to_markdown
from editor.text.parse import parse
from editor.text.plain import to_plain
from tests.conftest import half_the_examples
from tests.formats.html.clipboards_read import words
from tests.text import documents

_PIECES = st.sampled_from(
    (
        *(
            "word ",
            "x",
            " ",
            "\n",
            "&nbsp;",
            "\u200b",
            "*",
            "1. ",
            "# ",
            "> ",
            "|",
            "<br>",
            "`",
            "_",
        ),
        *(
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<i>",
            "</i>",
            "<div>",
            "</div>",
            "<a href='https://a.example'>",
        ),
        *(
            "</a>",
            "<ul>",
            "<li>",
            "</ul>",
            "<ol start=9>",
            "</ol>",
            "<blockquote>",
            "</blockquote>",
        ),
        *("<table>", "<tr>", "<td>", "<th colspan=3>", "</table>", "<h1>", "</h1>", "<h4>", "<hr>"),
        *(
            "<pre>",
            "</pre>",
            "<code>",
            "</code>",
            "<sup>2</sup>",
            "<q>",
            "</q>",
            "<p class=MsoCaption>",
        ),
        *(
            "<p style='mso-list:l0 level3 lfo1'>",
            "<span style='font-weight:700'>",
            "</span>",
            "<!--",
        ),
        *(
            "-->",
            "<![if !x]>",
            "<figure>",
            "<figcaption>",
            "<img src=x>",
            "&#0;",
            "&bogus;",
            "<",
            "</",
        ),
        *(
            "<span style='display:none'>",
            "<a href='#n1' id=r1>1</a>",
            "<p id=n1><a href='#r1'>1</a>",
        ),
    )
)


@half_the_examples()
@given(documents.documents)
def test_our_own_pages_are_read_as_the_same_words(document: object) -> None:
    html = to_html(parse(to_markdown(document)))  # type: ignore[arg-type]
    page = read_html(html)
    assert words(to_plain(page.document)) == words(to_plain(document))  # type: ignore[arg-type]
    assert words(to_plain(parse(page.markdown))) == words(to_plain(page.document))


@given(st.lists(_PIECES, max_size=40).map("".join))
def test_any_html_is_read_and_its_markdown_has_the_same_words(html: str) -> None:
    page = read_html(html)
    assert words(to_plain(parse(page.markdown))) == words(to_plain(page.document))


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td", "blockquote", "pre", "q"])
def test_words_are_found_however_deep_they_are(tag: str) -> None:
    page = read_html(f"<{tag}>" * 30_000 + "words at the bottom")
    assert "words at the bottom" in page.markdown


@pytest.mark.parametrize(
    "html",
    [
        "<p>word</p>" * 1_000_000,
        "x" * 20_000_000,
        "<p>x<" * (MOST_ELEMENTS + 1),
        "word " * (STORY_CHARACTERS // 4),
    ],
)
def test_too_much_is_refused_with_a_sentence(html: str) -> None:
    with pytest.raises(BadInput) as error:
        read_html(html)
    assert error.value.hint


def test_a_picture_of_20_megabytes_is_held() -> None:
    page = read_html(f"<p>Words<img src='data:image/png;base64,{'A' * 20_000_000}'></p>")
    assert page.markdown == "Words"
    assert len(page.pictures[0].address) > 20_000_000


def test_entities_are_not_expanded_and_no_file_is_read() -> None:
    laughs = "".join(f'<!ENTITY b{n + 1} "{f"&b{n};" * 10}">' for n in range(9))
    page = read_html(f'<!DOCTYPE x [<!ENTITY b0 "ha">{laughs}]><p>&b9; words</p>')
    assert len(page.markdown) < 100
    page = read_html('<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><p>&a; words</p>')
    assert "root" not in page.markdown


def test_style_sheets_of_any_kind_take_no_time() -> None:
    for sheet in ("a," * 500_000, ".a{" * 100_000, "/*" * 500_000, "@a" * 500_000):
        assert read_html(f"<style>{sheet}</style><p>Words").markdown == "Words"


def test_a_long_read_can_be_cancelled() -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_html("<p>words</p>" * 6_000, progress)


def test_what_is_kept_and_dropped_is_counted() -> None:
    page = read_html(
        "<h2>A</h2><p><b>b</b> <i>i</i> <a href='https://a.example/?fbclid=1'>l</a>"
        "<a href='javascript:x'>j</a><span hidden>h</span></p><ul><li>x</ul><script>s</script>"
        "<img src='https://a.example/x.jpg'><!-- note --><iframe></iframe><input>\u200bz"
    )
    assert page.kept == {
        Kept.HEADING: 1,
        Kept.BOLD: 1,
        Kept.ITALIC: 1,
        Kept.LINK: 1,
        Kept.LIST: 1,
    }
    assert page.dropped == {
        Dropped.TRACKING: 1,
        Dropped.LINK: 1,
        Dropped.HIDDEN: 1,
        Dropped.SCRIPT: 1,
        Dropped.PICTURE: 1,
        Dropped.COMMENT: 1,
        Dropped.FRAME: 1,
        Dropped.FORM: 1,
        Dropped.CHARACTER: 1,
    }


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>one<br><br>two<br>three</p>", "one\n\ntwo\\\nthree"),
        ("<h1>A</h1><h3>B</h3><h6>C</h6><h5>D</h5>", "## A\n\n### B\n\n#### C\n\n#### D"),
        ("<h2><b>All bold</b></h2>", "## All bold"),
        ("a <b> b </b>c<i>d </i> e", "a **b** c*d* e"),
        ("<b style='font-weight:normal'>plain</b>", "plain"),
        ("<span style='font-style:italic;font-weight:600'>x</span>", "**_x_**"),
        ("<p>x<sup>2</sup> H<sub>2</sub>O 10<sup>-6</sup> 1<sup>st</sup></p>", "x² H₂O 10⁻⁶ 1st"),
        ("<p>He said <q>yes</q>.</p>", "He said “yes”."),
        ("<p>4 < 5 & 6 > 3</p>", "4 \\< 5 & 6 > 3"),
        ("<a href='about'>x</a>", "x"),
        (
            "<base href='https://a.example/b/'><a href='c?utm_id=1'>x</a>",
            "[x](https://a.example/b/c)",
        ),
        ("<p>a</p><hr><hr><p>b</p><hr>", "a\n\n---\n\nb"),
        ("<ul><li>a</ul><ul><li>b</ul>", "- a\n- b"),
        ("<ul><li>a<ol><li>b</ol></ul><p>c", "- a\n    1. b\n\nc"),
        ("<ul><li>a</ul><pre>b\nc</pre>", "- a\n\n`b`\\\n`c`"),
        ("<img alt='😀' src='e.png'> smile", "😀 smile"),
        ("<span class=Apple-converted-space>\u00a0</span>x", "x"),
        ("<p>&#147;Yes&#148; â€“ cafÃ©</p>", "“Yes” – café"),
        ("<p>می‌روند</p>", "می‌روند"),
        ("<div style='white-space:pre-wrap'>a  b\nc</div>", "a b\\\nc"),
        ("", ""),
        ("<p>&nbsp;</p>", ""),
    ],
)
def test_markup_becomes_markdown(html: str, markdown: str) -> None:
    assert read_html(html).markdown == markdown
