"""Types into the real application until a signal ends it; run by test_window_signals.py.

    python window_until_signal.py DESK STORY SCENE log-out|signal

Prints as window_typist.py does. With `log-out` the session manager's question is
asked after twenty words, and the process is killed as soon as it is answered.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from PySide6.QtCore import QObject

from editor.gui.end_signals import ENDING
from editor.gui.start import start
from editor.gui.window.window_state import WindowState, save_window_state
from tests.faults.window_typist import Typist, say, when

_WORDS = 20
_NEVER_SAVES = 7
"""A seed with which the typist does not press Save among the first words."""


def main(path: str, story: str, scene: str, how: str) -> int:
    """Open the application on a desk, as `stonehand` does, and type into it."""
    for ending in ENDING:
        signal.signal(ending, signal.SIG_DFL)  # whoever runs the tests may ignore some
    save_window_state(WindowState(tab="checks"))
    app, application = start(Path(path))
    typists: list[Typist] = []

    def begin() -> None:
        window = application.window
        assert window is not None
        window.resize(1200, 800)
        window.activateWindow()
        window.parts.open_story(story)
        jobs, draft = window.session.jobs, window.draft
        when(
            lambda: draft.open_story.key == story and not jobs.busy,
            lambda: typists.append(Typist(window, scene, _NEVER_SAVES)),
            window,
        )

    def log_out() -> None:
        typists[0].timer.stop()
        application.flush()
        say("flushed", typists[0].count)
        os.kill(os.getpid(), signal.SIGKILL)

    when(lambda: application.window is not None, begin, application)
    if how == "log-out":
        when(lambda: bool(typists) and typists[0].count >= _WORDS, log_out, QObject(application))
    return app.exec()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
