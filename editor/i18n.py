"""The words on screen in the user's language (GNU gettext), with names and numbers in them."""

from __future__ import annotations

import gettext
import re
from collections.abc import Iterable, Mapping
from functools import cache
from string import Formatter
from typing import TYPE_CHECKING, Any

from editor.resources import resource

if TYPE_CHECKING:
    from babel.core import Locale

DOMAIN = "stonehand"
"""The name of the catalogues' files."""

_KILO = 1000
_ONE_DIGIT = 10
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
_NUMBER = re.compile(r"[+\-−]?\d[\d.,:/\- ]*%?")
_SINGLE_MARKS = str.maketrans({"“": "‘", "”": "’", '"': "'"})
_ISOLATE = "\u2068"
_ZEROS = {"arab": "٠", "arabext": "۰"}
"""The zero of a numbering system of CLDR; the other digits follow it in Unicode."""


class _Filler(Formatter):
    """Writes values into a translation: numbers as its language does, Latin names isolated.

    Without the isolation (UAX #9) a name in a sentence that runs from right to left takes
    the full stop or the number beside it to its own side.
    """

    def __init__(self, digits: Mapping[int, str], runs_from_right: bool) -> None:
        self.digits = digits
        self._runs_from_right = runs_from_right

    def format_field(self, value: Any, format_spec: str) -> str:
        text: str = super().format_field(value, format_spec)
        if isinstance(value, int | float) or _NUMBER.fullmatch(text):
            return text.translate(self.digits)
        is_bare = "\n" not in text and not text.startswith(_ISOLATE)
        is_name = self._runs_from_right and is_bare and _LATIN.search(text)
        return isolated(text) if is_name else text


class _Translation(str):
    """A translated string whose values are written as `_filler` says."""

    __slots__ = ()

    def format(self, *args: object, **values: object) -> str:
        """Fill in the values."""
        if _language == ENGLISH:  # chosen since
            return super().format(*args, **values)
        return _filler(_language, _isolates).vformat(self, args, values)


ENGLISH = "en"

_catalogue: gettext.NullTranslations = gettext.NullTranslations()
_language = ENGLISH
_isolates = True


def use_language(tag: str, *, isolates: bool = True) -> None:
    """Choose the language of the interface by its BCP 47 tag; English if there is no catalogue.

    Without `isolates` no invisible character is put around a name: a path that is copied
    from a terminal is the path.
    """
    global _catalogue, _language, _isolates  # noqa: PLW0603  one language at a time
    folder, name = resource("i18n"), tag.replace("-", "_")
    _catalogue = gettext.translation(DOMAIN, folder, languages=[name], fallback=True)
    has_catalogue = isinstance(_catalogue, gettext.GNUTranslations)
    _language, _isolates = tag if has_catalogue else ENGLISH, isolates


def language_in_use() -> str:
    """Return the BCP 47 tag of the interface's language."""
    return _language


def isolates() -> bool:
    """Return whether names in a language that runs from right to left are isolated."""
    return _isolates


def has_catalogue(tag: str) -> bool:
    """Return whether there are translations into a language, or it is English."""
    name = tag.replace("-", "_")
    return is_english(tag) or bool(gettext.find(DOMAIN, resource("i18n"), [name]))


def is_english(tag: str) -> bool:
    """Return whether a tag is of any English."""
    return tag.partition("-")[0] == ENGLISH


@cache
def babel_locale(tag: str) -> Locale:
    """Return what CLDR has of a language; of an unknown country, that of the language alone."""
    # Imported when there is the first value to write: English and `--help` do without it.
    from babel.core import UnknownLocaleError  # noqa: PLC0415

    from editor.cldr import find_locale  # noqa: PLC0415

    try:
        return find_locale(tag)
    except UnknownLocaleError:
        return find_locale(tag.partition("-")[0])


def in_digits(text: str) -> str:
    """Return a text, as of a date, with the digits of the interface's language."""
    if _language == ENGLISH:
        return text
    return text.translate(_filler(_language, _isolates).digits)


@cache
def _filler(tag: str, isolates: bool) -> _Filler:
    locale = babel_locale(tag)
    system = locale.default_numbering_system
    digits: dict[int, str] = {}
    if zero := _ZEROS.get(system):
        symbols = locale.number_symbols[system]
        digits = {ord("0") + n: chr(ord(zero) + n) for n in range(10)}
        digits |= {ord("."): symbols["decimal"], ord(","): symbols["group"]}
    return _Filler(digits, isolates and locale.text_direction == "rtl")


def _(text: str) -> str:
    """Translate one string of the interface; `format` then writes values as the language does."""
    translated = _catalogue.gettext(text)
    return translated if _language == ENGLISH else _Translation(translated)


def N_(text: str) -> str:
    """Mark a string in a table for translation; whoever shows it calls `_`."""
    return text


def N_plural(one: str, many: str) -> tuple[str, str]:
    """Mark both forms of a string that counts, in a table; `plural(*forms, number)` shows it."""
    return one, many


def plural(one: str, many: str, count: int, **values: object) -> str:
    """Translate and fill a string that counts: `plural("{n} word", "{n} words", 3)`.

    `n` is the count; other fields have their values by name.
    """
    form = _catalogue.ngettext(one, many, count)
    if _language != ENGLISH:
        form = _Translation(form)
    return form.format(n=count, **values)


def isolated(text: str) -> str:
    """Return a name so that it reads the same wherever it is, whichever way it is written."""
    return f"{_ISOLATE}{text}\u2069"


def quoted(name: str) -> str:
    """Return a name between quotation marks; those that are in it become single ones."""
    return _("“{name}”").format(name=name.translate(_SINGLE_MARKS))


def listed(parts: Iterable[str]) -> str:
    """Return the parts of a list with the comma of the language between them."""
    return _(", ").join(parts)


def size_text(size: int) -> str:
    """Return how large a file is: `870 kB`, `1.3 MB`, `12 MB`, `1.3 GB`."""
    for unit, scale in ((_("{n} kB"), _KILO), (_("{n} MB"), _KILO**2)):
        number = size / scale
        if number < _KILO:
            is_small = scale > _KILO and number < _ONE_DIGIT
            return unit.format(n=f"{number:.1f}" if is_small else max(1, round(number)))
    return _("{n} GB").format(n=f"{size / _KILO**3:.1f}")
