"""The words on screen in the user's language (GNU gettext)."""

from __future__ import annotations

import gettext

from editor.resources import resource

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


def plural(one: str, many: str, count: int) -> str:
    """Translate and fill a string that counts: `plural("{n} word", "{n} words", 3)`."""
    return _catalogue.ngettext(one, many, count).format(n=count)
