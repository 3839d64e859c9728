"""Every screen in a longer language: nothing is clipped, and all words are from the catalogue."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTabBar,
    QWidget,
)

from editor import i18n
from editor.core.workflow import Stage
from editor.gui.session import Session
from tests.gui.conftest import CHIEF, EDITOR, WRITER, OpenWindow, Settle
from tests.gui.dialogs import show_every_dialog
from tests.pseudo import OPEN, PseudoTranslations

_WORD = re.compile(r"[A-Za-z]{3}")
_LANGUAGES = (
    "English|Deutsch|Español|Français|Indonesia|Italiano|Nederlands|Polski|Português|Svenska"
)
_DATA = re.compile(
    rf"^(Harbour Post|Stonehand|All stories|Save|tabloid|{CHIEF}|{EDITOR}|{WRITER})$"
    rf"|^({_LANGUAGES})\b|^(World|Business|Sport|UTC)$|Norland|– Stonehand$"
    r"|^(Ctrl|Alt|Shift|F\d)\b|^\w+-\w+ \w+-\w+$|/|\.(example|css|toml)\b"
)


@pytest.fixture(autouse=True)
def _pseudo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(i18n, "_catalogue", PseudoTranslations())


def texts(top: QWidget) -> Iterator[tuple[str, str]]:
    """Yield what can be read or heard below a widget, with the kind of widget."""
    for widget in [top, *top.findChildren(QWidget)]:
        kind = type(widget).__name__
        yield kind, widget.windowTitle() if widget.isWindow() else ""
        yield f"{kind} tip", widget.toolTip()
        yield f"{kind} name", widget.accessibleName()
        if isinstance(widget, QLabel | QAbstractButton):
            yield kind, widget.text()
        if isinstance(widget, QGroupBox):
            yield kind, widget.title()
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            yield f"{kind} placeholder", widget.placeholderText()
        if isinstance(widget, QTabBar):
            yield from ((kind, widget.tabText(n)) for n in range(widget.count()))
        if isinstance(widget, QComboBox):
            yield from ((f"{kind} item", widget.itemText(n)) for n in range(widget.count()))
    for action in top.findChildren(QAction):
        yield "action", action.text()


def untranslated(top: QWidget) -> list[tuple[str, str]]:
    return sorted(
        {
            (kind, text)
            for kind, text in texts(top)
            if _WORD.search(text) and OPEN not in text and not is_data(kind, text)
        }
    )


def is_data(kind: str, text: str) -> bool:
    """Whether a text is the same in every language: names, keys, files, addresses, examples."""
    return kind in ("ZoneBox item", "SettingFont item") or bool(_DATA.search(text))


def clipped(top: QWidget) -> list[str]:
    """Return the words that have less room than they need: of labels in one line, and buttons."""
    found = []
    for widget in top.findChildren(QWidget):
        if isinstance(widget, QLabel) and not widget.wordWrap():
            wanted = widget.minimumSizeHint().width()
        elif isinstance(widget, QAbstractButton):
            wanted = widget.sizeHint().width()
        else:
            continue
        if widget.text() and widget.isVisibleTo(top) and wanted > widget.width() + 1:
            found.append(f"{widget.text()}: {wanted} > {widget.width()}")
    return found


def test_dialog(session: Session, settle: Settle) -> None:
    for name, dialog in show_every_dialog(session, settle):
        QApplication.processEvents()
        assert (untranslated(dialog), clipped(dialog)) == ([], []), name


def test_window(open_window: OpenWindow, write: Callable[..., str], settle: Settle) -> None:
    story = write("boat", "7", stage=Stage.REVIEW)
    window = open_window()
    window.draft.open(story)
    settle()
    found, cut = set(untranslated(window)), clipped(window)
    for tab in ("checks", "history", "notes"):
        window.pane.tabs.choose(tab)
        settle()
        found.update(untranslated(window))
        cut += clipped(window)
    assert (sorted(found), cut) == ([], [])
