"""The main thread reads nothing while somebody works: what could stall the window is elsewhere.

How long something took is never asserted; what takes long is: a statement of the database, a
file, a process, a name that is looked up on the network, and an import once the work is known.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import event
from sqlalchemy.engine import Engine

from editor.core.workflow import Stage
from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import EDITOR, OpenWindow, Settle

Write = Callable[..., str]

_SLOW = {
    *("open", "import", "os.listdir", "os.scandir", "os.mkdir", "os.rename", "os.remove"),
    *("subprocess.Popen", "socket.connect", "socket.getaddrinfo", "sqlite3.connect"),
}
_CODE = (".py", ".pyc", ".so", ".pyi")
_found: list[str] = []
_watching = threading.Event()


def _watch(name: str, arguments: tuple[object, ...]) -> None:
    if name not in _SLOW or not _watching.is_set() or not _is_main():
        return
    what = str(arguments[0]) if arguments else ""
    if name == "import" or not what.endswith(_CODE):
        _found.append(f"{name} {what}")


def _is_main() -> bool:
    return threading.current_thread() is threading.main_thread()


def _see_statement(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
    if _watching.is_set() and _is_main():
        _found.append(f"statement {statement}")


sys.addaudithook(_watch)  # it stays as long as the process, and looks only while it is told to


@pytest.fixture
def seen() -> Iterator[Callable[[Callable[[], object]], list[str]]]:
    """Do something and return what of it the main thread did that may take long."""
    event.listen(Engine, "before_cursor_execute", _see_statement)

    def watch(do: Callable[[], object]) -> list[str]:
        _found.clear()
        _watching.set()
        try:
            do()
        finally:
            _watching.clear()
        return sorted(set(_found))

    yield watch
    event.remove(Engine, "before_cursor_execute", _see_statement)


class Work:
    """What a journalist and an editor do, over and over."""

    def __init__(self, window: MainWindow, qtbot: QtBot, settle: Settle, ids: list[str]) -> None:
        self.window, self._qtbot, self._settle, self._ids = window, qtbot, settle, ids

    def all_of_it(self) -> None:
        """Do it all once."""
        for step in (self.read, self.type, self.look_around, self.search, self.decide):
            step()
            self._settle()
            QApplication.processEvents()

    def read(self) -> None:
        for story in self._ids:
            self.window.parts.open_story(story)
            self._settle()

    def type(self) -> None:
        form = self.window.centre.form
        for field in (form.headline, form.body):
            field.setFocus()
            self._qtbot.keyClicks(field, "A ferry sailed ")
            self._settle()
        self.window.menu_actions["undo"].trigger()
        self.window.menu_actions["save"].trigger()

    def look_around(self) -> None:
        for tab in ("checks", "history", "notes"):
            self.window.parts.show_tab(tab)
            self._settle()
        for place in ("review", "approved", "all"):
            self.window.places.go(place)
            self._settle()

    def search(self) -> None:
        search = self.window.top.search
        search.begin(None)
        self._qtbot.keyClicks(search, "ferry")
        self._settle()
        self._qtbot.keyClick(search, Qt.Key.Key_Escape)

    def decide(self) -> None:
        for name in ("spike", "unspike"):
            self.window.menu_actions[name].trigger()
            self._settle()


@pytest.fixture
def work(open_window: OpenWindow, write: Write, qtbot: QtBot, settle: Settle) -> Work:
    ids = [write(f"story-{n}", stage=Stage.DRAFT) for n in range(4)]
    return Work(open_window(person=EDITOR), qtbot, settle, ids)


def test_nothing_is_read_on_the_main_thread_while_somebody_works(
    work: Work, seen: Callable[[Callable[[], object]], list[str]]
) -> None:
    first = seen(work.all_of_it)
    assert [what for what in first if not what.startswith("import ")] == []
    assert seen(work.all_of_it) == [], "also nothing is imported once the work is known"


def test_what_would_stall_is_seen(
    work: Work, seen: Callable[[Callable[[], object]], list[str]], tmp_path_factory: object
) -> None:
    desk = work.window.session.desk

    def stall() -> None:
        with desk.read() as snapshot:
            snapshot.rows()

    assert any(what.startswith("statement SELECT") for what in seen(stall))
