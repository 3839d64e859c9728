"""Notices that the program was replaced while its window is open: by an update, or by a move."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QObject

import editor
from editor.frozen import built_program, is_frozen
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _


class ProgramWatch(QObject):
    """Says once, in a bar, that the program on disk is no longer the one that runs."""

    def __init__(self, bar: ProblemBar, parent: QObject, program: Path | None = None) -> None:
        super().__init__(parent)
        self._bar, self._program = bar, program or _program_file()
        self._state = _state_of(self._program)
        self._watcher = QFileSystemWatcher(self)
        self._watcher.fileChanged.connect(self._look)

    def start(self) -> None:
        """Watch for as long as the window is open, and look once at what was meanwhile."""
        self._watcher.addPath(str(self._program))
        self._look()

    def _look(self) -> None:
        if _state_of(self._program) == self._state:
            return  # a package manager gives the old file a second name first
        self._watcher.fileChanged.disconnect(self._look)
        self._bar.show_text(
            _("Stonehand was updated or moved while this window was open."),
            _("What you type is kept. Close the window and open it again: parts of it may fail."),
        )


def _program_file() -> Path:
    """Return the file that any other version of the program replaces."""
    return Path(built_program() if is_frozen() else editor.__file__)


def _state_of(file: Path) -> tuple[int, ...]:
    try:
        status = file.stat()
    except OSError:
        return ()
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns
