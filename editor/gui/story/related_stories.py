"""The stories that readers of this one are led to next."""

from __future__ import annotations

from functools import partial

from editor.core.changes import Changes
from editor.errors import NotFound
from editor.gui.draft.draft import Draft
from editor.gui.story.pick_field import PickField
from editor.gui.widgets.pick_list import Pick
from editor.i18n import _
from editor.store.reading.rows import Filter, StoryRow
from editor.store.reading.snapshot import Snapshot

_LIMIT = 12


class RelatedStories(PickField):
    """Stories of this desk, found by their words, in the order readers see them."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(draft, "related", _("Find a story to add"), ordered=True)
        self._session = draft.session
        self._rows: dict[str, StoryRow] = {}
        self._asked: set[str] = set()
        self.field.searched.connect(self._find)
        self._session.changed.connect(self._desk_changed)

    def show_value(self) -> None:
        """Show what the draft has; a headline that is not known yet follows its slug."""
        ids = self._draft.typed.related
        self.field.show_picks([self._pick(story) for story in ids])
        if missing := set(ids) - self._asked:
            self._asked |= missing
            self._session.ask(partial(_rows, missing), owner=self, done=self._add_rows)

    def _find(self, words: str) -> None:
        self._session.ask(
            partial(_find_stories, words), owner=self, done=partial(self._offer, words)
        )

    def _offer(self, words: str, rows: list[StoryRow]) -> None:
        self._add_rows(rows)
        own = self._draft.typed.id
        self.field.offer(words, [self._pick(row.id) for row in rows if row.id != own])

    def _add_rows(self, rows: list[StoryRow]) -> None:
        self._rows |= {row.id: row for row in rows}
        self.field.show_picks([self._pick(story) for story in self._draft.typed.related])

    def _desk_changed(self, changes: Changes) -> None:
        self._asked -= set(changes.ids("story"))
        self.show_value()

    def _pick(self, story: str) -> Pick:
        if row := self._rows.get(story):
            return Pick(story, row.headline.strip() or row.slug, row.slug)
        slug = self._session.slugs.get(story)
        return Pick(story, slug or _("A story that is not on this desk"), story)


def _rows(ids: set[str], snapshot: Snapshot) -> list[StoryRow]:
    found = []
    for story in ids:
        try:
            found.append(snapshot.row(story))
        except NotFound:
            continue
    return found


def _find_stories(words: str, snapshot: Snapshot) -> list[StoryRow]:
    """The stories with all the words; without words, those changed last."""
    if not words:
        return snapshot.rows(Filter(), 0, _LIMIT)
    return [hit.row for hit in snapshot.search(words, _LIMIT)]
