"""Numbers: an amount of money is written in one way throughout."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from editor.checks.base import Subject
from editor.checks.examples import right, wrong
from editor.checks.prose import BlockProse
from editor.core.findings import Edit, Finding, Fix, Level, TextPlace
from editor.i18n import N_, _, plural

_UNITS = {
    **dict.fromkeys(("trillion", "trn", "tn"), "tn"),
    **dict.fromkeys(("billion", "bln", "bn", "b"), "bn"),
    **dict.fromkeys(("million", "mln", "mn", "m"), "m"),
    **dict.fromkeys(("thousand", "k"), "k"),
}
"""Every spelling of a unit, and how house style writes it."""

_CODES = (
    "AED|AUD|BHD|CAD|CHF|CNY|EGP|EUR|GBP|HKD|INR|JOD|JPY|KWD|LBP|MAD|NOK|NZD|OMR|QAR|SAR|SEK|SGD"
    "|TND|TRY|USD|ZAR"
)
_AMOUNT = re.compile(
    rf"(?P<money>(?<![A-Za-z])(?:(?:US|A|C|HK|NZ|S)?\$|[€£¥₹₺₽₩]|(?:{_CODES})[ \u00a0\u202f]?)"
    r"\d{1,15}(?:[.,]\d{1,9}){0,5})"
    rf"(?P<gap>[ \u00a0\u202f-]?)(?P<unit>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
    r"(?![\w'’])",
    re.IGNORECASE,
)
_IN_FULL = ("thousand", "million", "billion", "trillion")


@dataclass(frozen=True, slots=True)
class _Amount:
    path: str
    match: re.Match[str]
    at: int = 0
    """Where the text begins that was searched, in the prose of the field."""

    @property
    def text(self) -> str:
        return self.match[0]

    @property
    def place(self) -> TextPlace:
        return TextPlace(self.path, self.at + self.match.start(), self.at + self.match.end())

    @property
    def unit(self) -> str:
        return _UNITS[self.match["unit"].lower()]

    @property
    def styled(self) -> str:
        """The amount in house style: unit abbreviated, no space before it."""
        return self.match["money"] + self.unit

    @property
    def way(self) -> str:
        """Which way the amount is written; two of one way do not clash."""
        unit = self.match["unit"]
        if unit.lower() in _IN_FULL:
            return "in full"
        spelling = "" if unit == self.unit else unit
        return f"{'open' if self.match['gap'] else 'closed'} {spelling}"


class MoneyStyle:
    """Find amounts of money written in more than one way."""

    id = "money-style"
    title = N_("Money is written one way")
    about = N_(
        "Amounts of money written in more than one way in the story and the banner: $27 bn, $27bn, "
        "$27 billion. The fix closes up and shortens the unit: $27bn. One way throughout is fine, "
        "whichever it is."
    )
    level = Level.WARNING
    examples = (
        right("It cost $5 million, then $6 million."),
        right("It cost $5m for 6 million people."),
        wrong("It cost $5 million, then $6m.", found="$5 million", fixed="It cost $5m, then $6m."),
        wrong("AED 4 bn, then AED 4bn", found="AED 4 bn", fixed="AED 4bn, then AED 4bn"),
    )

    def find(self, subject: Subject) -> Iterator[Finding]:
        """Compare every amount with a unit; house style closes up the unit: $27bn."""
        amounts = list(_amounts(subject))
        if len({amount.way for amount in amounts}) < 2:
            return
        wrong = [amount for amount in amounts if amount.text != amount.styled]
        one, other = _example(amounts)
        at = one if one in wrong else other
        in_story = next((amount for amount in wrong if not _is_in_banner(amount)), None)
        if in_story is not None and _is_in_banner(at):
            at = in_story
        yield Finding(
            self.id,
            self.level,
            _("“{one}” and “{other}” are both used in {place}").format(
                one=one.text, other=other.text, place=_where(one, other)
            ),
            _("House style closes up the unit: {amount}.").format(amount=at.styled),
            at.place,
            (Fix(_title(wrong), tuple(_edits(wrong))),),
        )


def _amounts(subject: Subject) -> Iterator[_Amount]:
    for path, text in {**subject.prose, **subject.banner_texts}.items():
        if path == "body":
            for block, start in subject.body.blocks:
                for match in block.made(_amounts_of_block):
                    yield _Amount(path, match, start)
        else:
            for match in _AMOUNT.finditer(text):
                yield _Amount(path, match)


def _amounts_of_block(block: BlockProse) -> tuple[re.Match[str], ...]:
    return tuple(_AMOUNT.finditer(block.text))


def _example(amounts: list[_Amount]) -> tuple[_Amount, _Amount]:
    """Choose two amounts that show the difference best: of one unit, and close to each other."""
    by_unit: dict[str, list[_Amount]] = defaultdict(list)
    for amount in amounts:
        by_unit[amount.unit].append(amount)
    for group in (*by_unit.values(), amounts):
        for first, second in pairwise(group):
            if first.way != second.way:
                return first, second
    return amounts[0], amounts[-1]


def _where(one: _Amount, other: _Amount) -> str:
    in_banner = [_is_in_banner(one), _is_in_banner(other)]
    if all(in_banner):
        return _("the banner")
    return _("the story and the banner") if any(in_banner) else _("the story")


def _is_in_banner(amount: _Amount) -> bool:
    return amount.path.startswith("banner/")


def _title(wrong: list[_Amount]) -> str:
    different = list(dict.fromkeys(amount.styled for amount in wrong))
    if len(different) <= 2:
        return _("Change to {amounts}").format(amounts=_(" and ").join(different))
    return plural("Close up {n} amount", "Close up {n} amounts", len(wrong))


def _edits(wrong: list[_Amount]) -> Iterator[Edit]:
    for amount in wrong:
        start, end = amount.at + amount.match.end("money"), amount.place.end
        yield Edit(amount.path, start, end, amount.unit)
