"""The application object: it hears what the system asks to open."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.gui.window.application import LINK_SCHEME, DesktopApplication
from editor.story_link import SCHEME


def test_files_that_the_system_asks_for_wait_until_they_are_taken(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    assert isinstance(qapp, DesktopApplication)
    desk, picture = tmp_path / "Our paper.desk", tmp_path / "قارب.jpg"
    with qtbot.waitSignal(qapp.open_asked):
        assert QApplication.sendEvent(qapp, QFileOpenEvent(str(desk)))
    assert QApplication.sendEvent(qapp, QFileOpenEvent(QUrl.fromLocalFile(str(picture))))
    assert qapp.take_asked() == [desk, picture]
    assert qapp.take_asked() == []


def test_link_that_is_no_file_opens_nothing(qapp: DesktopApplication, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(qapp.open_asked):
        assert QApplication.sendEvent(qapp, QFileOpenEvent(QUrl("https://example.org/a.jpg")))
    assert qapp.take_asked() == []


def test_link_to_a_story_is_for_the_program_and_waits_as_files_do(
    qapp: DesktopApplication, qtbot: QtBot
) -> None:
    link = f"{SCHEME}://story/{'0' * 32}/{'1' * 32}"
    with qtbot.waitSignal(qapp.open_asked):
        assert QApplication.sendEvent(qapp, QFileOpenEvent(QUrl(link)))
    assert qapp.take_asked() == []
    assert (qapp.take_link(), qapp.take_link()) == (link, "")
    assert LINK_SCHEME == SCHEME
