"""About Stonehand leads to every part with its licence, to search in and to read."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from editor.gui.session import Session
from editor.gui.window import licences_dialog
from editor.gui.window.about import AboutDialog
from editor.gui.window.licences_dialog import LicencesDialog
from editor.licences import Component
from tests.gui.conftest import ShowDialog


@pytest.fixture
def shown(
    session: Session, show_dialog: ShowDialog[LicencesDialog], qtbot: QtBot
) -> Callable[[], LicencesDialog]:
    """Show the dialog, and wait until the parts are read."""

    def show() -> LicencesDialog:
        dialog = show_dialog(LicencesDialog(session.jobs))
        qtbot.waitUntil(lambda: bool(dialog.listed()))
        return dialog

    return show


def test_about_opens_the_licences(
    session: Session, show_dialog: ShowDialog[AboutDialog], qtbot: QtBot
) -> None:
    about = show_dialog(AboutDialog(session))
    [opens] = [found for found in about.findChildren(QPushButton) if "icences" in found.text()]
    opens.click()
    [dialog] = about.findChildren(LicencesDialog)
    assert dialog.isVisible()
    qtbot.waitUntil(lambda: bool(dialog.listed()))
    assert dialog.listed()[0] == "stonehand"
    assert "Permission is hereby granted" in dialog.text.toPlainText()
    dialog.close()


def test_words_find_names_and_licences(shown: Callable[[], LicencesDialog]) -> None:
    dialog = shown()
    dialog.search.setText("chrom")
    assert dialog.listed() == ["Chromium"]
    assert dialog.text.accessibleName() == "Licence of Chromium"
    assert "Mozilla Public License" in dialog.text.toPlainText()
    dialog.search.setText("lgpl pyside6")
    assert {"Qt", "Qt WebEngine", "pyside6"} <= set(dialog.listed())
    assert "click" not in dialog.listed()
    before = dialog.text.toPlainText()
    dialog.search.setText("no such part")
    assert dialog.listed() == []
    assert dialog.text.toPlainText() == before
    dialog.search.clear()
    assert "click" in dialog.listed()


def test_keys_go_through_the_parts(shown: Callable[[], LicencesDialog]) -> None:
    dialog = shown()
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.text.accessibleName() == f"Licence of {dialog.listed()[1]}"
    QTest.keyClick(dialog.text, Qt.Key.Key_A)
    assert dialog.text.isReadOnly()


def test_lost_text_and_unknown_licence_are_said(
    shown: Callable[[], LicencesDialog], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    part = Component("odd", "1", "", "", (tmp_path / "gone.txt",))
    threads = []

    def read() -> tuple[Component]:
        threads.append(threading.current_thread())
        return (part,)

    monkeypatch.setattr(licences_dialog, "components", read)
    dialog = shown()
    assert threading.main_thread() not in threads, "the window does not wait for it"
    assert dialog.text.toPlainText() == "The licence's text is missing from this installation."
    assert dialog.table.item(0, 2).text() == "unknown"


def test_first_part_is_shown_from_right_to_left(
    shown: Callable[[], LicencesDialog], qapp: QApplication
) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        dialog = shown()
        assert dialog.table.currentRow() == 0
        assert "Permission is hereby granted" in dialog.text.toPlainText()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
