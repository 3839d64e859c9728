"""What a window is like from one day to the next: its place, its columns and what was open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication

from editor.files import parse_json, write_json
from editor.gui.widgets.screen_room import inside_frame
from editor.places import window_state_file
from editor.turns import changing

FARTHEST = 1_000_000
"""Points or pixels: beyond it there is no screen, and soon no number that Qt can hold."""


@dataclass(frozen=True, slots=True)
class WindowState:
    """The state of a window. Everything has a default, so a lost file loses nothing else."""

    geometry: tuple[int, ...] = ()
    """Left, top, width, height, in the screen's points."""
    maximized: bool = False
    columns: tuple[int, ...] = ()
    """Widths of places, list, story and pane."""
    places: bool = True
    pane: bool = True
    tab: str = "preview"
    width: str = "desktop"
    """How wide the preview's page is: `desktop` or `phone`."""
    preview_out: bool = False
    """Whether the preview is in a window of its own."""
    preview_box: tuple[int, ...] = ()
    """That window's left, top, width and height, also for the next time."""
    preview_shown: str = ""
    """How that window is shown: `full`, `maximized`, or neither."""
    preview_zoom: int = 100
    """Percent of its size at which that window shows the page."""
    desks: dict[str, dict[str, str]] = field(default_factory=dict)
    """By the desk's path: the `place` and `story` that were open, and the lists' `filters`.

    `caret`, `scroll` and `focus` are the view of the form, `page` is how far the preview's page
    was scrolled, `beside` the stories in windows of their own, `views` how the stories in `tabs`
    were left. `closed` is the instant when the desk's window was closed last.
    """

    def known_desks(self) -> tuple[str, ...]:
        """Return the paths of the desks whose windows were closed, the last one first."""
        by_time = sorted(self.desks, key=lambda path: self.desks[path].get("closed", ""))
        return tuple(reversed(by_time))

    def on_desk(self, desk: Path) -> dict[str, str]:
        """Return what was open on a desk, `place`, `story` and `filters`, and when; or nothing."""
        return self.desks.get(str(desk), {})


def load_window_state() -> WindowState:
    """Read the saved state; what can't be used has its default, without a word: it is comfort."""
    try:
        raw = parse_json(window_state_file().read_bytes())
    except (OSError, ValueError):
        return WindowState()
    known: dict[str, Any] = {}
    for spec in fields(WindowState):
        value = raw.get(spec.name) if isinstance(raw, dict) else None
        default = getattr(WindowState(), spec.name)
        if isinstance(default, tuple):
            known[spec.name] = _numbers(value)
        elif type(value) is type(default):
            known[spec.name] = value
    if not _are_texts(known.get("desks", {})):
        del known["desks"]
    return WindowState(**known)


def save_window_state(state: WindowState) -> bool:
    """Write the state, whole or not at all; False where this computer refuses."""
    return write_json(window_state_file(), asdict(state))


def save_desk_state(state: WindowState, desk: Path) -> WindowState:
    """Write a window's state of its desk, beside what other windows saved of theirs meanwhile.

    Returns the whole state, which this computer may have refused to write.
    """
    own = {str(desk): state.on_desk(desk)}
    with changing(window_state_file()):
        state = replace(state, desks={**state.desks, **load_window_state().desks, **own})
        save_window_state(state)
    return state


def on_screen(geometry: tuple[int, ...]) -> QRect | None:
    """Return a saved rectangle, moved and shrunk to fit the screen it is on now.

    The screen may be another one today, or gone; None when the rectangle can't
    be used.
    """
    primary = QGuiApplication.primaryScreen()
    screens = sorted(QGuiApplication.screens(), key=lambda screen: screen is not primary)
    return fit_onto(geometry, [screen.availableGeometry() for screen in screens])


def fit_onto(geometry: tuple[int, ...], rooms: Sequence[QRect]) -> QRect | None:
    """Return a rectangle inside the room of the screen that shows most of it, else of the first.

    Where it has to be moved, the title above it is on that screen.
    """
    if len(geometry) != 4 or min(geometry[2:]) < 100:
        return None
    wanted = QRect(*geometry)
    seen = [room.intersected(wanted).size() for room in rooms]
    areas = [size.width() * size.height() for size in seen]
    room = rooms[areas.index(max(areas))]
    if room.contains(wanted):
        return wanted
    room = inside_frame(room)
    size = wanted.size().boundedTo(room.size())
    left = min(max(wanted.left(), room.left()), room.right() + 1 - size.width())
    top = min(max(wanted.top(), room.top()), room.bottom() + 1 - size.height())
    return QRect(left, top, size.width(), size.height())


def _numbers(value: Any) -> tuple[int, ...]:
    usable = isinstance(value, list) and all(
        type(item) is int and abs(item) <= FARTHEST for item in value
    )
    return tuple(value) if usable else ()


def _are_texts(desks: dict[str, Any]) -> bool:
    return all(
        isinstance(desk, dict) and all(isinstance(text, str) for text in desk.values())
        for desk in desks.values()
    )
