"""Find words, or a regular expression, in all the texts of a story.

What is typed with a straight quotation mark, a hyphen or a space also finds the typographic one:
`don't` finds `don’t`, and `25 km` also where its space does not break. A match never cuts a letter
from its accents or an emoji from its skin tone. A picture in the text is found as a whole or not at
all: who replaces “picture” or a number everywhere means words that readers see.

A regular expression is one of Python's `regex` library: `^` and `$` are at the ends of lines.
A match of nothing, as of `x*` between two letters, can't be seen, so it is left out.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import regex

from editor.core.canonical import normal
from editor.core.fields import FIELDS
from editor.core.paths import text_fields
from editor.core.picture_reference import NAME_LENGTH
from editor.core.story import Story
from editor.errors import BadValue
from editor.i18n import _
from editor.text.expression_size import require_small
from editor.text.folding import bare_letters, word_signs

LONGEST_QUERY = 2_000
"""Characters of what is looked for; a longer text is a paste by mistake."""

SECONDS = 2.0
"""How long an expression may take on one story."""

_ALIKE: Mapping[str, str] = {
    " ": "[ \u00a0\u2009\u202f]",
    "'": "['’‘ʼ]",
    '"': '["“”„«»]',
    "-": "[-\u2010\u2011]",
}
_PICTURE = regex.compile(rf"!\[\]\(picture:[0-9a-f]{{{NAME_LENGTH}}}\)")
_MARK = regex.compile(r"\p{M}")
_NOT_CUT = r"(?![\p{M}\u200d\p{Emoji_Modifier}])"


@dataclass(frozen=True, slots=True)
class FindQuery:
    """What is looked for, and how."""

    words: str
    whole_word: bool = False
    match_case: bool = False
    regular_expression: bool = False
    ignore_diacritics: bool = False


class TextMatch(NamedTuple):
    """A range of Python indexes in the text at a path, and the groups of an expression there.

    Group 0 is what was found. A group that took no part is empty.
    """

    path: str
    start: int
    end: int
    groups: tuple[str, ...] = ()


class TextFinder:
    """Finds what one query asks for in any number of texts."""

    def __init__(self, query: FindQuery) -> None:
        """Raises BadValue for nothing to find, and for an expression with a mistake."""
        self.query = query
        self._pattern = _compiled(query)
        self.names: Mapping[str, int] = self._pattern.groupindex
        """The numbers of the groups that have names."""
        self.group_count = self._pattern.groups

    def find_in_story(self, story: Story, seconds: float = SECONDS) -> list[TextMatch]:
        """Find every match in a story's texts, in the order of the form.

        Raises BadValue where that takes more than so many seconds.
        """
        return self.find_in_texts(searched_texts(story), seconds)

    def find_in_texts(
        self, texts: Iterable[tuple[str, str]], seconds: float = SECONDS
    ) -> list[TextMatch]:
        """Find every match in texts with their paths. Raises BadValue as `find_in_story` does."""
        end = time.monotonic() + seconds
        found: list[TextMatch] = []
        try:
            for path, text in texts:
                if text:
                    matches = self._matches(path, text, end - time.monotonic())
                    found += _whole_pictures(text, matches)
        except TimeoutError:
            raise _too_slow() from None
        return found

    def _matches(self, path: str, text: str, seconds: float) -> list[TextMatch]:
        """Return the matches in a text. Raises TimeoutError."""
        if seconds <= 0:
            raise TimeoutError
        if not self.query.ignore_diacritics and not self.query.regular_expression:
            spans = (match.span() for match in self._pattern.finditer(text, timeout=seconds))
            return [TextMatch(path, start, end) for start, end in spans]
        places = _FoldedText(text) if self.query.ignore_diacritics else _PlainText(text)
        groups = range(self._pattern.groups + 1) if self.query.regular_expression else range(0)
        found = []
        for match in self._pattern.finditer(places.text, timeout=seconds):
            start, end = match.span()
            if start < end and places.is_whole(start, end):
                parts = tuple(_group(places, match.span(group)) for group in groups)
                found.append(TextMatch(path, *places.original(start, end), parts))
        return found


def searched_texts(story: Story) -> Iterator[tuple[str, str]]:
    """Yield each text of words that can be edited, as (path, text), in the order of the form.

    Slugs, dates, languages and codes are none: they obey rules, so no words are replaced there.
    """
    yield from text_fields(story)
    for field in FIELDS:
        if field.prose and not field.reader:  # the editor's note, which readers never see
            yield field.name, getattr(story, field.name)


class _PlainText:
    """A text that is searched as it is."""

    def __init__(self, text: str) -> None:
        self.whole = self.text = text

    def is_whole(self, _start: int, _end: int) -> bool:
        """Whether a range begins and ends between letters of the text."""
        return True

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return where a range of the searched text is in the text."""
        return start, end


