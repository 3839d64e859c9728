"""The save of an approved story that was left: it waits a little, so that it can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from editor.gui.draft.open_story import OpenStory
from editor.gui.kept.journal_writer import JournalWriter
from editor.gui.session import Session
from editor.gui.widgets.layout import once
from editor.gui.widgets.toast import SHOWN_MS
from editor.i18n import _, quoted


class HeldSave(QObject):
    """Holds one story, as long as the message about it is shown; its text is in the journal.

    A new version ends the approval, and a stray key must not do that unnoticed.
    """

    def __init__(
        self,
        session: Session,
        journal: JournalWriter,
        save: Callable[[OpenStory], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._journal, self._save = session, journal, save
        self._held: OpenStory | None = None
        self._soon = once(self, self.release, SHOWN_MS)
        session.person_changed.connect(self.forget)

    def hold(self, left: OpenStory) -> None:
        """Write the text to the journal, and save it as a version a little later."""
        self._held = left
        write = self._journal.write_job(left.journal_key, left.to_entry())
        self._session.jobs.run(
            write, owner=self, failed=lambda _error: self.release(), lane="store"
        )
        title = left.typed.headline or left.typed.slug
        self._session.message.emit(
            _("{title} was approved and is edited: it needs approval again.").format(
                title=quoted(title)
            ),
            self._undo,
        )
        self._soon.start()

    def release(self) -> None:
        """Save what is held now."""
        held = self._held
        self.forget()
        if held is not None:
            self._save(held)

    def forget(self) -> None:
        """Save nothing: the text is open again, or somebody else works here now."""
        self._held = None
        self._soon.stop()

    def forget_story(self, key: str) -> None:
        """Save nothing of the story of this key: it is being opened again, with its text."""
        if self._held is not None and self._held.key == key:
            self.forget()

    def _undo(self) -> None:
        held = self._held
        self.forget()
        if held is not None:
            self._journal.remove(held.journal_key)
