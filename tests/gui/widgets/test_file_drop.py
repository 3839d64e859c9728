"""Files that are held over a part of the window: it says what a drop does, and does it."""

from __future__ import annotations

import socket
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.theme import color
from editor.gui.widgets.file_drop import FileDrop, dropped_files

_AT = QPoint(50, 50)


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def hold(over: QWidget, data: QMimeData) -> bool:
    """Bring something over a widget; return whether a drop is possible there."""
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    event = QDragEnterEvent(_AT, *held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(over, event)
    return event.isAccepted()


def drop(over: QWidget, data: QMimeData) -> None:
    held = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    QApplication.sendEvent(over, QDropEvent(QPointF(_AT), *held, Qt.KeyboardModifier.NoModifier))


@pytest.fixture
def area(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    return made


def make(area: QWidget) -> tuple[FileDrop, list[Path]]:
    taken: list[Path] = []
    says = lambda data: "Drop to read" if dropped_files(data) else ""  # noqa: E731
    return FileDrop(area, says, lambda data: taken.extend(dropped_files(data))), taken


def test_area_is_framed_and_says_what_a_drop_does(area: QWidget, tmp_path: Path) -> None:
    found, taken = make(area)
    data = files(tmp_path / "a.txt")
    assert hold(area, data)
    assert found.sentence == "Drop to read"
    shown = area.grab().toImage()
    edge = {shown.pixelColor(1, y).name() for y in range(20, 180)}
    assert color("accent").name() in edge
    move = QDragMoveEvent(
        _AT,
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(area, move)
    assert move.isAccepted()
    drop(area, data)
    assert taken == [tmp_path / "a.txt"]
    assert found.sentence == ""


def test_frame_goes_with_what_is_held(area: QWidget, tmp_path: Path) -> None:
    found, taken = make(area)
    assert hold(area, files(tmp_path / "a.txt"))
    QApplication.sendEvent(area, QDragLeaveEvent())
    assert found.sentence == ""
    assert taken == []


def test_what_is_of_no_use_is_not_taken(area: QWidget) -> None:
    found, taken = make(area)
    data = QMimeData()
    data.setText("Words")
    assert not hold(area, data)
    assert found.sentence == ""
    drop(area, data)
    assert taken == []


@pytest.mark.skipif(sys.platform == "win32", reason="there such an address is of a shared folder")
def test_file_is_known_by_whatever_name_a_program_gives_this_computer(tmp_path: Path) -> None:
    file = tmp_path / "غرفة الأخبار.txt"
    path = file.as_uri().removeprefix("file://")
    hosts = ("", "localhost", socket.gethostname(), "files.example")
    data = QMimeData()
    data.setUrls([QUrl(f"file://{host}{path}") for host in hosts])
    assert dropped_files(data) == [file, file, file, Path(f"//files.example{file}")]
