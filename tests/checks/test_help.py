"""The help of the checks is made of the checks."""

from __future__ import annotations

from editor.checks import CHECKS
from editor.checks.built_in.stray_spaces import StraySpaces
from editor.checks.examples import right, wrong
from editor.checks.help import help_sections
from editor.core.findings import Level
from editor.text.html import to_html
from editor.text.parse import parse
from editor.text.plain import to_plain


class Shouting:
    """A check for the test, as a paper has them."""

    id = "own-shouting"
    title = "Nobody shouts"
    about = "Capitals throughout."
    level = Level.HINT
    examples = (
        right("A **ferry** <b> & `code`.\n\nAnd more.", headline="Calm"),
        wrong("He said *GO* now.", found="GO", fixed="He said *go* now."),
        wrong("Words.", found="headline"),
        wrong("Two  spaces", found="  "),
        wrong("Soft\u00adhyphen", found="\u00ad"),
    )
    find = StraySpaces.find


def test_section_has_title_text_level_and_every_example() -> None:
    text = help_sections([Shouting()])
    assert "### own-shouting" in text
    assert "**Nobody shouts.** Capitals throughout. *Hint.*" in text
    shown = to_plain(parse(text))
    assert "Right: Headline: Calm · Body: A **ferry** <b> & `code`. ¶ And more." in shown
    assert "Wrong: Body: He said *GO* now. Fixed: He said *go* now." in shown
    assert "Wrong: Body: Words. · Headline" in shown
    assert "Two␣␣spaces" in shown
    assert "SoftU+00ADhyphen" in shown


def test_what_is_found_is_bold() -> None:
    html = to_html(parse(help_sections([Shouting()])))
    assert "*<strong>GO</strong>* now" in html
    assert "<strong>Headline</strong>" in html


def test_every_check_has_a_section_with_as_many_lines_as_examples() -> None:
    text = help_sections(CHECKS)
    for check in CHECKS:
        section = text.partition(f"### {check.id}\n")[2].partition("\n### ")[0]
        assert section.count("\n- ") == len(check.examples)
