"""What Windows says of the language and the region is read as it writes it."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from editor import system_locale
from editor.cli.language import environment_language
from editor.system_locale import (
    computer_region,
    display_languages,
    preferred_languages,
    region_of,
    user_locale,
)
from tests.catalogues import compile_catalogues


class Windows:
    """The two functions of kernel32, as Microsoft describes them."""

    def __init__(self, languages: tuple[str, ...], locale: str) -> None:
        self._list = "".join(f"{name}\0" for name in languages) + "\0"
        self._locale = locale
        self.fails_with_room = False

    def GetUserDefaultLocaleName(self, buffer: Any, size: int) -> int:
        """Write the name; return its length with the null, 0 for a failure."""
        if not self._locale or len(self._locale) >= size:
            return 0
        buffer.value = self._locale
        return len(self._locale) + 1

    def GetUserPreferredUILanguages(self, flags: int, count: Any, buffer: Any, size: Any) -> int:
        """Write the list, or without room for it only its size; return whether it is right."""
        assert flags == 0x8, "names, not numbers"
        room, size._obj.value = size._obj.value, len(self._list)
        count._obj.value = self._list.count("\0") - 1
        if buffer is None:
            return 1
        if self.fails_with_room or room < len(self._list):
            return 0
        for place, letter in enumerate(self._list):
            buffer[place] = letter
        return 1


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("en-GB", "GB"),
        ("en_GB.UTF-8", "GB"),
        ("ar-EG", "EG"),
        ("sr-Latn-RS", "RS"),
        ("ca-ES-valencia", "ES"),
        ("de-DE_phoneb", "DE"),
        ("fr_FR@euro", "FR"),
        ("es-419", ""),
        ("ar", ""),
        ("C", ""),
        ("English_United Kingdom", ""),
        ("", ""),
    ],
)
def test_region_is_read_from_the_name_of_a_locale(name: str, region: str) -> None:
    assert region_of(name) == region


def test_languages_and_locale_of_windows_are_read() -> None:
    windows = Windows(("ar-EG", "en-GB"), "de-DE")
    assert preferred_languages(windows) == ("ar-EG", "en-GB")
    assert user_locale(windows) == "de-DE"


def test_what_windows_does_not_say_is_empty() -> None:
    windows = Windows((), "")
    assert preferred_languages(windows) == ()
    assert user_locale(windows) == ""
    windows = Windows(("en-GB",), "en-GB")
    windows.fails_with_room = True
    assert preferred_languages(windows) == ()


@pytest.mark.parametrize(
    ("variables", "languages", "tag"),
    [
        ({}, ("ar-EG", "en-US"), "ar-EG"),
        ({}, ("tlh", "ar-SA"), "ar-SA"),
        ({}, ("en-GB", "ar"), "en-GB"),
        ({}, ("tlh",), "en"),
        ({}, (), "en"),
        ({"LANG": "en_US.UTF-8"}, ("ar-EG",), "en-US"),
        ({"LC_ALL": "C"}, ("ar-EG",), "en"),
    ],
)
def test_command_line_speaks_the_language_of_windows_unless_a_variable_says_another(
    variables: dict[str, str],
    languages: tuple[str, ...],
    tag: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    compile_catalogues()
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(system_locale, "_windows", lambda: Windows(languages, "fr-FR"))
    assert environment_language() == tag
    assert computer_region() == "FR"


@pytest.mark.skipif(sys.platform == "win32", reason="there it is asked")
def test_elsewhere_the_environment_says_it(monkeypatch: pytest.MonkeyPatch) -> None:
    assert display_languages() == ()
    monkeypatch.setattr("locale.getlocale", lambda: (None, None))
    monkeypatch.setenv("LANG", "en_ZA.UTF-8")
    assert computer_region() == "ZA"


@pytest.mark.skipif(sys.platform != "win32", reason="Windows alone can be asked")
def test_windows_answers() -> None:
    assert display_languages()
    assert user_locale(system_locale._windows())
