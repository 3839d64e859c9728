"""The desk's house style: how much each check matters, its words, and its own rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, Self, TypeVar

from editor.core.blanks import plain_name
from editor.core.canonical import Json, canonical_json, content_hash, normal
from editor.core.findings import Level
from editor.errors import BadValue
from editor.i18n import _

MOST_WORDS = 20_000
"""The most words that a paper's dictionary has; a town's names are a few hundred."""
MOST_LOADED = 2_000
MOST_RULES = 100
LONGEST_RULES = 100_000
"""The most characters of one rule file."""
LONGEST_WORD = 80
LARGEST_STYLE = 2_000_000
"""The most bytes of a whole style: every save of it is kept for good."""
_CHECK = re.compile(r"[A-Za-z0-9][\w-]{0,79}", re.ASCII)
_RULES = re.compile(r"[A-Za-z0-9][\w-]{0,59}\.(?:toml|ya?ml)", re.ASCII)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LoadedWord:
    """A word or phrase that the paper doesn't want, and what it writes instead, if anything."""

    word: str
    instead: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "word", plain_name(self.word))
        object.__setattr__(self, "instead", plain_name(self.instead))


@dataclass(frozen=True, slots=True)
class RuleText:
    """A rule of the paper's own, as the text of a file: TOML, or the YAML of a Vale style.

    `name` is the file's, such as `ferries.toml`.
    """

    name: str
    text: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", normal(self.text))

    def require_valid(self) -> None:
        """Raise BadValue for a name that no rule file has, and for a file that is too long."""
        if not _RULES.fullmatch(self.name):
            raise BadValue(
                _("“{name}” can’t be the name of a rule file.").format(name=self.name[:90]),
                _("Use letters, digits and hyphens, and .toml, .yml or .yaml at the end."),
            )
        if len(self.text) > LONGEST_RULES:
            raise BadValue(
                _("The rule file “{name}” has {n} characters; {limit} is the limit.").format(
                    name=self.name, n=f"{len(self.text):,}", limit=f"{LONGEST_RULES:,}"
                ),
                _("Make several files of it."),
            )


@dataclass(frozen=True, slots=True)
class HouseStyle:
    """What a desk's editors decided about the checks.

    `levels` are those of checks, by their ids, where they are not the check's own;
    `Level.OFF` is for a check that doesn't run. `words` are spelled right: names and
    places, a word or name each. `loaded` are the words that the check `loaded-words`
    finds. `rules` are own rules. All are sorted, and what is there twice is there once.
    """

    levels: tuple[tuple[str, Level], ...] = ()
    words: tuple[str, ...] = ()
    loaded: tuple[LoadedWord, ...] = ()
    rules: tuple[RuleText, ...] = ()

    def __post_init__(self) -> None:
        words = filter(None, map(plain_name, self.words))
        loaded = (word for word in self.loaded if word.word)
        object.__setattr__(self, "levels", _by_name(self.levels, lambda pair: pair[0]))
        object.__setattr__(self, "words", _by_name(words, lambda word: word))
        object.__setattr__(self, "loaded", _by_name(loaded, lambda word: word.word))
        object.__setattr__(self, "rules", _by_name(self.rules, lambda file: file.name))

    @property
    def hash(self) -> str:
        """The SHA-256 of the canonical bytes; a save names the hash it started from."""
        return content_hash(self.to_json())

    def canonical(self) -> bytes:
        """Return the style as canonical JSON (RFC 8785)."""
        return canonical_json(self.to_json())

    def level(self, check: str, own: Level) -> Level:
        """Return the level of a check, which is its own where the desk decided nothing."""
        return dict(self.levels).get(check, own)

    def with_level(self, check: str, level: Level | None) -> Self:
        """Return the style with another level of a check; None gives it its own again."""
        others = tuple(pair for pair in self.levels if pair[0] != check)
        return replace(self, levels=others if level is None else (*others, (check, level)))

    def with_words(self, *words: str) -> Self:
        """Return the style with more words that are spelled right."""
        return replace(self, words=(*self.words, *words))

    def require_valid(self) -> None:
        """Raise BadValue, with the reason, for what can't be a style: mostly its size."""
        for check, _level in self.levels:
            if not _CHECK.fullmatch(check):
                raise BadValue(
                    _("“{name}” can’t be the id of a check.").format(name=check[:90]),
                    _("Use letters, digits and hyphens."),
                )
        for file in self.rules:
            file.require_valid()
        stems = [PurePath(file.name).stem.casefold() for file in self.rules]
        if twice := next((stem for stem in stems if stems.count(stem) > 1), ""):
            raise BadValue(
                _("Two rule files are called “{name}”.").format(name=twice),
                _("Findings are named for the file: rename one of them."),
            )
        _require_fewer(self.words, MOST_WORDS, _("The paper’s dictionary has {n} words"))
        _require_fewer(self.loaded, MOST_LOADED, _("There are {n} loaded words"))
        _require_fewer(self.rules, MOST_RULES, _("There are {n} rule files"))
        texts = (*self.words, *(text for row in self.loaded for text in (row.word, row.instead)))
        if too_long := next((text for text in texts if len(text) > LONGEST_WORD), ""):
            raise BadValue(
                _("“{word}…” has {n} characters; {limit} is the limit of a word.").format(
                    word=too_long[:40], n=len(too_long), limit=LONGEST_WORD
                ),
                _("Write one word or name in a line."),
            )
        if (size := len(self.canonical())) > LARGEST_STYLE:
            raise BadValue(
                _("The house style has {n} bytes; {limit} is the limit.").format(
                    n=f"{size:,}", limit=f"{LARGEST_STYLE:,}"
                ),
                _("Remove rules or words that nobody needs."),
            )

    def to_json(self) -> dict[str, Json]:
        """Return the style as plain values; what is empty is left out."""
        value: dict[str, Json] = {
            "levels": {check: str(level) for check, level in self.levels},
            "words": list(self.words),
            "loaded": {word.word: word.instead for word in self.loaded},
            "rules": {file.name: file.text for file in self.rules},
        }
        return {name: item for name, item in value.items() if item}

    @classmethod
    def from_json(cls, value: dict[str, Any]) -> Self:
        """Read what `to_json` wrote. Raises TypeError, ValueError, AttributeError."""
        return cls(
            tuple((check, Level(level)) for check, level in value.get("levels", {}).items()),
            tuple(value.get("words", ())),
            tuple(LoadedWord(*pair) for pair in value.get("loaded", {}).items()),
            tuple(RuleText(*pair) for pair in value.get("rules", {}).items()),
        )


def _by_name(items: Iterable[T], name: Callable[[T], str]) -> tuple[T, ...]:
    """Sort by name, in upper or lower case; of two with one name the last stays."""
    by_name = {name(item): item for item in items}
    return tuple(by_name[key] for key in sorted(by_name, key=lambda key: (key.casefold(), key)))


def _require_fewer(items: Sequence[object], most: int, sentence: str) -> None:
    if len(items) > most:
        raise BadValue(
            _("{sentence}; {limit} is the limit.").format(
                sentence=sentence.format(n=f"{len(items):,}"), limit=f"{most:,}"
            ),
            _("Remove some that nobody needs."),
        )
