"""The help's pages as files: in the interface's language where they are, else in English."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from editor.checks import CHECKS
from editor.checks.help import help_sections
from editor.i18n import _, language_in_use
from editor.resources import resource
from editor.text.folding import Word, fold_words, sorting_part

_ENGLISH = "en"
_LINK = re.compile(r"\]\(([\w-]+)\)")
_ARTICLE = re.compile("^ال(?=..)")


@dataclass(frozen=True, slots=True)
class HelpFile:
    """One page: `name` is its file's without the number, `title` its first line."""

    name: str
    title: str
    language: str
    path: Path

    def text(self) -> str:
        """Return the page's Markdown; that of the checks ends with what each says of itself."""
        text = self.path.read_text(encoding="utf-8")
        return f"{text}\n{help_sections(CHECKS)}" if self.name == "checks" else text


def help_files(language: str = "") -> list[HelpFile]:
    """Return the pages in a language or the interface's, in the order that `index` names them.

    A page that is not translated is the English one. One translation is for every country
    that speaks the language.
    """
    language = (language or language_in_use()).partition("-")[0]
    folder = resource("help")
    first = folder / "index.md"
    named = ["index", *_LINK.findall(first.read_text(encoding="utf-8"))]
    files = [_in_language(path, language) for path in folder.glob("*.md")]
    return sorted(files, key=lambda file: named.index(file.name))


def _in_language(path: Path, language: str) -> HelpFile:
    translated = path.parent / language / path.name
    if translated.is_file():
        path = translated
    else:
        language = _ENGLISH
    title = path.read_text(encoding="utf-8").split("\n", 1)[0].lstrip("# ")
    return HelpFile(re.sub(r"^\d-", "", path.stem), title, language, path)


def with_keys(text: str, replaced: Mapping[str, str]) -> str:
    """Return a page with the keys that a person chose in the place of the usual ones."""
    if not replaced:
        return text
    # The longest first: one key may end as another one does.
    usual = "|".join(re.escape(keys) for keys in sorted(replaced, key=len, reverse=True))
    # Not `\w`: Arabic writes “and” as a letter right before the key.
    keys = re.compile(rf"(?<![A-Za-z0-9+])(?:{usual})(?![A-Za-z0-9+])")
    return keys.sub(lambda found: replaced[found[0]] or _("no key"), text)


class HelpQuery:
    """Words that are looked for: each may be the beginning of one, without its accents."""

    def __init__(self, words: str) -> None:
        folded = [word.text for word in fold_words(words)]
        self._words = [_ARTICLE.sub("", word) for word in folded]

    def __bool__(self) -> bool:
        return bool(self._words)

    def is_among(self, words: Collection[str]) -> bool:
        """Return whether every word of the query is, or begins, one of some folded words."""
        return all(any(_is_begun(known, word) for known in words) for word in self._words)

    def places(self, text: str) -> list[Word]:
        """Return where in a text the words are, in its order."""
        return [
            known
            for known in fold_words(text)
            if any(_is_begun(known.text, word) for word in self._words)
        ]


def _is_begun(known: str, word: str) -> bool:
    """Return whether a word begins with letters, or does after what Arabic writes with it."""
    return known.startswith(word) or sorting_part(known).startswith(word)
