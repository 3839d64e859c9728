"""The help's pages: in the interface's language, with a person's keys, and what is searched."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from editor.gui.interface_language import apply_language
from editor.gui.window.help_pages import HelpQuery, help_files, with_keys
from editor.resources import resource
from editor.text.folding import fold_words
from tests.catalogues import compile_catalogues


def is_found(words: str, text: str) -> bool:
    return HelpQuery(words).is_among({word.text for word in fold_words(text)})


def marked(words: str, text: str) -> list[str]:
    return [text[place.start : place.end] for place in HelpQuery(words).places(text)]


def test_pages_come_as_the_index_names_them() -> None:
    files = help_files("en")
    assert [file.name for file in files[:4]] == ["index", "quick-guide", "writing", "spelling"]
    assert len(files) == len(list(resource("help").glob("*.md")))
    assert [file.name for file in help_files("ar")] == [file.name for file in files]
    assert all(file.title and not file.title.startswith("#") for file in files)
    assert {file.language for file in files} == {"en"}


@pytest.mark.parametrize("language", ["ar", "ar-EG"])
def test_pages_are_in_the_language_of_the_interface(qapp: QApplication, language: str) -> None:
    compile_catalogues()
    apply_language(qapp, language)
    try:
        index = help_files()[0]
    finally:
        apply_language(qapp, "en")
    assert (index.name, index.language, index.path.parent.name) == ("index", "ar", "ar")
    assert help_files()[0].language == "en"


def test_page_that_is_not_translated_is_the_english_one() -> None:
    english, unknown = help_files("en"), help_files("fr")
    assert unknown == english


def test_page_of_the_checks_ends_with_each_check() -> None:
    checks = next(file for file in help_files("en") if file.name == "checks")
    assert checks.text().startswith(checks.path.read_text(encoding="utf-8"))
    assert "### repeated-word" in checks.text()


def test_keys_that_a_person_chose_replace_the_usual_ones() -> None:
    text = "| F3, Shift+F3 | Find |\n\n**Save** (Ctrl+S), **Export…** (Ctrl+E), then F3."
    assert with_keys("اضغط F3 وCtrl+S", {"F3": "F2", "Ctrl+S": "Ctrl+D"}) == "اضغط F2 وCtrl+D"
    chosen = {"F3": "F2", "Ctrl+S": "Ctrl+E", "Ctrl+E": ""}
    assert with_keys(text, chosen) == (
        "| F2, Shift+F3 | Find |\n\n**Save** (Ctrl+E), **Export…** (no key), then F2."
    )


@pytest.mark.parametrize(
    ("words", "text", "found"),
    [
        ("embar", "Under embargo", ["embargo"]),
        ("EXPORT site", "A site is exported", ["site", "exported"]),
        ("bargo", "Under embargo", []),
        ("مفاتيح", "لوحة المفاتيح", ["المفاتيح"]),
        ("المفاتيح", "ثلاثة مفاتيح", ["مفاتيح"]),
        ("مسوده", "المسوّدة", ["المسوّدة"]),
        ("", "Anything", []),
    ],
)
def test_query_finds_words_by_their_beginnings(words: str, text: str, found: list[str]) -> None:
    assert marked(words, text) == found
    assert is_found(words, text) == bool(found or not words)


def test_query_wants_every_word() -> None:
    assert is_found("site api", "The API of a site")
    assert not is_found("site bundle", "The API of a site")
