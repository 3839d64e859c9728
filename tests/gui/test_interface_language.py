"""The window in Arabic: its direction, Qt's own words, and English again afterwards."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QSpinBox
from pytestqt.qtbot import QtBot

from editor.cli.language import environment_language
from editor.gui.interface_language import apply_language, system_language
from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.gui.window.window_state import WindowState
from editor.i18n import _
from tests.catalogues import compile_catalogues
from tests.conftest import ROOT


@pytest.fixture(autouse=True)
def _english_afterwards(qapp: QApplication) -> Iterator[None]:
    compile_catalogues()
    yield
    apply_language(qapp, "en")


LINUX = sys.platform not in ("win32", "darwin")


@pytest.mark.skipif(not LINUX, reason="Qt asks the system there, and not the environment")
def test_computer_of_the_tests_speaks_english() -> None:
    assert system_language() == "en"
    assert environment_language() == "en"


@pytest.mark.skipif(not LINUX, reason="Qt asks the system there, and not the environment")
def test_tests_run_in_english_on_an_arabic_computer(python: str, tmp_path: Path) -> None:
    name = f"{__file__}::{test_computer_of_the_tests_speaks_english.__name__}"
    arabic = {"LC_ALL": "ar_EG.UTF-8", "LANG": "ar_EG.UTF-8", "LANGUAGE": "ar"}
    asked = "from editor.gui.interface_language import system_language as s; print(s())"
    spoken = subprocess.run(
        [python, "-c", asked], env=os.environ | arabic, capture_output=True, text=True, check=True
    )
    assert spoken.stdout.strip() == "ar-EG", "it would be Arabic otherwise"
    words = [python, "-m", "pytest", "-n", "0", f"--basetemp={tmp_path / 'inner'}", name]
    run = subprocess.run(
        words, cwd=ROOT, env=os.environ | arabic, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stdout
    assert "1 passed" in run.stdout


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
