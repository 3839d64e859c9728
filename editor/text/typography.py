"""Typography as typed: what is written instead of a character, by the language of the story.

Each rule looks at the paragraph before the caret and at the character that was typed there.
It never takes away a word, a letter or a digit: only quotation marks, apostrophes, hyphens,
dots, Latin punctuation in Arabic and spaces are exchanged.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple, TypeAlias

from editor.core.languages import arabic_commas
from editor.text.quotation_marks import french_spaces, primary
from editor.text.typed_quotes import (
    TypedText,
    close_by_letter,
    close_decade,
    exchange_elision,
    type_double,
    type_single,
)
from editor.text.typing_place import TypingPlace, is_address, is_prose

_EM_DASH = frozenset({"en", "es", "pt", "gl", "ru", "uk", "be"})
"""The languages whose dash is an em dash; that of the others is an en dash."""

_ENGLISH_WITH_EN_DASH = re.compile(r"en-(?:GB|IE|AU|NZ|ZA|IN)\b", re.IGNORECASE)
_IN_NO_ADDRESS = "\"'«»"
"""After an address these close a quotation."""

_ARABIC: Final = {",": "،", ";": "؛", "?": "؟"}
_AFTER_WORD = re.compile(r"[\w»”’“‘)\]…%*°€$£]$")
_ENTITY = re.compile(r"&(?:\w+|#\w+);$")
_SCHEME = re.compile(r"\b(?:https?|ftp|mailto|tel):$", re.IGNORECASE)
_FOOTNOTE = re.compile(r"(?:^|\n)[ ]{0,3}\[\^[^\]\n]*\]:$")
_LINK_ADDRESS = re.compile(r"\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)")
_MARKUP_AFTER = re.compile(r"(?:\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\)|\[\^[^\]\n]*\])+$")
"""What Markdown has after the words of a link or a note."""
_CLOSING = " »”’“‘)]*_\"'"


class MarkChange(NamedTuple):
    """What replaces a range of the text before the caret, the typed character included."""

    start: int
    end: int
    text: str


def change_typed(place: TypingPlace, character: str) -> MarkChange | None:
    """Return what to change once a character is typed at a place; None for nothing.

    A line end is typed as `\\n`. Places are counted from the start of the paragraph.
    """
    if len(character) != 1:
        return None
    rules = _language_rules(place.language).get(character, ())
    if character.isalpha():
        rules = (close_by_letter, close_decade)
    elif not character.isalnum():
        rules = (*rules, exchange_elision)
    typed = TypedText(place.before + character, place.after, place.language)
    written = next((text for rule in rules if (text := rule(typed)) is not None), typed.text)
    if written == typed.text or not is_prose(place):
        return None
    before = _LINK_ADDRESS.sub(" ", place.before) if place.is_markdown else place.before
    if character not in _IN_NO_ADDRESS and is_address(before):
        return None
    return _shortest(typed.text, written)


Rule: TypeAlias = Callable[[TypedText], str | None]
"""Returns the whole text with the change, or None."""


@lru_cache(maxsize=64)
def _language_rules(language: str) -> dict[str, tuple[Rule, ...]]:
    """Return the rules of a language, by the character that they are about."""
    own = primary(language)
    if own in ("ja", "zh", "yue"):
        return {}  # their input methods write their own marks
    rules: dict[str, tuple[Rule, ...]] = {"-": (_dash,), ".": (_ellipsis,), " ": (_spaced_dash,)}
    if own not in ("he", "yi"):  # `"` between Hebrew letters is a gershayim
        rules |= {'"': (type_double,), "'": (type_single,)}
    if arabic_commas(language):
        rules |= dict.fromkeys(_ARABIC, (_arabic_mark,))
        rules[" "] = (_arabic_comma, _spaced_dash)
        rules["\n"] = (_arabic_comma,)
    if spaces := french_spaces(language):
        rules |= {mark: (_space_before,) for mark in spaces if mark != "«"}
        rules["«"] = (_space_after,)
        rules[" "] = (_colon, _single_space, _spaced_dash)
        rules["\n"] = (_colon,)
    return rules


def _dash(typed: TypedText) -> str | None:
    """Make a dash of two hyphens after a word; `---` in a line or a table stays."""
    before = typed.text[:-2]
    if re.search(r"\w[–—]-$", typed.text):
        return typed.text[:-2] + "—"  # of three hyphens everywhere
    if not typed.text.endswith("--") or re.search(r"(?:^|[\s|<([-]|<!)$", before):
        return None
    return before + _dash_of(before, typed.language) if _has_words(before) else None


def _spaced_dash(typed: TypedText) -> str | None:
    """Make a dash of two hyphens between spaces: before a letter they may be an option."""
    if not typed.text.endswith(" -- ") or not _has_words(typed.text[:-4]):
        return None
    return typed.text[:-3] + _dash_of("", typed.language) + " "


def _has_words(before: str) -> bool:
    """Whether there is a word before in the line, so that hyphens are no rule or table."""
    return re.search(r"\w", before.rpartition("\n")[2]) is not None


def _dash_of(before: str, language: str) -> str:
    if before[-1:].isdigit() or _ENGLISH_WITH_EN_DASH.match(language):
        return "–"
    return "—" if primary(language) in _EM_DASH else "–"


def _ellipsis(typed: TypedText) -> str | None:
    before = typed.text[:-3]
    if not typed.text.endswith("...") or before[-1:] in (".", "/", "\\"):
        return None
    return f"{before}…"


def _space_before(typed: TypedText) -> str | None:
    """Put French's space before a mark, in the place of a plain one."""
    text, mark = typed.text[:-1], typed.text[-1]
    words = text.removesuffix(" ")
    if mark == ":" and words == text:
        return None  # `_colon` waits for what follows: 12:30 and https: have no space
    if not _AFTER_WORD.search(words) or _ENTITY.search(typed.text):
        return None
    return words + french_spaces(typed.language)[mark] + mark


