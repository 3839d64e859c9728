"""The window in Arabic: its direction, Qt's own words, and English again afterwards."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QSpinBox
from pytestqt.qtbot import QtBot

from editor.gui.interface_language import apply_language
from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.gui.window.window_state import WindowState
from editor.i18n import _
from tests.catalogues import compile_catalogues


@pytest.fixture(autouse=True)
def _english_afterwards(qapp: QApplication) -> Iterator[None]:
    compile_catalogues()
    yield
    apply_language(qapp, "en")


def cancel_button() -> str:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    return box.button(QDialogButtonBox.StandardButton.Cancel).text()


def test_arabic_runs_from_the_right_with_the_words_of_qt(qapp: QApplication) -> None:
    apply_language(qapp, "ar")
    assert qapp.layoutDirection() is Qt.LayoutDirection.RightToLeft
    assert _("Export…") == "تصدير…"
    assert "ألغ" in cancel_button()
    apply_language(qapp, "en")
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
    assert _("Export…") == "Export…"
    assert "Cancel" in cancel_button()
    assert QLocale() == QLocale.system()


@pytest.mark.parametrize(("tag", "number"), [("ar", "12"), ("ar-EG", "١٢")])
def test_fields_have_the_digits_of_the_language(
    qapp: QApplication, qtbot: QtBot, tag: str, number: str
) -> None:
    apply_language(qapp, tag)
    field = QSpinBox(value=12)
    qtbot.addWidget(field)
    assert field.text() == number


def test_window_is_mirrored(qapp: QApplication, session: Session, qtbot: QtBot) -> None:
    apply_language(qapp, "ar")
    window = MainWindow(session, WindowState())
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    menus = [action.text().replace("&", "") for action in window.menuBar().actions()]
    assert all(any("\u0600" < letter < "\u06ff" for letter in menu) for menu in menus)
    places = window.places.mapTo(window, window.places.rect().center())
    assert places.x() > window.centre.mapTo(window, window.centre.rect().center()).x()
