"""Stories that are only in the journal: begun, and never saved as a version."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from editor.core.workflow import Publication, Stage
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import NEW
from editor.gui.draft.unsaved import journal_stories
from editor.i18n import _
from editor.store.journal import Journal
from editor.store.reading.rows import StoryRow
from editor.text.metrics import count_words


def new_stories(journal: Journal, person: str) -> list[StoryRow]:
    """Return them as rows with version 0, those of one person and those that name nobody.

    The `id` of a row is its key, which `Draft.open` takes as well.
    """
    return [
        StoryRow(
            id=unsaved.key,
            slug="",
            headline=unsaved.story.headline,
            section=unsaved.story.section,
            language=unsaved.story.language,
            stage=Stage.DRAFT,
            publication=Publication.NEVER,
            version=0,
            words=count_words(unsaved.story.body),
            updated="",
            author=unsaved.author,
        )
        for unsaved in journal_stories(journal, NEW)
        if unsaved.author in ("", person)
    ]


def new_story_action(draft: Draft, parent: QObject) -> QAction:
    """Return what a pane offers that has nothing to show because no story is open."""
    action = QAction(_("&New story"), parent)
    action.triggered.connect(lambda _checked=False: draft.new())

    def follow_desk() -> None:
        action.setEnabled(draft.session.why_read_only is None)

    draft.session.opened.connect(follow_desk)
    follow_desk()
    return action
