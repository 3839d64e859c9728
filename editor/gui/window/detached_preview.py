"""Moves the preview into a window of its own, as for a second screen, and back into its column."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import delete

from editor.gui.widgets.layout import once
from editor.gui.window.preview_window import PreviewWindow
from editor.gui.window.story_pane import StoryPane
from editor.gui.window.window_state import WindowState
from editor.i18n import _

if TYPE_CHECKING:
    from editor.gui.window.parts import WindowParts

_ZOOMS = (50, 67, 80, 90, 100, 110, 125, 150, 175, 200, 250, 300)
"""Percent, as browsers have them."""
_USUAL_ZOOM = 100
_NOT_HERE = frozenset({"cut", "copy", "paste", "paste_plain", "select_all"})
"""What the page does itself, or what is of no use in it."""
_SEEN_HERE = frozenset(
    {
        *("preview", "preview_window", "desktop", "phone", "larger", "smaller", "usual_size"),
        *("full_screen", "next_pane", "previous_pane", "undo", "redo", "save", "back", "forward"),
        *("next", "previous", "next_tab", "previous_tab", "close", "quit"),
    }
)
"""The commands whose keys leave the preview in front; before any other the main window comes."""


class DetachedPreview(QObject):
    """Has the preview's own window while there is one. The page itself is never loaded again."""

    changed = Signal()
    """The preview is in its own window now, or no longer."""
    moved = Signal()
    """Its window has another place or size, or shows the page larger or smaller."""

    def __init__(self, state: WindowState, pane: StoryPane, parent: QObject) -> None:
        super().__init__(parent)
        self._pane = pane
        self._parts: WindowParts | None = None
        self.window: PreviewWindow | None = None
        """The window, while the preview is in it."""
        self._is_wanted = state.preview_out
        """Whether it is to be in its own window again as soon as the desk is open."""
        self._box, self._shown = state.preview_box, state.preview_shown
        self._zoom = state.preview_zoom if state.preview_zoom in _ZOOMS else _USUAL_ZOOM
        # Not from inside the window's closing: if the main one closes too, it was out at the end.
        self._bring_back_soon = once(self, self.bring_back)
        if self._is_wanted:
            pane.offer_preview(False)
        for signal in (pane.place_chosen, pane.slug_chosen):
            signal.connect(self._leave)

    def connect_parts(self, parts: WindowParts) -> None:
        """Follow the story of a window's parts, and let their commands' keys work here."""
        self._parts = parts
        for signal in (parts.draft.opened, parts.draft.state_changed):
            signal.connect(self._show_title)

    @property
    def is_out(self) -> bool:
        """Whether the preview is in its own window, or will be as soon as the desk is open."""
        return self.window is not None or self._is_wanted

    def is_active(self) -> bool:
        """Return whether its window has the keyboard."""
        return self.window is not None and self.window.isActiveWindow()

    def give_way(self, command: str) -> None:
        """Bring the main window in front of a command whose work is seen there."""
        if command not in _SEEN_HERE:
            self._leave()

    def toggle(self) -> None:
        """Move the preview into its own window, or back."""
        parts = self._parts
        if self.window is not None:
            self.bring_back()
        elif parts is not None and parts.session.is_open:
            was_shown = self._pane.tabs.current() == "preview"
            self._take_out(parts)
            self.come_forward()
            self._pane.start_preview()
            if was_shown:
                parts.columns.want_pane(False)

    def restore(self) -> None:
        """Move it out again where it was out the last time, without taking the keyboard."""
        parts = self._parts
        if self._is_wanted and parts is not None and parts.session.is_open:
            was_active = parts.window.isActiveWindow()
            self._take_out(parts, is_asked=False)
            if was_active:
                parts.window.activateWindow()

    def come_forward(self) -> None:
        """Show its window in front of others."""
        if self.window is not None:
            self.window.come_forward()

    def close_active(self) -> bool:
        """Close its window if that has the keyboard; return whether it had."""
        return self.window is not None and self.is_active() and self.window.close()

    def bring_back(self) -> None:
        """Move the preview into its column, which is shown."""
        parts, window = self._parts, self.window
        if parts is not None and window is not None:
            self._end(window)
            window.deleteLater()
            self._pane.choose("preview")
            parts.columns.want_pane(True, lent=parts.centre.shows_banner())
            self.changed.emit()

    def release(self) -> None:
        """End its window, because the main one ends."""
        window = self.window
        if window is not None:
            self._end(window)
            # At once: after the event loop has ended nothing is deleted later.
            delete(window)

    def zoom(self, steps: int) -> None:
        """Show the page larger (1), smaller (-1), or as it fits its room (0)."""
        index = max(0, min(_ZOOMS.index(self._zoom) + steps, len(_ZOOMS) - 1))
        self._zoom = _ZOOMS[index] if steps else _USUAL_ZOOM
        self._show_zoom()
        self.moved.emit()

    def remembered(self) -> dict[str, Any]:
        """Return what the next window has to know of it, by the names in its state."""
        if self.window is not None:
            self._box, self._shown = self.window.box(), self.window.shown()
        return {
            "preview_out": self.is_out,
            "preview_box": self._box,
            "preview_shown": self._shown,
            "preview_zoom": self._zoom,
        }

    def _take_out(self, parts: WindowParts, *, is_asked: bool = True) -> None:
        self._is_wanted = False
        self.window = window = PreviewWindow(*self._pane.take_preview())
        window.addActions(
            [action for name, action in parts.actions.items() if name not in _NOT_HERE]
        )
        window.closed.connect(self._bring_back_soon.start)
        window.left.connect(self._leave)
        window.moved.connect(self.moved)
        self._show_title()
        self._show_zoom()
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, not is_asked)
        window.put(self._box, self._shown, parts.window)
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        self.changed.emit()

    def _end(self, window: PreviewWindow) -> None:
        """Give the page back. The window is of no use after that."""
        self._box, self._shown, self.window = window.box(), window.shown(), None
        self._pane.take_back_preview()
        window.hide()

    def _leave(self) -> None:
        """Go on in the main window, where the preview's has the keyboard."""
        if self._parts is not None and self.is_active():
            main = self._parts.window
            main.setWindowState(main.windowState() & ~Qt.WindowState.WindowMinimized)
            main.raise_()
            main.activateWindow()

    def _show_title(self) -> None:
        if self._parts is not None and self.window is not None:
            headline = self._parts.draft.typed.headline.strip()
            parts = (headline, _("Preview"), "Stonehand")
            self.window.setWindowTitle(" – ".join(part for part in parts if part))

    def _show_zoom(self) -> None:
        page, window = self._pane.preview, self.window
        if page is not None and window is not None:
            page.set_zoom(self._zoom)
            is_usual = self._zoom == _USUAL_ZOOM
            text = _("Zoom: {percent} %").format(percent=self._zoom)
            window.zoom.setText("" if is_usual else text)
