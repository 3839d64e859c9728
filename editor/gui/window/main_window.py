"""The window. It can be shown before its contents are imported, with a picture of them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMoveEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMainWindow

# A window with a picture waits for nothing that only its contents need.
# ruff: noqa: PLC0415

if TYPE_CHECKING:
    from editor.gui.draft.draft import Draft
    from editor.gui.library.places_view import PlacesView
    from editor.gui.library.story_list import StoryList
    from editor.gui.page.page_picture import PagePicture
    from editor.gui.review.story_actions import StoryActions
    from editor.gui.session import Session
    from editor.gui.window.actions.table import Actions
    from editor.gui.window.centre import Centre
    from editor.gui.window.columns import Columns
    from editor.gui.window.contents import Contents
    from editor.gui.window.first_frame import FirstFrame
    from editor.gui.window.parts import WindowParts
    from editor.gui.window.reading_line import ReadingLine
    from editor.gui.window.remembered import Remembered
    from editor.gui.window.status_line import StatusLine
    from editor.gui.window.story_pane import StoryPane
    from editor.gui.window.top_bar import TopBar
    from editor.gui.window.window_state import WindowState


ACTIVATION_TOKEN = "XDG_ACTIVATION_TOKEN"  # noqa: S105  for one window to come forward once
"""The variable in which a Wayland desktop gives a program that it starts leave to come forward."""


class MainWindow(QMainWindow):
    """One native window: its first frame may be a picture, then `fill` puts a desk into it."""

    closed = Signal()
    """The window was closed and all text is on disk."""
    painted = Signal()
    """The window was painted for the first time: with its picture, and again with a desk."""
    view_changed = Signal()
    """Another story is open, or the window is otherwise not as it was; the next shows the same."""
    desk_wanted = Signal(str)
    """The path of another desk to open, `new` to make one, or `open` to be asked which."""

    session: Session
    state: WindowState
    menu_actions: Actions
    draft: Draft
    story_actions: StoryActions
    places: PlacesView
    list: StoryList
    centre: Centre
    pane: StoryPane
    top: TopBar
    status: StatusLine
    columns: Columns
    reading_line: ReadingLine
    parts: WindowParts

    def __init__(self, session: Session | None = None, state: WindowState | None = None) -> None:
        super().__init__()
        self._contents: Contents | None = None
        self._frame: FirstFrame | None = None
        self.page: PagePicture | None = None
        """What the preview's page looks like: as it is opened with, and closed."""
        self._is_painted = self._text_is_safe = self._is_closed_early = False
        # Not from inside closeEvent, where Qt takes a second close for the first.
        self._close_soon = QTimer(self, singleShot=True)
        self._close_soon.timeout.connect(self.close)
        self.setMinimumSize(720, 480)
        if session is not None:
            self.fill(session, state)

    def show_frame(self, frame: FirstFrame) -> None:
        """Show a picture of the window, where the window was, until there is more of it."""
        self._frame, self.page = frame, frame.page
        self.setWindowTitle(frame.title)
        self.setGeometry(frame.geometry)
        if frame.is_maximized:
            self.setWindowState(Qt.WindowState.WindowMaximized)
        self.show()

    def fill(self, session: Session, state: WindowState | None = None) -> None:
        """Make everything of one desk inside the window, in place of its picture."""
        from editor.gui.window.contents import Contents
        from editor.gui.window.window_state import WindowState

        self.session, self.state = session, state or WindowState()
        contents = Contents(self, session, self.state, self.desk_wanted.emit)
        self.setCentralWidget(contents)
        self._contents, self._is_painted, self._frame = contents, False, None
        contents.view_changed.connect(self.view_changed)
        self.menu_actions, self.parts = contents.menu_actions, contents.parts
        self.draft, self.story_actions = contents.draft, contents.story_actions
        self.places, self.list, self.centre = contents.places, contents.list, contents.centre
        self.pane, self.columns = contents.pane, contents.columns
        self.top, self.status = contents.top, contents.status
        self.reading_line = contents.reading_line
        if not self.isVisible():
            contents.restore_geometry()
        contents.fit()
        if self._is_closed_early:
            self._close_soon.start()

    def start(self, remembered: Remembered | None = None, *, begins_story: bool = False) -> None:
        """Go where this desk was left; on a first visit, to where there is work.

        What is `remembered` of it is shown until the desk is open. With `begins_story` a new
        story is begun instead of opening one.
        """
        if self._contents is not None:
            self._contents.start(remembered, begins_story=begins_story)
            if remembered is not None and self.page is not None:
                self.pane.show_picture(self.page)
            self.page = None

    def reveal(self) -> None:
        """Show all of it, laid out before it is painted: nothing is seen to move."""
        from editor.gui.widgets.layout import lay_out_now

        if self._contents is not None:
            # Qt shows later what comes into a window that is shown already.
            self.menuBar().show()
            self._contents.show()
        self.show()
        lay_out_now()
        if self._contents is not None:
            self._contents.show_last_view()
            if self.focusWidget() is None:
                # Keys that were typed at the picture come next.
                self._contents.focus_list()

    def come_forward(self, token: str = "") -> None:
        """Show the window before others, also a minimised one; `token` is the desktop's leave."""
        if token:
            os.environ[ACTIVATION_TOKEN] = token  # Qt looks for it there and removes it
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def current_state(self) -> WindowState:
        """Return the window as it is now, to be restored the next time."""
        return self._contents.current_state() if self._contents is not None else self.state

    def remember(self) -> None:
        """Write what the next window is to show first; the desk's last job of this one."""
        if self._contents is not None:
            self._contents.remember(self.state.on_desk(self.session.path).get("story", ""))

    def release(self) -> None:
        """Release the web engine, which has to end before the application does."""
        if self._contents is not None:
            self._contents.release()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only once the text is on disk."""
        if self._text_is_safe:
            event.accept()
            self.closed.emit()
            return
        event.ignore()
        self._is_closed_early = self._contents is None
        if self._contents is not None:
            self.state, self.page = self.current_state(), self.pane.picture()
            self._contents.put_away(self._close_anyway)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Esc close the toast, then the problem, then go back to the list."""
        if event.key() == Qt.Key.Key_Escape and self._contents is not None:
            self._contents.step_back()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        if self._contents is None:
            return False
        from editor.gui.widgets.tab_order import focus_next_stop

        return focus_next_stop(self._contents, forward)

    def moveEvent(self, event: QMoveEvent) -> None:
        super().moveEvent(event)
        self.view_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.view_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._frame is not None:
            self._frame.paint(QPainter(self), self.size())
        if not self._is_painted:
            self._is_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        is_activated = event.type() is QEvent.Type.ActivationChange and self.isActiveWindow()
        if is_activated and self._contents is not None:
            # Another window may have written to the desk meanwhile.
            self.session.check_for_changes()

    def _close_anyway(self) -> None:
        self._text_is_safe = True
        self._close_soon.start()
