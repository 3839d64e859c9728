"""How much of the program one act of a person goes through.

    python tests/bench/bench_paths.py [--list keystroke]

Everything is real: the program starts on the sample desk and is driven from outside, by
the window's named actions, by keys and by the names that a screen reader says. `functions`
and `files` of the package were entered, on any thread, from the act until all was quiet
(preview, checks, word count and journal included). Each act but the start was done once
before, for what is only made the first time. Comprehensions and the bodies of modules and
classes are no functions. `statements` are those SQLAlchemy sent; the BEGINs among them are
the `transactions`. `--list` names the files of one act.
"""

from __future__ import annotations

import argparse
import inspect
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import FrameType

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton, QWidget
from sqlalchemy import Pool, event

# All that is asked of the program's inside: where it lies, and its front door.
import editor
from editor.__main__ import main as program

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = str(Path(editor.__file__).parent) + os.sep
_EVERY_SECOND = PACKAGE + os.path.join("gui", "garbage.py")
"""Looks for garbage, whatever a person does."""
WIRE = ROOT / "resources" / "samples" / "front-page.txt"
DRAFT, WAITING, WAITING_TOO = "orbit", "cranes", "صيادو"
"""Words of headlines of the sample: of a draft, and of two stories that wait for approval."""
QUIET, PATIENCE = 2.0, 120.0
"""Seconds: without a call, longer than any pause the program makes; and until we give up."""
Trace = tuple[Counter[str], Counter[str]]
"""What an act went through: how many functions of each file, and what it asked of the database."""
_CTRL = Qt.KeyboardModifier.ControlModifier
_NO_FUNCTIONS = {"<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>"}
_UNTIL_PAINT = """
import os, sys
from PySide6 import QtCore, QtGui, QtWidgets
from editor.__main__ import main
class FirstPaint(QtCore.QObject):
    def eventFilter(self, watched, event):
        if event.type() is QtCore.QEvent.Type.Paint and watched.findChild(QtGui.QAction, "save"):
            print(*sys.modules, flush=True)
            os._exit(0)
        return False
watch, run = FirstPaint(), QtWidgets.QApplication.exec
QtWidgets.QApplication.exec = lambda app: app.installEventFilter(watch) or run()
main()
"""


class Watch:
    """Hears of every call into the package on every thread, and of every SQL statement."""

    def __init__(self) -> None:
        self._before = ""
        self._begin()
        threading.setprofile(self._called)  # for threads to come: there are none yet
        sys.setprofile(self._called)
        event.listen(Pool, "checkout", lambda raw, *_: raw.set_trace_callback(self._asked))

    def follow(self, act: Callable[[], object], until: Callable[[], bool]) -> Trace:
        """Do something once all is quiet, and wait until it shows."""
        self.end()
        self._begin()
        act()
        wait(until)
        return self.end()

    def end(self) -> Trace:
        """Wait until nothing of the program runs; give what was entered since the beginning."""
        wait(lambda: time.monotonic() - self._last > QUIET)
        files = Counter(file.removeprefix(PACKAGE) for file, _name, _line in self._entered)
        return files, Counter(self._sql)

    def _begin(self) -> None:
        self._entered, self._sql = set[tuple[str, str, int]](), Counter[str]()
        self._last = time.monotonic()

    def _asked(self, statement: str) -> None:
        """Count what SQLite runs, but for what triggers and the search index do by themselves."""
        if statement.startswith("BEGIN"):
            self._sql.update(["transactions"])
        elif not statement.startswith(("COMMIT", "ROLLBACK")) and "'search_" not in statement:
            self._sql.update(["statements"] * (statement != self._before))
        self._before = statement

    def _called(self, frame: FrameType, what: str, _value: object) -> None:
        code = frame.f_code
        is_ours = code.co_filename.startswith(PACKAGE) and code.co_filename != _EVERY_SECOND
        if what == "call" and is_ours:
            self._last = time.monotonic()
            if code.co_flags & inspect.CO_OPTIMIZED and code.co_name not in _NO_FUNCTIONS:
                self._entered.add((code.co_filename, code.co_qualname, code.co_firstlineno))


