"""Types into the real window until it is killed; run by test_window_kill.py, never by a person.

    python window_typist.py DESK STORY PERSON SCENE SEED

Every line printed is a fact the test holds the desk to:

    typed SECONDS NUMBER FIELD   these keys are in the field
    saved NUMBER                 the window says “Saved”, with all up to this number typed
    version NUMBER VERSION       the window has made a version of it
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from editor.gui.jobs import Jobs
from editor.gui.library.places import BANNER
from editor.gui.page.engine import prepare_web_engine
from editor.gui.review.notes import NotesPane
from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.gui.window.window_state import WindowState
from editor.opening import open_desk
from editor.settings import Settings

KEY_MS = 40
SCENES = ("story", "note", "banner")


def say(*words: object) -> None:
    print(*words, flush=True)


class Typist(QObject):
    """Types numbers, 25 a second with pauses, and saves now and then, as the seed says."""

    def __init__(self, window: MainWindow, scene: str, seed: int) -> None:
        super().__init__(window)
        self.window, self.scene, self.chance = window, scene, Random(seed)
        self.count = 0
        self.field = ""
        self.timer = QTimer(self)
        self.timer.timeout.connect(self.key)
        if scene == "story":
            window.draft.state_changed.connect(self.tell_saved)
        elif scene == "banner":
            window.places.go(BANNER)
            assert window.centre.banner is not None
            window.centre.banner.draft.state_changed.connect(self.tell_saved)
        else:
            window.pane.tabs.choose("notes")
        self.timer.start(KEY_MS)

    def key(self) -> None:
        """Type one number, then wait for the next; a window that ends takes none."""
        if not self.window.isEnabled():
            return
        fields = self.fields()
        if self.field not in fields or self.chance.random() < 0.05:
            self.field = self.chance.choice(list(fields))
        widget = fields[self.field]
        self.count += 1
        press = QKeyEvent(
            QEvent.Type.KeyPress,
            Qt.Key.Key_unknown,
            Qt.KeyboardModifier.NoModifier,
            f"{self.count} ",
        )
        widget.setFocus()
        QApplication.sendEvent(widget, press)
        say("typed", f"{time.monotonic():.3f}", self.count, self.field)
        if self.scene == "story" and self.chance.random() < 0.03:
            self.save()
        thinks = self.chance.random() < 0.02
        self.timer.setInterval(self.chance.randint(500, 1500) if thinks else KEY_MS)

    def fields(self) -> dict[str, QWidget]:
        """What is typed into, by name."""
        if self.scene == "banner":
            banner = self.window.centre.banner
            assert banner is not None
            card = banner.cards.cards()[0]
            return {"title": card.title, "summary": card.summary}
        if self.scene == "note":
            notes = self.window.pane.page("notes")
            assert isinstance(notes, NotesPane)
            return {"note": notes.box}
        form = self.window.centre.form
        return {
            "kicker": form.kicker,
            "headline": form.headline,
            "body": form.body,
            "key_points/0": form.points.fields()[0],
        }

    def save(self) -> None:
        """Make a version, as Ctrl+S does, and say when it is one."""
        count, draft = self.count, self.window.draft

        def done() -> None:
            assert draft.open_story.stored is not None
            say("version", count, draft.open_story.stored.version)

        draft.save(done)

    def tell_saved(self) -> None:
        """Say what the status line promises."""
        banner = self.window.centre.banner
        draft = banner.draft if self.scene == "banner" and banner else self.window.draft
        if draft.open_story.save_state.startswith(("Kept", "Version", "Saved")):
            say("saved", self.count)


def when(ready: Callable[[], bool], then: Callable[[], object], parent: QObject) -> None:
    """Do something once it can be done."""
    timer = QTimer(parent)

    def look() -> None:
        if ready():
            timer.stop()
            then()

    timer.timeout.connect(look)
    timer.start(5)


def main(path: str, story: str, person: str, scene: str, seed: str) -> None:
    """Open the window on a desk, as the application does, and type into it for ever."""
    prepare_web_engine()
    app = QApplication(["stonehand"])
    desk = open_desk(Path(path))
    desk.hold()
    jobs = Jobs()
    jobs.crashed.connect(lambda report: say("crashed", report))
    # The web engine is left out: it starts with the Preview tab, and it keeps nothing.
    window = MainWindow(Session(desk, jobs, Settings(person=person)), WindowState(tab="checks"))
    window.resize(1200, 800)
    window.show()
    window.start()
    window.activateWindow()
    window.parts.open_story(story)
    when(
        lambda: window.draft.open_story.key == story and not jobs.busy,
        lambda: Typist(window, scene, int(seed)),
        window,
    )
    app.exec()


if __name__ == "__main__":
    main(*sys.argv[1:])
