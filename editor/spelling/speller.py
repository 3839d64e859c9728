"""Checks the spelling of a story: its fields and its body, each word in a fitting dictionary."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from editor.checks.prose import BodyProse
from editor.core.dateline import Dateline
from editor.core.fields import field_at
from editor.core.ignored import Ignored
from editor.core.languages import script
from editor.core.paths import text_fields
from editor.core.story import Story
from editor.errors import EditorError
from editor.i18n import _
from editor.places import my_words_file
from editor.spelling.dictionary import EitherDictionary, LoadedDictionary
from editor.spelling.dictionary_files import (
    DictionaryFile,
    computer_regions,
    dictionary_folders,
    equal_languages,
    find_dictionary,
)
from editor.spelling.known_words import KnownWords
from editor.spelling.lexicon import CheckedWords, Lexicon, code_spans
from editor.spelling.personal import PersonalDictionary
from editor.spelling.words import SCRIPTS
from editor.text.document import Document
from editor.text.nodes import Span

CHECK = "spelling"
"""How a line of `Story.ignored` begins that is about a word of the story."""
ANYWHERE = "story"
"""The place in such a line: the word is right in all fields."""
MOST_SUGGESTIONS = 7
_LANGUAGE_OF = {"Latn": "en", "Arab": "ar", "Grek": "el", "Hebr": "he", "Armn": "hy", "Geor": "ka"}
"""In which language words of a script are checked that neither story nor paper is written in."""


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A word that no dictionary has: its text path and Python indexes.

    `word` is as dictionaries write it, with its `script` (ISO 15924). `is_plain` says that
    it is written in one go, without markup inside. `around` has the words beside it.
    """

    path: str
    start: int
    end: int
    word: str
    script: str
    is_plain: bool
    around: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """What was found in a story; with `is_loading`, ask again soon for the rest.

    `missing` is the story's language where it has no dictionary. `problems` are those of
    dictionaries that can't be used.
    """

    story: Story
    misspellings: tuple[Misspelling, ...] = ()
    is_loading: bool = False
    missing: str = ""
    problems: tuple[EditorError, ...] = field(default=())


