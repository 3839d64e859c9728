"""About Stonehand leads to every part with its licence, to search in and to read."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from editor.gui.session import Session
from editor.gui.window import licences_dialog
from editor.gui.window.about import AboutDialog
from editor.gui.window.licences_dialog import LicencesDialog
from editor.licences import Component
from tests.gui.conftest import ShowDialog


def test_about_opens_the_licences(session: Session, show_dialog: ShowDialog[AboutDialog]) -> None:
    about = show_dialog(AboutDialog(session))
    [opens] = [found for found in about.findChildren(QPushButton) if "icences" in found.text()]
    opens.click()
    [dialog] = about.findChildren(LicencesDialog)
    assert dialog.isVisible()
    assert dialog.listed()[0] == "stonehand"
    assert "Permission is hereby granted" in dialog.text.toPlainText()
    dialog.close()


def test_words_find_names_and_licences(show_dialog: ShowDialog[LicencesDialog]) -> None:
    dialog = show_dialog(LicencesDialog())
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


def test_keys_go_through_the_parts(show_dialog: ShowDialog[LicencesDialog]) -> None:
    dialog = show_dialog(LicencesDialog())
    dialog.table.setFocus()
    QTest.keyClick(dialog.table, Qt.Key.Key_Down)
    assert dialog.text.accessibleName() == f"Licence of {dialog.listed()[1]}"
    QTest.keyClick(dialog.text, Qt.Key.Key_A)
    assert dialog.text.isReadOnly()


def test_lost_text_and_unknown_licence_are_said(
    show_dialog: ShowDialog[LicencesDialog], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    part = Component("odd", "1", "", "", (tmp_path / "gone.txt",))
    monkeypatch.setattr(licences_dialog, "components", lambda: (part,))
    dialog = show_dialog(LicencesDialog())
    assert dialog.text.toPlainText() == "The licence's text is missing from this installation."
    assert dialog.table.item(0, 2).text() == "unknown"
