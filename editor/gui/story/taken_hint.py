"""A line under a caption that offers where and when its picture was taken, as the file says."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import (
    QSizePolicy,
    QStyle,
    QStyleOptionToolButton,
    QStylePainter,
    QWidget,
)

from editor.core.file_words import FileWords
from editor.core.times import parse_instant
from editor.gui.theme import color
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.layout import plain_tip
from editor.i18n import _, isolated

_NARROWEST = 80
"""Pixels that it asks for: the name of a place may be longer than the form is wide."""
_TALLEST = 10_000
_ALIGNMENT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TakenHint(SmallButton):
    """Hidden where there is nothing to offer; a click asks to insert what it shows."""

    wanted = Signal(str)
    """The words that belong at the end of the caption."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words, self._offer = FileWords(), ""
        policy = QSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.clicked.connect(lambda: self.wanted.emit(self._offer))
        self.hide()

    def show_words(self, words: FileWords, caption: str, language: str) -> None:
        """Offer what the caption does not say yet, in the story's language."""
        self._words = words
        self.show_caption(caption, language)

    def show_caption(self, caption: str, language: str) -> None:
        """Offer what a caption does not say yet."""
        self._offer = _missing(self._words, caption, language)
        self.setText(_("Taken: {place} – insert").format(place=isolated(self._offer)))
        self.setAccessibleName(_("Insert {place} into the caption").format(place=self._offer))
        says_so = _("{place}. The picture’s file says so; make sure that it is right")
        self.setToolTip(plain_tip(says_so.format(place=isolated(self._offer))))
        self.setVisible(bool(self._offer))

    def minimumSizeHint(self) -> QSize:
        return QSize(_NARROWEST, super().minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        around = self.sizeHint() - self.fontMetrics().size(0, self.text())
        room = QRect(0, 0, width - around.width(), _TALLEST)
        return self._text_in(room).height() + around.height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words on as many lines as they need."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        around = self.sizeHint() - self.fontMetrics().size(0, self.text())
        room = self.rect().adjusted(around.width() // 2, 0, -around.width() // 2, 0)
        is_hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setPen(color("ink" if is_hovered else "mute" if self.isEnabled() else "edge"))
        side = QStyle.visualAlignment(self.layoutDirection(), _ALIGNMENT)
        painter.drawText(room, int(side | Qt.TextFlag.TextWordWrap), self.text())

    def _text_in(self, room: QRect) -> QRect:
        return self.fontMetrics().boundingRect(room, int(Qt.TextFlag.TextWordWrap), self.text())


def with_taken(caption: str, offer: str) -> str:
    """Return a caption with where and when at its end, as a sentence of its own."""
    return f"{caption.rstrip()} {offer}.".lstrip()


def _missing(words: FileWords, caption: str, language: str) -> str:
    day = ""
    if words.taken:
        from editor.proof.words import words as words_of  # noqa: PLC0415  Babel is large

        day = words_of(language or "en").day(parse_instant(f"{words.taken}T12:00:00Z"))
    city = words.place.partition(",")[0]
    place = "" if city and city.casefold() in caption.casefold() else words.place
    # Whoever wrote a day in any way has the year or the day's number in the caption.
    has_day = not day or day in caption or (not place and words.taken[:4] in caption)
    return ", ".join(filter(None, (place, "" if has_day else day)))
