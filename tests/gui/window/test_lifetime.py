"""Windows and dialogs that are closed while their work is still under way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.errors import EditorError
from editor.gui.session import Session
from editor.gui.window.about import AboutDialog
from editor.gui.window.help import HelpWindow
from editor.gui.window.main_window import MainWindow
from editor.gui.window.new_desk import NewDeskDialog
from editor.gui.window.palette import SearchField
from editor.progress import Progress

Settle = Callable[[], None]


@pytest.fixture
def block_store(session: Session) -> Iterator[Callable[[], None]]:
    """The store's lane does nothing until the test calls this, or ends."""
    gate = threading.Event()

    def wait(_progress: Progress) -> None:
        gate.wait(10)

    session.jobs.run(wait, owner=session, lane="store")
    yield gate.set
    gate.set()


def delete(widget: QWidget) -> None:
    """Delete a widget now, as Qt does when the event loop is next idle."""
    widget.deleteLater()
    QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete)
    QApplication.processEvents()


def test_search_field_deleted_during_a_search(
    qtbot: QtBot, session: Session, settle: Settle, block_store: Callable[[], None]
) -> None:
    parent = QWidget()
    field = SearchField(session, lambda: (), lambda: (), parent)
    parent.show()
    field.setText("ferry")
    qtbot.wait(200)
    assert session.jobs.busy
    delete(parent)
    block_store()
    settle()


def test_window_deleted_before_its_session_is_restored(
    session: Session, settle: Settle, problems: list[EditorError], block_store: Callable[[], None]
) -> None:
    window = MainWindow(session)
    window.start()
    session.run(SaveStory(Story(slug="ferry")), owner=window)
    window.draft.close()
    delete(window)
    block_store()
    settle()
    assert problems == []


@pytest.mark.parametrize(
    "make", [AboutDialog, lambda _session: HelpWindow(), lambda _session: NewDeskDialog()]
)
def test_dialog_deleted_while_open(session: Session, make: Callable[[Session], QWidget]) -> None:
    dialog = make(session)
    dialog.show()
    delete(dialog)
    session.settings_changed.emit()
