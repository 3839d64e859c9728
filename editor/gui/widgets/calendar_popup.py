"""A month to choose a day from, with its time, beside a field."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, time

from PySide6.QtCore import QDate, QPoint, Qt, QTime, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QTimeEdit, QToolButton, QWidget

from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.i18n import _


class CalendarPopup(QFrame):
    """Opens below its field. A day is chosen by click or Enter; Escape changes nothing."""

    picked = Signal(datetime)
    """The chosen day at the time shown, as a datetime without a zone."""

    def __init__(self, local: datetime | None, usual_time: time, parent: QWidget) -> None:
        """`local` is the present value in this computer's zone, None for none."""
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("kind", "palette")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        at = local.time() if local else usual_time
        self.time = QTimeEdit(QTime(at.hour, at.minute))
        # Qt writes a format backwards where the window runs from right to left: 02:14 for 14:02.
        self.time.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.time.setDisplayFormat("HH:mm")
        self.time.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.time.setAccessibleName(_("Time"))
        self.calendar = QCalendarWidget()
        self.calendar.setAccessibleName(_("Day"))
        self.calendar.setGridVisible(False)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        for weekend in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):  # Qt's red means an error here
            self.calendar.setWeekdayTextFormat(weekend, QTextCharFormat())
        self._paint_arrows_in_look()
        if local:
            self.calendar.setSelectedDate(QDate(local.year, local.month, local.day))
        self.calendar.clicked.connect(self._pick)
        self.calendar.activated.connect(self._pick)
        self._choices = FlowRow()
        self._choices.hide()
        time_row = row(label(_("Time"), "label", buddy=self.time), self.time, STRETCH, spacing=8)
        column(self._choices, time_row, self.calendar, inside=self, spacing=8, margins=10)

    def add_choice(self, text: str, on_click: Callable[[], object]) -> None:
        """Offer a value by name, above the calendar."""

        def choose() -> None:
            self.close()
            on_click()

        self._choices.add(button(text, choose))
        self._choices.show()

    def show_at(self, corner: QPoint) -> None:
        """Open with its top at a point of the screen, or wherever there is room for all of it."""
        self.adjustSize()
        room = self.screen().availableGeometry()
        x = max(room.left(), min(corner.x(), room.right() - self.width()))
        y = max(room.top(), min(corner.y(), room.bottom() - self.height()))
        self.move(x, y)
        self.show()
        self.calendar.setFocus()

    def _paint_arrows_in_look(self) -> None:
        """Replace Qt's arrows, which are black also in dark mode."""
        for name, arrow in (
            ("qt_calendar_prevmonth", Qt.ArrowType.LeftArrow),
            ("qt_calendar_nextmonth", Qt.ArrowType.RightArrow),
        ):
            if step := self.calendar.findChild(QToolButton, name):
                step.setArrowType(arrow)

    def _pick(self, day: QDate) -> None:
        at = self.time.time()
        shown = datetime(day.year(), day.month(), day.day(), at.hour(), at.minute())
        self.close()
        self.picked.emit(shown)
