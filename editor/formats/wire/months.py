"""The names of months and weekdays in the languages that agencies write.

They are CLDR's. Croatian is left out, because its listopad is October, and
Polish and Czech copy means November.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

from babel.dates import get_day_names, get_month_names

from editor.cldr import find_locale

_LOCALES = """
en ar ar-SY ar-DZ ar-MA fr de es it pt nl da sv nb fi is pl cs sk hu ro sl sr sr-Latn bg mk ru
uk be lt lv et el tr az fa he hi ur id ms sw ca sq eu gl
"""
_CONTEXTS: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")
_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")


@cache
def months() -> dict[str, int]:
    """Map the names of months, case-folded and without a last dot, to their numbers."""
    numbers = {"sept": 9}
    for locale in map(find_locale, _LOCALES.split()):
        for width in _WIDTHS:
            for context in _CONTEXTS:
                for number, name in get_month_names(width, context, locale).items():
                    numbers.setdefault(_key(name), number)
    # Levantine copy writes both hamza forms; CLDR has one.
    for name, number in list(numbers.items()):
        numbers.setdefault(name.replace("أ", "ا").replace("إ", "ا").replace("آ", "ا"), number)
    return numbers


@cache
def weekdays() -> frozenset[str]:
    """Return the names of the days of the week, case-folded and without a last dot."""
    return frozenset(
        _key(name)
        for locale in map(find_locale, _LOCALES.split())
        for width in _WIDTHS
        for context in _CONTEXTS
        for name in get_day_names(width, context, locale).values()
    )


def _key(name: str) -> str:
    return name.casefold().rstrip(".")
