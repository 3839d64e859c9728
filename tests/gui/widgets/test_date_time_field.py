"""The date-and-time field: what is typed, what the calendar gives, and its time zone."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QDate, QLocale, Qt, QTime
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from editor.core import times
from editor.core.times import in_zone, parse_instant
from editor.core.zones import short_name
from editor.errors import BadValue
from editor.gui.interface_language import apply_language
from editor.gui.widgets.calendar_popup import CalendarPopup
from editor.gui.widgets.date_time_field import (
    DateTimeField,
    end_of_day,
    read_instant,
    text_of,
)

FUTURE = "2999-01-02T03:04:00Z"


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer in Berlin, whose offset changes in summer."""
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A computer in New York, whose clock goes forward on 14 March 2027."""
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def field(berlin: None, qtbot: QtBot) -> DateTimeField:
    field = DateTimeField(
        "Expires",
        placeholder="Never",
        choices=[("Never", None), ("Tonight", 0)],
        past_warning="This time is over.",
    )
    qtbot.addWidget(field)
    field.show()
    field.activateWindow()
    qtbot.waitUntil(field.isActiveWindow)
    return field


def type_text(field: DateTimeField, text: str) -> None:
    field.edit.selectAll()
    field.edit.insertPlainText(text)


def open_calendar(field: DateTimeField) -> CalendarPopup:
    field.open_calendar.click()
    return field.findChildren(CalendarPopup)[-1]


def test_time_beside_the_calendar_reads_the_same_from_right_to_left(
    qapp: QApplication, field: DateTimeField
) -> None:
    apply_language(qapp, "ar")
    try:
        field.show_instant("2999-01-02T14:02:00Z")
        popup = open_calendar(field)
        hour, minute = field.edit.text().split()[1].split(":")
        assert popup.time.text() == f"{hour}:{minute}"
        assert popup.calendar.locale().language() is QLocale.Language.Arabic
        popup.close()
    finally:
        apply_language(qapp, "en")


def test_digits_of_an_arabic_keyboard_are_read() -> None:
    assert read_instant("٢٩٩٩-٠١-٠٢ ٠٤:٠٤") == read_instant("2999-01-02 04:04")


@pytest.mark.parametrize(
    "text", ["2 January 2999 04:04", "2.1.2999, 04:04", "Jan. 2, 2999, 04:04", "٢ Jan ٢٩٩٩ 04:04"]
)
def test_day_may_be_written_as_people_do(text: str) -> None:
    assert read_instant(text) == read_instant("2999-01-02 04:04")
    assert read_instant("2 January 2999") == read_instant("2999-01-02 00:00")


def test_day_that_may_be_two_is_refused(field: DateTimeField) -> None:
    type_text(field, "2/1/2999 04:04")
    assert "may be Jan 2 or Feb 1" in field.problem().replace("January", "Jan")


@pytest.mark.parametrize("text", ["soon", "2026-13-01", "99999-01-01", "0099-01-01", "\u0660"])
def test_bad_text_keeps_the_last_good_value(field: DateTimeField, text: str) -> None:
    chosen: list[str] = []
    field.chosen.connect(chosen.append)
    field.show_instant(FUTURE)
    type_text(field, text)
    assert field.problem() == f"“{text}” is not a date and time. Write it like 2026-03-03 18:00."
    assert field.edit.accessibleDescription() == field.problem()
    field.show_instant(FUTURE)
    assert field.edit.text() == text, "what is being typed is left alone"
    assert chosen == []
    field.reset(FUTURE)
    assert (field.edit.text(), field.problem()) == ("2999-01-02 04:04", "")


def test_text_is_local_time_and_the_value_is_utc(field: DateTimeField) -> None:
    chosen: list[str] = []
    field.chosen.connect(chosen.append)
    type_text(field, "2999-07-01 10:00")
    type_text(field, "2999-07-01T10:00+05:00")
    type_text(field, "")
    assert chosen == ["2999-07-01T08:00:00Z", "2999-07-01T05:00:00Z", ""]
    assert field.problem() == ""


def test_zone_follows_the_season(field: DateTimeField) -> None:
    field.show_instant("2026-01-01T00:00:00Z")
    assert field.zone.text() == "CET"
    field.show_instant("2026-07-01T00:00:00Z")
    assert field.zone.text() == "CEST"


@pytest.mark.parametrize(("zone", "name"), [("Asia/Dubai", "UTC+04:00"), ("UTC", "UTC")])
def test_zone_without_a_short_name_is_its_offset(
    monkeypatch: pytest.MonkeyPatch, zone: str, name: str
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("TZ", zone)
        time.tzset()
        assert short_name(in_zone(datetime(2026, 3, 3, tzinfo=UTC))) == name
    time.tzset()


def test_value_that_is_over_is_shown_with_a_warning(field: DateTimeField) -> None:
    type_text(field, "2020-01-01 10:00")
    assert field.problem() == "This time is over."
    type_text(field, "2999-01-01")
    assert field.problem() == ""


def test_leaving_the_field_writes_the_value_in_its_usual_form(field: DateTimeField) -> None:
    type_text(field, "2999-01-01T10")
    QApplication.sendEvent(field.edit, QFocusEvent(QFocusEvent.Type.FocusOut))
    assert field.edit.text() == "2999-01-01 10:00"
    type_text(field, "soon")
    QApplication.sendEvent(field.edit, QFocusEvent(QFocusEvent.Type.FocusOut))
    assert field.edit.text() == "soon"


def test_undo_first_removes_text_that_is_no_date(field: DateTimeField) -> None:
    asked: list[None] = []
    field.undo_asked.connect(lambda: asked.append(None))
    field.show_instant(FUTURE)
    type_text(field, "soon")
    field.edit.undo_asked.emit()
    assert (field.edit.text(), asked) == ("2999-01-02 04:04", [])
    field.edit.undo_asked.emit()
    assert asked == [None]


def test_calendar_gives_a_day_at_the_time_shown(field: DateTimeField) -> None:
    chosen: list[str] = []
    field.chosen.connect(chosen.append)
    popup = open_calendar(field)
    assert popup.time.time() == QTime(6, 0)
    popup.calendar.activated.emit(QDate(2999, 3, 3))
    popup = open_calendar(field)
    assert popup.calendar.selectedDate() == QDate(2999, 3, 3)
    popup.time.setTime(QTime(18, 30))
    popup.calendar.clicked.emit(QDate(2999, 3, 4))
    assert chosen == ["2999-03-03T05:00:00Z", "2999-03-04T17:30:00Z"]
    assert field.edit.text() == "2999-03-04 18:30"
    assert not popup.isVisible()


def test_escape_closes_the_calendar_and_changes_nothing(field: DateTimeField, qtbot: QtBot) -> None:
    field.show_instant(FUTURE)
    popup = open_calendar(field)
    qtbot.keyClick(popup.calendar, Qt.Key.Key_Escape)
    assert not popup.isVisible()
    assert field.edit.text() == "2999-01-02 04:04"


def test_quick_choices_are_offered_above_the_calendar(field: DateTimeField) -> None:
    chosen: list[str] = []
    field.chosen.connect(chosen.append)
    for name in ("Tonight", "Never"):
        popup = open_calendar(field)
        buttons = {button.text(): button for button in popup.findChildren(QPushButton)}
        buttons[name].click()
        assert not popup.isVisible()
    assert chosen == [end_of_day(times.now(), 0), ""]


def test_field_deleted_with_its_calendar_open(qtbot: QtBot) -> None:
    field = DateTimeField("Embargo until")
    field.show()
    popup = open_calendar(field)
    with qtbot.waitSignal(popup.destroyed):
        field.deleteLater()


def test_every_control_has_a_name(field: DateTimeField) -> None:
    assert field.edit.accessibleName() == "Expires"
    assert field.open_calendar.accessibleName() == "Choose a date: Expires"
    popup = open_calendar(field)
    assert popup.calendar.accessibleName() == "Day"
    assert popup.time.accessibleName() == "Time"
    field.set_read_only(True)
    assert field.edit.isReadOnly()
    assert not field.open_calendar.isEnabled()


def test_tonight_is_the_last_minute_of_the_day(berlin: None) -> None:
    now = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)  # summer time begins in the night after
    for days in (0, 1, 7):
        until = parse_instant(end_of_day(now, days)).astimezone()
        assert (until.hour, until.minute) == (23, 59)
        assert (until.date() - now.astimezone().date()).days == days
    assert end_of_day(now, None) == ""


def test_instants_are_read_and_written(berlin: None) -> None:
    assert read_instant(" 2026-03-03 18:00 ") == ("2026-03-03T17:00:00Z", "")
    assert text_of("2026-03-03T17:00:00Z") == "2026-03-03 18:00"
    assert read_instant("  ").value == text_of("") == ""
    with pytest.raises(BadValue):
        read_instant("tomorrow")


@pytest.mark.parametrize(
    ("typed", "value", "remark"),
    [
        ("2027-03-14 02:30", "2027-03-14T07:30:00Z", "there is no 02:30, so 03:30 EDT is meant."),
        ("2027-11-07 01:30", "2027-11-07T06:30:00Z", "01:30 comes twice, and the later one, EST"),
    ],
)
def test_embargo_is_never_earlier_than_meant(
    new_york: None, qtbot: QtBot, typed: str, value: str, remark: str
) -> None:
    field = DateTimeField("Embargo")
    qtbot.addWidget(field)
    chosen: list[str] = []
    field.chosen.connect(chosen.append)
    type_text(field, typed)
    assert chosen == [value]
    assert remark in field.problem()
    assert remark in field.edit.accessibleDescription()
    popup = open_calendar(field)
    day = datetime.fromisoformat(typed)
    popup.time.setTime(QTime(day.hour, day.minute))
    popup.calendar.clicked.emit(QDate(day.year, day.month, day.day))
    assert remark in field.problem(), "chosen from the calendar it means the same"
    type_text(field, "2027-03-15 02:30")
    assert field.problem() == ""


@pytest.mark.parametrize("value", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_first_and_last_instant_are_shown(new_york: None, qtbot: QtBot, value: str) -> None:
    field = DateTimeField("Expires")
    qtbot.addWidget(field)
    field.show_instant(value)
    assert field.edit.text()[:4] == value[:4] or field.edit.text().startswith("9999")
    open_calendar(field).close()


def test_last_minute_of_the_calendar_is_refused_where_it_is_none(new_york: None) -> None:
    assert read_instant("9999-12-30 18:59").value == "9999-12-30T23:59:00Z"
    for text in ("9999-12-31 23:59", "9999-12-31T23:59-14:00", "0001-01-01 00:00"):
        with pytest.raises(BadValue, match="not a date and time"):
            read_instant(text)


@pytest.mark.parametrize(("width", "has_zone"), [(150, False), (260, True)])
def test_date_is_in_one_line_and_gives_up_its_zone_first(
    qtbot: QtBot, width: int, has_zone: bool
) -> None:
    field = DateTimeField("Embargo")
    qtbot.addWidget(field)
    field.resize(width, 40)
    field.show_instant("2026-12-01T06:00:00Z")
    field.show()
    QApplication.processEvents()
    assert field.edit.document().firstBlock().layout().lineCount() == 1
    assert field.zone.isVisible() == has_zone
