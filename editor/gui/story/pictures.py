"""The story's pictures: added by file, drop or paste; captioned, credited, described."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtWidgets import QWidget

from editor.core.paths import value_at
from editor.errors import BadInput, EditorError
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import OpenStory
from editor.gui.jobs import Job
from editor.gui.story.form_part import FormPart, set_row_count
from editor.gui.story.picture_row import PictureRow, prepare
from editor.gui.story.picture_sources import AddedPictures, Source, add_all, sources_in
from editor.gui.widgets.layout import button, column, frame, label, row
from editor.gui.widgets.picture_files import ask_for_pictures
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.row_drag import RowDrag
from editor.gui.widgets.text_field import TextField
from editor.i18n import _


class PicturesBox(FormPart):
    """All pictures of the story, first one first, and the ways to add another."""

    rows_added = Signal()
    refused = Signal()
    """A picture could not be added; `problem` says why."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.rows: list[PictureRow] = []
        self._side = Qt.LayoutDirection.LayoutDirectionAuto
        self.problem = ProblemBar()
        tip = _("JPEG, PNG or WebP; you can also drop or paste one anywhere here")
        self.add = button(_("Add a picture…"), self.choose, tip=tip)
        self.cancel = button(_("Cancel"), self._cancel, tip=_("Add none of these pictures"))
        self._state = label(kind="hint", wrap=True)
        self._under_way = frame(row((self._state, 1), self.cancel, spacing=8))
        self._under_way.hide()
        self._jobs: list[Job] = []
        self._drag = RowDrag(self, lambda: self.rows)
        self._drag.moved.connect(self.move_picture)
        leading = Qt.AlignmentFlag.AlignLeading
        below = (self._under_way, (self.add, leading))
        self._column = column(self.problem, *below, inside=self, spacing=14)
        self.show_value()

    def parts(self) -> Sequence[FormPart]:
        """Return the row of each picture."""
        return self.rows

    def show_value(self) -> None:
        """Have a row for each picture, and show what the draft has."""
        if set_row_count(self.rows, len(self._draft.typed.pictures), self._add_row):
            self.rows_added.emit()
        super().show_value()
        for picture in self.rows:
            picture.handle.setVisible(len(self.rows) > 1)

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the rows, then the button that adds."""
        yield from super().tab_stops()
        yield self.cancel
        yield self.add

    def set_direction(self, side: Qt.LayoutDirection) -> None:
        """Write from this side, also in rows to come."""
        self._side = side
        super().set_direction(side)

    def set_read_only(self, read_only: bool) -> None:
        """Let pictures be changed and added or not."""
        super().set_read_only(read_only)
        self.add.setVisible(not read_only)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the widget of a picture's value; the button that adds for one that is gone."""
        name, _slash, rest = path.partition("/")
        if name != "pictures":
            return None
        index = rest.partition("/")[0]
        if not index.isdigit() or int(index) >= len(self.rows):
            return self.add
        return self.rows[int(index)].widget_at(path)

    def add_from(self, data: QMimeData) -> bool:
        """Add what was dropped or pasted; False when there is no picture in it."""
        try:
            sources = sources_in(data)
        except BadInput as error:
            self._refuse(error)
            return True
        if sources:
            self.add_pictures(sources)
        return bool(sources)

    def add_pictures(self, sources: Sequence[Source]) -> None:
        """Have the desk store pictures, then add them to the story that is open now, in one step.

        A bad one stops no other; why it was refused is said beside the pictures.
        """
        session = self._draft.session
        self.problem.clear()
        job = session.jobs.run(
            lambda progress: add_all(session.desk.pictures, sources, progress),
            owner=self,
            done=partial(self._added, self._draft.open_story),
            failed=self._refuse,
            ended=self._show_ended,
            on_progress=self._show_progress,
        )
        self._jobs.append(job)

    def choose(self) -> None:
        """Ask for picture files."""
        session = self._draft.session
        ask_for_pictures(session, self, _("Add a picture"), self.add_pictures, several=True)

    def move_picture(self, index: int, to: int) -> None:
        """Put a picture at another place; what had the focus in its row has it there."""
        pictures = list(self._draft.typed.pictures)
        if index == to or not 0 <= to < len(pictures):
            return
        focused, stops = self.window().focusWidget(), list(self.rows[index].tab_stops())
        caret = focused.caret() if isinstance(focused, TextField) else 0
        pictures.insert(to, pictures.pop(index))
        story = replace(self._draft.typed, pictures=tuple(pictures))
        self._draft.edit(story, f"pictures/{to}")
        if focused in stops:
            stop = list(self.rows[to].tab_stops())[stops.index(focused)]
            stop.setFocus()
            if isinstance(stop, TextField):
                stop.select(caret, caret)
        self.setAccessibleDescription(_("Moved to place {number}").format(number=to + 1))

    def _refuse(self, error: EditorError) -> None:
        self.problem.show_error(error)
        self.refused.emit()

    def _added(self, open_story: OpenStory, added: AddedPictures) -> None:
        for picture in added.pictures:
            prepare(self._draft.session, picture, self)
        if self._draft.open_story is not open_story:
            return
        if error := added.problem():
            self._refuse(error)
        if added.pictures:
            pictures = (*open_story.typed.pictures, *added.pictures)
            story = replace(open_story.typed, pictures=pictures)
            first = len(pictures) - len(added.pictures)
            self._draft.edit(story, f"pictures/{first}")
            for picture in added.pictures:
                self._show_again(picture.file)
            if self.add.hasFocus() and first < len(self.rows):
                # Who added a picture by its button writes its caption next.
                self.rows[first].cells["caption"].field.setFocus()

    def _show_progress(self, done: int, count: int, name: str) -> None:
        """Say how far it is, where there are several."""
        if count > 1:
            text = _("Adding {number} of {count}: {name}")
            self._state.setText(text.format(number=done + 1, count=count, name=name))
            self._under_way.show()

    def _show_ended(self) -> None:
        self._jobs.pop(0)
        if not self._jobs:
            self._under_way.hide()

    def _cancel(self) -> None:
        for job in self._jobs:
            job.cancel()

    def _add_row(self) -> None:
        picture = PictureRow(self._draft, len(self.rows), self)
        picture.set_direction(self._side)
        picture.replaced.connect(self._show_again)
        picture.move_asked.connect(lambda to: self.move_picture(picture.index, to))
        self._drag.add(picture, picture.handle)
        self._column.insertWidget(1 + len(self.rows), picture)
        self.rows.append(picture)

    def _show_again(self, file: str) -> None:
        """Show a file that the desk got, which it may have missed, wherever it is used."""
        for picture in self.rows:
            if value_at(self._draft.typed, f"pictures/{picture.index}").file == file:
                picture.load()
        self._draft.check_again()
