"""Windows and dialogs that are closed while their work is still under way."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import SIGNAL, QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.core.workflow import Action
from editor.errors import EditorError
from editor.gui.library.places import BANNER
from editor.gui.preferences.paper import PaperDialog
from editor.gui.session import Session
from editor.gui.window.about import AboutDialog
from editor.gui.window.help import HelpWindow
from editor.gui.window.main_window import MainWindow
from editor.gui.window.new_desk import NewDeskDialog
from editor.gui.window.palette import SearchField
from editor.gui.window.window_state import WindowState
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
    field = SearchField(session, lambda: (), parent)
    parent.show()
    field.setText("ferry")
    qtbot.waitUntil(lambda: len(session.jobs._tasks) > 1)  # the store is blocked, and asked
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


def test_new_story_is_submitted_with_the_notes_tab_remembered(
    open_window: Callable[..., MainWindow], settle: Settle, qtbot: QtBot
) -> None:
    window = open_window(state=WindowState(tab="notes"))
    for number in range(6):
        window.menu_actions["new"].trigger()
        key = window.draft.open_story.key
        window.draft.set_value("headline", f"Quay {number} opens")
        window.draft.set_value("body", "It opened on Monday.")
        window.parts.story_actions.do(Action.SUBMIT)
        settle()
        assert window.draft.open_story.key != key, "it is a version now"
        assert window.draft.open_story.state.stage.value == "in review"
        assert window.pane.tabs.current() == "notes"


def test_paper_is_closed_with_esc_right_after_save(
    session: Session, settle: Settle, qtbot: QtBot, problems: list[EditorError]
) -> None:
    for number in range(3):
        parent = QWidget()
        parent.show()
        dialog = PaperDialog(session, parent)
        dialog.open()
        settle()
        dialog.fields["name"].set_text(f"Harbour Post {number}")
        dialog.save.click()
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        delete(parent)
        settle()
        assert session.house.name == f"Harbour Post {number}"
    assert problems == []


def test_visits_to_the_banner_connect_its_signals_once(
    open_window: Callable[..., MainWindow], settle: Settle, write: Callable[..., str]
) -> None:
    write("quay")
    window = open_window()
    counts = []
    for _visit in range(4):
        window.places.go("all")
        window.places.go(BANNER)
        settle()
        assert window.centre.banner is not None
        draft = window.centre.banner.draft
        counts.append(
            (
                draft.receivers(SIGNAL("state_changed()")),
                draft.receivers(SIGNAL("changed(QString)")),
            )
        )
    assert counts == [counts[0]] * 4
