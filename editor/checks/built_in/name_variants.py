"""A name spelled in two ways."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.names import Name, names_of
from editor.checks.reading import is_in_language, search
from editor.checks.word_lists import word_set
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.i18n import N_, _

_FIELDS = ("headline", "standfirst", "key_points", "body", "caption", "alt")
_LANGUAGES = ("en", "fr", "es", "it", "pt")
"""Languages in which names don't change their ends with the case."""
_LONG = 6
_VERY_LONG = 9
_SHORTEST = 3
_NEIGHBOURS = 8
"""Words of one shape that are compared; no story has more names that are so alike."""
_ENDINGS = word_set("s es n an ian i ish ese d ed er r e a o y ie t", None) | {""}
_ALIKE = [
    {*pair} for pair in ("ck", "iy", "sz", "vw", "fv", "dt", "ei", "ao", "ou", "ae", "nm", "qk")
]
_TWO_ENGLISHES = (
    (re.compile(r"is(?=(?:ation|e[drs]?|ing|ational)s?$)"), "iz"),
    (re.compile(r"our(?=s?$)"), "or"),
    (re.compile(r"tre(?=s?$)"), "ter"),
)
"""World Trade Organization, Organisation for Economic Co-operation: both names are right."""
_TITLES = word_set("Mr Mrs Ms Miss Dr Sir President Minister Senator Mayor Judge General")


class NameVariants:
    """Find names that differ by one letter."""

    id = "name-variants"
    title = N_("Names are spelled one way")
    about = N_(
        "Two names that differ by one letter, such as Khrushchev and Khruschev, or Jon Smith and "
        "John Smith. Plurals, peoples (Korea, Korean), people who surely are two (Lars "
        "Andersen, Anna Anderson) and British or American spelling (the World Trade Organization, "
        "an organisation) are left alone. The fix spells the rarer one like the other."
    )
    level = Level.WARNING
    examples = (
        right("Lars Andersen met Anna Anderson in Korea. Koreans sail, and Ms Andersen."),
        right("Mohammed bin Salman met Mohamed bin Zayed, and the World Trade Organization "
              "met the Organisation for Economic Co-operation."),
        right("She saw Mary and Gary. In March they march to Marcos, and Martin met Marvin."),
        wrong(
            "Nikita Khrushchev came. Mr Khruschev left, and Khrushchev slept.",
            found="Khruschev",
            fixed="Nikita Khrushchev came. Mr Khrushchev left, and Khrushchev slept.",
        ),
        wrong("Here Jon Halvorsen met us. Then John Halvorsen left, as Jon Halvorsen does.",
              found="John",
              fixed="Here Jon Halvorsen met us. Then Jon Halvorsen left, as Jon Halvorsen does."),
    )  # fmt: skip

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare the capitalised words of all fields with each other."""
        if not is_in_language(subject, *_LANGUAGES):
            return
        spelled = _Spellings(subject)
        for rare, usual in spelled.variants():
            places = spelled.places[rare]
            fix = Fix(
                _("Write “{name}”").format(name=usual),
                tuple(Edit(place.path, place.start, place.end, usual) for place in places),
            )
            yield Finding(
                self.id,
                self.level,
                _("“{one}” and “{other}” are both in the story").format(one=rare, other=usual),
                _("If they are the same name, spell it one way."),
                places[0],
                (fix,),
            )


class _Spellings:
    """The words of names with where they are and which names are beside them."""

    def __init__(self, subject: Subject) -> None:
        self.places: dict[str, list[TextPlace]] = defaultdict(list)
        self.order: dict[str, int] = {}
        self.beginning = Counter[str]()
        self.first_names: dict[str, set[str]] = defaultdict(set)
        self.surnames: dict[str, set[str]] = defaultdict(set)
        for path, start, name in search(subject, names_of, _FIELDS):
            self._add(path, start, name)

    def _add(self, path: str, start: int, name: Name) -> None:
        at = start + name.start
        for index, word in enumerate(name.words):
            # Words of a name are separated by one character each.
            if len(word) >= _SHORTEST and word[1:].islower() and word not in _TITLES:
                self.order.setdefault(word, len(self.order))
                self.places[word].append(TextPlace(path, at, at + len(word)))
                self.beginning[word] += name.begins and index == 0
            at += len(word) + 1
        # Mohammed bin Salman and Mohamed bin Zayed have no name in common.
        for first, last in pairwise(word for word in name.words if not word.islower()):
            if first in _TITLES:
                continue
            self.first_names[last].add(first)
            self.surnames[first].add(last)

    def variants(self) -> Iterator[tuple[str, str]]:
        """Yield pairs of words that are one name, the rarer spelling first."""
        by_shape: dict[str, list[str]] = defaultdict(list)
        for word in self.places:
            for shape in {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}:
                by_shape[shape].append(word)
        pairs = {
            (min(word, other), max(word, other))
            for words in by_shape.values()
            for index, word in enumerate(words)
            for other in words[index + 1 : index + _NEIGHBOURS]
            if word != other
        }
        for word, other in sorted(pairs):
            if self._are_one(word, other):
                yield (word, other) if self._is_rarer(word, other) else (other, word)

    def _is_rarer(self, one: str, other: str) -> bool:
        uses, other_uses = len(self.places[one]), len(self.places[other])
        return uses < other_uses or (uses == other_uses and self.order[one] > self.order[other])

    def _are_one(self, one: str, other: str) -> bool:
        if not _is_slip(one, other) or self._only_begins(one) or self._only_begins(other):
            return False
        if self.surnames[one] & self.surnames[other]:
            return True
        if min(len(one), len(other)) < _LONG or one[0] != other[0]:
            return False
        firsts, others = self.first_names[one], self.first_names[other]
        are_people = firsts and others and not firsts & others
        return not are_people and not (self.surnames[one] and self.surnames[other])

    def _only_begins(self, word: str) -> bool:
        """Whether a word is perhaps no name: it is alone, and only at the start of sentences."""
        alone = not self.first_names[word] and not self.surnames[word]
        return alone and self.beginning[word] == len(self.places[word])


def _is_slip(one: str, other: str) -> bool:
    """Whether words differ by one letter too many, by two swapped ones or by one that sounds alike.

    Endings that grammar adds are no slip: Korea and Korean, Martin and Martina.
    """
    start = end = 0
    shortest = min(len(one), len(other))
    while start < shortest and one[start] == other[start]:
        start += 1
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    first, second = one[start : len(one) - end], other[start : len(other) - end]
    if (end == 0 and {first, second} <= _ENDINGS) or _american(one) == _american(other):
        return False
    if len(first) + len(second) == 1:
        return True
    if len(first) == len(second) == 1:
        return {first.lower(), second.lower()} in _ALIKE or shortest >= _VERY_LONG
    return len(first) == 2 and first == second[::-1]


def _american(word: str) -> str:
    for british, american in _TWO_ENGLISHES:
        word = british.sub(american, word)
    return word
