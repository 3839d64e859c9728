"""English that notes which strings are asked for and never marked: nobody could translate them."""

from __future__ import annotations

import gettext
from collections.abc import Collection
from enum import StrEnum
from functools import cache

from editor.resources import resource
from tests.catalogues import collect_strings


class AskedWords(gettext.NullTranslations):
    """Answers in English, and keeps in `unknown` what was asked for and no catalogue has."""

    def __init__(self) -> None:
        super().__init__()
        self.unknown: set[str] = set()
        self._translated = gettext.translation("stonehand", resource("i18n"), languages=["ar"])
        self._translated.add_fallback(_Missing(self.unknown))

    def gettext(self, message: str) -> str:
        """Return the message as it is."""
        self._translated.gettext(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Return one of the two forms by the number."""
        self._translated.ngettext(msgid1, msgid2, n)
        return super().ngettext(msgid1, msgid2, n)


def never_marked(strings: Collection[str]) -> list[str]:
    """Return the strings that nothing in the sources marks for translation.

    A new one that is marked comes into the catalogues with the next `dev.py words`.
    """
    ours = {text for text in strings if not _is_newer(text)}
    return sorted(ours - _marked()) if ours else []


def _is_newer(text: str) -> bool:
    """Whether it is a word of a newer Stonehand (`core.newer`), which nobody can translate yet."""
    return isinstance(text, StrEnum) and text not in list(type(text))


@cache
def _marked() -> frozenset[str]:
    ids = [message.id for message in collect_strings()]
    return frozenset(id if isinstance(id, str) else id[0] for id in ids)


class _Missing(gettext.NullTranslations):
    """What a catalogue asks when it does not have a string."""

    def __init__(self, unknown: set[str]) -> None:
        super().__init__()
        self._unknown = unknown

    def gettext(self, message: str) -> str:
        self._unknown.add(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self._unknown.add(msgid1)
        return super().ngettext(msgid1, msgid2, n)
