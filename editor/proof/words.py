"""The phrases and dates around the stories of a page, in the language of the page.

These words belong to the paper's readers, not to Stonehand's interface: an
Arabic story has Arabic dates and labels whatever language its writer's window
is in. They are data, one file a language: `resources/templates/words/ar.json`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import TypeAlias

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.numbers import format_decimal
from markupsafe import Markup

from editor.cldr import find_locale
from editor.core.languages import arabic_commas, is_right_to_left
from editor.core.publisher import Digits
from editor.core.times import in_zone
from editor.core.zones import UTC_NAME, short_name, zone
from editor.resources import resource

Forms: TypeAlias = Mapping[str, str]
"""A phrase by CLDR plural category: `{"one": …, "other": …}`."""

_FALLBACK = "en"
_COMMAS = frozenset(",،、，")
_ZEROS = {
    "arab": 0x0660,
    "arabext": 0x06F0,
    "beng": 0x09E6,
    "cakm": 0x11136,
    "deva": 0x0966,
    "gujr": 0x0AE6,
    "guru": 0x0A66,
    "khmr": 0x17E0,
    "knda": 0x0CE6,
    "laoo": 0x0ED0,
    "mlym": 0x0D66,
    "mymr": 0x1040,
    "olck": 0x1C50,
    "orya": 0x0B66,
    "tamldec": 0x0BE6,
    "telu": 0x0C66,
    "thai": 0x0E50,
    "tibt": 0x0F20,
}
"""The zero of each system of digits (CLDR's native numbering systems, Unicode)."""


class Words:
    """The phrases of one language, and how it writes dates, lists and counts.

    Dates follow CLDR for any language. Phrases are in English where the language
    has no file yet; `language` is that of the phrases. Days are those of the paper's
    time zone (IANA), wherever it is rendered. Native digits are those of the language.
    """

    def __init__(
        self, language: str, timezone: str = UTC_NAME, digits: Digits = Digits.LATIN
    ) -> None:
        self._tag = language
        self.language, self._phrases = _phrases(language)
        self.direction = direction(self.language)
        self._locale, self._zone = _locale(language), zone(timezone)
        self._digits = _native_digits(self._locale) if digits is Digits.NATIVE else {}
        self._days: dict[date, str] = {}

    def __getitem__(self, key: str) -> str:
        phrase = self._phrases[key]
        if not isinstance(phrase, str):
            raise KeyError(key)
        return phrase

    def forms(self, key: str) -> Forms:
        """Return all plural forms of a phrase that counts."""
        phrase = self._phrases[key]
        if isinstance(phrase, str):
            raise KeyError(key)
        return phrase

    def count(self, key: str, n: int) -> str:
        """Return the phrase in the plural form of a number."""
        forms = self.forms(key)
        category = str(find_locale(self.language).plural_form(n))
        return forms.get(category, forms["other"]).replace("{n}", self.number(n))

    def number(self, n: int) -> str:
        """Write a number as the language does, with the digits that the paper chose."""
        if n < 1_000:
            return str(n).translate(self._digits)
        grouped = format_decimal(n, locale=self._locale, numbering_system="latn")
        return grouped.translate(self._digits)

    def page(self, n: int) -> str:
        """Name a page of a list by its number."""
        return self["page"].format(page=self.number(n))

    def year(self, n: int) -> str:
        """Write a year."""
        return str(n).translate(self._digits)

    def day(self, instant: datetime) -> str:
        """Write the day of an instant in the paper's zone, in full: `13 September 2023`."""
        local = in_zone(instant, self._zone).date()
        if local not in self._days:  # the stories of a day are many
            written = format_date(local, "long", locale=self._locale)
            self._days[local] = written.translate(self._digits)
        return self._days[local]

    def month(self, first: date) -> str:
        """Write a month: `September 2023`."""
        written = format_skeleton("yMMMM", first, locale=self._locale)
        return written.translate(self._digits)

    def month_of(self, instant: datetime) -> str:
        """Return the month of an instant in the paper's zone: `2023-09`."""
        return in_zone(instant, self._zone).date().isoformat()[:7]

    def moment(self, instant: datetime) -> str:
        """Write an instant in the paper's zone: `13 September 2023, 14:02 UTC`."""
        local = in_zone(instant, self._zone)
        comma = "،" if arabic_commas(self._tag) else ","
        clock = f"{local:%H:%M}".translate(self._digits)
        return f"{self.day(instant)}{comma} {clock} {short_name(local)}"

    def names(self, names: Iterable[str], address: Callable[[str], str] | None = None) -> Markup:
        """Join names as the language does, each isolated from the writing direction around it.

        Where one has a comma, as in `Martin King, Jr.`, semicolons are between them. A name
        with an address is a link to its author's page.
        """
        names = list(names)
        isolated = [_isolated(name, address(name) if address else "") for name in names]
        if len(names) > 1 and any(_COMMAS & {*name} for name in names):
            return Markup("{}").format("؛ " if arabic_commas(self._tag) else "; ").join(isolated)
        # The pieces are escaped and the pattern is CLDR's, so the whole is safe.
        return Markup(format_list(isolated, locale=self._locale))  # noqa: S704


def direction(language: str) -> str:
    """Return the writing direction of a BCP 47 language, as HTML names it."""
    return "rtl" if is_right_to_left(language) else "ltr"


@cache
def words(language: str, timezone: str = UTC_NAME, digits: Digits = Digits.LATIN) -> Words:
    """Return the words for a BCP 47 language, with the days of a time zone."""
    return Words(language, timezone, digits)


def language_name(language: str) -> str:
    """Return what a language calls itself, as a headline would: `Français`; the tag if unknown."""
    try:
        name = str(find_locale(language).get_language_name() or "")
    except (UnknownLocaleError, ValueError):
        return language
    return name[:1].upper() + name[1:] if name else language


@cache
def _phrases(language: str) -> tuple[str, Mapping[str, str | Forms]]:
    primary = language.lower().partition("-")[0]
    # Looked up in a list, so that no language tag can name another file.
    known = {path.stem for path in resource("templates", "words").glob("*.json")}
    chosen = primary if primary in known else _FALLBACK
    path = resource("templates", "words", f"{chosen}.json")
    return chosen, json.loads(path.read_text(encoding="utf-8"))


def _locale(language: str) -> Locale:
    # English without a region is international: the day is before the month.
    tag = "en-001" if language.lower() == "en" else language
    try:
        return find_locale(tag)
    except (UnknownLocaleError, ValueError):
        return find_locale("en-001")


def _native_digits(locale: Locale) -> dict[int, int]:
    """The digits of the language for those of English; none where they are the same."""
    zero = _ZEROS.get(str(locale.other_numbering_systems.get("native", "")))
    return {ord("0") + digit: zero + digit for digit in range(10)} if zero else {}


def _isolated(name: str, address: str) -> Markup:
    inside = Markup("<bdi>{}</bdi>").format(name)
    if not address:
        return inside
    return Markup('<a rel="author" href="{}">{}</a>').format(address, inside)
