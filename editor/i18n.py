"""The words on screen in the user's language (GNU gettext)."""

from __future__ import annotations

import gettext

from editor.resources import resource

_KILO = 1000
_ONE_DIGIT = 10

_catalogue: gettext.NullTranslations = gettext.NullTranslations()


def use_language(language: str) -> None:
    """Choose the language of the interface by its BCP 47 tag; English if unknown."""
    global _catalogue  # noqa: PLW0603  the interface has one language at a time
    _catalogue = gettext.translation(
        "stonehand", resource("i18n"), languages=[language.replace("-", "_")], fallback=True
    )


def _(text: str) -> str:
    """Translate one string of the interface."""
    return _catalogue.gettext(text)


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
    return _catalogue.ngettext(one, many, count).format(n=count, **values)


def size_text(size: int) -> str:
    """Return how large a file is: `870 kB`, `1.3 MB`, `12 MB`, `1.3 GB`."""
    for unit, scale in ((_("{n} kB"), _KILO), (_("{n} MB"), _KILO**2)):
        number = size / scale
        if number < _KILO:
            is_small = scale > _KILO and number < _ONE_DIGIT
            return unit.format(n=f"{number:.1f}" if is_small else max(1, round(number)))
    return _("{n} GB").format(n=f"{size / _KILO**3:.1f}")
