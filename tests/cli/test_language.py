"""The command line in the language of the environment."""

from __future__ import annotations

import gettext
import inspect
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click import core, decorators, exceptions, formatting, parser, termui, types

from editor import cli
from editor.cli.language import CLICK_STRINGS, environment_language, paragraphs
from editor.cli.verbs import VERBS
from editor.i18n import use_language
from tests.catalogues import collect_strings, compile_catalogues
from tests.cli.conftest import Run


@pytest.fixture
def in_arabic(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A terminal of somebody in Egypt."""
    compile_catalogues()
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", "ar_EG.UTF-8")
    yield
    use_language("en")
    gettext.textdomain("messages")


@pytest.mark.parametrize(
    ("variables", "tag"),
    [
        ({}, "en"),
        ({"LANG": "ar_EG.UTF-8"}, "ar-EG"),
        ({"LANG": "ar_EG.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en-GB"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ar"}, "ar"),
        ({"LANG": "ar_EG.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "tlh_KX.UTF-8@runes"}, "en"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "tlh:ar:en"}, "ar"),
        ({"LANG": "C", "LANGUAGE": "ar"}, "en"),
        ({"LANG": "ar_EG", "LANGUAGE": "tlh"}, "ar-EG"),
    ],
)
def test_language_is_the_one_that_gnu_programs_take(
    variables: dict[str, str], tag: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compile_catalogues()
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert environment_language() == tag


@pytest.mark.usefixtures("in_arabic")
@pytest.mark.parametrize("name", [None, *VERBS])
def test_help_is_in_the_language_of_the_terminal(name: str | None, run: Run) -> None:
    code, out, err = run(*filter(None, [name]), "--help")
    assert (code, err) == (0, "")
    assert out.startswith("الاستخدام: stonehand")
    assert "عرض هذه الرسالة ثم الخروج." in out
    left = [line for line in out.splitlines()[1:] if _is_english(line)]
    assert left == []


def _is_english(line: str) -> bool:
    """Whether a line of help has a sentence and no Arabic letter."""
    has_arabic = any("\u0600" <= letter <= "\u06ff" for letter in line)
    words = [word for word in line.split() if word.isalpha() and word.islower()]
    return not has_arabic and len(words) > 2


@pytest.mark.usefixtures("in_arabic")
def test_wrong_usage_is_said_in_the_language_of_the_terminal(run: Run) -> None:
    code, out, err = run("list", "--foo")
    assert (code, out) == (2, "")
    assert err.splitlines() == [
        "الاستخدام: stonehand list [OPTIONS]",
        "جرّب 'stonehand list --help' للمساعدة.",
        "",
        "خطأ: لا يوجد الخيار '--foo'.",
    ]
    assert "وسيطة ناقصة 'SLUG'" in run("show")[2]
    assert "استخدم إما --target أو --story" in run("deliveries", "--desk", "x", "--target", "a",
                                                  "--story", "b")[2]  # fmt: skip


@pytest.mark.usefixtures("in_arabic")
def test_sentences_have_the_digits_of_the_country_and_can_be_copied(
    run: Run, desk_path: Path
) -> None:
    submit = ("submit", "ferry-returns", "--desk", desk_path, "--as", "Ines Duarte")
    code, out, err = run(*submit)
    assert (code, err) == (0, "")
    assert "«ferry-returns» (النسخة ١)" in out
    assert "\u2068" not in out
    _code, out, _err = run("list", "--desk", desk_path)
    assert "ferry-returns" in out
    _code, out, err = run("list", "--desk", desk_path.parent / "None.desk")
    assert f"{desk_path.parent / 'None.desk'}." in err


@pytest.mark.parametrize(
    "words",
    [("list",), ("show", "ferry-returns"), ("check",), ("front",), ("trends",), ("style",)],
    ids=" ".join,
)
def test_json_is_the_same_in_every_language(
    words: tuple[str, ...],
    run_json: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compile_catalogues()
    english = run_json(*words)
    monkeypatch.setenv("LANGUAGE", "")
    monkeypatch.setenv("LC_ALL", "ar_EG.UTF-8")
    assert json.dumps(run_json(*words)) == json.dumps(english)


@pytest.mark.usefixtures("in_arabic")
def test_error_beside_json_is_in_english(run: Run, desk_path: Path) -> None:
    code, out, err = run("show", "nothing", "--desk", desk_path, "--json")
    assert (code, out) == (1, "")
    assert "nothing" in err
    assert err.isascii() or "“" in err
    assert cli.main(["show", "nothing", "--desk", str(desk_path)]) == 1


def test_all_that_the_help_says_is_in_the_catalogue() -> None:
    known = {string.id for string in collect_strings()}
    said: set[str] = set(paragraphs(cli.stonehand.help or ""))
    for verb in VERBS.values():
        command = verb.load()
        said |= {verb.about, *paragraphs(command.help or "")}
        said |= {
            option.help
            for option in command.params
            if isinstance(option, click.Option) and option.help
        }
    assert said - known == set()


def test_click_still_says_what_is_translated_for_it() -> None:
    modules = (core, decorators, exceptions, formatting, parser, termui, types)
    source = "".join(map(inspect.getsource, modules))
    for string in CLICK_STRINGS:
        for text in (string,) if isinstance(string, str) else string:
            assert repr(text)[1:-1] in source or text in source
