"""The story's pictures: added by file, drop or paste; captioned, credited, described."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from editor.core.paths import value_at
from editor.core.story import Picture
from editor.errors import EditorError
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import OpenStory
from editor.gui.story.form_part import FormPart, set_row_count
from editor.gui.story.picture_row import PictureRow, prepare
from editor.gui.widgets.layout import button, column
from editor.gui.widgets.picture_files import ask_for_pictures
from editor.gui.widgets.problem_bar import ProblemBar
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
        leading = Qt.AlignmentFlag.AlignLeading
        self._column = column(self.problem, (self.add, leading), inside=self, spacing=14)
        self.show_value()

    def parts(self) -> Sequence[FormPart]:
        """Return the row of each picture."""
        return self.rows

    def show_value(self) -> None:
        """Have a row for each picture, and show what the draft has."""
        if set_row_count(self.rows, len(self._draft.typed.pictures), self._add_row):
            self.rows_added.emit()
        super().show_value()

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the rows, then the button that adds."""
        yield from super().tab_stops()
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
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self._add_files(files)
            return True
        image = data.imageData() if data.hasImage() else None
        if not isinstance(image, QImage) or image.isNull():
            return False
        self.add_picture(_png(image))
        return True

    def add_picture(self, source: Path | bytes) -> None:
        """Have the desk store a picture, then add it to the story that is open now."""
        session = self._draft.session
        self.problem.clear()
        session.jobs.run(
            lambda _progress: session.desk.pictures.add(source),
            owner=self,
            done=partial(self._added, self._draft.open_story),
            failed=self._refuse,
        )

    def choose(self) -> None:
        """Ask for picture files."""
        ask_for_pictures(self, _("Add a picture"), self._add_files, several=True)

    def _refuse(self, error: EditorError) -> None:
        self.problem.show_error(error)
        self.refused.emit()

    def _added(self, open_story: OpenStory, picture: Picture) -> None:
        prepare(self._draft.session, picture, self)
        if self._draft.open_story is open_story:
            pictures = (*open_story.typed.pictures, picture)
            story = replace(open_story.typed, pictures=pictures)
            self._draft.edit(story, f"pictures/{len(pictures) - 1}")
            self._show_again(picture.file)
            if self.add.hasFocus() and self.rows:
                # Who added a picture by its button writes its caption next.
                self.rows[-1].cells["caption"].field.setFocus()

    def _add_row(self) -> None:
        picture = PictureRow(self._draft, len(self.rows), self)
        picture.set_direction(self._side)
        picture.replaced.connect(self._show_again)
        self._column.insertWidget(1 + len(self.rows), picture)
        self.rows.append(picture)

    def _add_files(self, files: list[Path]) -> None:
        for file in files:
            self.add_picture(file)

    def _show_again(self, file: str) -> None:
        """Show a file that the desk got, which it may have missed, wherever it is used."""
        for picture in self.rows:
            if value_at(self._draft.typed, f"pictures/{picture.index}").file == file:
                picture.load()
        self._draft.check_again()


def _png(image: QImage) -> bytes:
    """Return a pasted image as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())
