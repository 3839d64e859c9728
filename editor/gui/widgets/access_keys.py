"""Access keys for what has none of its own: a letter of each button and label of a window."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QLabel, QPushButton, QRadioButton, QWidget

from editor.i18n import _

Keyed: TypeAlias = QPushButton | QCheckBox | QRadioButton | QLabel

_GIVEN = "given_access_key"
"""The property that has the text as it was before it got its key, and the text with it."""
_LETTER = re.compile(r"(?<!&)[^\W\d_]")


def give_access_keys(window: QWidget) -> None:
    """Give each button, and each label of a field, a key that no other in the window has.

    A key that its text has already stays. Buttons that do the same as Esc need none
    (Microsoft, “Keyboard - UX guidelines”). What is shown later gets its key with the next call.
    """
    parts = list(_parts_without_esc(window))
    taken = {_key(_own_text(part)) for part in parts}
    for part in parts:
        own = _own_text(part)
        if _key(own):
            continue
        text = _with_key(own, taken)
        taken.add(_key(text))
        if text != part.text():
            part.setProperty(_GIVEN, [own, text])
            part.setText(text)


def _parts_without_esc(window: QWidget) -> Iterator[Keyed]:
    """Yield what has a text and leads somewhere, as far as it is shown."""
    does_esc = {_("Close"), _("Cancel"), _("&Cancel"), ""}
    for part in window.findChildren(QWidget):
        if not isinstance(part, QPushButton | QCheckBox | QRadioButton | QLabel):
            continue
        is_other_label = isinstance(part, QLabel) and part.buddy() is None
        if not is_other_label and part.isVisibleTo(window) and part.text() not in does_esc:
            yield part


def _own_text(part: Keyed) -> str:
    """Return the text without a key that was given to it."""
    own, given = part.property(_GIVEN) or ("", None)
    return str(own) if part.text() == given else part.text()


def _with_key(text: str, taken: set[str]) -> str:
    """Return the text with a key: the first letter of a word that is free, else any that is."""
    letters = [found.start() for found in _LETTER.finditer(text)]
    beginnings = [at for at in letters if at == 0 or not text[at - 1].isalpha()]
    for at in (*beginnings, *letters):
        if _key(found := f"{text[:at]}&{text[at:]}") not in taken:
            return found
    return text


def _key(text: str) -> str:
    return QKeySequence.mnemonic(text).toString()
