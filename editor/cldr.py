"""What CLDR has of a language, read by Babel: the same, whatever was read before it."""

from __future__ import annotations

from functools import cache

from babel import localedata
from babel.core import Locale, get_global


def find_locale(tag: str) -> Locale:
    """Return what CLDR has of a language (BCP 47). Raises UnknownLocaleError or ValueError.

    Babel (2.18) notes in the data of a language where its aliases lead, and a country that is
    read later inherits that: after Arabic months, the short ones of Syria were those of Egypt.
    So the countries of a language are read before anything of it is looked up.
    """
    locale = Locale.parse(tag, sep="-")
    _read_countries(locale.language)
    return locale


@cache
def _read_countries(language: str) -> None:
    parents = get_global("parent_exceptions")
    for name in localedata.locale_identifiers():
        if language in (name.partition("_")[0], parents.get(name, "").partition("_")[0]):
            localedata.load(name)
