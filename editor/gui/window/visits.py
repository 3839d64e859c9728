"""Back and forward: the stories and places as they were seen, each with its caret and scroll."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent

from editor.core.findings import TextPlace
from editor.files import parse_json
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import NEW, journal_key
from editor.gui.library.places import BANNER
from editor.gui.widgets.tab_order import has_focus
from editor.gui.window.story_view import MOST, caret_of, scroll_form
from editor.i18n import _

if TYPE_CHECKING:
    from editor.gui.window.parts import WindowParts
    from editor.store.journal import Journal
    from editor.store.reading.snapshot import Snapshot

_MOST = 100
"""Visits that are remembered; the oldest is forgotten first."""
_STEPS = {Qt.MouseButton.BackButton: -1, Qt.MouseButton.ForwardButton: 1}


@dataclass(frozen=True, slots=True)
class Visit:
    """A story, by its id, in a place, by its key; and where its text was being read or written."""

    place: str
    story: str
    caret: TextPlace | None = None
    """Where the caret was, if it was in the form."""
    scroll: int = 0
    """Pixels that the form was scrolled."""

    def is_as(self, other: Visit) -> bool:
        """Return whether the same is shown, wherever the caret is in it."""
        return (self.place, self.story) == (other.place, other.story)


class Visits(QObject):
    """The visits of one window, oldest first; one of them is where it is now.

    It is made before the form, so that it can read what the form showed of a story
    before the form shows another.
    """

    changed = Signal()
    """There is another visit before or after this one, or none any more."""

    def __init__(self, draft: Draft, parent: QObject) -> None:
        super().__init__(parent)
        self._draft = draft
        self._visits: list[Visit] = []
        self._index = -1
        self._shown, self._was_in_form = "", False
        self._going: Visit | None = None
        self._views: dict[str, Visit] = {}
        self._returning: Visit | None = None
        self._parts: WindowParts | None = None
        draft.opened.connect(self._note_view)

    def connect_parts(self, parts: WindowParts) -> None:
        """Follow what a window's parts show; last of all that follows them."""
        self._parts = parts
        parts.draft.opened.connect(self._story_opened)
        parts.places.chosen.connect(self._place_chosen)
        parts.centre.form.caret_moved.connect(self._caret_moved)

    def follow_mouse(self) -> None:
        """Go back and forward by the fourth and fifth button, wherever in the window.

        Not in the widgets: the page and the lists take every button for themselves.
        """
        handle = self._parts.window.windowHandle() if self._parts is not None else None
        if handle is not None:
            handle.installEventFilter(self)

    def can_go(self, steps: int) -> bool:
        """Return whether there is a visit before (-1) or after (1) this one."""
        return 0 <= self._index + steps < len(self._visits)

    def recent(self) -> list[str]:
        """Return the ids of the stories that were seen, the last one first, without this one."""
        seen = dict.fromkeys(visit.story for visit in reversed(self._visits) if visit.story)
        return [story for story in seen if story != self._shown]

    def go(self, steps: int) -> None:
        """Go to the visit before or after; of stories that are gone, to the one beyond them."""
        if self._parts is None or not self.can_go(steps):
            return
        self._note_view()
        stories = {visit.story for visit in self._visits if visit.story}
        journal = self._parts.session.journal
        self._parts.session.ask(
            lambda snapshot: _keys(snapshot, journal, stories),
            owner=self,
            done=partial(self._go, steps),
        )

    def views_to_text(self, stories: Iterable[str]) -> str:
        """Return where these stories were left, by their ids, for the window's state."""
        views = {story: self._views[story] for story in stories if story in self._views}
        return json.dumps(
            {
                story: [view.caret.path, view.caret.start, view.scroll]
                for story, view in views.items()
                if view.caret is not None
            }
        )

    def restore_views(self, text: str) -> None:
        """Take over what `views_to_text` returned; what can't be used of it is left out."""
        for story, (path, at, scroll) in _views_in(text).items():
            self._views[story] = Visit("", story, TextPlace(path, at, at), scroll)

    def return_to(self, key: str) -> None:
        """Open a story by its key, with the caret and the page where they were when it was left."""
        if self._parts is not None:
            self._note_view()
            self._returning = self._views.get(key.removeprefix(NEW))
            self._parts.open_story(key)
            self._parts.list.select(key)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.MouseButtonPress and isinstance(event, QMouseEvent):
            steps = _STEPS.get(event.button())
            if steps:
                self.go(steps)
            return steps is not None
        return False

    def _go(self, steps: int, keys: Mapping[str, str]) -> None:
        if self._parts is None or self._index < 0:
            return
        self._forget_gone(steps, keys)
        if self.can_go(steps):
            self._index += steps
            visit = self._visits[self._index]
            self._show(visit, keys.get(visit.story, ""))
        self.changed.emit()

    def _forget_gone(self, steps: int, keys: Mapping[str, str]) -> None:
        """Forget what is gone of where it goes to, and say so once."""
        before, after = self._visits[: self._index], self._visits[self._index + 1 :]
        here, way = self._visits[self._index], before[::-1] if steps < 0 else after
        there = [visit for visit in way if not visit.story or visit.story in keys]
        if len(there) == len(way):
            return
        while there and there[0].is_as(here):
            there.pop(0)  # what was between them is gone
        before, after = (there[::-1], after) if steps < 0 else (before, there)
        self._visits, self._index = [*before, here, *after], len(before)
        if self._parts is not None:
            sentence = _("A story that was here is no longer on this desk.")
            self._parts.session.message.emit(sentence, None)

    def _show(self, visit: Visit, key: str) -> None:
        """Show a visit's place, and its story if another is open."""
        parts, self._going = self._parts, visit
        if parts is None:
            return
        parts.places.go(visit.place)
        is_open = key == parts.draft.open_story.key
        if visit.place == BANNER:
            if key:
                parts.draft.open(key)
        elif key:
            parts.open_story(key)
            parts.list.select(key)
        if is_open or not key:
            self._going = None

    def _story_opened(self) -> None:
        story = self._draft.open_story.story_id
        going, self._going = self._going, None
        returning, self._returning = self._returning, None
        self._shown, self._was_in_form = story, False
        if self._draft.open_error is not None or not story:
            return
        view = going if going is not None and going.place != BANNER else None
        if going is None or going.story != story:
            self._add()
            view = returning if returning is not None and returning.story == story else None
        if view is not None:
            # Once the form and what else follows the story show it.
            QTimer.singleShot(0, self, partial(self._restore, view))

    def _place_chosen(self) -> None:
        asked = self._draft.asked_key
        # A story that is being opened is a visit together with its place.
        if self._going is None and asked in ("", self._draft.open_story.key):
            self._note_view()
            self._add()

    def _add(self) -> None:
        """Remember what is shown now as the newest visit."""
        parts = self._parts
        place = parts.places.current() if parts is not None else None
        visit = Visit(place.key if place is not None else "", self._draft.open_story.story_id)
        known = self._visits[: self._index + 1]
        if known and known[-1].is_as(visit):
            return
        if known and not known[-1].story:
            known.pop()  # nothing was open yet
        self._visits = [*known, visit][-_MOST:]
        self._index = len(self._visits) - 1
        self.changed.emit()

    def _note_view(self) -> None:
        """Note where the form is, for the visit that is left."""
        if self._going is not None or self._parts is None or self._index < 0:
            return
        visit = self._visits[self._index]
        if visit.story == self._shown:
            form = self._parts.centre.form
            caret = caret_of(form) if self._was_in_form or has_focus(form) else None
            scroll = form.verticalScrollBar().value()
            self._visits[self._index] = visit = replace(visit, caret=caret, scroll=scroll)
            self._note_last_view(visit)

    def _note_last_view(self, visit: Visit) -> None:
        """Note where a story was left; one that was only looked at keeps its caret's place."""
        known = self._views.pop(visit.story, visit)
        self._views[visit.story] = replace(visit, caret=visit.caret or known.caret)
        if len(self._views) > _MOST:
            del self._views[next(iter(self._views))]

    def _restore(self, visit: Visit) -> None:
        parts = self._parts
        if parts is None or self._draft.open_story.story_id != visit.story:
            return
        if visit.caret is not None and not has_focus(parts.centre.tab_strip):
            parts.centre.go_to(visit.caret)
        scroll_form(parts.centre.form, visit.scroll)

    def _caret_moved(self) -> None:
        if self._parts is not None and has_focus(self._parts.centre.form):
            self._was_in_form = True


def _views_in(text: str) -> dict[str, tuple[str, int, int]]:
    """Return the field, the caret in it and the scroll of each story in a text."""
    try:
        found = parse_json(text)
    except ValueError:
        return {}
    views = list(found.items())[:_MOST] if isinstance(found, dict) else []
    return {story: (*view,) for story, view in views if _is_view(view)}


def _is_view(value: Any) -> bool:
    kinds = [type(part) for part in value] if isinstance(value, list) else []
    return kinds == [str, int, int] and all(0 <= number < MOST for number in value[1:])


def _keys(snapshot: Snapshot, journal: Journal, stories: Collection[str]) -> dict[str, str]:
    """Return the keys that open stories by their ids, of those that are not gone."""
    keys = {story: story for story in snapshot.slugs(stories)}
    for story in stories:
        if story not in keys and journal.read(journal_key(NEW + story)) is not None:
            keys[story] = NEW + story
    return keys
