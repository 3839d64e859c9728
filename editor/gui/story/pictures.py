"""The story's pictures: added by file, drop or paste; captioned, credited, described."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from editor.core.fields import label
from editor.core.paths import value_at, with_value
from editor.core.story import Picture
from editor.errors import EditorError
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import OpenStory
from editor.gui.story.field_binding import FieldBinding
from editor.gui.story.labelled_field import Labelled
from editor.gui.story.thumbnail import Thumb, read_image
from editor.gui.widgets.flow_grid import FlowGrid
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.text_field import TextField
from editor.i18n import _
from editor.progress import Progress


class PictureRow(QWidget):
    """One picture: its view at the side, its words beside it."""

    def __init__(self, draft: Draft, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self.index = draft, index
        self._file = ""
        self.thumb = Thumb()
        self.thumb.moved.connect(lambda x, y: self._edit("focus", (x, y)))
        self.bound: dict[str, FieldBinding] = {}
        self.decorative = QCheckBox(label(f"pictures/{index}/decorative"))
        self.decorative.setToolTip(_("There is nothing to describe to people who can’t see it"))
        self.decorative.toggled.connect(lambda on: self._edit("decorative", on))
        self.remove = QToolButton()
        self.remove.setText(_("Remove"))
        self.remove.clicked.connect(self._remove)
        self.first = QToolButton()
        self.first.setText(_("Make first"))
        self.first.clicked.connect(self._make_first)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.thumb, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._words(), 1)

    def fields(self) -> list[TextField]:
        """Every field of this picture."""
        return [bound.field for bound in self.bound.values()]

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in the order it is seen."""
        return [self.thumb, *self.fields(), self.decorative, self.first, self.remove]

    def show_value(self) -> None:
        """Show what the draft has."""
        picture = value_at(self._draft.typed, f"pictures/{self.index}")
        for bound in self.bound.values():
            bound.show_value()
        self.thumb.set_focus_point(picture.focus)
        self.decorative.blockSignals(True)
        self.decorative.setChecked(picture.decorative)
        self.decorative.blockSignals(False)
        self.bound["alt"].field.setEnabled(not picture.decorative)
        self.first.setVisible(self.index > 0)
        if picture.file != self._file:
            self._file = picture.file
            self._load()

    def set_direction(self, direction: Qt.LayoutDirection) -> None:
        """Write from this side."""
        for field in self.fields():
            field.set_direction(direction)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed."""
        for field in self.fields():
            field.setReadOnly(read_only)
        self.thumb.set_read_only(read_only)
        for control in (self.decorative, self.remove, self.first):
            control.setEnabled(not read_only)

    def _words(self) -> QVBoxLayout:
        caption = self._cell("caption", _("Who, where, when"))
        described = _("Describe the picture for people who can’t see it")
        alt = self._cell("alt", described)
        side = FlowGrid(96, columns=2)
        side.add(self._cell("credit", _("Who made it")))
        side.add(self._cell("rights", _("May be used until…")))
        foot = FlowRow()
        for control in (self.decorative, self.first, self.remove):
            foot.add(control)
        column = QVBoxLayout()
        column.setSpacing(8)
        column.addWidget(caption)
        column.addWidget(alt)
        column.addWidget(side)
        column.addWidget(foot)
        return column

    def _cell(self, name: str, placeholder: str) -> Labelled:
        field, path = TextField(placeholder), f"pictures/{self.index}/{name}"
        bound = FieldBinding(self._draft, field, path)
        field.entered.connect(field.focusNextChild)
        self.bound[name] = bound
        return Labelled(label(path), field).hear(bound)

    def _edit(self, name: str, value: object) -> None:
        path = f"pictures/{self.index}/{name}"
        self._draft.edit(with_value(self._draft.typed, path, value), path)

    def _remove(self) -> None:
        self._arrange([])

    def _make_first(self) -> None:
        self._arrange([self._draft.typed.pictures[self.index]])

    def _arrange(self, front: list[Picture]) -> None:
        rest = [each for i, each in enumerate(self._draft.typed.pictures) if i != self.index]
        story = replace(self._draft.typed, pictures=tuple(front + rest))
        self._draft.edit(story, "pictures")

    def _load(self) -> None:
        session, file = self._draft.session, self._file

        def work(_progress: Progress) -> QImage:
            return read_image(session.desk.pictures.read(file))

        session.jobs.run(
            work, owner=self, done=partial(self._show_image, file), failed=partial(self._miss, file)
        )

    def _show_image(self, file: str, image: QImage) -> None:
        if file == self._file:
            self.thumb.show_image(image)

    def _miss(self, file: str, _error: EditorError) -> None:
        if file == self._file:
            self.thumb.show_missing(_("The file is missing"))


class PicturesBox(QWidget):
    """All pictures of the story, first one first, and the ways to add another."""

    grown = Signal()
    """There are more rows than before."""
    refused = Signal()
    """A picture could not be taken; `problem` says why."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.rows: list[PictureRow] = []
        self._direction = Qt.LayoutDirection.LayoutDirectionAuto
        self.problem = ProblemBar()
        self.add = QPushButton(_("Add a picture…"))
        self.add.setToolTip(_("JPEG, PNG or WebP; you can also drop or paste one anywhere here"))
        self.add.clicked.connect(self.choose)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(14)
        self._column.addWidget(self.problem)
        self._column.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeading)
        self.show_value()

    def show_value(self) -> None:
        """Have a row for each picture, and show what the draft has."""
        count = len(self._draft.typed.pictures)
        while len(self.rows) > count:
            row = self.rows.pop()
            self._column.removeWidget(row)
            row.hide()
            row.deleteLater()
        if len(self.rows) < count:
            while len(self.rows) < count:
                self._add_row()
            self.grown.emit()
        for row in self.rows:
            row.show_value()

    def set_direction(self, direction: Qt.LayoutDirection) -> None:
        """Write from this side."""
        self._direction = direction
        for row in self.rows:
            row.set_direction(direction)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed."""
        self.add.setVisible(not read_only)
        for row in self.rows:
            row.set_read_only(read_only)

    def take(self, brought: QMimeData) -> bool:
        """Add what was dropped or pasted; False when there is no picture in it."""
        files = [Path(url.toLocalFile()) for url in brought.urls() if url.isLocalFile()]
        if files:
            self._add_files([str(file) for file in files])
            return True
        if brought.hasImage():
            image = brought.imageData()
            if isinstance(image, QImage) and not image.isNull():
                self.add_picture(_png(image))
                return True
        return False

    def add_picture(self, source: Path | bytes) -> None:
        """Have the desk keep a picture, then add it to the story that is open now."""
        session = self._draft.session
        self.problem.clear()
        session.jobs.run(
            lambda _progress: session.desk.pictures.add(source),
            owner=self,
            done=partial(self._added, self._draft.open_story),
            failed=self._refuse,
        )

    def _refuse(self, error: EditorError) -> None:
        self.problem.show_error(error)
        self.refused.emit()

    def _added(self, sheet: OpenStory, picture: Picture) -> None:
        if self._draft.open_story is sheet:
            story = self._draft.typed
            with_it = replace(story, pictures=(*story.pictures, picture))
            self._draft.edit(with_it, f"pictures/{len(story.pictures)}")

    def choose(self) -> None:
        """Ask for picture files."""
        dialog = QFileDialog(self, _("Add a picture"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([_("Pictures (*.jpg *.jpeg *.png *.webp)"), _("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(self._add_files)
        dialog.open()

    def _add_row(self) -> None:
        row = PictureRow(self._draft, len(self.rows))
        row.set_direction(self._direction)
        self._column.insertWidget(1 + len(self.rows), row)
        self.rows.append(row)

    def _add_files(self, files: list[str]) -> None:
        for file in files:
            self.add_picture(Path(file))


def _png(image: QImage) -> bytes:
    """A pasted image as a file's bytes."""
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(data.data())
