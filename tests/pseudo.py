"""A language made of English, `en-XA`: accented, in brackets, and two fifths longer."""

from __future__ import annotations

import re
from gettext import NullTranslations

OPEN, CLOSE = "⟦", "⟧"
_ACCENTED = str.maketrans("aceinorsuyzACEINORSUYZ", "áçéíñóřšúýžÁÇÉÍÑÓŘŠÚÝŽ")
# Values, tags, access keys with their letter, code and doubled braces stay as they are.
_KEPT = re.compile(r"(\{\{|\}\}|\{[^{}]*\}|<[^<>]*>|&\w+;|&.|`[^`]*`)")
_LONGER = 0.4


class PseudoTranslations(NullTranslations):
    """Translates what went through the catalogue, and nothing else."""

    def gettext(self, message: str) -> str:
        return pseudo(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return pseudo(msgid1 if n == 1 else msgid2)


def pseudo(text: str) -> str:
    """Return a string in the language of tests."""
    parts = _KEPT.split(text)
    letters = sum(len(part) for part in parts[::2])
    parts[::2] = [part.translate(_ACCENTED) for part in parts[::2]]
    return f"{OPEN}{''.join(parts)}{'·' * round(letters * _LONGER)}{CLOSE}"
