"""The clipboard of text fields: own copies come back exactly, others without stray characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QApplication

from editor.core.canonical import normal
from editor.errors import BadValue

if TYPE_CHECKING:
    from editor.gui.widgets.text_field import TextField

OWN = "application/x-stonehand-text"
"""The format that marks a text as copied here: it is pasted exactly as it is."""

_HTML = "text/html"
_SEPARATORS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
"""What is between words, though nobody sees it; a Windows clipboard has \\x0b for a line end."""


def own_copy(data: QMimeData, text: str) -> QMimeData:
    """Return what Qt would put on the clipboard with a field's text alone, marked as from here.

    A QMimeData made in Python would outlive Python on the clipboard, and end with a crash.
    """
    data.text()  # Qt fills it in only now
    data.clear()
    data.setText(text)
    data.setData(OWN, text.encode("utf-8", "replace"))
    return data


def is_own(data: QMimeData) -> bool:
    """Whether a text was copied in a field of Stonehand."""
    return data.hasFormat(OWN)


def html_of(data: QMimeData) -> bytes:
    """Return the HTML on the clipboard as its program wrote it; empty without any."""
    return bytes(data.data(_HTML).data()) if data.hasFormat(_HTML) else b""


def pasted_words(data: QMimeData) -> str:
    """Return the text that was copied, without characters that nobody sees or meant."""
    if is_own(data):
        return bytes(data.data(OWN).data()).decode("utf-8", "replace")
    from editor.formats.characters import clean_text, repaired  # noqa: PLC0415 - for a paste alone

    text = _SEPARATORS.sub("\n", data.text())
    if not text and data.hasHtml():
        from editor.formats.pasted import lines_of  # noqa: PLC0415

        text = "\n".join(lines_of(html_of(data), ""))
    return "\n".join(map(clean_text, repaired(text).split("\n")))


def paste_plain(field: TextField) -> None:
    """Paste the plain text of the clipboard, exactly, as one undo step."""
    data = QApplication.clipboard().mimeData()
    if field.isReadOnly() or not data.hasText() or data.hasUrls():
        return
    insert_pasted(field, data.text())


def insert_pasted(field: TextField, text: str) -> None:
    """Put pasted text where the caret is, as one undo step; refuse one that is too long."""
    from editor.core.limits import require_room  # noqa: PLC0415 - its pattern is large

    pasted = normal(field.clean_pasted(text))
    try:
        require_room(pasted, len(field.text()) - len(field.selected()))
    except BadValue as error:
        field.paste_refused.emit(error)
        return
    with field.own_step():
        field.textCursor().insertText(pasted)
    field.ensureCursorVisible()
