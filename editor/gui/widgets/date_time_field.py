"""A date and time: typed as people write it, or chosen from a calendar."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from typing import NamedTuple, TypeAlias

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from editor.core import times
from editor.core.times import in_zone, instant_text, minute_text, parse_instant, read_clock
from editor.core.typed_days import ascii_digits, possible_days, read_day
from editor.core.zones import short_name
from editor.errors import BadValue
from editor.gui.theme import set_look
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.late_label import LateLabel
from editor.gui.widgets.layout import column, frame, label, row
from editor.gui.widgets.text_field import TextField
from editor.i18n import _, language_in_use

EXAMPLE = "2026-03-03 18:00"
_CLOCK = re.compile(r"[\sT,،]+(\d\d:\d\d.*)$")
_AROUND = 40
"""Pixels of a field beside its text and its zone: the button of the calendar, and margins."""
_FIRST_YEAR = 1000
"""An earlier one is a slip of the finger."""

QuickChoice: TypeAlias = tuple[str, int | None]
"""What a choice is called, and in how many days the day is whose end it means; None for no date."""


class DateTimeField(QWidget):
    """Text in this computer's time zone, its zone, a calendar, and what is wrong with the text.

    Text that can't be read stays, with a sentence below it, and the field keeps
    its last good value. A time that the clock leaps over or shows twice means the
    later one, and a sentence says so. `usual_time` is what a day of the calendar gets where no
    time was typed; `past_warning` is shown for a value that is over.
    """

    chosen = Signal(str)
    """The new value: an RFC 3339 instant in UTC, or empty for none."""
    misread = Signal(str)
    """The text, each time it changes and can't be read; empty once it can."""
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(
        self,
        title: str,
        *,
        placeholder: str = EXAMPLE,
        choices: Sequence[QuickChoice] = (),
        usual_time: time = time(6),
        past_warning: str = "",
    ) -> None:
        super().__init__()
        self._choices, self._usual_time, self._past_warning = choices, usual_time, past_warning
        self._value = self._remark = ""
        self._is_readable = True
        self.edit = TextField(placeholder)
        self.edit.setProperty("kind", "plain")
        self.edit.setAccessibleName(title)
        self.edit.edited.connect(self._read_text)
        self.edit.entered.connect(self.edit.focusNextChild)
        self.edit.undo_asked.connect(self._undo)
        self.edit.redo_asked.connect(self.redo_asked)
        self.edit.installEventFilter(self)
        self.edit.setMinimumWidth(self._text_width())
        self.setFocusProxy(self.edit)
        self.zone = label(kind="hint")
        self.open_calendar = SmallButton()
        self.open_calendar.setProperty("kind", "calendar")
        self.open_calendar.setFixedSize(18, 16)
        self.open_calendar.setArrowType(Qt.ArrowType.DownArrow)
        self.open_calendar.setAccessibleName(_("Choose a date: {title}").format(title=title))
        self.open_calendar.setToolTip(_("Choose from a calendar"))
        self.open_calendar.clicked.connect(self._open_calendar)
        line = row((self.edit, 1), self.zone, self.open_calendar, spacing=2, margins=(9, 4, 4, 4))
        self._frame = frame(line, "field")
        lines = column(self._frame, inside=self)
        self._problem = LateLabel(lines, lines.count(), "warn", wrap=True)
        self._show_text()

    def show_instant(self, value: str) -> None:
        """Show an RFC 3339 instant, or nothing; text that means the same is left alone."""
        if value != self._value:
            self._value = value
            self._show_text()
        elif self._is_readable:
            # A value may be over now that was not when it was shown.
            self._explain()

    def reset(self, value: str) -> None:
        """Show an RFC 3339 instant, or nothing, whatever is typed."""
        self._value = value
        self._show_text()

    def show_typed(self, text: str) -> None:
        """Show a text as a person typed it, and what is wrong with it."""
        self.edit.set_text(text)
        self._read_text()

    @property
    def is_readable(self) -> bool:
        """Whether the text is a date and time, or empty."""
        return self._is_readable

    def problem(self) -> str:
        """Return what is wrong with the text, empty when nothing is."""
        return self._problem.text()

    def set_read_only(self, read_only: bool) -> None:
        """Let the value be changed or not."""
        self.edit.setReadOnly(read_only)
        set_look(self._frame, "readOnly", read_only)
        self.open_calendar.setEnabled(not read_only)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_zone()

    def _fit_zone(self) -> None:
        """Show the zone where there is room for it: a time in two lines is hard to read."""
        needed = self._text_width() + self.zone.sizeHint().width() + _AROUND
        self.zone.setVisible(bool(self._value) and self.width() >= needed)

    def _text_width(self) -> int:
        return self.fontMetrics().horizontalAdvance(EXAMPLE) + 8

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.edit.setMinimumWidth(self._text_width())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Mark the frame of the text that has the focus; write a value in its usual form after."""
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            set_look(self._frame, "focused", event.type() is QEvent.Type.FocusIn)
            if event.type() is QEvent.Type.FocusOut and self._is_readable:
                self.edit.set_text(text_of(self._value))
        return super().eventFilter(watched, event)

    def _read_text(self) -> None:
        try:
            typed = read_instant(self.edit.text())
        except BadValue as error:
            self._is_readable = False
            self._show_problem(f"{error.sentence} {error.hint}", "error")
            self.misread.emit(self.edit.text())
        else:
            self._set_value(typed.value, typed.remark)

    def _set_value(self, value: str, remark: str = "") -> None:
        is_new, self._value, self._remark = value != self._value, value, remark
        was_readable, self._is_readable = self._is_readable, True
        self._explain()
        if not was_readable:
            self.misread.emit("")
        if is_new:
            self.chosen.emit(value)

    def _show_text(self) -> None:
        self._is_readable, self._remark = True, ""
        self.edit.set_text(text_of(self._value))
        self._explain()

    def _explain(self) -> None:
        """Show the zone of the value, and whether it is over."""
        instant = parse_instant(self._value) if self._value else times.now()
        self.zone.setText(short_name(in_zone(instant)))
        self._fit_zone()
        is_past = bool(self._value) and instant <= times.now()
        self._show_problem((self._past_warning if is_past else "") or self._remark, "warn")

    def _show_problem(self, sentence: str, kind: str) -> None:
        self._problem.show_text(sentence, kind)
        self.edit.setAccessibleDescription(sentence)

    def _undo(self) -> None:
        """Undo text that never became a value first, then the last step of whoever owns it."""
        if self._is_readable:
            self.undo_asked.emit()
        else:
            self._show_text()
            self.misread.emit("")

    def _open_calendar(self) -> None:
        from editor.gui.widgets.calendar_popup import CalendarPopup  # noqa: PLC0415 - seldom opened

        local = in_zone(parse_instant(self._value)) if self._value else None
        popup = CalendarPopup(local, self._usual_time, self)
        popup.picked.connect(self._pick)
        for text, days in self._choices:
            popup.add_choice(text, partial(self._choose, end_of_day(times.now(), days)))
        popup.show_at(self.edit.mapToGlobal(QPoint(0, self.edit.height())))

    def _pick(self, shown: datetime) -> None:
        typed = clock_value(shown)
        self._choose(typed.value, typed.remark)

    def _choose(self, value: str, remark: str = "") -> None:
        self.edit.set_text(text_of(value))
        self._set_value(value, remark)
        self.edit.setFocus()


class TypedTime(NamedTuple):
    """An RFC 3339 instant in UTC, empty for none, and what to know of it, mostly nothing."""

    value: str
    remark: str = ""


def end_of_day(now: datetime, days: int | None) -> str:
    """Return the last minute of a day so many days from now, in this computer's zone.

    An RFC 3339 instant in UTC; empty for None.
    """
    if days is None:
        return ""
    day = now.astimezone() + timedelta(days=days)
    # Made naive and local again, so that a change to summer time in between is respected.
    last = day.replace(hour=23, minute=59, second=0, microsecond=0, tzinfo=None)
    return clock_value(last).value


def read_instant(text: str) -> TypedTime:
    """Read what a person wrote; without an offset it is this computer's time.

    Raises BadValue, also for a day that is another one in America.
    """
    text = text.strip()
    if not text:
        return TypedTime("")
    plain, languages = ascii_digits(text), (language_in_use(),)
    found = _CLOCK.search(plain)
    day, clock = (plain[: found.start()], found[1]) if found else (plain, "00:00")
    if possible_days(day, languages):
        plain = f"{read_day(day, languages)} {clock}"
    try:
        typed = datetime.fromisoformat(plain)
        if typed.year < _FIRST_YEAR:
            raise ValueError(typed)
        return clock_value(typed) if typed.tzinfo is None else TypedTime(instant_text(typed))
    except (ValueError, OverflowError, OSError, BadValue):
        raise BadValue(
            _("“{text}” is not a date and time.").format(text=text),
            _("Write it like {example}.").format(example=EXAMPLE),
        ) from None


def clock_value(shown: datetime) -> TypedTime:
    """Return what a time on this computer's clock means, the later one of two."""
    instant, times_shown = read_clock(shown)
    remark = ""
    if times_shown != 1:
        remark = (
            _("The clock goes back then: {time} comes twice, and the later one, {zone}, is meant.")
            if times_shown
            else _("The clock goes forward then: there is no {time}, so {meant} {zone} is meant.")
        )
    local = in_zone(instant)
    time, meant = f"{shown:%H:%M}", f"{local:%H:%M}"
    remark = remark.format(time=time, meant=meant, zone=short_name(local))
    return TypedTime(instant_text(instant), remark)


def text_of(value: str) -> str:
    """Return an instant as it is typed, in this computer's time: `2026-03-03 18:00`."""
    return minute_text(in_zone(parse_instant(value))) if value else ""
