"""One picture of the form: its file, its words, and the ring on its thumbnail."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtWidgets import QCheckBox, QLayout, QWidget

from editor.core import fields
from editor.core.crops import CUT_BY_HAND
from editor.core.fields import CENTRE
from editor.core.file_words import FILLED, FileWords
from editor.core.paths import text_at, value_at, with_value
from editor.core.picture_reference import picture_address, picture_reference
from editor.core.story import Picture, Story
from editor.errors import EditorError
from editor.gui.coalescer import LastAnswer
from editor.gui.draft.draft import Draft
from editor.gui.draft.open_story import OpenStory
from editor.gui.session import Session
from editor.gui.story.form_part import FormPart
from editor.gui.story.labelled_field import BoundField
from editor.gui.story.taken_hint import TakenHint, with_taken
from editor.gui.story.thumbnail import Thumbnail
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.drag_handle import DragHandle
from editor.gui.widgets.flow_grid import FlowGrid
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import TOP, column, row
from editor.gui.widgets.picture_files import ask_for_pictures, why_not_shown
from editor.gui.widgets.problem_bar import BarAction, ProblemBar
from editor.gui.widgets.text_field import TextField
from editor.i18n import _, listed, quoted
from editor.progress import Progress

_CROPPED = ("rotation", *(shape.part for shape in CUT_BY_HAND))
"""The parts of a picture that the dialog changes, but for the focal point."""
_CROPPED_AT = 1200
"""The width in pixels that a picture is cropped at on screen, if it has so many."""


_HANDLE_CENTER = 40


class PictureRow(FormPart):
    """One picture: its thumbnail at the side, its words beside it."""

    move_asked = Signal(int)
    """The picture is to have this place; there may be none of that number."""
    replaced = Signal(str)
    """The picture has this file now; it may be the one it had, repaired."""

    def __init__(self, draft: Draft, index: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._path, self.index = draft, f"pictures/{index}", index
        self._file: str | None = None
        self._rotation = 0
        self._loads = 0
        self._last_file = LastAnswer()
        self.problem = ProblemBar()
        self.thumbnail = Thumbnail()
        self.thumbnail.focus_moved.connect(lambda x, y: self._edit("focus", (x, y)))
        self.thumbnail.file_wanted.connect(self._ask_for_file)
        described = _("Describe the picture for people who can’t see it")
        self.cells = {
            "caption": self._cell("caption", _("Who, where, when")),
            "alt": self._cell("alt", described),
            "credit": self._cell("credit", _("Who made it")),
            "rights": self._cell("rights", _("© and who holds them")),
            "usage": self._cell("usage", _("For colleagues: one time use, until 2026-12-31…")),
        }
        self.taken = TakenHint(self)
        self.taken.wanted.connect(self._insert_taken)
        self.decorative = QCheckBox(fields.label(f"{self._path}/decorative"))
        self.decorative.setToolTip(_("There is nothing to describe to people who can’t see it"))
        self.decorative.toggled.connect(partial(self._edit, "decorative"))
        self.choose_file = _small_button("", self._ask_for_file)
        self.crop = _small_button(_("Crop…"), self._ask_for_image)
        self.crop.setToolTip(_("Crop and rotate the picture"))
        self.crop.setAccessibleName(self.crop.toolTip())
        self.make_first = _small_button(_("Make first"), lambda: self.move_asked.emit(0))
        if not index:
            self.make_first.hide()  # shown it would be a window of its own until it is laid out
        self.remove = _small_button(_("Remove"), self._remove)
        tip = _("Drag to another place, or press Alt+Up or Alt+Down")
        self.handle = DragHandle(tip, center=_HANDLE_CENTER)
        self._buttons = (self.decorative, self.crop, self.choose_file, self.make_first, self.remove)
        beside = row(self.handle, (self.thumbnail, TOP), 12, (self._words(), 1))
        column(self.problem, beside, inside=self, spacing=8)
        for stop in self.tab_stops():
            stop.installEventFilter(self)

    def _words(self) -> QLayout:
        """Lay out the fields and the buttons below them."""
        caption, alt, credit, rights, usage = self.cells.values()
        small = FlowGrid(96, columns=2, parent=self)
        small.add(credit, rights)
        captioned = column(caption, self.taken, spacing=4)
        return column(captioned, alt, small, usage, FlowRow(*self._buttons), spacing=8)

    def parts(self) -> Sequence[FormPart]:
        """Return the fields of this picture."""
        return tuple(self.cells.values())

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the thumbnail, the fields and the buttons."""
        yield self.thumbnail
        caption, *others = self.parts()
        yield from caption.tab_stops()
        yield self.taken
        for part in others:
            yield from part.tab_stops()
        yield from self._buttons

    def show_value(self) -> None:
        """Show what the draft has."""
        super().show_value()
        picture = value_at(self._draft.typed, self._path)
        self.thumbnail.set_focus_point(picture.focus)
        self.decorative.blockSignals(True)
        self.decorative.setChecked(picture.decorative)
        self.decorative.blockSignals(False)
        self.cells["alt"].field.setEnabled(not picture.decorative)
        self.taken.show_caption(picture.caption, self._draft.typed.language)
        if (picture.file, picture.rotation) != (self._file, self._rotation):
            self._file, self._rotation = picture.file, picture.rotation
            self.problem.clear()
            self._name_choice()
            self.taken.show_words(FileWords(), "", "")
            self.load()

    def set_read_only(self, read_only: bool) -> None:
        """Let the picture be changed or not."""
        super().set_read_only(read_only)
        self.thumbnail.set_read_only(read_only)
        for control in (self.taken, self.handle, *self._buttons):
            control.setEnabled(not read_only)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the widget of a value of this picture; its caption for the whole of it."""
        if path == f"{self._path}/focus":
            return self.thumbnail
        if path == f"{self._path}/file":
            return self.choose_file
        if path.rpartition("/")[2] in _CROPPED and path.startswith(f"{self._path}/"):
            return self.crop
        return super().widget_at(path) or self.cells["caption"].field

    def _cell(self, name: str, placeholder: str) -> BoundField:
        field = TextField(placeholder)
        return BoundField(self._draft, f"{self._path}/{name}", field, parent=self)

    def _edit(self, name: str, value: object) -> None:
        self._draft.set_value(f"{self._path}/{name}", value)

    def _remove(self) -> None:
        pictures = list(self._draft.typed.pictures)
        del pictures[self.index]
        self._draft.edit(replace(self._draft.typed, pictures=tuple(pictures)), "pictures")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Ask for another place with Alt+Up and Alt+Down."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()), 0)
            if step and event.modifiers() == Qt.KeyboardModifier.AltModifier:
                self.move_asked.emit(self.index + step)
                return True
        return super().eventFilter(watched, event)

    def replace_by(self, source: Path | bytes) -> None:
        """Have the desk store a file, and show it in the place of this picture's file."""
        session = self._draft.session
        self.problem.clear()
        session.jobs.run(
            lambda _progress: session.desk.pictures.add(source),
            owner=self,
            done=self._last_file.only(
                partial(self._replace_file, self._draft.open_story, self._file)
            ),
            failed=self.problem.show_error,
        )

    def _ask_for_file(self) -> None:
        """Ask for the file of this picture."""
        session, title = self._draft.session, self.choose_file.toolTip()
        ask_for_pictures(session, self, title, lambda files: self.replace_by(files[0]))

    def _ask_for_image(self) -> None:
        """Load the picture as its file has it, then show the dialog that crops it."""
        from editor.gui.story.crop_dialog import CropDialog  # noqa: PLC0415  brings the renderer
        from editor.proof.renditions import renditions  # noqa: PLC0415  as well

        session, at = self._draft.session, self._draft.open_story
        picture: Picture = value_at(self._draft.typed, self._path)
        upright = replace(picture, rotation=0)

        def work(_progress: Progress) -> QImage:
            sizes = renditions(upright)
            wanted = next((size for size in sizes if size.width >= _CROPPED_AT), sizes[-1])
            return QImage.fromData(session.desk.pictures.encoded(upright.file, wanted, sizes))

        def show(image: QImage) -> None:
            if self._draft.open_story is at and self._file == picture.file:
                CropDialog(picture, image, partial(self._crop, at), self.window()).open()

        session.jobs.run(work, owner=self, done=show, failed=self.problem.show_error)

    def _crop(self, at: OpenStory, cropped: Picture) -> None:
        """Take over the crops and the rotation in one step; words typed meanwhile stay."""
        picture: Picture = value_at(self._draft.typed, self._path)
        if self._draft.open_story is not at or picture.file != cropped.file:
            return
        changed = replace(
            picture, **{name: getattr(cropped, name) for name in ("focus", *_CROPPED)}
        )
        if changed != picture:
            self._draft.set_value(self._path, changed)
            prepare(self._draft.session, changed, self)

    def _name_choice(self) -> None:
        has_file = bool(self._file)
        picture: Picture = value_at(self._draft.typed, self._path)
        self.crop.setVisible(has_file and min(picture.size) > 0)
        self.choose_file.setText(_("Replace…") if has_file else _("Choose…"))
        tip = (
            _("Replace the picture by another file") if has_file else _("Choose the picture’s file")
        )
        self.choose_file.setToolTip(tip)
        self.choose_file.setAccessibleName(tip)

    def _replace_file(self, open_story: OpenStory, file: str | None, added: Picture) -> None:
        if self._draft.open_story is not open_story or self._file != file:
            return  # another story or another picture is here now
        before = value_at(open_story.typed, self._path)
        if added.file != before.file:
            # What was chosen for another file's pixels says nothing about these.
            picture = replace(
                before,
                file=added.file,
                width=added.width,
                height=added.height,
                focus=CENTRE if before.file else before.focus,
                rotation=0,
                lead_crop=(),
                square_crop=(),
                portrait_crop=(),
            )
            words = FileWords(**{name: getattr(added, name) for name in FILLED})
            typed = with_value(open_story.typed, self._path, words.fill(picture))
            self._draft.edit(_following(typed, before.file, added.file), self._path)
            if before.file and any((before.caption, before.credit, before.alt)):
                self._ask_about_words(words.differing(picture))
            elif differing := words.differing(words.fill(picture)):
                self._offer_words(differing)
        prepare(self._draft.session, added, self)
        self.replaced.emit(added.file)

    def _ask_about_words(self, differing: dict[str, str]) -> None:
        offers = (self._use_theirs(differing),) if differing else ()
        hint = _("Do they fit this one?")
        self.problem.show_text(
            _("The caption, credit and description are those of the picture before."),
            f"{hint} {_in_words(differing)}".strip(),
            (_("Keep them"), self.cells["caption"].field.setFocus),
            *offers,
            (_("Clear them"), partial(self._set_words, dict.fromkeys(FILLED, ""))),
        )

    def _offer_words(self, differing: dict[str, str]) -> None:
        """Say what the file says otherwise than the words that were here before it."""
        self.problem.show_text(
            _("The file says something else than the words here."),
            _in_words(differing),
            (_("Keep them"), self.cells["caption"].field.setFocus),
            self._use_theirs(differing),
        )

    def _use_theirs(self, differing: dict[str, str]) -> BarAction:
        return _("Use the file’s words"), partial(self._set_words, differing)

    def _set_words(self, words: dict[str, str]) -> None:
        picture = value_at(self._draft.typed, self._path)
        self._draft.set_value(self._path, replace(picture, **words))
        self.cells["caption"].field.setFocus()

    def _insert_taken(self, offer: str) -> None:
        caption = text_at(self._draft.typed, f"{self._path}/caption")
        self._edit("caption", with_taken(caption, offer))
        self.cells["caption"].field.setFocus()

    def load(self) -> None:
        """Show the picture, or why it can't be shown."""
        session, file = self._draft.session, self._file
        picture = value_at(self._draft.typed, self._path)
        self._loads += 1
        asked = self._loads  # an answer that was overtaken by another is not shown
        if not file:
            self.thumbnail.show_missing(_("No file yet"))
            return

        def work(_progress: Progress) -> tuple[QImage, FileWords]:
            pictures = session.desk.pictures
            return QImage.fromData(pictures.thumbnail(picture)), pictures.words(file)

        def show(loaded: tuple[QImage, FileWords]) -> None:
            if asked == self._loads:
                image, words = loaded
                self.thumbnail.show_image(image)
                typed = self._draft.typed
                caption = text_at(typed, f"{self._path}/caption")
                self.taken.show_words(words, caption, typed.language)

        def show_missing(error: EditorError) -> None:
            if asked == self._loads:
                self.thumbnail.show_missing(why_not_shown(error))

        self._draft.session.jobs.run(work, owner=self, done=show, failed=show_missing)


def _following(story: Story, before: str, after: str) -> Story:
    """Return a story whose text shows a picture's new file where it showed the one before."""
    address = picture_address(before)
    if not address or any(picture.file == before for picture in story.pictures):
        return story
    body = story.body.replace(picture_reference(before), picture_reference(after))
    return replace(story, body=body)


def _small_button(text: str, on_click: Callable[[], object]) -> SmallButton:
    made = SmallButton()
    made.setText(text)
    made.clicked.connect(lambda _checked=False: on_click())
    return made


def _in_words(words: dict[str, str]) -> str:
    """Say what a file says: `The file says: caption “…”, credit “…”`."""
    if not words:
        return ""
    named = (f"{fields.noun(f'pictures/0/{name}')} {quoted(text)}" for name, text in words.items())
    return _("The file says: {words}").format(words=listed(named))


def prepare(session: Session, added: Picture, owner: QObject) -> None:
    """Render what a site needs of a picture while nobody waits for it."""
    session.jobs.run(
        lambda progress: session.desk.pictures.prepare(added, progress), owner=owner, lane="ahead"
    )
