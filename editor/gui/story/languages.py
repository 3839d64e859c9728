"""The languages a story can be in, by their own names."""

from __future__ import annotations

from functools import cache

from babel.core import Locale, UnknownLocaleError

COMMON = (
    "en", "en-GB", "en-US", "ar", "de", "es", "fa", "fr", "he", "hi", "id", "it", "ja", "ko",
    "nl", "pl", "pt", "ru", "sv", "tr", "uk", "ur", "zh",
)  # fmt: skip
"""Those offered first; any other BCP 47 tag a story has is offered with them."""


@cache
def own_name(tag: str) -> str:
    """Return a language's name in that language, `العربية`; the tag itself for an unknown one."""
    try:
        name = Locale.parse(tag, sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        return tag
    return name[:1].upper() + name[1:] if name else tag
