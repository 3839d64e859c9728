"""Takes the picture that the next window of a desk is painted from before anything else is there.

The window that is to come is made for it, from what is remembered of the desk, and never shown.
So nothing is in the picture that the next window would not show first, and no approval.
"""

from __future__ import annotations

import os
import threading
from datetime import date
from pathlib import Path
from typing import cast

from PySide6.QtCore import QEventLoop, QRect, QSize, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QApplication

from editor.files import remove, replacing
from editor.gui.interface_language import apply_language, system_language
from editor.gui.jobs import Jobs
from editor.gui.library.places import REVIEW
from editor.gui.page.page_picture import PagePicture
from editor.gui.pending_desk import PendingDesk
from editor.gui.session import Session
from editor.gui.window.first_frame import (
    FirstFrame,
    describe,
    first_frame_file,
    later_frame_file,
    state_of,
)
from editor.gui.window.main_window import MainWindow
from editor.gui.window.remembered import Remembered, recall
from editor.gui.window.window_state import WindowState, load_window_state
from editor.log import log
from editor.settings import Settings, load_settings

_QUALITY = 80
"""Of 100: a larger file takes longer to read, a smaller one to unpack."""


def take_next_frame(
    desk: Path,
    settings: Settings,
    state: WindowState,
    size: QSize,
    page: PagePicture | None = None,
) -> None:
    """Write the first frame of a desk's next window, today's and a later one, or remove both.

    `size` is what the window had, should it be maximized, and `page` what its preview
    showed. For the main thread, once the desk is closed.
    """
    files = (first_frame_file(desk), later_frame_file(desk))
    try:
        # Before anything is read: what another process writes meanwhile is not in the picture.
        digest = state_of(desk)
        is_read_again = (load_settings(), load_window_state()) == ((settings, []), state)
        remembered = recall(desk, settings.person, state.on_desk(desk.absolute()))
        # In review a list says how long its stories wait, which is another time soon.
        if not is_read_again or remembered is None or remembered.place == REVIEW:
            for file in files:
                remove(file)
            return
        if page is not None and not page.is_of(remembered.stored):
            page = None
        # The next window speaks the language that may have been chosen in this one.
        language = settings.interface_language(system_language())
        apply_language(cast(QApplication, QApplication.instance()), language)
        jobs, pending = Jobs(), PendingDesk(desk)
        session = Session(pending, jobs, settings, remembered.facts)
        # As in the next window: words are counted after it is painted.
        is_pictured = threading.Event()
        jobs.run(lambda _progress: is_pictured.wait(), owner=session, lane="render")
        try:
            frames = _pictures(session, remembered, state, size, page)
        finally:
            is_pictured.set()
        # Whatever the window asked for is of no use to anybody.
        pending.settle(None)
        jobs.close()
        follows_system = settings.appearance == "system"
        for file, frame in zip(files, frames, strict=True):
            _write(frame.picture, describe(frame, digest, follows_system), file)
    except OSError as error:
        log.info("No first frame was kept: %s", type(error).__name__)


def _pictures(
    session: Session,
    remembered: Remembered,
    state: WindowState,
    size: QSize,
    page: PagePicture | None,
) -> tuple[FirstFrame, FirstFrame]:
    """Return the picture for today and the one for another day."""
    window = MainWindow()
    window.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    window.fill(session, state)
    geometry, window.page = window.geometry(), page
    if state.maximized:
        window.resize(size)
    window.start(remembered)
    window.reveal()
    picture, box = _grab(window), window.pane.picture_box() or QRect()
    page = page if box.isValid() else None
    today = FirstFrame(picture, window.windowTitle(), geometry, state.maximized, page, box)
    window.pane.forget_picture()
    window.status.show_as_on(date.min)
    later = today._replace(picture=_grab(window), page=None, page_box=QRect())
    window.release()
    window.deleteLater()
    return today, later


def _grab(window: MainWindow) -> QImage:
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    return window.grab().toImage()


def _write(picture: QImage, texts: dict[str, str], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with replacing(file, private=True) as part:
        writer = QImageWriter(os.fspath(part), b"png")
        writer.setQuality(_QUALITY)
        for name, text in texts.items():
            writer.setText(name, text)
        if not writer.write(picture):
            raise OSError(writer.errorString())
