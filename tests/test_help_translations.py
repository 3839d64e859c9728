"""Translated help says as much as the English, and names commands as the interface does."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from editor.resources import resource
from tests.catalogues import load_words

ENGLISH = resource("help")
PAGES = sorted(ENGLISH.glob("*/*.md"))
"""The translated pages, in a folder for each language."""

CODE = re.compile(r"^(?: {4}.*\n?)+|`[^`\n]+`", re.MULTILINE)
KEY = re.compile(
    r"(?:(?:Ctrl|Alt|Shift)\+)+(?:[A-Za-z0-9]+|[^\s\w])|(?<![A-Za-z0-9+])(?:F\d{1,2}|Esc)(?![A-Za-z0-9])"
)
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)]*)\)")
PICTURE = re.compile(r"^!\[[^\]]*\]\(([^)]*)\)$", re.MULTILINE)
STRONG = re.compile(r"\*\*(.+?)\*\*")
PATH = re.compile(r"(?<![*])\*([^*\n]+ › [^*\n]+)\*(?![*])")


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.name}"


def marks(text: str) -> Counter[str]:
    """Count what has to be the same in every language, wherever it is in a sentence."""
    code = [found.strip() for found in CODE.findall(text)]
    words = CODE.sub("", text)
    return Counter(
        [
            *(f"code {found}" for found in code),
            *(f"key {found}" for found in KEY.findall(words)),
            *(f"link {found}" for found in LINK.findall(words)),
            *(f"picture {found}" for found in PICTURE.findall(words)),
            *("bold" for _found in STRONG.findall(words)),
        ]
    )


def outline(text: str) -> list[str]:
    """Return what each line is: a heading, a paragraph, an item, or a row with its columns."""
    lines = [line.strip() for line in CODE.sub("", text).splitlines()]
    kinds = (re.match(r"#+ |\d+\. |[-|] ?|!\[|\S", line) for line in lines)
    return [
        f"{kind[0].strip()} {line.count('|')}" if kind[0][0] in "#-|!1" else "paragraph"
        for line, kind in zip(lines, kinds, strict=True)
        if kind is not None
    ]


def commands(text: str) -> Iterator[str]:
    """Yield what is named in bold, or as the path to it: each menu and command by itself."""
    for found in [*STRONG.findall(CODE.sub("", text)), *PATH.findall(text)]:
        for part in found.split("›"):
            yield plain(part)


def plain(text: str) -> str:
    return text.replace("&", "").strip(" …").casefold()


def interface(language: str) -> dict[str, set[str]]:
    """Return how the interface calls each of its strings, without access keys."""
    words = load_words()
    catalogue = words.read_catalogue(ENGLISH.parent / f"i18n/{language}/LC_MESSAGES/stonehand.po")
    found: dict[str, set[str]] = {}
    for message in catalogue:
        if isinstance(message.id, str) and message.id and message.string:
            found.setdefault(plain(message.id), set()).add(plain(message.string))
    return found


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_translation_has_what_the_english_page_has(path: Path) -> None:
    english = (ENGLISH / path.name).read_text(encoding="utf-8")
    translated = path.read_text(encoding="utf-8")
    assert outline(translated) == outline(english)
    before, after = marks(english), marks(translated)
    assert (before - after, after - before) == (Counter(), Counter())


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_translation_names_commands_as_the_interface_does(path: Path) -> None:
    known = interface(path.parent.name)
    named = set(commands(path.read_text(encoding="utf-8")))
    wrong = {
        english: known[english]
        for english in commands((ENGLISH / path.name).read_text(encoding="utf-8"))
        if english in known and not named & known[english]
    }
    assert wrong == {}


@pytest.mark.parametrize("path", PAGES, ids=name)
def test_letters_of_a_translation_are_of_its_script(path: Path) -> None:
    words = PICTURE.sub("", CODE.sub("", path.read_text(encoding="utf-8")))
    arabic, latin = (len(re.findall(letters, words)) for letters in ("[\u0621-\u064a]", "[a-z]"))
    assert arabic > 5 * latin
