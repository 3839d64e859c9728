"""The small widgets: labels, chips, segments, buttons."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QMargins, Qt
from PySide6.QtGui import QAction, QImage, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from editor.errors import BadValue
from editor.gui.theme import apply_theme, color
from editor.gui.widgets.action_button import ActionButton
from editor.gui.widgets.ago import since
from editor.gui.widgets.chip import Chip
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.label_row import LabelRow
from editor.gui.widgets.layout import STRETCH, column, label, lay_out_now, row
from editor.gui.widgets.segments import ROOMS, ChoiceRoom, Segments
from editor.i18n import use_language
from tests.catalogues import compile_catalogues

NOW = datetime(2026, 3, 3, 14, 0, tzinfo=UTC)


def test_what_is_no_instant_is_refused() -> None:
    with pytest.raises(BadValue):
        since("yesterday", NOW)


@pytest.mark.parametrize(
    ("instant", "words"),
    [
        ("2026-03-03T15:00:00Z", "a moment"),
        ("2026-03-03T13:59:01Z", "a moment"),
        ("2026-03-03T13:46:00Z", "14 min"),
        ("2026-03-03T13:00:01Z", "59 min"),
        ("2026-03-03T11:00:00Z", "3 h"),
        ("2026-03-02T14:00:00Z", "1 day"),
        ("2026-02-28T14:00:00Z", "3 days"),
    ],
)
def test_how_long_ago(instant: str, words: str) -> None:
    assert since(instant, NOW) == words


def test_a_label_names_its_field(qtbot: QtBot) -> None:
    field = QLineEdit()
    row = LabelRow("&Headline", field)
    qtbot.addWidget(row)
    assert field.accessibleName() == "Headline"
    row.set_count("91 of 90", over=True)
    assert row.count() == "91 of 90"


def test_a_long_label_gives_way_and_tells_on_request(qtbot: QtBot) -> None:
    label = ElidedLabel("Norland orders two electric ferries\nafter a year of talks")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.minimumSizeHint().width() < 60
    assert label.toolTip() == "Norland orders two electric ferries after a year of talks"
    label.resize(900, 20)
    assert label.toolTip() == ""


def test_a_chip_says_its_word_aloud(qtbot: QtBot) -> None:
    chip = Chip()
    qtbot.addWidget(chip)
    chip.show_state("In review", "info")
    assert chip.accessibleName() == chip.text() == "In review"
    wide = chip.sizeHint().width()
    chip.show_state("In review")
    assert chip.sizeHint().width() < wide, "no dot takes no room"


def test_a_chip_grows_with_the_letters(qtbot: QtBot, qapp: QApplication) -> None:
    window, chip = QWidget(), Chip("Draft", "warn")
    row(chip, STRETCH, inside=window)
    qtbot.addWidget(window)
    window.show()
    before = chip.height()
    apply_theme(qapp, "light", 9.75)
    qtbot.waitUntil(lambda: chip.height() > before * 1.5)


def test_segments_that_have_no_room_go_on_in_the_next_line(qtbot: QtBot) -> None:
    window, segments = QWidget(), Segments()
    for name in ("preview", "checks", "history", "notes"):
        segments.add_choice(name, name.title())
    column(row(segments, STRETCH), STRETCH, inside=window)
    qtbot.addWidget(window)
    window.show()
    buttons = segments.findChildren(QAbstractButton)
    window.resize(600, 200)
    QApplication.processEvents()
    one_line = segments.height()
    assert {button.y() for button in buttons} == {0}
    window.resize(150, 200)
    QApplication.processEvents()
    assert segments.height() > one_line
    assert all(button.width() >= button.sizeHint().width() for button in buttons)
    assert segments.height() > max(button.y() for button in buttons)


def test_segments_are_chosen_by_arrow_keys(qtbot: QtBot) -> None:
    segments = Segments()
    qtbot.addWidget(segments)
    for name in ("preview", "checks", "history"):
        segments.add_choice(name, name.title())
    segments.show()
    segments.activateWindow()
    qtbot.waitUntil(segments.isActiveWindow)
    chosen: list[str] = []
    segments.chosen.connect(chosen.append)
    first = segments.nextInFocusChain()
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert segments.current() == "checks"
    assert chosen == ["checks"]
    segments.choose("no such")
    assert segments.current() == "checks"


def test_a_badge_on_a_segment_is_said_and_gets_room(qtbot: QtBot) -> None:
    segments = Segments()
    qtbot.addWidget(segments)
    segments.add_choice("checks", "Checks")
    before = segments.sizeHint().width()
    segments.set_badge("checks", 2)
    assert segments.sizeHint().width() > before
    assert segments.nextInFocusChain().accessibleName() == "Checks, 2 to look at"


def test_a_button_is_its_action(qtbot: QtBot) -> None:
    action = QAction("&Submit for approval")
    action.setShortcut(QKeySequence("Ctrl+Return"))
    done: list[int] = []
    action.triggered.connect(lambda: done.append(1))
    button = ActionButton(action, "primary")
    qtbot.addWidget(button)
    button.click()
    assert done == [1]
    assert button.toolTip().startswith("Submit for approval (")
    action.setText("A&pprove this version")
    assert button.text() == button.accessibleName() == "Approve this version"
    action.setEnabled(False)
    button.click()
    assert done == [1]
    action.setVisible(False)
    assert button.isHidden()


def test_margins_are_mirrored_with_the_interface(qapp: QApplication) -> None:
    assert column(margins=(26, 1, 4, 2)).contentsMargins() == QMargins(26, 1, 4, 2)
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert column(margins=(26, 1, 4, 2)).contentsMargins() == QMargins(4, 1, 26, 2)
        assert column(margins=(12, 8)).contentsMargins() == QMargins(12, 8, 12, 8)
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_tabs_have_room_for_a_badge_that_came_while_they_were_hidden(qtbot: QtBot) -> None:
    window, page, tabs = QWidget(), QWidget(), Segments()
    for name in ("checks", "history", "notes"):
        tabs.add_choice(name, name.title())
    column(tabs, STRETCH, inside=page)
    column(page, inside=window)
    qtbot.addWidget(window)
    window.resize(tabs.sizeHint().width(), 200)
    window.show()
    assert tabs.height() == tabs.heightForWidth(tabs.width())
    one_line = tabs.height()
    page.hide()
    tabs.set_badge("notes", 12)
    page.show()
    lay_out_now()
    assert tabs.height() == tabs.heightForWidth(tabs.width()) > one_line


def test_names_in_latin_letters_are_at_the_right_in_arabic(qapp: QApplication) -> None:
    """As all else is: Qt takes the side from the letters."""
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        made = label("Stonehand 0.1.0")
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    made.resize(300, 20)
    shown = made.grab().toImage()
    empty = shown.pixelColor(0, 0)
    inked = [
        x
        for x in range(shown.width())
        if any(shown.pixelColor(x, y) != empty for y in range(shown.height()))
    ]
    assert min(inked) > shown.width() / 3


def test_badge_has_the_digits_of_the_language(qapp: QApplication) -> None:
    tabs = Segments()
    tabs.add_choice("checks", "Checks")
    pictures = []
    for language in ("en", "ar-EG"):
        compile_catalogues()
        use_language(language)
        try:
            tabs.set_badge("checks", 7)
            pictures.append(tabs.grab().toImage())
        finally:
            use_language("en")
    assert pictures[0] != pictures[1]


@pytest.mark.parametrize("room", ROOMS)
def test_badge_is_clear_of_its_title_however_little_room_there_is(
    qapp: QApplication, room: ChoiceRoom
) -> None:
    tabs = Segments()
    tabs.add_choice("checks", "Checks")
    tabs.set_room(room)
    tabs.set_badge("checks", 3)
    [button] = tabs.findChildren(QAbstractButton)
    button.resize(button.sizeHint())
    shown = button.grab().toImage()
    middle = shown.height() // 2
    badge = next(x for x in range(shown.width() // 2, shown.width()) if is_badge(shown, x, middle))
    before = [
        shown.pixelColor(badge - step, y) for step in (2, 3) for y in range(4, shown.height() - 4)
    ]
    assert len({pixel.name() for pixel in before}) == 1, "nothing but the ground"


def is_badge(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y) == color("warn_fill")
