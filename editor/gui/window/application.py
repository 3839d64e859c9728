"""The toolkit's application object: it hears what the system asks to open, and needs no OpenGL."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent, QOpenGLContext
from PySide6.QtWidgets import QApplication

LINK_SCHEME = "stonehand"
"""The scheme of links to stories (`editor/story_link.py`, which the first frame does not need)."""
_CHOICE = "QT_XCB_GL_INTEGRATION"


class DesktopApplication(QApplication):
    """The application object, which the system may ask to open files while it runs.

    macOS does not name them as arguments but sends events, the first ones before the first
    window is shown. They are kept until somebody takes them.
    """

    open_asked = Signal()
    """There are paths or a link to take."""

    def __init__(self, arguments: Sequence[str]) -> None:
        super().__init__(list(arguments))
        self._asked: list[Path] = []
        self._link = ""

    def take_asked(self) -> list[Path]:
        """Return the paths that the system asked to open since the last call."""
        asked, self._asked = self._asked, []
        return asked

    def take_link(self) -> str:
        """Return the link to a story that the system asked to open since the last call, if any."""
        link, self._link = self._link, ""
        return link

    def event(self, event: QEvent) -> bool:
        if not isinstance(event, QFileOpenEvent):
            return super().event(event)
        if event.file():
            self._asked.append(Path(event.file()).absolute())
            self.open_asked.emit()
        elif event.url().scheme() == LINK_SCHEME:
            self._link = event.url().toString()
            self.open_asked.emit()
        return True


def make_application(arguments: Sequence[str]) -> DesktopApplication:
    """Make the application; neither the window nor its pages are drawn with OpenGL.

    Without this the web engine tries graphics drivers under X: on a machine without
    them that loads a software renderer, for 30 MB and a tenth of a second.
    """
    is_chosen = _CHOICE in os.environ
    os.environ.setdefault(_CHOICE, "none")
    app = DesktopApplication(arguments)
    # The first question is when Qt reads the choice; it then holds for the whole process.
    QOpenGLContext.supportsThreadedOpenGL()
    if not is_chosen:
        # Programs that this one starts, as a browser for a link, have a choice of their own.
        del os.environ[_CHOICE]
    return app