class _FoldedText(_PlainText):
    """A text without its diacritics, and where each of its letters comes from."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._origin: list[int] | None = None
        if text.isascii():
            return
        letters = list(set(text))
        bare = dict(zip(letters, bare_letters("".join(letters)), strict=True))
        self.text = text.translate({ord(letter): bare[letter] for letter in letters})
        gone = {letter for letter in letters if not bare[letter]}
        if any(len(letter) > 1 for letter in bare.values()):
            self._origin = [at for at, letter in enumerate(text) for _bare in bare[letter]]
        elif gone:
            self._origin = [at for at, letter in enumerate(text) if letter not in gone]

    def is_whole(self, start: int, end: int) -> bool:
        if (origin := self._origin) is None:
            return True
        begins = start == 0 or origin[start - 1] != origin[start]
        return begins and (end == len(origin) or origin[end - 1] != origin[end])

    def original(self, start: int, end: int) -> tuple[int, int]:
        if (origin := self._origin) is None:
            return start, end
        if start == end:
            at = origin[start] if start < len(origin) else len(self.whole)
            return at, at
        last = origin[end - 1] + 1
        while last < len(self.whole) and _MARK.match(self.whole[last]):
            last += 1
        return origin[start], last


def _whole_pictures(text: str, matches: list[TextMatch]) -> list[TextMatch]:
    """Leave out what begins or ends inside a picture in the text."""
    pictures = _PICTURE.finditer(text) if matches else ()
    inside = {place for found in pictures for place in range(found.start() + 1, found.end())}
    if not inside:
        return matches
    return [match for match in matches if not inside & {match.start, match.end}]


def _group(places: _PlainText, span: tuple[int, int]) -> str:
    if span[0] < 0:
        return ""
    start, end = places.original(*span)
    return places.whole[start:end]


def _compiled(query: FindQuery) -> regex.Pattern[str]:
    words = normal(query.words)
    if not words:
        raise BadValue(_("There is nothing to find."), _("Type what you are looking for."))
    if len(words) > LONGEST_QUERY:
        raise BadValue(
            _("{n} characters are too many to look for; {limit} is the limit.").format(
                n=f"{len(words):,}", limit=f"{LONGEST_QUERY:,}"
            ),
            _("Look for the beginning of it."),
        )
    if query.regular_expression:
        require_small(words)
        _compile(words, regex.MULTILINE)
    if query.ignore_diacritics:
        words = "".join(bare_letters(words))
        if not words:
            raise BadValue(
                _("There are only diacritics to find, and they are ignored."),
                _("Look for a letter, or let diacritics count."),
            )
    pattern = words
    if not query.regular_expression:
        pattern = "".join(_ALIKE.get(letter) or regex.escape(letter) for letter in words)
        pattern += "" if query.ignore_diacritics else _NOT_CUT
    if query.whole_word:
        before, after = _word_edges()
        pattern = f"{before}(?:{pattern}){after}"
    flags = regex.MULTILINE | (0 if query.match_case else regex.IGNORECASE)
    return _compile(pattern, flags)


@cache
def _word_edges() -> tuple[str, str]:
    """Return what must be before and after a match that is whole words.

    An apostrophe joins a word (O’Brien), but what is elided before it is a word (l’art), and an
    `s` after it at the end is none of it (Kyiv’s): as search does it, see `folding`.
    """
    spaceless, apostrophes, elided = word_signs()
    letter, sign = rf"(?:(?![{spaceless}])[\p{{L}}\p{{M}}\p{{N}}_])", f"[{apostrophes}]"
    is_elided = rf"(?<=(?<!{letter})(?i:{elided}){sign})"
    before = rf"(?:(?!{letter})|(?<!{letter})(?:(?<!{letter}{sign})|{is_elided}))"
    is_possessive = rf"(?={sign}[sS](?!{letter}))"
    after = rf"(?:(?<!{letter})|(?!{letter})(?:(?!{sign}{letter})|{is_possessive}))"
    return before, after


def _compile(pattern: str, flags: int) -> regex.Pattern[str]:
    """Compile an expression. Raises BadValue for one with a mistake, with its place."""
    try:
        return regex.compile(pattern, flags)
    except regex.error as error:
        sentence = _("The expression has a mistake at character {n}: {reason}.")
        raise BadValue(
            sentence.format(n=(error.pos or 0) + 1, reason=error.msg),
            _("A backslash before a sign makes it a plain one, as in \\( or \\?."),
        ) from None
    except (RecursionError, OverflowError, MemoryError):
        raise BadValue(
            _("The expression has too many brackets inside each other."), _("Write it more simply.")
        ) from None


def _too_slow() -> BadValue:
    return BadValue(
        _("The expression takes too long on this text."),
        _("Repetitions inside repetitions do that, as in (a+)+; write it more simply."),
    )
