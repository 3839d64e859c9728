"""The stories that readers of this one are shown next."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from editor.core.changes import Changes
from editor.errors import NotFound
from editor.gui.draft.draft import Draft
from editor.gui.story.pick_field import PickField
from editor.gui.widgets.found_stories import find_stories
from editor.gui.widgets.pick_rows import Pick
from editor.i18n import _
from editor.store.reading.rows import StoryRow

if TYPE_CHECKING:
    from editor.store.reading.snapshot import Snapshot

_LIMIT = 12


class RelatedStories(PickField):
    """Stories of this desk, found by their words, in the order readers see them."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(draft, "related", _("Find a story to add"), ordered=True, parent=parent)
        self._rows: dict[str, StoryRow] = {}
        self._asked, self._answered = set[str](), set[str]()
        self.field.entered.connect(self._show_nothing_found)
        draft.session.changed.connect(self._desk_changed)

    def show_value(self) -> None:
        """Show what the draft has; names that are not known yet follow."""
        super().show_value()
        missing = tuple(story for story in self._draft.typed.related if story not in self._asked)
        if missing:
            self._asked.update(missing)
            self._draft.session.ask(
                partial(_rows, missing), owner=self, done=partial(self._show_asked, missing)
            )

    def search(self, words: str) -> None:
        """Offer the stories with all of some words, or without words the last ones changed."""
        self._draft.session.ask(
            lambda snapshot: find_stories(snapshot, words, _LIMIT),
            owner=self,
            done=partial(self._offer_rows, words),
        )

    def pick_of(self, story: str) -> Pick:
        """Return how a story is shown: by its headline, once it was read."""
        if row := self._rows.get(story):
            return Pick(story, row.headline.strip() or row.slug, row.slug)
        is_missing = story in self._answered
        return Pick(story, _("A story that is not on this desk") if is_missing else "…", story)

    def _offer_rows(self, words: str, rows: list[StoryRow]) -> None:
        self._show_names(rows)
        own = self._draft.typed.id
        self.field.offer(words, [self.pick_of(row.id) for row in rows if row.id != own])

    def _show_nothing_found(self, words: str) -> None:
        self.show_problem(
            _("No other story has “{words}”. Try another word of its headline.").format(words=words)
        )

    def _show_asked(self, asked: tuple[str, ...], rows: list[StoryRow]) -> None:
        self._answered.update(asked)
        self._show_names(rows)

    def _show_names(self, rows: list[StoryRow]) -> None:
        self._rows |= {row.id: row for row in rows}
        super().show_value()

    def _desk_changed(self, changes: Changes) -> None:
        """Read names again that may have changed."""
        if any(changes.touches("story", story) for story in self._draft.typed.related):
            self._asked.clear()
            self.show_value()


def _rows(ids: tuple[str, ...], snapshot: Snapshot) -> list[StoryRow]:
    found = []
    for story in ids:
        try:
            found.append(snapshot.row(story))
        except NotFound:
            continue
    return found
