"""Style sheets of themes: what is wrong is found in its line."""

from __future__ import annotations

import pytest

from editor.errors import ThemeError
from editor.proof.style_sheet import Sheet, check_sheet, check_variables, colours, contrast


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a {\n color: red;", 1),
        ("a {\n color: red;\n}\n}", 4),
        ("a {\n width: calc(1px;\n}", 2),
        ("a {}\n/* never", 2),
        ('a {\n content: "x\n}', 2),
        ("\n@import 'x.css';", 2),
        ("\n@\\69mport 'x.css';", 2),
        ("\na { background: url(x.png) }", 2),
        ("\na { background: URL( 'https://elsewhere.example/x.png') }", 2),
        ("\na { background: u\\72l(x.png) }", 2),
        ('\na { background: image-set("x.png" 1x) }', 2),
        ("a { } </style><script>", 1),
        ("a\n{ color: red; \x01 }", 2),
    ],
)
def test_what_is_wrong_is_found(text: str, line: int) -> None:
    with pytest.raises(ThemeError) as caught:
        check_sheet(Sheet("site.css", text))
    assert (caught.value.file, caught.value.line) == ("site.css", line)
    assert caught.value.sentence.startswith(f"site.css, line {line}: ")
    assert caught.value.hint


def test_brackets_in_comments_and_strings_are_not_counted() -> None:
    check_sheet(Sheet("site.css", '/* { url(x) @import */ a::before { content: "}\\"(\'"; }'))
    check_sheet(Sheet("site.css", "a[href^='http'] { width: calc((1px + 2px) * 3) }"))


def test_a_token_that_is_nowhere_defined_is_found() -> None:
    sheets = (
        Sheet("tokens.css", ":root { --ink: #000; }"),
        Sheet("site.css", "\na { b: var(--inc) }"),
    )
    with pytest.raises(ThemeError, match="--inc is defined nowhere") as caught:
        check_variables(sheets)
    assert (caught.value.file, caught.value.line) == ("site.css", 2)
    check_variables((sheets[0], Sheet("site.css", "a { b: var(--ink); c: var(--inc, red) }")))


def test_colours_are_read_in_both_modes() -> None:
    text = """:root { --ink: #111; --paper: #FFFFFF; } /* --ink: #222222; */
    @media (prefers-color-scheme: dark) { :root { --ink: #eeeeee; } }"""
    found = colours(text)
    assert found.light == {"ink": "#111111", "paper": "#ffffff"}
    assert found.dark == {"ink": "#eeeeee", "paper": "#ffffff"}


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
