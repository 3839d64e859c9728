"""Templates of a theme read what is for readers, and stop."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from editor.core.edition import Item
from editor.core.listing import Approval
from editor.core.story import Picture, Story
from editor.errors import ThemeError
from editor.i18n import use_language
from editor.proof.theme_templates import Templates, TemplateSource
from editor.proof.words import words
from tests.catalogues import compile_catalogues

STORY = Story(
    headline="Ferry <b>late</b>",
    ed_note="TemplateSource is the mayor",
    body="x" * 1000,
    pictures=(Picture(usage="Asked the mayor"),),
)
ITEM = Item(STORY, 1, "a" * 64, "", "", Approval("s", "a" * 64, "Tom", ""))


def render(text: str, **values: object) -> str:
    templates = Templates({"home.html": TemplateSource("templates/home.html", text)})
    return templates.get_template("home.html").render(
        item=ITEM, story=STORY, words=words("en"), **values
    )


def refused(text: str, **values: object) -> ThemeError:
    with pytest.raises(ThemeError) as caught:
        render(text, **values)
    assert caught.value.sentence.startswith(f"{caught.value.file}, line {caught.value.line}: ")
    assert caught.value.hint
    return caught.value


def test_refusal_is_in_the_language_of_the_interface() -> None:
    compile_catalogues()
    use_language("ar")
    try:
        with pytest.raises(ThemeError) as caught:
            render("{{ 2 * 3 }}")
    finally:
        use_language("en")
    assert (
        caught.value.sentence
        == "\u2068templates/home.html\u2069، السطر 1: القوالب لا تضرب الأعداد."
    )


@pytest.mark.parametrize(
    "text",
    [
        "{{ ''.__class__.__mro__ }}",
        "{{ story.__init__.__globals__ }}",
        "{{ story['__class__'] }}",
        "{{ range.__self__ }}",
        "{{ words._phrases }}",
        "{{ '{0.__class__}'.format(story) }}",
        "{{ '{0._phrases}'.format(words) }}",
        "{{ (story|map(attribute='__class__'))|list }}",
        "{{ [story]|map(attribute='__class__')|first }}",
        "{{ [story]|map(attribute='ed_note')|first }}",
        "{{ self.__init__ }}",
        "{% set x = cycler %}{{ x }}",
        "{{ lipsum() }}",
        "{{ joiner }}",
        "{{ namespace() }}",
        "{{ dict() }}",
        "{% import 'os' as os %}",
        "{% include '/etc/passwd' %}",
        "{% include '../../desk.sqlite3' %}",
    ],
)
def test_no_way_out_of_the_sandbox(text: str) -> None:
    refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "{{ story.ed_note }}",
        "{{ story['ed_note'] }}",
        "{{ story.pictures[0].usage }}",
        "{{ story.pictures|map(attribute='usage')|first }}",
        "{{ story.to_json() }}",
        "{{ story.without_blanks().ed_note }}",
        "{{ item.approval }}",
        "{{ item.approval.person }}",
    ],
)
def test_what_never_leaves_the_desk_is_not_there_for_templates(text: str) -> None:
    error = refused(text)
    assert "mayor" not in error.sentence
    assert "Tom" not in error.sentence


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in range(9000) %}{% for b in range(9000) %}{% endfor %}{% endfor %}",
        "{% for a in range(9000) %}" + 9000 * "x" + "{% endfor %}",
        "{% for a in range(10000000000) %}{% endfor %}",
        "{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(1) }}",
        "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}"
        "{{ m(40) }}",
        "{% include 'home.html' %}",
        "{% set a = 'x' + 'x' %}" + "{% set a = a + a %}" * 60 + "{{ a }}",
        "{% set a %}xxxxxxxx{% endset %}"
        + "{% set a %}{{ a }}{{ a }}{% endset %}" * 60
        + "{{ a }}",
        "{% set a = ['xxxxxxxx']|list %}" + "{% set a = [[a|join]|first, [a|join]|first] %}" * 60,
        "{{ 'x' * 10000000000 }}",
        "{{ 10 ** 10 ** 10 }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ '{:>9999999999}'.format(1) }}",
        "{{ '{:>{}}'.format(1, 9999999999) }}",
        "{% set a = '{:>999999}' %}{{ a.format(1) }}",
        "{% set a = '{:>999999}' %}{{ a.format_map({'': 1}) }}",
        "{% set a = 'x' %}" + "{% set a = '{0}{0}{0}{0}{0}{0}{0}{0}'.format(a) %}" * 60 + "{{ a }}",
        "{{ 'x'.center(9999999999) }}",
        "{{ (1).to_bytes(9999999999) }}",
        "{{ 'x'|center(9999999999) }}",
        "{{ ''|replace('', 'x') }}",
        "{% set a = 'xx' %}" + "{% set a = a|replace('x', a) %}" * 60 + "{{ a }}",
        "{% set a = 'x' ~ 'x' %}" + "{% set a = a ~ a %}" * 60 + "{{ a }}",
        "{% for a in [1] recursive %}{{ loop([a]) }}{% endfor %}",
    ],
)
def test_what_has_no_end_is_stopped(text: str) -> None:
    refused(text)


@pytest.mark.parametrize(
    "text",
    [
        "{% autoescape false %}{{ story.headline }}{% endautoescape %}",
        "{{ story.headline|safe }}",
        "{{ story.headline|urlize }}",
        "{{ {'onclick': story.headline}|xmlattr }}",
        "{{ body[3:] }}",
        "{{ body.replace('&lt;', '<') }}",
        "{{ body|replace('&lt;', '<') }}",
        "{{ body.unescape() }}",
        "{{ body.striptags() }}",
    ],
)
def test_text_never_becomes_markup(text: str) -> None:
    refused(text, body=Markup("<p>&lt;i&gt;</p>"))


def test_text_is_escaped_wherever_it_is_printed() -> None:
    text = "&lt;b&gt;late&lt;/b&gt;"
    for way in (
        "{{ story.headline }}",
        "{% set a %}{{ story.headline }}{% endset %}{{ a }}",
        "{% macro m(a) %}{{ a }}{% endmacro %}{{ m(story.headline) }}",
        "{{ ['', story.headline]|join }}",
        "{{ '{}'.format(story.headline) }}",
        "{{ story.headline|upper|lower }}",
        "{{ story.headline ~ '' }}",
        "{% set a %}<p>{% endset %}{{ a ~ story.headline }}",
    ):
        assert text in render(way).lower(), way


def test_what_is_printed_is_text() -> None:
    assert refused("\n{% set a = [1, 2] %}{{ a }}").line == 2
    refused("{% set a = none %}{{ a }}")
    refused("{{ words }}")
    refused("{{ words.day }}")


def test_control_characters_of_text_are_left_out() -> None:
    assert render("{{ line }}{{ body }}", line="a\x0bb", body=Markup("<p>")) == "ab<p>"


def test_pages_are_counted_each_for_itself() -> None:
    templates = Templates(
        {"a.html": TemplateSource("a", "{% for a in range(9000) %}{{ a }}{% endfor %}")}
    )
    for _ in range(20):
        templates.get_template("a.html").render()


def test_an_error_names_the_file_and_the_line_of_the_included_template() -> None:
    templates = Templates(
        {
            "home.html": TemplateSource("templates/home.html", "\n{% include 'card.html' %}"),
            "card.html": TemplateSource("shared/card.html", "\n\n{{ nothing }}"),
        }
    )
    with pytest.raises(ThemeError, match="There is no value “nothing” here") as caught:
        templates.get_template("home.html").render()
    assert (caught.value.file, caught.value.line) == ("shared/card.html", 3)
