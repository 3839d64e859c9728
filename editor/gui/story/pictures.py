"""The story's pictures: added by file, drop or paste; captioned, credited, described."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QCheckBox, QFileDialog, QToolButton, QWidget

from editor.core import fields
from editor.core.paths import value_at
from editor.core.story import Picture
from editor.errors import EditorError, PictureDamaged
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import OpenStory
from editor.gui.story.form_part import FormPart, set_row_count
from editor.gui.story.labelled_field import BoundField
from editor.gui.story.thumbnail import Thumbnail, read_image
from editor.gui.widgets.flow_grid import FlowGrid
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import TOP, button, column, row
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.text_field import TextField
from editor.i18n import _
from editor.progress import Progress


class PictureRow(FormPart):
    """One picture: its thumbnail at the side, its words beside it."""

    def __init__(self, draft: Draft, index: int) -> None:
        super().__init__()
        self._draft, self._path, self.index = draft, f"pictures/{index}", index
        self._file = ""
        self.thumbnail = Thumbnail()
        self.thumbnail.focus_moved.connect(lambda x, y: self._edit("focus", (x, y)))
        described = _("Describe the picture for people who can’t see it")
        self.cells = {
            "caption": self._cell("caption", _("Who, where, when")),
            "alt": self._cell("alt", described),
            "credit": self._cell("credit", _("Who made it")),
            "rights": self._cell("rights", _("May be used until…")),
        }
        self.decorative = QCheckBox(fields.label(f"{self._path}/decorative"))
        self.decorative.setToolTip(_("There is nothing to describe to people who can’t see it"))
        self.decorative.toggled.connect(partial(self._edit, "decorative"))
        self.make_first = QToolButton()
        self.make_first.setText(_("Make first"))
        self.make_first.clicked.connect(lambda: self._replace_by(0))
        self.remove = QToolButton()
        self.remove.setText(_("Remove"))
        self.remove.clicked.connect(lambda: self._replace_by(None))
        caption, alt, credit, rights = self.cells.values()
        words = column(
            caption,
            alt,
            FlowGrid(96, credit, rights, columns=2),
            FlowRow(self.decorative, self.make_first, self.remove),
            spacing=8,
        )
        self.make_first.setVisible(index > 0)
        row((self.thumbnail, TOP), (words, 1), inside=self, spacing=12)

    def parts(self) -> Sequence[FormPart]:
        """Return the fields of this picture."""
        return tuple(self.cells.values())

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the thumbnail, the fields and the buttons."""
        yield self.thumbnail
        yield from super().tab_stops()
        yield from (self.decorative, self.make_first, self.remove)

    def show_value(self) -> None:
        """Show what the draft has."""
        super().show_value()
        picture = value_at(self._draft.typed, self._path)
        self.thumbnail.set_focus_point(picture.focus)
        self.decorative.blockSignals(True)
        self.decorative.setChecked(picture.decorative)
        self.decorative.blockSignals(False)
        self.cells["alt"].field.setEnabled(not picture.decorative)
        if picture.file != self._file:
            self._file = picture.file
            self._load()

    def set_read_only(self, read_only: bool) -> None:
        """Let the picture be changed or not."""
        super().set_read_only(read_only)
        self.thumbnail.set_read_only(read_only)
        for control in (self.decorative, self.make_first, self.remove):
            control.setEnabled(not read_only)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the widget of a value of this picture; its caption for the whole of it."""
        if path == f"{self._path}/focus":
            return self.thumbnail
        return super().widget_at(path) or self.cells["caption"].field

    def _cell(self, name: str, placeholder: str) -> BoundField:
        return BoundField(self._draft, f"{self._path}/{name}", TextField(placeholder))

    def _edit(self, name: str, value: object) -> None:
        self._draft.set_value(f"{self._path}/{name}", value)

    def _replace_by(self, place: int | None) -> None:
        """Move the picture to a place, or remove it."""
        pictures = list(self._draft.typed.pictures)
        picture = pictures.pop(self.index)
        if place is not None:
            pictures.insert(place, picture)
        self._draft.edit(replace(self._draft.typed, pictures=tuple(pictures)), "pictures")

    def _load(self) -> None:
        pictures, file = self._draft.session.desk.pictures, self._file

        def work(_progress: Progress) -> QImage:
            return read_image(pictures.read(file))

        def show(image: QImage) -> None:
            if file == self._file:
                self.thumbnail.show_image(image)

        def show_missing(error: EditorError) -> None:
            if file == self._file:
                altered = isinstance(error, PictureDamaged)
                self.thumbnail.show_missing(
                    _("The file was altered") if altered else _("The file is missing")
                )

        self._draft.session.jobs.run(work, owner=self, done=show, failed=show_missing)


class PicturesBox(FormPart):
    """All pictures of the story, first one first, and the ways to add another."""

    rows_added = Signal()
    refused = Signal()
    """A picture could not be added; `problem` says why."""

    def __init__(self, draft: Draft) -> None:
        super().__init__()
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
        files = [url.toLocalFile() for url in data.urls() if url.isLocalFile()]
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
        dialog = QFileDialog(self, _("Add a picture"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([_("Pictures (*.jpg *.jpeg *.png *.webp)"), _("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._add_files)
        dialog.open()

    def _refuse(self, error: EditorError) -> None:
        self.problem.show_error(error)
        self.refused.emit()

    def _added(self, open_story: OpenStory, picture: Picture) -> None:
        if self._draft.open_story is open_story:
            pictures = (*open_story.typed.pictures, picture)
            story = replace(open_story.typed, pictures=pictures)
            self._draft.edit(story, f"pictures/{len(pictures) - 1}")
            if self.add.hasFocus() and self.rows:
                # Who added a picture by its button writes its caption next.
                self.rows[-1].cells["caption"].field.setFocus()

    def _add_row(self) -> None:
        picture = PictureRow(self._draft, len(self.rows))
        picture.set_direction(self._side)
        self._column.insertWidget(1 + len(self.rows), picture)
        self.rows.append(picture)

    def _add_files(self, files: list[str]) -> None:
        for file in files:
            self.add_picture(Path(file))


def _png(image: QImage) -> bytes:
    """Return a pasted image as the bytes of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, b"png").write(image)
    return bytes(buffer.data().data())
