"""A window that is killed comes back as it was: its story, its caret, and the windows beside it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from editor.gui.window.state_writer import StateWriter
from editor.gui.window.window_state import WindowState, load_window_state, save_window_state
from editor.settings import load_settings, save_settings
from editor.store.desk import Desk
from tests.gui.conftest import WRITER, OpenWindow, Settle
from tests.virtual_screen import wait_for

ROOT = Path(__file__).resolve().parents[3]
Write = Callable[..., str]
LONG = "\n\n".join(f"Boats came in at {hour} on Monday." for hour in range(200))

_PROGRAM = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from editor.gui.start import start
story, other, is_first = sys.argv[2], sys.argv[3], sys.argv[4] == "first"
app, stonehand = start(Path(sys.argv[1]))

def besides():
    from editor.gui.review.story_beside import StoryBeside
    return [beside for beside in window().findChildren(StoryBeside) if beside.isVisible()]

def window():
    return stonehand.window

def box(widget):
    return list(widget.geometry().getRect())

def arrange():
    parts = window().parts
    parts.show_story(story)
    parts.show_tab("history")
    QTimer.singleShot(500, arrange_more)

def arrange_more():
    parts, form = window().parts, window().centre.form
    window().setGeometry(10, 20, 780, 560)
    form.body.setFocus()
    form.body.select(3000, 3000)
    parts.preview.toggle()
    parts.preview.window.setGeometry(60, 50, 500, 400)
    parts.preview.zoom(1)
    parts.beside.show(other)
    besides()[0].setGeometry(30, 40, 420, 340)
    QTimer.singleShot(500, scroll)

def scroll():
    besides()[0].text.verticalScrollBar().setValue(300)
    window().centre.form.verticalScrollBar().setValue(640)

def look():
    if window() is None or not window().draft.open_story.is_open or window().session.jobs.busy:
        return
    if is_first:
        timer.stop()
        arrange()
        return
    preview, beside = window().parts.preview, besides()
    if preview.window is None or not beside or beside[0].version.text() == "":
        return
    timer.stop()
    QTimer.singleShot(300, tell)

def tell():
    form, preview = window().centre.form, window().parts.preview
    print(json.dumps({
        "story": window().draft.open_story.key,
        "caret": form.body.caret(),
        "focus": form.isAncestorOf(window().focusWidget()),
        "scroll": form.verticalScrollBar().value(),
        "tab": window().pane.tabs.current(),
        "main": box(window()),
        "preview": [box(preview.window), preview.remembered()["preview_zoom"]],
        "beside": [[b.story, box(b), b.scrolled()] for b in besides()],
    }), flush=True)

timer = QTimer()
timer.timeout.connect(look)
timer.start(50)
sys.exit(app.exec())
"""


@contextmanager
def running(python: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [python, "-c", _PROGRAM, *map(str, arguments)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as process:  # fmt: skip
        try:
            yield process
        finally:
            process.kill()


def test_killed_window_comes_back_with_all_its_windows(
    desk: Desk, write: Write, python: str
) -> None:
    story, other = write("harbour", body=LONG), write("market", body=LONG)
    save_settings(replace(load_settings()[0], person=WRITER))
    desk.close()

    def saved() -> dict[str, Any]:
        return dict(load_window_state().on_desk(desk.path))

    def is_saved() -> bool:
        state = load_window_state()
        scrolled = (saved().get("scroll"), ", 300]" in saved().get("beside", ""))
        return state.preview_out and state.preview_zoom == 110 and scrolled == ("640", True)

    with running(python, desk.path, story, other, "first") as first:
        assert wait_for(is_saved, 60), (first.poll(), load_window_state())
        first.kill()  # SIGKILL
    with running(python, desk.path, story, other, "again") as again:
        assert again.stdout is not None
        told = json.loads(again.stdout.readline())
    assert told == {
        "story": story,
        "caret": 3000,
        "focus": True,
        "scroll": 640,
        "tab": "history",
        "main": [10, 20, 780, 560],
        "preview": [[60, 50, 500, 400], 110],
        "beside": [[other, [30, 40, 420, 340], 300]],
    }


def test_state_is_written_once_for_many_changes_and_keeps_other_desks(
    open_window: OpenWindow, write: Write, desk: Desk, settle: Settle, qtbot: QtBot
) -> None:
    story = write("harbour")
    save_window_state(WindowState(desks={"/other.desk": {"story": "kept"}}))
    window = open_window(person=WRITER)
    writer = StateWriter(window)
    window.session.reload()
    settle()
    window.parts.show_story(story)
    for width in range(1000, 1100):
        window.resize(width, 700)
    assert load_window_state().on_desk(desk.path) == {}, "it waits until much has changed"
    qtbot.waitUntil(lambda: load_window_state().on_desk(desk.path) != {}, timeout=20_000)
    settle()
    assert load_window_state().on_desk(desk.path)["story"] == story
    assert load_window_state().on_desk(Path("/other.desk")) == {"story": "kept"}
    assert writer.parent() is window