def _space_after(typed: TypedText) -> str | None:
    return typed.text + french_spaces(typed.language)["«"]


def _single_space(typed: TypedText) -> str | None:
    """Drop the plain space that is typed by habit after `«` and its own space."""
    space = french_spaces(typed.language)["«"]
    return typed.text[:-1] if typed.text.endswith(f"«{space} ") else None


def _colon(typed: TypedText) -> str | None:
    """Put the space before a colon once a space or line end follows it."""
    text = typed.text[:-1]
    if not text.endswith(":") or _SCHEME.search(text) or _FOOTNOTE.search(text):
        return None
    if not _AFTER_WORD.search(text[:-1]):
        return None
    return f"{text[:-1]}{french_spaces(typed.language)[':']}:{typed.text[-1]}"


def _arabic_mark(typed: TypedText) -> str | None:
    """Write a mark as Arabic does after Arabic words; a comma in a number waits for a space."""
    before, mark = typed.text[:-1], typed.text[-1]
    if _ENTITY.search(typed.text) or not _is_after_arabic(before, skip_digits=mark != ","):
        return None
    return before + _ARABIC[mark]


def _arabic_comma(typed: TypedText) -> str | None:
    """Write the comma after a number as Arabic does, once a space follows it."""
    before = typed.text[:-2]
    if typed.text[-2:-1] != "," or not before[-1:].isdigit():
        return None
    return f"{before}،{typed.text[-1]}" if _is_after_arabic(before, skip_digits=True) else None


def _is_after_arabic(before: str, skip_digits: bool) -> bool:
    """Whether the last letter before is written from right to left."""
    words = _MARKUP_AFTER.sub("", before).rstrip(_CLOSING)
    if skip_digits:
        words = words.rstrip(_CLOSING + "0123456789٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹.,٫٬/:-%٪")
    last = words[-1:]
    if last and unicodedata.category(last) == "Mn":
        last = next((sign for sign in reversed(words) if sign.isalpha()), "")
    return bool(last) and unicodedata.bidirectional(last) in ("AL", "R")


def _shortest(typed: str, written: str) -> MarkChange:
    """Return the shortest change that makes one text of the other."""
    most = min(len(typed), len(written))
    start = next((at for at in range(most) if typed[at] != written[at]), most)
    most -= start
    same = next((at for at in range(most) if typed[-1 - at] != written[-1 - at]), most)
    return MarkChange(start, len(typed) - same, written[start : len(written) - same])
