"""Pasting into the body: what was copied elsewhere is read, then put in as one undo step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QTextCursor

from editor.core.canonical import normal, with_plain_breaks
from editor.core.story import Picture, Story
from editor.errors import BadValue, EditorError
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import OpenStory
from editor.gui.jobs import Job
from editor.gui.story.body_field import BodyField
from editor.gui.story.paste_line import PasteLine
from editor.gui.story.paste_place import PlacedText, place_in_cell, place_pasted
from editor.gui.widgets.clipboard import html_of, insert_pasted
from editor.gui.widgets.offsets import from_qt
from editor.i18n import _
from editor.progress import Progress

if TYPE_CHECKING:
    from editor.formats.html.pictures import FoundPicture
    from editor.formats.pasted import Pasted

# What reads HTML is imported where some is pasted: no window waits for it.
# ruff: noqa: PLC0415

AT_ONCE = 30_000
"""The bytes of HTML or text that are read while the key waits: about one frame's work."""


@dataclass(slots=True)
class _Place:
    """Where something is to be pasted: Qt moves the cursor as somebody types before it."""

    open_story: OpenStory
    cursor: QTextCursor
    selected: str
    """What the paste takes the place of, unless somebody typed in it meanwhile."""


@dataclass(frozen=True, slots=True)
class _Stored:
    """The pictures of a paste that the desk has now, and how many can't be used."""

    pictures: tuple[Picture, ...] = ()
    refused: int = 0


class BodyPaste(QObject):
    """Reads what is pasted into the body and says what was kept of it.

    A long one is read beside the typing; its place is remembered meanwhile.
    """

    def __init__(self, draft: Draft, body: BodyField, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._draft, self._body = draft, body
        self.line = PasteLine()
        self._job: Job | None = None
        self._pasted: Story | None = None
        """The story just after the paste, whose line offers to undo it."""
        self._body_before = ""
        body.paste_asked.connect(self.paste)
        draft.opened.connect(self._forget)
        draft.changed.connect(self._text_changed)

    def paste(self, data: QMimeData) -> None:
        """Read what was copied and put it where the caret is."""
        from editor.formats.pasted import read_pasted

        html, text = html_of(data), data.text()
        cursor = QTextCursor(self._body.textCursor())
        place = _Place(self._draft.open_story, cursor, self._body.selected())
        if max(len(html), len(text)) <= AT_ONCE:
            self._read(place, read_pasted(html, text))
        else:
            self._run(partial(read_pasted, html, text), partial(self._read, place))

    def _read(self, place: _Place, pasted: Pasted) -> None:
        """Have the desk store the pictures that came with the text, then put both in."""
        found = [picture for picture in pasted.pictures if not picture.is_remote]
        if found:
            self._run(partial(self._store, found), partial(self._put, place, pasted))
        else:
            self._put(place, pasted, _Stored())

    def _run(self, job: Callable[[Progress], object], done: Callable[..., object]) -> None:
        if self._job is not None:
            self._job.cancel()
        jobs = self._draft.session.jobs
        self._job = jobs.run(job, owner=self, done=partial(self._done, done), failed=self._refuse)
        self.line.show_reading(self._cancel)

    def _done(self, done: Callable[..., object], result: object) -> None:
        self._job = None
        self.line.clear()
        done(result)

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def _refuse(self, error: EditorError) -> None:
        self._job = None
        self.line.clear()
        self._draft.session.problem.emit(error)

    def _store(self, found: list[FoundPicture], progress: Progress) -> _Stored:
        pictures: list[Picture] = []
        for number, picture in enumerate(found):
            progress.report(number, len(found))
            source = picture.source()
            if source is None:
                continue
            try:
                stored = self._draft.session.desk.pictures.add(source)
            except EditorError:
                continue  # counted as one that can't be read
            caption, alt = picture.caption or stored.caption, picture.alt or stored.alt
            pictures.append(replace(stored, caption=caption, alt=alt))
        return _Stored(tuple(pictures), len(found) - len(pictures))

    def _put(self, place: _Place, pasted: Pasted, stored: _Stored) -> None:
        draft, body = self._draft, self._body
        if draft.open_story is not place.open_story:
            self.line.show_text(_("Nothing was pasted: another story is open now."))
            return
        if not draft.can_edit:
            self.line.show_text(_("Nothing was pasted: this story can’t be changed now."))
            return
        text = body.text()
        start = from_qt(text, place.cursor.selectionStart())
        end = from_qt(text, place.cursor.selectionEnd())
        if text[start:end] != place.selected:
            start = end  # somebody typed there meanwhile: their words stay
        markdown = with_plain_breaks(normal(pasted.markdown), in_paragraphs=True)
        if not markdown.strip():
            start = end  # pictures alone, or nothing: no words are replaced
        placed = _placed(text, (start, end), pasted, markdown)
        if not self._has_room(markdown, len(text) - (end - start)):
            return
        if placed.text == text and not stored.pictures:
            self._tell_of_nothing(pasted, stored)
            return
        story = replace(draft.typed, body=placed.text)
        if stored.pictures:
            story = replace(story, pictures=(*story.pictures, *stored.pictures))
        draft.edit(story, "body", placed.caret)
        self._body_before = text
        body.select(placed.caret, placed.caret)
        self._tell(pasted, stored, (start, end))

    def _has_room(self, markdown: str, beside: int) -> bool:
        from editor.core.limits import require_room

        try:
            require_room(markdown, beside)
        except BadValue as error:
            self._body.paste_refused.emit(error)
            return False
        return True

    def _tell(self, pasted: Pasted, stored: _Stored, place: tuple[int, int]) -> None:
        from editor.gui.story.paste_report import describe_paste

        message = describe_paste(pasted, len(stored.pictures), stored.refused)
        self._pasted = self._draft.typed
        if message:
            paste_plain = partial(self._paste_plain, pasted.plain, place)
            self.line.show_pasted(message, self._draft.undo, paste_plain)
        else:
            self.line.clear()

    def _tell_of_nothing(self, pasted: Pasted, stored: _Stored) -> None:
        from editor.gui.story.paste_report import describe_paste

        message = describe_paste(pasted, 0, stored.refused)
        self.line.show_text(message or _("Nothing was pasted: there are no words in it."))

    def _paste_plain(self, text: str, place: tuple[int, int]) -> None:
        """Put the plain text where the paste was."""
        self._draft.undo()
        self._body.setFocus()
        self._body.select(*place)
        insert_pasted(self._body, text)

    def _text_changed(self, _path: str) -> None:
        if self._pasted is not None and self._draft.typed is not self._pasted:
            self._pasted = None
            if self._draft.typed.body == self._body_before:
                self.line.clear()  # undone: nothing of it was kept
            else:
                self.line.drop_actions()

    def _forget(self) -> None:
        self._cancel()
        self._pasted = None
        self.line.clear()


def _placed(text: str, place: tuple[int, int], pasted: Pasted, markdown: str) -> PlacedText:
    """Put what was pasted in the place of a range; a cell of a table takes words alone."""
    from editor.gui.story.marks.tables import is_in_table

    start, end = place
    if not markdown.strip():
        return PlacedText(text, end)
    if is_in_table(text, start, end):
        return place_in_cell(text, start, end, markdown if pasted.is_inline else pasted.plain)
    return place_pasted(text, start, end, markdown, pasted.is_inline)
