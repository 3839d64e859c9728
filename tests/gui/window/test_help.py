"""Help that needs no network, and diagnostics without names."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QTextBrowser
from pytestqt.qtbot import QtBot

from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.gui.window.about import AboutDialog, diagnostics
from editor.gui.window.actions.action_names import full_name, plain_text
from editor.gui.window.help import HelpWindow
from editor.gui.window.help_pages import help_files
from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import CHIEF, EDITOR, WRITER

OpenWindow = Callable[..., MainWindow]


def test_diagnostics_name_no_person_and_no_story(
    session: Session, write: Callable[..., str], settle: Callable[[], None]
) -> None:
    write("secret-inquiry", "Minister under secret inquiry")
    session.check_for_changes()
    settle()
    facts = diagnostics(session)
    assert "draft: 1" in facts
    for private in (CHIEF, EDITOR, WRITER, "secret", "Minister", "Harbour", str(session.desk.path)):
        assert private not in facts


def test_diagnostics_are_copied(qtbot: QtBot, session: Session) -> None:
    about = AboutDialog(session)
    qtbot.addWidget(about)
    about.copy()
    assert QGuiApplication.clipboard().text() == diagnostics(session)


def test_help_names_the_keys_that_a_person_chose(qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show_page("keyboard")
    assert "Ctrl+N\n" in window.text()
    window.use_keys({"Ctrl+N": "F2"})
    assert "Ctrl+N\n" not in window.text()
    assert "F2\n" in window.text()


def test_help_follows_no_link_to_the_outside(qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    before = window.text()
    assert before.strip()
    [browser] = window.findChildren(QTextBrowser)
    for address in ("https://example.com/", "file:///etc/passwd", "javascript:alert(1)", ""):
        browser.anchorClicked.emit(QUrl(address))
    assert window.text() == before
    assert not browser.openLinks()


def test_help_names_the_keys_of_the_window(open_window: OpenWindow) -> None:
    actions = open_window().menu_actions.by_name.values()
    names = {action.shortcut().toString(): full_name(action) for action in actions}
    page = next(file for file in help_files() if file.name == "keyboard")
    lines = [line for line in page.text().splitlines() if line.startswith("| ")][1:]
    assert len(lines) > 8
    for line in lines:
        keys, what = (cell.strip() for cell in line.split("|")[1:3])
        first, *others = re.split(", | to ", keys)
        assert what.casefold().startswith(names[first].casefold().rstrip("…"))
        assert set(others) <= set(names)


# The offscreen platform has no stack of windows.
def test_help_opens_once(open_window: OpenWindow) -> None:
    window = open_window()
    for _time in range(2):
        window.menu_actions["help"].trigger()
    [help_window] = window.findChildren(HelpWindow)
    assert help_window.isVisible()


def test_titles_of_the_help_are_whole_at_any_size(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "light", 9)
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show()
    QApplication.processEvents()
    [titles] = window.findChildren(QListWidget)
    assert titles.horizontalScrollBar().maximum() == 0
    assert titles.viewport().width() >= titles.sizeHintForColumn(0)


def test_titles_of_the_help_do_not_overlap(qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show()
    QApplication.processEvents()
    [titles] = window.findChildren(QListWidget)
    tops = [titles.visualItemRect(titles.item(row)).top() for row in range(titles.count())]
    steps = {after - before for before, after in pairwise(tops)}
    assert steps == {titles.sizeHintForRow(0)}


def test_help_is_searched(qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.show()
    [browser] = window.findChildren(QTextBrowser)
    whole = window.titles()
    QTest.keyClicks(window.search, "sftp bucket")
    assert window.titles() == ["Delivering"]
    assert "Delivering" in window.text()
    words = [mark.cursor.selectedText() for mark in browser.extraSelections()]
    assert {word.casefold() for word in words} >= {"sftp", "bucket"}
    first = browser.textCursor().position()
    QTest.keyClick(window.search, Qt.Key.Key_Return)
    assert browser.textCursor().position() > first
    QTest.keyClicks(window.search, "zzz")
    assert window.titles() == []
    assert "Delivering" in window.text()
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert window.titles() == whole
    assert not browser.extraSelections()
    assert window.isVisible()
    QTest.keyClick(window.search, Qt.Key.Key_Escape)
    assert not window.isVisible()


def test_link_leads_to_a_page_that_the_search_does_not_list(qtbot: QtBot) -> None:
    window = HelpWindow()
    qtbot.addWidget(window)
    window.search.setText("sftp bucket")
    [browser] = window.findChildren(QTextBrowser)
    browser.anchorClicked.emit(QUrl("export"))
    assert window.text().startswith("Export")
    assert "Export" in window.titles()


def test_help_has_every_command_with_its_key(open_window: OpenWindow) -> None:
    page = next(file for file in help_files() if file.name == "menus").text()
    rows = dict(re.findall(r"^\| \*\*(.+?)\*\* \|(.*?)\| \S", page, re.MULTILINE))
    named = {name: keys.strip() for name, keys in rows.items()}
    actions = open_window().menu_actions.by_name.values()
    assert named == {full_name(action): action.shortcut().toString() for action in actions}


def test_help_names_every_menu(open_window: OpenWindow) -> None:
    page = next(file for file in help_files() if file.name == "menus").text()
    menus = [plain_text(action) for action in open_window().menuBar().actions()]
    assert re.findall("^## (.+)$", page, re.MULTILINE) == menus
