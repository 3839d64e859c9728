"""The stories that readers of this one are led to next."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from editor.core.fields import label
from editor.core.paths import with_value
from editor.errors import NotFound
from editor.gui.draft.draft import Draft
from editor.gui.widgets.pick_list import Pick, PickList
from editor.i18n import _
from editor.store.reading.rows import Filter, StoryRow
from editor.store.reading.snapshot import Snapshot

_MOST = 12


class RelatedStories(PickList):
    """Stories of this desk, found by their words, in the order readers see them."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        search = _("Find a story to add")
        super().__init__(label("related"), search, ordered=True, parent=parent)
        self._draft = draft
        self._rows: dict[str, StoryRow] = {}
        self._asked: set[str] = set()
        self.changed.connect(self._edit)
        self.searched.connect(self._find)

    def show_value(self) -> None:
        """Show what the draft has; names that are not known yet follow."""
        ids = self._draft.text.related
        self.show_picks([self._pick(story) for story in ids])
        missing = tuple(story for story in ids if story not in self._asked)
        if missing:
            self._asked.update(missing)
            self._draft.session.ask(partial(_rows, missing), owner=self, done=self._named)

    def forget_names(self) -> None:
        """Ask for the names again, because stories changed."""
        self._asked.clear()
        self.show_value()

    def _edit(self, values: tuple[str, ...]) -> None:
        self._draft.edit(with_value(self._draft.text, "related", values), "related")

    def _find(self, words: str) -> None:
        self._draft.session.ask(
            partial(_found, words), owner=self, done=partial(self._offer_rows, words)
        )

    def _offer_rows(self, words: str, rows: list[StoryRow]) -> None:
        self._named(rows)
        here = self._draft.text.id
        self.offer(words, [self._pick(row.id) for row in rows if row.id != here])

    def _named(self, rows: list[StoryRow]) -> None:
        self._rows |= {row.id: row for row in rows}
        self.show_picks([self._pick(story) for story in self._draft.text.related])

    def _pick(self, story: str) -> Pick:
        if row := self._rows.get(story):
            return Pick(story, row.headline.strip() or row.slug, row.slug)
        slug = self._draft.session.slugs.get(story)
        return Pick(story, slug or _("A story that is not on this desk"), story)


def _rows(ids: tuple[str, ...], snapshot: Snapshot) -> list[StoryRow]:
    found = []
    for story in ids:
        try:
            found.append(snapshot.row(story))
        except NotFound:
            continue
    return found


def _found(words: str, snapshot: Snapshot) -> list[StoryRow]:
    """Stories with all the words; without words, those touched last."""
    if not words:
        return list(snapshot.rows(Filter(), 0, _MOST))
    return [hit.row for hit in snapshot.search(words, _MOST)]
