"""Quotation marks, apostrophes and primes as they are typed, one key for all of them."""

from __future__ import annotations

import re
from typing import NamedTuple

from editor.text.quotation_marks import QuotationMarks, french_spaces, primary, quotation_marks

_STRAIGHT = '""'
_PRIME, _DOUBLE_PRIME, _APOSTROPHE = "′", "″", "’"
_FEET = re.compile(r"(?<!\d)\d{1,2}['’′]\s?\d{1,2}$")
_ONE_OR_TWO_DIGITS = re.compile(r"(?<![\d.,’‘])\d{1,2}$")
_DEEPEST = 50
"""More marks open at once than any prose has; beyond it typing would only get slow."""

_NEAR = 20
"""The characters before a mark that tell whether a word begins after it."""

_BRACKETS = "([{¿¡|="
_DASHES = "-–—‐/"
_LEFT_OUT = {
    "en": r"\d\ds|twas|twere|twill|tis|til|em|n|cos|tween|neath|ello",
    "nl": r"s|t|n|m|k|r|ns",
    "de": r"s|n|ne|nen|nem|ner|nes|rein|raus|rauf|runter|rüber",
}
"""What may follow an apostrophe at the start of a word, where letters were left out."""

_YEAR = (
    r"(?:in|of|since|from|by|until|before|after|class|summer|winter|spring|autumn|fall|early"
    r"|late|anni|degli|negli|dagli|agli|dal|del|nel|al)[ ]"
)
"""Words after which ’68 is a year and no quotation of 68."""


class TypedText(NamedTuple):
    """The text of a paragraph with the character that was typed last, and the rest of its line."""

    text: str
    after: str
    language: str


def type_double(typed: TypedText) -> str | None:
    """Write the mark that the key of the double quotation mark means here."""
    before, marks = typed.text[:-1], quotation_marks(typed.language)
    opened = _open_marks(before, marks)
    doubles = [pair for pair in opened if pair != marks.single or marks.outer == marks.single]
    if _FEET.search(before) or (before[-1:].isdigit() and not doubles):
        return before + _DOUBLE_PRIME
    if _is_opening(before, opened, bool(doubles)):
        is_nested = marks.outer in doubles and marks.inner != marks.single
        pair = marks.inner if is_nested else marks.outer
        if not is_nested and doubles and _is_empty(before, pair):
            return before + pair[1]
        return before + pair[0] + _space_inside(pair, typed.language)
    pair = doubles[-1] if doubles else marks.outer
    if pair == _STRAIGHT:
        return None  # opened by a straight mark, so closed by one
    return before + _space_inside(pair, typed.language) + pair[1]


def type_single(typed: TypedText) -> str | None:
    """Write the mark that the key of the apostrophe means here."""
    before, marks = typed.text[:-1], quotation_marks(typed.language)
    opened = _open_marks(before, marks)
    is_open = marks.single in opened
    if re.search(rf"(?<!\w){marks.single[0]}n$", before):
        return f"{before[:-2]}{_APOSTROPHE}n{_APOSTROPHE}"
    if before[-1:].isdigit() and not is_open and _ONE_OR_TWO_DIGITS.search(before):
        return before + _PRIME
    if before[-1:].isalnum() or not _is_opening(before, opened, is_open):
        return before + (marks.single[1] if is_open else _APOSTROPHE)
    if _elision(typed.language) and re.match(rf"(?:{_elision(typed.language)})\b", typed.after):
        return before + _APOSTROPHE
    if is_open and _is_empty(before, marks.single):
        return before + marks.single[1]
    return before + marks.single[0]


def exchange_elision(typed: TypedText) -> str | None:
    """Make an apostrophe of an opening mark before what turned out to be ’90s or ’tis."""
    mark, words = quotation_marks(typed.language).single[0], _elision(typed.language)
    before = typed.text[:-1]
    if mark not in before[-10:]:
        return None
    years = re.search(rf"\b{_YEAR}({mark})\d\d$", before, re.IGNORECASE)
    found = years or (
        re.search(rf"(?<![\w{mark}])({mark})(?:{words})$", before, re.IGNORECASE) if words else None
    )
    if found is None:
        return None
    return before[: found.start(1)] + _APOSTROPHE + before[found.end(1) :] + typed.text[-1]


def close_by_letter(typed: TypedText) -> str | None:
    """Make an apostrophe of a closing mark or a prime that a letter follows: hab’s, 8’s."""
    closing = quotation_marks(typed.language).single[1]
    word, mark, letter = typed.text[:-2], typed.text[-2:-1], typed.text[-1]
    is_prime = mark == _PRIME and word[-1:].isdigit()
    is_closing = mark == closing != _APOSTROPHE and word[-1:].isalpha()
    return f"{word}{_APOSTROPHE}{letter}" if is_prime or is_closing else None


def close_decade(typed: TypedText) -> str | None:
    """Make the apostrophe of ’90s at once: a headline may end with it."""
    mark = quotation_marks(typed.language).single[0]
    if primary(typed.language) != "en" or not re.search(rf"(?<![\w{mark}]){mark}\d0s$", typed.text):
        return None
    return f"{typed.text[:-4]}{_APOSTROPHE}{typed.text[-3:]}"


def _elision(language: str) -> str:
    return _LEFT_OUT.get(primary(language), "")


def _is_empty(before: str, pair: str) -> bool:
    """Whether a pair was opened by the key before: the same key again closes it."""
    return before.endswith(pair[0])


def _space_inside(pair: str, language: str) -> str:
    """Return the space that French has inside « »."""
    return french_spaces(language).get(pair[0], "")


def _open_marks(before: str, marks: QuotationMarks) -> list[str]:
    """Return the pairs that are open at the end of a text, the outermost first."""
    pairs = dict.fromkeys((*marks, _STRAIGHT))
    opened: list[str] = []
    for found in re.finditer("[{}]".format("".join(pairs)), before):
        mark, at = found[0], found.start()
        is_inside_word = before[at - 1 : at].isalnum() and before[at + 1 : at + 2].isalnum()
        if mark == _APOSTROPHE and is_inside_word:
            continue
        opening = next((pair for pair in pairs if pair[0] == mark), None)
        closed = [depth for depth, pair in enumerate(opened) if pair[1] == mark]
        near = before[max(0, at - _NEAR) : at]
        may_open = opening and (opening[0] != opening[1] or _begins_word(near))
        if closed and not may_open:
            del opened[closed[-1] :]
        elif opening and may_open and len(opened) < _DEEPEST:
            opened.append(opening)
    return opened


def _begins_word(before: str) -> bool:
    before = before.rstrip("*_")
    return not before or before[-1].isspace() or before[-1] in _BRACKETS + _DASHES + "«“‘„‚‹>"


def _is_opening(before: str, opened: list[str], is_open: bool) -> bool:
    """Whether a mark after a text opens a quotation. After a dash it closes what is open."""
    before = before.rstrip("*_")
    last = before[-1:]
    if not last or last.isspace() or last in _BRACKETS:
        return True
    if last in _DASHES:
        return not is_open
    return bool(opened) and last == opened[-1][0] and not before[-2:-1].isalnum()
