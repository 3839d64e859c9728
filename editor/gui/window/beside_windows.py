"""The stories that are read beside the one that is written, each in a window of its own."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from editor.files import parse_json
from editor.gui.session import Session
from editor.gui.window.window_state import FARTHEST, on_screen

if TYPE_CHECKING:
    from editor.gui.review.story_beside import StoryBeside

_MOST = 12
"""Windows that are opened again; nobody reads in more."""


class _Place(NamedTuple):
    """A story's id, the left, top, width and height of its window, and how far it is scrolled."""

    story: str
    box: tuple[int, ...]
    scroll: int


class BesideWindows(QObject):
    """Opens these windows, and opens them again where they were the last time."""

    changed = Signal()
    """There is another window, or one less, or one is moved or scrolled."""

    def __init__(self, session: Session, main: QWidget) -> None:
        super().__init__(main)
        self._session, self._main = session, main
        self._windows: list[StoryBeside] = []
        self._wanted: list[_Place] = []

    def show(self, story: str) -> None:
        """Show a story in the window that has it, or in a new one."""
        beside = next((shown for shown in self._windows if shown.story == story), None)
        beside = beside or self._open(story)
        beside.show()
        beside.raise_()
        beside.activateWindow()

    def to_text(self) -> str:
        """Return which stories are shown where, for the window's state."""
        places = self._wanted or [_place_of(shown) for shown in self._windows]
        return json.dumps(places[-_MOST:]) if places else ""

    def restore(self, text: str) -> None:
        """Open the windows of the last time again, without taking the keyboard.

        A story that is no longer on the desk is left out.
        """
        self._wanted = _read(text)
        stories = {place.story for place in self._wanted}
        if stories:
            self._session.ask(
                lambda snapshot: snapshot.slugs(stories), owner=self, done=self._open_all
            )

    def _open_all(self, known: Collection[str]) -> None:
        wanted, self._wanted = self._wanted, []
        was_active = self._main.isActiveWindow()
        shown = {beside.story for beside in self._windows}
        for place in wanted:
            box = on_screen(place.box)
            if place.story not in known or place.story in shown or box is None:
                continue
            shown.add(place.story)
            beside = self._open(place.story)
            beside.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
            beside.setGeometry(box)
            beside.scroll_to(place.scroll)
            beside.show()
            beside.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating, False)
        if was_active:
            self._main.activateWindow()

    def _open(self, story: str) -> StoryBeside:
        from editor.gui.review.story_beside import (  # noqa: PLC0415 - not needed to start
            StoryBeside,
        )

        beside = StoryBeside(self._session, story, self._main)
        self._windows.append(beside)
        beside.moved.connect(self.changed)
        beside.finished.connect(lambda _result: self._closed(beside))
        self.changed.emit()
        return beside

    def _closed(self, beside: StoryBeside) -> None:
        self._windows.remove(beside)
        self.changed.emit()


def _place_of(beside: StoryBeside) -> _Place:
    box = beside.geometry()
    sides = (box.x(), box.y(), box.width(), box.height())
    return _Place(beside.story, sides, beside.scrolled())


def _read(text: str) -> list[_Place]:
    """Return the places of a state's text; those that can't be used are left out."""
    try:
        found = parse_json(text or "[]")
    except ValueError:
        return []
    places = [_place(item) for item in found[:_MOST]] if isinstance(found, list) else []
    return [place for place in places if place is not None]


def _place(item: Any) -> _Place | None:
    match item:
        case [str(story), [*box], int(scroll)] if all(_is_small(side) for side in box):
            return _Place(story, tuple(box), scroll if _is_small(scroll) else 0)
    return None


def _is_small(number: Any) -> bool:
    return type(number) is int and abs(number) <= FARTHEST
