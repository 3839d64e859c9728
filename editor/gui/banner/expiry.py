"""Until when a brief is shown: typed as people write it, or chosen from four."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from editor.core import times
from editor.core.times import instant_text, parse_instant
from editor.errors import BadValue
from editor.gui.theme import set_kind
from editor.gui.widgets.line_field import LineField
from editor.i18n import _


class ExpiryField(QWidget):
    """A date and time in the computer's zone, with its problem beside it.

    `chosen` carries an RFC 3339 instant or nothing; it is not emitted for what
    can't be read, so the brief keeps its last good expiry.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = LineField()
        self.edit.setPlaceholderText(_("Never"))
        self.edit.setAccessibleName(_("Expires"))
        self.edit.setMinimumWidth(self.fontMetrics().horizontalAdvance("2026-03-03 18:00") + 34)
        self._choose = QPushButton(_("Choose"))
        self._choose.setProperty("kind", "quiet")
        self._choose.setAccessibleName(_("Choose an expiry"))
        self._choose.setMenu(self._make_menu())
        self._problem = QLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self.edit, 1)
        row.addWidget(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._problem)
        self.edit.textEdited.connect(self._edited)
        self.edit.editingFinished.connect(self._finished)
        self._value = ""

    def show_expiry(self, value: str) -> None:
        """Show an RFC 3339 instant, or nothing."""
        if value == self._value:
            # Also while something unreadable stands here: it is being typed.
            self._explain(value)
            return
        self._value = value
        self.edit.setText(_written(value))
        self._explain(value)

    def problem(self) -> str:
        """What is wrong with what was typed, or nothing."""
        return "" if self._problem.isHidden() else self._problem.text()

    def _make_menu(self) -> QMenu:
        menu = QMenu(self)
        for label, days in (
            (_("Never"), None),
            (_("Tonight"), 0),
            (_("Tomorrow night"), 1),
            (_("In 1 week"), 7),
        ):
            menu.addAction(label, partial(self._take, days))
        return menu

    def _take(self, days: int | None) -> None:
        value = "" if days is None else night(times.now(), days)
        self.edit.setText(_written(value))
        self._edited()
        self.edit.setFocus()

    def _edited(self) -> None:
        value = _read(self.edit.text())
        if value is None:
            self._say(_("Write it like 2026-03-03 18:00."), "error")
            return
        self._explain(value)
        if value != self._value:
            self._value = value
            self.chosen.emit(value)

    def _finished(self) -> None:
        if _read(self.edit.text()) is not None:
            self.edit.setText(_written(self._value))

    def _explain(self, value: str) -> None:
        if value and parse_instant(value) <= times.now():
            self._say(_("This time is over: readers no longer see the brief."), "warn")
        elif not self._value or _read(self.edit.text()) is not None:
            self._problem.hide()

    def _say(self, words: str, kind: str) -> None:
        self._problem.setText(words)
        set_kind(self._problem, kind)
        self.edit.setAccessibleDescription(words)
        self._problem.show()


def night(now: datetime, days: int) -> str:
    """The last minute of a day so many days from now, in the computer's zone."""
    local = now.astimezone() + timedelta(days=days)
    # Made naive and local again, so that a change to summer time in between is respected.
    last = local.replace(hour=23, minute=59, second=0, microsecond=0, tzinfo=None)
    return instant_text(last.astimezone())


def _read(text: str) -> str | None:
    """The instant that a text means, empty for none; None when it can't be read."""
    text = text.strip()
    if not text:
        return ""
    try:
        written = datetime.fromisoformat(text)
        return instant_text(parse_instant(written.astimezone().isoformat()))
    except (ValueError, OverflowError, OSError, BadValue):
        return None


def _written(value: str) -> str:
    return parse_instant(value).astimezone().strftime("%Y-%m-%d %H:%M") if value else ""
