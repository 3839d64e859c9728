"""Types into the real form until it is killed; run by test_kill.py, never by a person.

    python typist.py DESK STORY

Prints each text once the keys are in the form, so that the test knows what had
been typed when, and never stops by itself.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from editor.gui.draft.draft import Draft
from editor.gui.jobs import Jobs
from editor.gui.session import Session
from editor.gui.story.form import StoryForm
from editor.store.desk import Desk

_PAUSE_MS = 40


def main(path: str, story: str) -> None:
    """Open the story and type numbers, 25 keys a second."""
    app = QApplication([])
    with Desk.open(Path(path)) as desk:
        desk.hold()
        session = Session(desk, Jobs())
        draft = Draft(session)
        form = StoryForm(session, draft)
        form.show()
        draft.open(story)
        count = 0

        def key() -> None:
            nonlocal count
            if draft.open_story.key != story:
                return
            count += 1
            text = f"{count} "
            press = QKeyEvent(
                QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, text
            )
            QApplication.sendEvent(form.body, press)
            print(f"{time.monotonic():.3f} {count}", flush=True)

        timer = QTimer(interval=_PAUSE_MS)
        timer.timeout.connect(key)
        timer.start()
        app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
