"""What another program opens, and what a person is told if none does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.outside import open_address, open_file


@pytest.fixture
def over(qtbot: QtBot) -> Iterator[QWidget]:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    yield QWidget(window)
    for dialog in window.findChildren(Dialog):
        dialog.reject()


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[QUrl]:
    """What a system was asked to open that has no program for anything."""
    urls: list[QUrl] = []

    def refuse(url: QUrl) -> bool:
        urls.append(url)
        return False

    monkeypatch.setattr(QDesktopServices, "openUrl", refuse)
    return urls


def shown(over: QWidget) -> tuple[str, str]:
    """Return what is said and the place that is to be copied, and copy it."""
    [dialog] = over.window().findChildren(Dialog)
    said = " ".join(text.text() for text in dialog.findChildren(QLabel) if text.isVisible())
    [place] = dialog.findChildren(QLineEdit)
    assert place.isReadOnly()
    [copy] = (found for found in dialog.findChildren(QPushButton) if found.isDefault())
    copy.click()
    assert QApplication.clipboard().text() == place.text()
    assert not dialog.isVisible()
    return said, place.text()


def test_path_that_nothing_opens_is_there_to_be_copied(
    over: QWidget, asked: list[QUrl], tmp_path: Path
) -> None:
    folder = tmp_path / "site & “pages”"
    folder.mkdir()
    open_file(folder, over)
    assert [Path(url.toLocalFile()) for url in asked] == [folder]
    said, place = shown(over)
    assert "No program" in said
    assert "path" in said
    assert Path(place) == folder


def test_address_that_nothing_opens_is_there_to_be_copied(over: QWidget, asked: list[QUrl]) -> None:
    open_address("https://harbour.example/a?b=1&c=2", over)
    said, place = shown(over)
    assert "address" in said
    assert place == asked[0].toString() == "https://harbour.example/a?b=1&c=2"


def test_file_that_is_gone_is_not_asked_for(
    over: QWidget, asked: list[QUrl], tmp_path: Path
) -> None:
    open_file(tmp_path / "gone.pdf", over)
    assert not asked
    said, place = shown(over)
    assert "not there any more" in said
    assert Path(place) == tmp_path / "gone.pdf"


@pytest.mark.parametrize("open_it", [open_file, open_address])
def test_nothing_is_said_of_what_was_opened(
    over: QWidget,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    open_it: Callable[[Path | str, QWidget], None],
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: True)
    open_it(tmp_path if open_it is open_file else "https://harbour.example/", over)
    assert not over.window().findChildren(Dialog)