class Speller:
    """Dictionaries that are in use, and what was looked up in them.

    It is used by one thread at a time; `close` may be called from any.
    """

    def __init__(self, desk: Path | None = None, my_words: Path | None = None) -> None:
        self.personal = PersonalDictionary(my_words or my_words_file())
        self._desk = desk
        self._loaded: dict[DictionaryFile, LoadedDictionary] = {}
        self._files: dict[tuple[str, str], tuple[DictionaryFile, ...]] = {}
        self._lexicon = Lexicon({}, ())
        self._texts: dict[str, CheckedWords] = {}
        self._desk_names: tuple[tuple[str, ...], KnownWords] = ((), KnownWords())
        self.examined = 0
        """How many words were looked at, whether or not a dictionary was asked about them."""

    def check(
        self, story: Story, document: Document, house_language: str, names: tuple[str, ...] = ()
    ) -> Spelling:
        """Check a story; `document` is its body. Only what has changed is looked at again.

        `names` are the desk's words and names; another tuple is read again. Dictionaries
        that the story needs begin to be loaded; nothing waits for them.
        """
        checked = list(self._checked(story, document))
        known = (self._names(names), self.personal.known(), _story_words(story))
        languages = (story.language, house_language)
        dictionaries, is_loading = self._choose([row[1] for row in checked], *languages)
        if not self._lexicon.is_same(dictionaries, known):
            self._lexicon = Lexicon(dictionaries, known)
        lexicon = self._lexicon
        new = [row[1] for row in checked if not row[1].is_checked(lexicon)]
        lexicon.learn(word for text in new for word in text.words)
        self.examined += sum(len(text.words) for text in new)
        found = tuple(
            Misspelling(
                path,
                start + span.start,
                start + span.end,
                word.text,
                word.script,
                is_plain,
                text.around(word),
            )
            for path, text, start, code in checked
            for word, span, is_plain in text.wrong(lexicon, code)
        )
        return Spelling(story, found, is_loading, self._missing(*languages), self._problems())

    def suggest(self, word: str, script_code: str) -> list[str]:
        """Return at most seven words that may have been meant, with typographic apostrophes."""
        dictionary = self._lexicon.dictionaries.get(script_code)
        found = dictionary.suggest(word) if dictionary is not None else []
        others = [text.replace("'", "’") for text in found if text != word]
        return list(dict.fromkeys(others))[:MOST_SUGGESTIONS]

    def name_of(self, found: Misspelling) -> str:
        """Return what a dictionary would have for a word: it without an English possessive."""
        return found.word.removesuffix("'s").removesuffix("'S")

    def dictionaries(self) -> list[LoadedDictionary]:
        """Return the dictionaries that are loaded, are being loaded, or could not be."""
        return list(self._loaded.values())

    def unload(self) -> None:
        """End all dictionaries and forget where they are; the next check looks for them again."""
        self.close()
        self._loaded.clear()
        self._files.clear()

    def close(self) -> None:
        """End the processes of all dictionaries."""
        for dictionary in self.dictionaries():
            dictionary.close()

    def _checked(
        self, story: Story, document: Document
    ) -> Iterator[tuple[str, CheckedWords, int, tuple[Span, ...]]]:
        """Yield the fields and the blocks: path, words, start of the section, code in it."""
        texts: dict[str, CheckedWords] = {}
        for path, text in text_fields(story):
            if path != "body" and field_at(path).prose and text:
                texts[text] = self._texts.get(text) or CheckedWords(text)
                yield path, texts[text], 0, ()
        self._texts = texts
        blocks = BodyProse(document).blocks
        for (block, _at), (part, _section, start) in zip(blocks, document.placed, strict=True):
            yield "body", block.made(CheckedWords.of), start, part.made(code_spans)

    def _choose(
        self, texts: list[CheckedWords], story_language: str, house_language: str
    ) -> tuple[dict[str, EitherDictionary], bool]:
        """Return the dictionaries for texts by script, and whether more are being loaded."""
        ready: dict[str, EitherDictionary] = {}
        is_loading = False
        for code in sorted({code for text in texts for code in text.scripts}):
            language = _language_for(code, story_language, house_language)
            dictionaries = [self._load(file) for file in self._find(language, house_language)]
            usable = [dictionary for dictionary in dictionaries if dictionary.problem is None]
            if not all(dictionary.is_ready for dictionary in usable):
                is_loading = True
            elif usable:
                ready[code] = EitherDictionary(tuple(usable))
        return ready, is_loading

    def _load(self, file: DictionaryFile) -> LoadedDictionary:
        """Return a dictionary, which begins to be loaded the first time."""
        if file not in self._loaded:
            self._loaded[file] = LoadedDictionary(file)
        return self._loaded[file]

    def _missing(self, story_language: str, house_language: str) -> str:
        """Return the story's language where words of it would be checked but for a dictionary."""
        has_words = script(story_language) in SCRIPTS
        is_found = bool(self._find(story_language, house_language))
        return story_language if has_words and not is_found else ""

    def _find(self, language: str, house_language: str) -> tuple[DictionaryFile, ...]:
        """Return the dictionaries of a language of which any may have a word."""
        key = (language, house_language)
        if language and key not in self._files:
            own = house_language.split("-")
            region = own[1:] if own[0] == language.split("-", maxsplit=1)[0] else []
            folders, regions = dictionary_folders(self._desk), (*region, *computer_regions())
            found = (
                find_dictionary(equal, folders, regions)
                for equal in equal_languages(language, region)
            )
            self._files[key] = tuple(dict.fromkeys(file for file in found if file is not None))
        return self._files.get(key, ())

    def _names(self, names: tuple[str, ...]) -> KnownWords:
        if self._desk_names[0] is not names:
            self._desk_names = (names, KnownWords(names))
        return self._desk_names[1]

    def _problems(self) -> tuple[EditorError, ...]:
        problems = [dictionary.problem for dictionary in self.dictionaries()]
        return tuple(filter(None, (*problems, self.personal.problem)))


def ignoring(story: Story, word: str) -> tuple[str, ...]:
    """Return the ignored issues of a story in which a word is right from now on."""
    line = Ignored(CHECK, ANYWHERE, word, _("right in this story")).line
    return (*story.ignored, line)


def _story_words(story: Story) -> KnownWords:
    """The names that a story itself tells: who wrote it, where, and what somebody ignored."""
    lines = filter(None, map(Ignored.parse, story.ignored))
    return KnownWords(
        (
            *story.bylines,
            *_place_names(story.dateline),
            *(line.quote for line in lines if line.check == CHECK),
        )
    )


def _place_names(dateline: Dateline) -> tuple[str, ...]:
    return (dateline.city, dateline.country, dateline.state, dateline.agency)


def _language_for(code: str, story_language: str, house_language: str) -> str:
    for language in (story_language, house_language):
        if script(language) == code:
            return language
    return _LANGUAGE_OF.get(code, "")
