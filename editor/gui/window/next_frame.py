"""Takes the picture that the next window of a desk is painted from before anything else is there.

The window that is to come is made for it, from what is remembered of the desk, and never shown.
So nothing is in the picture that the next window would not show first, and no approval.
"""

from __future__ import annotations

import os
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from editor.files import remove, replacing
from editor.gui.jobs import Jobs
from editor.gui.library.places import REVIEW
from editor.gui.pending_desk import PendingDesk
from editor.gui.session import Session
from editor.gui.window.first_frame import FirstFrame, describe, first_frame_file
from editor.gui.window.main_window import MainWindow
from editor.gui.window.remembered import Remembered, recall
from editor.gui.window.window_state import WindowState
from editor.log import log
from editor.settings import Settings

_QUALITY = 80
"""Of 100: a larger file takes longer to read, a smaller one to unpack."""


def take_next_frame(desk: Path, settings: Settings, state: WindowState, size: QSize) -> None:
    """Write the first frame of a desk's next window, or remove what there was of it.

    `size` is what the window had, should it be maximized. For the main thread, once the
    desk is closed.
    """
    remembered = recall(desk, settings.person, state.on_desk(desk.absolute()))
    try:
        if remembered is None or remembered.place == REVIEW:
            # In review a list says how long its stories wait, which is another time soon.
            remove(first_frame_file(desk))
            return
        frame = _picture(remembered, desk, settings, state, size)
        _write(frame.picture, describe(frame, desk, settings.appearance == "system"), desk)
    except OSError as error:
        log.info("No first frame was kept: %s", type(error).__name__)


def _picture(
    remembered: Remembered, desk: Path, settings: Settings, state: WindowState, size: QSize
) -> FirstFrame:
    jobs, pending = Jobs(), PendingDesk(desk)
    session = Session(pending, jobs, settings, remembered.facts)
    window = MainWindow()
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.fill(session, state)
    geometry = window.geometry()
    if state.maximized:
        window.resize(size)
    window.start(remembered)
    window.reveal()
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    picture = window.grab().toImage()
    window.release()
    pending.settle(None)
    jobs.close()
    session.deleteLater()
    window.deleteLater()
    return FirstFrame(picture, window.windowTitle(), geometry, state.maximized)


def _write(picture: QImage, texts: dict[str, str], desk: Path) -> None:
    file = first_frame_file(desk)
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file, private=True) as part:
        writer = QImageWriter(os.fspath(part), b"png")
        writer.setQuality(_QUALITY)
        for name, text in texts.items():
            writer.setText(name, text)
        if not writer.write(picture):
            raise OSError(writer.errorString())
