"""A second process saves the very story that is open in the window: nobody's text goes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.commands import AddNote
from editor.gui.draft.notices import NoticeKind
from editor.gui.jobs import Jobs
from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.gui.window.window_state import WindowState
from editor.settings import Settings
from editor.store.desk import Desk
from tests.faults.conftest import CHIEF, WRITER, a_desk, a_story
from tests.faults.store_writer import text
from tests.reading import reading

SCRIPT = Path(__file__).with_name("store_writer.py")
SAVES = 30


@contextmanager
def other_process(desk: Path, story: str) -> Iterator[subprocess.Popen[str]]:
    """A process that is about to save the story again and again."""
    with subprocess.Popen(
        [sys.executable, str(SCRIPT), "race", str(desk), story, WRITER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        yield process


@contextmanager
def window_on(desk: Desk, story: str, qtbot: QtBot) -> Iterator[MainWindow]:
    """The real window with the story open, left at the end as a person leaves it."""
    jobs = Jobs()
    window = MainWindow(Session(desk, jobs, Settings(person=CHIEF)), WindowState(tab="checks"))
    qtbot.addWidget(window)
    window.show()
    window.parts.open_story(story)
    qtbot.waitUntil(lambda: window.draft.open_story.key == story and not jobs.busy)
    try:
        yield window
    finally:
        with qtbot.waitSignal(window.closed, timeout=20_000):
            window.close()
        qtbot.waitUntil(lambda: not jobs.busy)
        window.release()
        jobs.close()


def type_word(window: MainWindow, word: str) -> None:
    press = QKeyEvent(
        QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, f"{word} "
    )
    QApplication.sendEvent(window.centre.form.body, press)


def save(window: MainWindow, qtbot: QtBot) -> int:
    """Press Save and wait for it; the version it became."""
    saved: list[int] = []

    def done() -> None:
        assert window.draft.open_story.stored is not None
        saved.append(window.draft.open_story.stored.version)

    window.draft.save(done)
    qtbot.waitUntil(lambda: bool(saved))
    return saved[0]


def test_two_writers_and_every_text_is_a_version(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        story = a_story(desk, body="")
        with other_process(desk.path, story) as other, window_on(desk, story, qtbot) as window:
            assert other.stdin is not None
            other.stdin.write(f"{SAVES}\n")
            other.stdin.flush()
            mine: dict[int, str] = {}
            for number in range(SAVES):
                type_word(window, f"word-{number}")
                mine[save(window, qtbot)] = window.draft.typed.body
            output, _ = other.communicate()
            theirs = [int(line) for line in output.split()]
            assert len(set(theirs) | set(mine)) == 2 * SAVES
            for version, body in mine.items():
                stored = reading(desk).stored(story, version)
                assert (stored.author, stored.story.body) == (CHIEF, body)
            assert [reading(desk).stored(story, version).story.body for version in theirs] == [
                text(WRITER, number) for number in range(SAVES)
            ]
            assert window.draft.typed.body.split() == [f"word-{n}" for n in range(SAVES)]
            assert reading(desk).leaves(story) == tuple(sorted((max(mine), max(theirs))))
            window.session.reload()
            qtbot.waitUntil(lambda: window.draft.open_story.notice is not None)
            assert window.draft.open_story.notice is not None
            assert window.draft.open_story.notice.about is NoticeKind.RECONCILE
            assert "two versions to reconcile" in window.centre.form.notice.text()


def test_text_typed_while_another_saves_becomes_a_version(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        story = a_story(desk, body="")
        with other_process(desk.path, story) as other, window_on(desk, story, qtbot) as window:
            type_word(window, "mine")
            other.communicate("1\n")
            window.session.check_for_changes()
            qtbot.waitUntil(lambda: window.draft.open_story.notice is not None)
            assert window.draft.open_story.notice is not None
            assert window.draft.open_story.notice.about is NoticeKind.NEWER
            assert WRITER in window.centre.form.notice.text()
            assert window.draft.typed.body == "mine "
        # The window was closed without a decision: both texts are there.
        assert reading(desk).leaves(story) == (2, 3)
        assert reading(desk).stored(story, 2).story.body == text(WRITER, 0)
        assert reading(desk).stored(story, 3).story.body == "mine "


def test_paper_renamed_by_another_process_is_shown_with_the_next_note_of_this_window(
    tmp_path: Path, qapp: QApplication, qtbot: QtBot
) -> None:
    with a_desk(tmp_path / "post.desk") as desk:
        story = a_story(desk)
        with window_on(desk, story, qtbot) as window:
            rename = [sys.executable, str(SCRIPT), "rename", str(desk.path), "River Post", CHIEF]
            subprocess.run(rename, check=True)
            session = window.session
            session.run(AddNote(story, "Who says so?", ""), owner=window)
            qtbot.waitUntil(lambda: not session.jobs.busy)
            session.check_for_changes()
            qtbot.waitUntil(lambda: not session.jobs.busy)
            assert session.house.name == "River Post"
            assert "River Post" in window.windowTitle()
            assert session.counts == reading(desk).counts()
