"""The phrases and dates around the stories of a page, in the language of the page.

These words belong to the paper's readers, not to Stonehand's interface: an
Arabic story has Arabic dates and labels whatever language its writer's window
is in. They are data, one file a language: `resources/templates/words/ar.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import TypeAlias

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from markupsafe import Markup

from editor.core.languages import arabic_commas, is_right_to_left
from editor.core.times import in_zone
from editor.core.zones import UTC_NAME, short_name, zone
from editor.resources import resource

Forms: TypeAlias = Mapping[str, str]
"""A phrase by CLDR plural category: `{"one": …, "other": …}`."""

_FALLBACK = "en"
_COMMAS = frozenset(",،、，")


class Words:
    """The phrases of one language, and how it writes dates, lists and counts.

    Dates follow CLDR for any language. Phrases are in English where the language
    has no file yet; `language` is that of the phrases. Days are those of the paper's
    time zone (IANA), wherever it is rendered.
    """

    def __init__(self, language: str, timezone: str = UTC_NAME) -> None:
        self._tag = language
        self.language, self._phrases = _phrases(language)
        self.direction = direction(self.language)
        self._locale, self._zone = _locale(language), zone(timezone)

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
        category = str(Locale.parse(self.language, sep="-").plural_form(n))
        return forms.get(category, forms["other"]).replace("{n}", str(n))

    def day(self, instant: datetime) -> str:
        """Write the day of an instant in the paper's zone, in full: `13 September 2023`."""
        return format_date(in_zone(instant, self._zone).date(), "long", locale=self._locale)

    def moment(self, instant: datetime) -> str:
        """Write an instant in the paper's zone: `13 September 2023, 14:02 UTC`."""
        local = in_zone(instant, self._zone)
        return f"{self.day(instant)}, {local:%H:%M} {short_name(local)}"

    def names(self, names: Iterable[str]) -> Markup:
        """Join names as the language does, each isolated from the writing direction around it.

        Where one has a comma, as in `Martin King, Jr.`, semicolons are between them.
        """
        names = list(names)
        isolated = [Markup("<bdi>{}</bdi>").format(name) for name in names]
        if len(names) > 1 and any(_COMMAS & {*name} for name in names):
            return Markup("{}").format("؛ " if arabic_commas(self._tag) else "; ").join(isolated)
        # The pieces are escaped and the pattern is CLDR's, so the whole is safe.
        return Markup(format_list(isolated, locale=self._locale))  # noqa: S704


def direction(language: str) -> str:
    """Return the writing direction of a BCP 47 language, as HTML names it."""
    return "rtl" if is_right_to_left(language) else "ltr"


@cache
def words(language: str, timezone: str = UTC_NAME) -> Words:
    """Return the words for a BCP 47 language, with the days of a time zone."""
    return Words(language, timezone)


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
        return Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en-001", sep="-")