class Person:
    """Sits at the window and knows of it what can be seen. Every act gives its trace."""

    def __init__(self, watch: Watch, window: QWidget) -> None:
        self._follow, self._window = watch.follow, window

    def key(self) -> Trace:
        """Type one letter in the body of the open story."""
        body = named(self._window, "Body")
        body.setFocus()
        return self._follow(lambda: QTest.keyClicks(body, "x"), self._shows(DRAFT))

    def save(self) -> Trace:
        """Make a version of what was typed."""
        return self._follow(self._action("save").trigger, self._shows(DRAFT))

    def open(self, word: str) -> Trace:
        """Choose a story that a search for a word of its headline has found."""
        self._action("search").trigger()
        field = named(self._window, "Search stories and commands")
        field.setProperty("text", word)  # QTest has no keys for Arabic
        return self._follow(lambda: QTest.keyClick(field, Qt.Key.Key_Return), self._shows(word))

    def approve(self) -> Trace:
        """Approve the open story, by the command that names what comes next."""
        step = self._action("primary")
        assert "Approve" in step.text(), step.text()
        return self._follow(step.trigger, lambda: "Approve" not in step.text())

    def export(self, site: Path) -> Trace:
        """Export all that is approved as a site; the dialog is open and filled in."""
        dialog = self._dialog("export")
        where = named(dialog, "Where")
        QTest.keyClick(where, Qt.Key.Key_A, _CTRL)
        QTest.keyClicks(where, str(site))
        [go] = [each for each in dialog.findChildren(QPushButton) if each.isDefault()]
        trace = self._follow(go.click, (site / "index.html").is_file)
        dialog.reject()
        return trace

    def paste(self) -> Trace:
        """Paste the sample's front page into the open dialog and take it in."""
        QApplication.clipboard().setText(WIRE.read_text(encoding="utf-8"))
        dialog = self._dialog("paste_wire")
        [take] = [b for b in dialog.findChildren(QPushButton) if b.text().startswith("&Import")]

        def act() -> None:
            QTest.keyClick(named(dialog, "Wire text"), Qt.Key.Key_V, _CTRL)
            wait(lambda: take.isEnabled() and "1 story" in take.text())
            take.click()

        return self._follow(act, self._shows(DRAFT))

    def _shows(self, word: str) -> Callable[[], bool]:
        return lambda: word in self._window.windowTitle()

    def _action(self, name: str) -> QAction:
        return next(each for each in self._window.findChildren(QAction, name) if each.isEnabled())

    def _dialog(self, name: str) -> QDialog:
        QTest.keyClick(self._window, Qt.Key.Key_Escape)  # else the last message goes when it likes
        self._action(name).trigger()
        return next(each for each in self._window.findChildren(QDialog) if each.isVisible())


def named(within: QWidget, name: str) -> QWidget:
    """The widget in sight that a screen reader calls by this name."""
    every = [each for each in within.findChildren(QWidget) if each.accessibleName() == name]
    return next(each for each in every if each.isVisible())


def wait(until: Callable[[], bool]) -> None:
    """Run the event loop until something holds."""
    end = time.monotonic() + PATIENCE
    while not until():
        assert time.monotonic() < end, f"nothing came within {PATIENCE:.0f} s"
        QTest.qWait(10)


def windows() -> list[QWidget]:
    """The main windows on screen: those with a command to save."""
    shown = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    return [each for each in shown if each.findChild(QAction, "save")]


def work(watch: Watch, folder: Path) -> dict[str, Trace]:
    """Do every act twice and keep the second time; a start is the first of its process."""
    wait(lambda: bool(windows()))
    acts, [window] = {"start": watch.end()}, windows()
    window.resize(1440, 900)
    window.activateWindow()
    watch.end()
    person = Person(watch, window)
    for number, word in enumerate((WAITING_TOO, WAITING)):
        person.open(DRAFT)
        acts["keystroke"], acts["save"] = person.key(), person.save()
        acts["opening"], acts["approval"] = person.open(word), person.approve()
        acts["export"] = person.export(folder / f"site-{number}")
    for _ in range(2):
        person.open(WAITING)
        acts["paste"] = person.paste()
    watch.follow(window.close, lambda: not windows())
    return acts


def measure(folder: Path) -> tuple[dict[str, Trace], list[str]]:
    """Start the program thrice in a folder of its own: to make the sample, to paint, to act."""
    os.environ |= {"STONEHAND_DATA": str(folder / "data"), "STONEHAND_CONFIG": str(folder / "own")}
    new = [sys.executable, "-c", _UNTIL_PAINT]
    for _ in range(2):
        imported = subprocess.check_output(new, cwd=ROOT, stderr=subprocess.DEVNULL).decode()
    watch, acts = Watch(), dict[str, Trace]()

    def drive(*_arguments: object) -> None:
        sys.excepthook = sys.__excepthook__  # a bug is shown here and not in the window
        QApplication.setCursorFlashTime(0)  # a caret that blinks is no rest
        acts.update(work(watch, folder))

    QApplication.exec = drive  # type: ignore[method-assign, assignment]
    sys.argv = ["stonehand"]
    program()
    return acts, imported.split()


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--list", default="", metavar="ACT", help="name the files of this act")
    listed = parser.parse_args().list
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as folder:
        acts, imported = measure(Path(folder))
    print(f"{'act':12}{'functions':>10}{'files':>7}{'statements':>12}{'transactions':>14}")
    for name, (files, sql) in acts.items():
        counts = f"{files.total():10}{len(files):7}{sql['statements']:12}{sql['transactions']:14}"
        print(f"{name:12}{counts}")
    for file, count in sorted(acts[listed][0].items()) if listed else ():
        print(f"{count:6}  {file}")
    ours = sum(each.split(".")[0] == editor.__name__ for each in imported)
    print(f"modules imported at the first paint: {len(imported)}, {ours} of them of editor")


if __name__ == "__main__":
    main()
