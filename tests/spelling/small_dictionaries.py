"""Small dictionaries of the tests, so that they don't depend on those of a computer."""

from __future__ import annotations

import time
from pathlib import Path

from editor.core.story import Story
from editor.spelling.dictionary import LoadedDictionary
from editor.spelling.speller import Speller, Spelling
from editor.text.cache import DocumentCache

ARABIC = ("قال", "الوزير", "إن", "الحكومة", "قررت", "جديدة", "في", "كتاب", "والكتاب")
FRENCH = ("été", "ministre", "gouvernement", "le", "la", "a", "dit", "aujourd'hui")


def write_dictionary(folder: Path, name: str, *words: str, rules: str = "SET UTF-8\n") -> Path:
    """Write a dictionary without endings; returns its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.aff").write_text(rules, encoding="utf-8")
    text = "".join(f"{line}\n" for line in (len(words), *words))
    (folder / f"{name}.dic").write_text(text, encoding="utf-8")
    return folder


def loaded(dictionary: LoadedDictionary) -> LoadedDictionary:
    """Wait until a dictionary is loaded, or can't be."""
    deadline = time.monotonic() + 60
    while not dictionary.is_ready and dictionary.problem is None:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return dictionary


class Desk:
    """A speller with a desk's dictionaries, and one cache of documents, as a window has."""

    def __init__(self, speller: Speller) -> None:
        self.speller = speller
        self._documents = DocumentCache()

    def check(self, story: Story, house: str = "en-GB", names: tuple[str, ...] = ()) -> Spelling:
        """Check a story, again until all its dictionaries are loaded."""
        deadline = time.monotonic() + 60
        while True:
            found = self.speller.check(story, self._documents.of(story.body), house, names)
            if not found.is_loading:
                return found
            assert time.monotonic() < deadline
            time.sleep(0.01)

    def words(self, story: Story, house: str = "en-GB", names: tuple[str, ...] = ()) -> list[str]:
        """Return the misspelled words of a story."""
        return [found.word for found in self.check(story, house, names).misspellings]
