"""Numbers as stories write them, and what they are worth: 1,200, 1.2 thousand, twelve hundred."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from editor.checks.prose import BlockProse
from editor.checks.word_lists import word_list, word_set

_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹٫٬", "01234567890123456789.,")
_SCALES = {
    **dict.fromkeys(("thousand", "k"), 1e3),
    "lakh": 1e5,
    **dict.fromkeys(("million", "mln", "mn", "m"), 1e6),
    "crore": 1e7,
    **dict.fromkeys(("billion", "bln", "bn", "b"), 1e9),
    **dict.fromkeys(("trillion", "trn", "tn"), 1e12),
}
_SCALE = "|".join(sorted(_SCALES, key=len, reverse=True))
_SMALL = word_list(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
)
_TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
_ORDINALS = word_list(
    "zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh "
    "twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth"
)
_WORDS: dict[str, float] = {
    **{word: float(value) for value, word in enumerate(_SMALL)},
    **{word: float(value) for value, word in enumerate(_ORDINALS)},
    **{word: 10.0 * value for value, word in enumerate(_TENS, start=2)},
    **{f"{word[:-1]}ieth": 10.0 * value for value, word in enumerate(_TENS, start=2)},
    **{"hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
}
_OTHER_WORDS: dict[str, tuple[float, ...]] = {
    **dict.fromkeys(
        ("both", "couple", "pair", "twice", "twin", "twins", "double", "doubled"), (2,)
    ),
    **dict.fromkeys(("triple", "tripled", "thrice", "trio"), (3,)),
    **dict.fromkeys(("half", "halves", "halved"), (0.5, 50)),
    **dict.fromkeys(("quarter", "quarters"), (0.25, 25)),
    **dict.fromkeys(("once", "single"), (1,)),
    **{"dozen": (12,), "decade": (10,), "century": (100,), "centenary": (100,), "fortnight": (14,)},
}

_FIGURE = re.compile(
    r"(?<![\w.,:/'’+-])"
    r"(?P<number>[0-9٠-٩۰-۹]{1,15}(?:[.,٫٬][0-9٠-٩۰-۹]{1,9}){0,4})"
    rf"(?:[ \u00a0\u202f-]?(?P<scale>{_SCALE})(?![\w'’]))?"
    r"(?P<after>[\w:]{0,3})"
)
_UNITS = word_set("st nd rd th s c p pc km kg cm mm ft mph kph lb lbs am pm hr hrs min nm mw gw kw")
_RUN = re.compile(
    r"(?<![\w'’])(?:" + "|".join(sorted({*_WORDS, *_OTHER_WORDS}, key=len, reverse=True)) + r")"
    r"(?:(?:[ -]|[ -]and[ -])(?:"
    + "|".join(sorted(_WORDS, key=len, reverse=True))
    + r")){0,9}(?![\w'’])",
    re.IGNORECASE,
)
_WITHIN = 0.1


_QUARTER = re.compile(r"(?:st|nd|rd|th)[ -](?:qtr|quarter|half)", re.IGNORECASE)
_PART_OF_DATE = re.compile(
    r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.? $", re.IGNORECASE
)


class Figure(NamedTuple):
    """A number in figures: what it can mean, and how exact it is (the worth of its last digit)."""

    start: int
    end: int
    text: str
    values: tuple[float, ...]
    exact_to: float

    def is_borne_out_by(self, values: frozenset[float]) -> bool:
        """Whether one of these numbers is the same, or rounds to it."""
        return any(value in values for value in self.values) or any(
            self._rounds(known) for known in values
        )

    def _rounds(self, known: float) -> bool:
        for value in self.values:
            is_round = self.exact_to != 1 or known != int(known)
            within = min(self.exact_to, _WITHIN * value) if self.exact_to > 1 else self.exact_to
            if is_round and abs(known - value) < within:
                return True
        return False


def figures_of(block: BlockProse) -> tuple[Figure, ...]:
    """Return the numbers that are written in figures.

    Those in names (G7, F-16), times (14:30), days of a month, quarters, and scores after the
    first number are left out.
    """
    return tuple(_figures(block.text))


def _figures(text: str) -> Iterator[Figure]:
    for match in _FIGURE.finditer(text):
        after = match["after"].lower()
        if (after and after not in _UNITS) or _PART_OF_DATE.search(
            text, max(match.start() - 12, 0), match.start()
        ):
            continue
        if _QUARTER.match(text, match.end("number")):
            continue
        scale = _SCALES[match["scale"].lower()] if match["scale"] else 1.0
        readings = tuple(_readings(match["number"].translate(_DIGITS)))
        values = tuple(value * scale for value, _unit in readings)
        end = match.end("scale") if match["scale"] else match.end("number")
        yield Figure(match.start(), end, text[match.start() : end], values, readings[0][1] * scale)


def _readings(number: str) -> Iterator[tuple[float, float]]:
    """Yield what digits can mean with the worth of the last one: 1,200 is 1200 or 1.2."""
    whole, *parts = re.split(r"[.,]", number)
    marks = {char for char in number if char in ".,"}
    digits = "".join((whole, *parts))
    if not parts or (len(parts[-1]) == 3 and len(marks) == 1):
        value = float(digits)
        yield value, 10.0 ** _zeros(digits)
    if parts and (len(parts) == 1 or len(marks) == 2):
        decimals = parts[-1]
        yield float("".join((whole, *parts[:-1])) + "." + decimals), 10.0 ** -len(decimals)
    elif parts and len(parts[-1]) != 3:
        yield float(digits), 1.0


def _zeros(digits: str) -> int:
    """Return how many zeros end a round number; one alone is counted for nothing."""
    zeros = len(digits) - len(digits.rstrip("0"))
    return zeros if 2 <= zeros < len(digits) else 0


def values_of(block: BlockProse) -> frozenset[float]:
    """Return what the numbers of a block are worth, in figures or in English words."""
    figures = {value for figure in _all_figures(block.text) for value in figure}
    return frozenset(figures | set(_word_values(block.text)))


_ANY_NUMBER = re.compile(r"[0-9٠-٩۰-۹]{1,15}(?:[.,٫٬][0-9٠-٩۰-۹]{1,9}){0,4}")
_SCALE_AFTER = re.compile(rf"[ \u00a0\u202f-]?({_SCALE})(?!\w)", re.IGNORECASE)


def _all_figures(text: str) -> Iterator[tuple[float, ...]]:
    """Yield what every run of digits can mean, wherever it is."""
    for match in _ANY_NUMBER.finditer(text):
        values = [value for value, _unit in _readings(match[0].translate(_DIGITS))]
        if scale := _SCALE_AFTER.match(text, match.end()):
            values += [value * _SCALES[scale[1].lower()] for value in values]
        yield tuple(values)


def _word_values(text: str) -> Iterator[float]:
    for match in _RUN.finditer(text):
        words = [word for word in re.split(r"[ -]", match[0].lower()) if word != "and"]
        for word in words:
            yield from _OTHER_WORDS.get(word, ())
            if word in _WORDS:
                yield _WORDS[word]
        known = [_WORDS[word] for word in words if word in _WORDS]
        if known:
            yield _together(known)


def _together(values: list[float]) -> float:
    """Return what words such as two, hundred, thousand, fifty are worth together."""
    total = part = 0.0
    for value in values:
        if value >= 1e3:
            total, part = total + (part or 1) * value, 0.0
        elif value == 100:
            part = (part or 1) * value
        else:
            part += value
    return total + part
