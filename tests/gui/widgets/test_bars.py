"""What is said inline: problems, what was just done, what belongs in an empty place."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from editor.errors import DiskFull
from editor.gui.widgets.empty import EmptyState
from editor.gui.widgets.inset import Inset
from editor.gui.widgets.layout import lay_out_now
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.toast import SHOWN_MS, Toast


def buttons(widget: QWidget) -> list[str]:
    return [each.text() for each in widget.findChildren(QPushButton) if not each.isHidden()]


def test_markup_in_a_problem_is_shown_as_text(qtbot: QtBot) -> None:
    bar = ProblemBar()
    qtbot.addWidget(bar)
    bar.show_text("<b>bold</b><img src=x>", "<script>")
    assert bar.text() == "<b>bold</b><img src=x>"
    assert bar.accessibleName() == "<b>bold</b><img src=x> <script>"


def test_a_problem_goes_when_something_is_done_about_it(qtbot: QtBot) -> None:
    bar = ProblemBar()
    qtbot.addWidget(bar)
    done: list[str] = []
    bar.show_error(DiskFull("The disk is full.", "Make room."), ("Again", lambda: done.append("a")))
    assert sorted(buttons(bar)) == ["Again", "×"]
    next(each for each in bar.findChildren(QPushButton) if each.text() == "Again").click()
    assert done == ["a"]
    assert bar.text() == ""


def test_what_a_button_shows_again_is_not_cleared_by_it(qtbot: QtBot) -> None:
    bar = ProblemBar()
    qtbot.addWidget(bar)
    bar.show_text("First.", "", ("Try again", lambda: bar.show_text("Still wrong.")))
    next(each for each in bar.findChildren(QPushButton) if each.text() == "Try again").click()
    assert bar.text() == "Still wrong."
    assert buttons(bar) == ["×"]


def test_whoever_dismisses_a_bar_writes_on_where_they_wrote(qtbot: QtBot) -> None:
    page = QWidget()
    bar, first, written = ProblemBar(), QLineEdit(), QLineEdit()
    layout = QVBoxLayout(page)
    for part in (bar, first, written):
        layout.addWidget(part)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    for text in ("×", "Show the saved version"):
        written.setFocus()
        bar.show_text("Your unsaved text is back.", "", ("Show the saved version", lambda: None))
        pressed = next(each for each in bar.findChildren(QPushButton) if each.text() == text)
        pressed.setFocus()
        pressed.click()
        assert written.hasFocus(), text


def test_sentence_has_the_width_of_the_bar_with_and_without_buttons(qtbot: QtBot) -> None:
    for actions in ((), (("Undo", lambda: None),)):
        bar = ProblemBar()
        qtbot.addWidget(bar)
        bar.resize(400, 120)
        bar.show_text("2 of 5 files could not be added.", "notes.txt " + "x" * 400, *actions)
        lay_out_now()
        texts = [text for text in bar.findChildren(QLabel) if text.text()]
        assert len(texts) == 2
        assert all(text.width() > 300 for text in texts)
        assert bar.minimumSizeHint().width() < 400


def test_a_hidden_bar_takes_no_room(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    bar = ProblemBar()
    inset = Inset(bar)
    column = QVBoxLayout(window)
    column.addWidget(inset)
    column.addStretch(1)
    window.show()
    assert not inset.isVisible()
    bar.show_text("Something.")
    assert inset.isVisible()
    bar.clear()
    assert not inset.isVisible()


def test_undo_is_offered_once(qtbot: QtBot) -> None:
    toast = Toast()
    qtbot.addWidget(toast)
    undone: list[int] = []
    toast.show_text("Spiked “Ferry”.", lambda: undone.append(1))
    assert buttons(toast) == ["Undo"]
    toast.undo()
    toast.undo()
    assert undone == [1]
    assert toast.text() == ""
    toast.show_text("Submitted “Ferry”.")
    assert buttons(toast) == []


def test_undo_may_say_something_itself(qtbot: QtBot) -> None:
    toast = Toast()
    qtbot.addWidget(toast)
    toast.show_text("Spiked.", lambda: toast.show_text("Taken back."))
    toast.undo()
    assert toast.text() == "Taken back."


def test_it_stays_long_enough_to_be_read() -> None:
    assert SHOWN_MS >= 7_000


def test_it_stays_while_the_focus_is_on_it(qtbot: QtBot) -> None:
    toast = Toast()
    qtbot.addWidget(toast)
    toast.show_text("Spiked “Ferry”.", lambda: None)
    toast.activateWindow()
    qtbot.waitUntil(toast.isActiveWindow)
    [undo] = toast.findChildren(QPushButton)
    undo.setFocus()
    [timer] = toast.findChildren(QTimer)
    timer.timeout.emit()
    assert toast.text() == "Spiked “Ferry”."
    undo.clearFocus()
    toast.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
    timer.timeout.emit()
    assert toast.text() == ""


def test_an_empty_place_offers_its_actions(qtbot: QtBot) -> None:
    empty = EmptyState()
    qtbot.addWidget(empty)
    done: list[str] = []
    first, second = QAction("&New story", empty), QAction("Import files…", empty)
    first.triggered.connect(lambda: done.append("new"))
    empty.show_text("Nothing here", "Begin one.", [first, second])
    assert buttons(empty) == ["New story", "Import files…"]
    empty.findChildren(QPushButton)[0].click()
    assert done == ["new"]
    empty.show_text("Nothing at all", "", [])
    assert buttons(empty) == []
