"""Help that needs no network, and diagnostics that name nobody."""

from __future__ import annotations

import re
from collections.abc import Callable

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTableWidget, QTextBrowser
from pytestqt.qtbot import QtBot

from editor.gui.session import Session
from editor.gui.window.about import AboutDialog, diagnostics
from editor.gui.window.help import HelpWindow, pages, shortcut_sheet
from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import CHIEF, EDITOR, WRITER

OpenWindow = Callable[..., MainWindow]


def test_diagnostics_say_nothing_of_people_and_stories(
    session: Session, write: Callable[..., str], settle: Callable[[], None]
) -> None:
    write("secret-inquiry", "Minister under secret inquiry")
    session.check_for_changes()
    settle()
    said = diagnostics(session)
    assert "draft: 1" in said
    for private in (CHIEF, EDITOR, WRITER, "secret", "Minister", "Harbour", str(session.desk.path)):
        assert private not in said


def test_they_are_copied(qtbot: QtBot, session: Session) -> None:
    about = AboutDialog(session)
    qtbot.addWidget(about)
    about.copy()
    assert QGuiApplication.clipboard().text() == diagnostics(session)


def test_the_sheet_lists_every_key(open_window: OpenWindow) -> None:
    window = open_window()
    sheet = shortcut_sheet(window.menu_actions, window)
    [table] = sheet.findChildren(QTableWidget)
    listed = {
        table.item(row, 0).text(): table.item(row, 1).text() for row in range(table.rowCount())
    }
    keyed = [each for each in window.menu_actions.by_name.values() if not each.shortcut().isEmpty()]
    assert len(listed) == len(keyed) > 30
    assert listed["Search stories and commands"] == "Ctrl+K"


def test_help_leads_nowhere_outside(qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    before = window.text()
    assert before.strip()
    [browser] = window.findChildren(QTextBrowser)
    for address in ("https://example.com/", "file:///etc/passwd", "javascript:alert(1)", ""):
        browser.anchorClicked.emit(QUrl(address))
    assert window.text() == before
    assert not browser.openLinks()
    assert all(title and not title.startswith("#") for title, _path in pages())


def test_the_keys_that_help_names_are_the_windows_keys(open_window: OpenWindow) -> None:
    window = open_window()
    text = next(path for _title, path in pages() if "keyboard" in path.stem).read_text("utf-8")
    rows = [line.split("|")[1].strip() for line in text.splitlines() if line.startswith("| ")]
    named = {key for row in rows[1:] for key in re.split(", | to ", row)}
    known = {each.shortcut().toString() for each in window.menu_actions.by_name.values()}
    assert len(named) > 8
    assert named <= known
