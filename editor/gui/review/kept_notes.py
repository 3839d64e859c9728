"""Keeps what is typed into the sheets above a story until what it was written for is done."""

from __future__ import annotations

from editor.gui.draft.draft import Draft
from editor.gui.kept.kept_text import KeptText
from editor.gui.review.note_sheet import NoteSheet
from editor.gui.review.return_note import ReturnNote
from editor.gui.review.story_actions import StoryActions
from editor.gui.session import Session

_RETURN = "return"


class KeptNotes:
    """The notes of a return, a correction and a kill, for each story its own.

    A note is forgotten once the step was carried out: a refusal loses nothing.
    """

    def __init__(
        self,
        session: Session,
        draft: Draft,
        actions: StoryActions,
        returning: ReturnNote,
        sheet: NoteSheet,
    ) -> None:
        self._draft = draft
        self._return = KeptText(session, returning.field())
        self._asked = KeptText(session, sheet.text)
        self._under_way: dict[str, str] = {}
        for kept in (self._return, self._asked):
            kept.refused.connect(session.problem)
        draft.opened.connect(self._opened)
        sheet.asked.connect(self._ask)
        returning.sent.connect(lambda _note: self._begin(_RETURN))
        actions.moved.connect(self._done)
        self._opened()

    def _opened(self) -> None:
        self._return.show(self._key(_RETURN) if self._draft.open_story.stored is not None else "")
        self._asked.show("")

    def _ask(self, name: str) -> None:
        self._begin(name)
        self._asked.show(self._key(name))

    def _begin(self, name: str) -> None:
        # Somebody may look at another story by the time it is done.
        self._under_way[name] = self._key(name)

    def _done(self, name: str) -> None:
        if key := self._under_way.pop(name, ""):
            (self._return if name == _RETURN else self._asked).forget(key)

    def _key(self, name: str) -> str:
        return f"{name}:{self._draft.open_story.key}"
