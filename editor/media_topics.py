"""IPTC Media Topics: what a story can be about, by code, and found by name.

The vocabulary is `resources/media-topics/topics.json` (CC BY 4.0, IPTC).
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from editor.errors import BadValue
from editor.i18n import _
from editor.resources import resource

PREFIX = "medtop:"
"""How codes begin in stories, as in NewsML-G2 and ninjs: `medtop:20000002`."""

_FOLDED = str.maketrans("ىة", "يه")


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic. `broader` is the code of the topic it is part of, empty at the top.

    A retired topic is still known, but no longer chosen. `names` are by language, without a
    region; English is the first.
    """

    code: str
    broader: str
    retired: bool
    names: tuple[tuple[str, str], ...]

    def named(self, language: str) -> tuple[str, str]:
        """Return the language of its name and the name: in a story's language, else in English."""
        primary = language.lower().partition("-")[0]
        return next((named for named in self.names if named[0] == primary), self.names[0])

    def name(self, language: str) -> str:
        """Return its name in a language where there is one, else in English."""
        return self.named(language)[1]


@cache
def topics() -> Mapping[str, Topic]:
    """Read every topic, by code."""
    vocabulary = json.loads(resource("media-topics", "topics.json").read_text(encoding="utf-8"))
    found = {}
    for number, broader, retired, *names in vocabulary["topics"]:
        above = PREFIX + broader if broader else ""
        named = zip(vocabulary["languages"], names, strict=True)
        in_use = tuple((language, name) for language, name in named if name)
        found[PREFIX + number] = Topic(PREFIX + number, above, retired, in_use)
    return found


def topic_name(code: str, language: str) -> str:
    """Name a topic by its code; a code that is not known is its own name."""
    topic = topics().get(code)
    return topic.name(language) if topic else code


def broader_names(code: str, language: str) -> tuple[str, ...]:
    """Name what a topic is part of, the widest first; nothing for an unknown code."""
    topic = topics().get(code)
    names: list[str] = []
    while topic is not None and topic.broader:
        topic = topics()[topic.broader]
        names.insert(0, topic.name(language))
    return tuple(names)


def parse_code(text: str) -> str:
    """Read a code as a person writes it, with or without `medtop:`. Raises BadValue."""
    written = text.strip().lower()
    code = written if written.startswith(PREFIX) else PREFIX + written
    if code not in topics():
        raise BadValue(
            _("“{text}” is not a Media Topic.").format(text=text.strip()),
            _("Search for a word such as “sport”, or write a code such as medtop:15000000."),
        )
    return code


def top_topics() -> list[Topic]:
    """List the widest topics."""
    return [topic for topic in topics().values() if not topic.broader]


def find_topics(words: str, limit: int, language: str = "en") -> list[Topic]:
    """Find topics in use whose name, in any language, has words that begin like all of these.

    Names in `language` and English come first, then those that begin with the first word,
    and short ones before long ones. A code finds its topic.
    """
    wanted = _words(words)
    if not wanted:
        return []
    near = ("en", language.lower().partition("-")[0])
    hits = []
    for topic in topics().values():
        if topic.retired:
            continue
        ranks = (
            (tag not in near, *rank)
            for tag, name in _words_of_names(topic)
            for rank in _rank(name, wanted)
        )
        if best := min(ranks, default=()):
            hits.append((best, topic))
    hits.sort(key=lambda hit: (hit[0], hit[1].code))
    return [topic for _rank, topic in hits[:limit]]


@cache
def _words_of_names(topic: Topic) -> tuple[tuple[str, tuple[str, ...]], ...]:
    names = (*topic.names, ("en", topic.code))
    return tuple((language, tuple(_words(name))) for language, name in names)


def _rank(name: tuple[str, ...], wanted: list[str]) -> Iterator[tuple[bool, int]]:
    """How well a name fits, the lower the better; nothing where it does not."""
    if all(any(word.startswith(part) for word in name) for part in wanted):
        yield not name[0].startswith(wanted[0]), len(name)


def _words(text: str) -> list[str]:
    """Words without case, accents, vowel marks and the spellings of Arabic that people vary."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.findall(r"\w+", bare.casefold().translate(_FOLDED))
