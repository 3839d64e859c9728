"""The form: everything of a story, in one calm column."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QScrollArea, QWidget

from editor.core.changes import Changes
from editor.core.findings import TextPlace
from editor.core.paths import text_fields
from editor.errors import NotAllowed
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.body_commands import BodyCommands
from editor.gui.story.body_field import BodyField
from editor.gui.story.corrections import CorrectionsBox
from editor.gui.story.dateline import DatelineFields
from editor.gui.story.details import Details
from editor.gui.story.form_notes import FormNotes
from editor.gui.story.form_part import FormPart
from editor.gui.story.form_spelling import FormSpelling
from editor.gui.story.key_points import KeyPoints
from editor.gui.story.labelled_field import BoundField, LabelledField
from editor.gui.story.names import NamesArea, in_lines, line_start
from editor.gui.story.paste import BodyPaste
from editor.gui.story.picture_sources import holds_pictures
from editor.gui.story.picture_story import PictureStoryBox
from editor.gui.story.pictures import PicturesBox
from editor.gui.story.pinned_bars import PinnedBars
from editor.gui.story.word_counter import WordCounter
from editor.gui.story.writing_look import WritingLook
from editor.gui.theme import set_kind
from editor.gui.widgets.file_drop import FileDrop
from editor.gui.widgets.layout import STRETCH, bring_into_view, column
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.squiggles import by_path
from editor.gui.widgets.text_field import TextField
from editor.i18n import _, plural
from editor.text.metrics import count_words, reading_minutes

_HEADLINE_LARGER = 5.25
_HEADLINE_LINE = 93.0
_SIDE, _TOP, _BOTTOM = 26, 16, 24
_NARROW, _NARROW_SIDE = 400, 16
_MARGIN = 28


class StoryForm(QScrollArea):
    """Shows the draft and gives it what is typed. Nothing is rebuilt while somebody types."""

    caret_moved = Signal(TextPlace)
    """The field, and in the body the line, that the caret is in now."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.draft = session, draft
        self._words, self._refused = 0, ""
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.notice, self.locked = ProblemBar(), ProblemBar()
        self.kicker = TextField(_("A word or two above the headline"))
        self.headline = TextField(_("Headline"))
        self.headline.set_points(_HEADLINE_LARGER, bold=True)
        self.headline.set_line_height(_HEADLINE_LINE)
        standfirst = TextField(_("A sentence or two that sell the story"))
        self.body = BodyField(session)
        # A part that gets its place at first is given the look of all around it only once.
        self._ground = ground = QWidget(self.viewport())
        set_kind(ground, "ground")
        self.points = KeyPoints(draft, ground)
        self.dateline = DatelineFields(draft, ground)
        self._body_cell = BoundField(draft, "body", self.body, parent=ground)
        self.pictures = PicturesBox(draft, ground)
        self.details = Details(draft, ground)
        self.corrections = CorrectionsBox(draft, ground)
        self.parts: tuple[FormPart, ...] = (
            self.corrections,
            BoundField(draft, "kicker", self.kicker, parent=ground),
            BoundField(draft, "headline", self.headline, parent=ground),
            BoundField(draft, "standfirst", standfirst, parent=ground),
            self.points,
            self.dateline,
            self._body_cell,
            PictureStoryBox(draft, ground),
            self.pictures,
            self.details,
        )
        set_kind(self.viewport(), "ground")
        margins = (_SIDE, _TOP, _SIDE, _BOTTOM)
        self._column = column(*self.parts, STRETCH, inside=ground, spacing=12, margins=margins)
        self.setWidget(ground)
        self.paste = BodyPaste(draft, self.body, self)
        self.bars = PinnedBars(self, self.notice, self.locked, below=self.paste.line)
        self._counter = WordCounter(session, self)
        self.spelling = FormSpelling(self, self)
        self.notes = FormNotes(self, ground, self)
        self._look = WritingLook(self)
        self.drop = FileDrop(self.viewport(), self._says, self._add_pictures)
        self._connect()
        self._opened()

    def _connect(self) -> None:
        draft = self.draft
        draft.opened.connect(self._opened)
        draft.changed.connect(self._show_values)
        draft.state_changed.connect(self._show_state)
        draft.findings_changed.connect(self._show_findings)
        draft.notice_changed.connect(self._show_notice)
        draft.refused.connect(self._show_refusal)
        draft.caret_asked.connect(self._give_caret)
        draft.caret_placed.connect(self.go_to)
        self.session.changed.connect(self._desk_changed)
        self.session.settings_changed.connect(partial(self._reveal, self.body))
        self._counter.counted.connect(self._counted)
        self.body.line_changed.connect(self._tell_line)
        self.body.cursorPositionChanged.connect(partial(self._reveal, self.body))
        self.body.selectionChanged.connect(self._show_count)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.pictures.refused.connect(self._reveal_refusal)
        self.corrections.rows_added.connect(self._connect_fields)
        self.points.rows_added.connect(self._connect_fields)
        self.pictures.rows_added.connect(self._connect_fields)
        self._connect_fields()

    def _connect_fields(self) -> None:
        """Connect fields that are new, and let Tab follow the order in which they are seen."""
        for _path, field in self.text_fields():
            field.picture_pasted.connect(self._add_pictures, Qt.ConnectionType.UniqueConnection)
            field.fix_asked.connect(self.draft.apply_fix, Qt.ConnectionType.UniqueConnection)
            field.installEventFilter(self)
            self._look.dress(field)
            _cell_around(field).installEventFilter(self)
        stops = [stop for part in self.parts for stop in part.tab_stops()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def text_fields(self) -> Iterator[tuple[str, TextField]]:
        """Yield every field of text, with the path of its value."""
        for part in self.parts:
            yield from part.text_fields()

    # Showing the draft

    def _opened(self) -> None:
        self._show_refusal("", "")
        self._show_values("")
        self._show_state()
        self._show_notice()
        self._show_findings()
        self._counter.count(self.draft.typed.body, 0)
        self.verticalScrollBar().setValue(0)
        for field in (self.headline, self.body):
            field.select(0, 0)
        if self.draft.open_story.is_open and self.draft.open_story.stored is None:
            self.headline.setFocus()

    def _show_values(self, path: str) -> None:
        """Show what changed at a path; an edit of the body changes nothing else."""
        right, left = Qt.LayoutDirection.RightToLeft, Qt.LayoutDirection.LeftToRight
        side = right if self.draft.typed.right_to_left else left
        for part in (self._body_cell,) if path == "body" else self.parts:
            part.show_value()
            part.set_direction(side)
        if path in ("", "body"):
            self._counter.count(self.draft.typed.body)
        if path in ("", self._refused, "picture_story", "pictures"):
            self._show_refusal("", "")

    def _show_refusal(self, path: str, sentence: str) -> None:
        """Say beside its field why the story was refused, until that is edited."""
        for part in self.parts:
            part.show_refusal(self._refused, "")
            part.show_refusal(path, sentence)
        self._refused = path

    def _show_state(self) -> None:
        why = self.draft.why_locked if self.draft.open_story.is_open else None
        for part in self.parts:
            part.set_read_only(why is not None)
        if why is None or self.session.why_read_only:  # which the window says for all stories
            self.locked.clear()
        elif self.locked.text() != why.sentence:
            self.locked.show_text(why.sentence, why.hint)

    def _show_notice(self) -> None:
        notice = self.draft.open_story.notice
        if notice is None:
            self.notice.clear()
        else:
            self.notice.show_text(notice.sentence, notice.hint, *notice.actions)

    def _show_findings(self) -> None:
        checked = self.draft.open_story.checked
        if checked is None:
            return
        found = by_path(self.draft.open_story.findings)
        texts = dict(text_fields(checked))
        for path, field in self.text_fields():
            if path in texts:
                field.show_squiggles(texts[path], found.get(path, []))
            else:
                field.show_squiggles(*in_lines(path, texts, found))

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("house"):
            self._show_values("")

    def _counted(self, number: int) -> None:
        self._words = number
        self._show_count()

    def _show_count(self) -> None:
        selected, count = self.body.selected(), plural("{n} word", "{n} words", self._words)
        if selected:
            text = _("{some} of {all}").format(some=count_words(selected), all=count)
        elif self._words:
            minutes = reading_minutes(self._words)
            time = plural("{n} min read", "{n} min read", minutes)
            text = _("Markdown · {words} · {time}").format(words=count, time=time)
        else:
            text = _("Markdown · {words}").format(words=count)
        self._body_cell.label.set_count(text)

    # Going somewhere

    def go_to(self, place: TextPlace, *, with_focus: bool = True) -> None:
        """Focus the field of a place, bring it into view and select the range.

        A place whose field is gone leads to what is nearest.
        """
        found = (part.widget_at(place.path) for part in self.parts)
        if (field := next((widget for widget in found if widget is not None), None)) is None:
            return
        if with_focus:
            field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, NamesArea):
            start = line_start(place.path, dict(text_fields(self.draft.typed)))
            field.select(start + place.start, start + place.end)
        elif isinstance(field, TextField):
            field.select(place.start, place.end)
        show = self._reveal if with_focus else self._bring_into_view
        QTimer.singleShot(0, field, partial(show, field))

    def selected_passage(self) -> tuple[TextPlace, str] | None:
        """Return the passage that is selected where the focus is or was last, and its place."""
        for path, field in self.text_fields():
            passage = field.selected()
            if passage.strip() and (field.hasFocus() or field is self.focusWidget()):
                start = field.selection_start()
                return TextPlace(path, start, start + len(passage)), passage
        return None

    def add_key_point(self) -> None:
        """Go to the field that adds a key point."""
        self.points.add_field.setFocus()
        self._reveal(self.points.add_field)

    def choose_picture(self) -> None:
        """Ask for a picture file."""
        self.pictures.choose()

    def choose_text_picture(self) -> None:
        """Ask which of the story's pictures is shown where the caret is in the body."""
        from editor.gui.story.text_picture_menu import (  # noqa: PLC0415 - not needed to start
            ask_for_text_picture,
        )

        def put(file: str) -> None:
            self.body.setFocus(Qt.FocusReason.OtherFocusReason)
            self.mark(lambda commands: commands.picture(file))

        self.mark(lambda _commands: ask_for_text_picture(self.draft.typed, self.body, put))

    def mark(self, change: Callable[[BodyCommands], None]) -> None:
        """Carry out a command where the caret is, if that is in the body; else say why not."""
        focused = QApplication.focusWidget()
        is_in_menu = focused is None or isinstance(focused, QMenuBar | QMenu)
        try:
            if focused is not self.body and not (is_in_menu and self.focusWidget() is self.body):
                raise NotAllowed(
                    _("This works in the body only."),
                    _("Put the caret into the body, then try again."),
                )
            if not self.body.isReadOnly():
                change(self.body.commands)
        except NotAllowed as error:
            self.session.problem.emit(error)

    def move_text(self, step: int) -> None:
        """Move up (-1) or down (1) what the caret is in: a key point, or a part of the body."""
        if not self.points.move_focused(step):
            self.mark(lambda commands: commands.move(step))

    def _reveal(self, field: QWidget) -> None:
        """Bring a field into view with what is said of it, and the caret in a long one."""
        # Before the form is shown it has no size: whatever is scrolled then is scrolled wrongly.
        if field.hasFocus() and self.isVisible():
            self._bring_into_view(field)

    def _bring_into_view(self, field: QWidget) -> None:
        if field is not self.body:
            bring_into_view(self, _cell_around(field), _MARGIN)
        if isinstance(field, TextField):
            caret = field.cursorRect()
            bottom = field.viewport().mapTo(self._ground, caret.bottomLeft())
            if field is self.body and self._is_typewriter():
                middle = (self.viewport().height() + caret.height()) // 2
                self.verticalScrollBar().setValue(bottom.y() - middle)
                return
            self.ensureVisible(0, bottom.y() - caret.height(), 0, _MARGIN)
            self.ensureVisible(0, bottom.y(), 0, _MARGIN)

    def _is_typewriter(self) -> bool:
        """Return whether the caret's line stays in the middle; not under a mouse that selects."""
        is_wanted = self.session.settings.typewriter_scrolling
        return is_wanted and QApplication.mouseButtons() == Qt.MouseButton.NoButton

    def _reveal_refusal(self) -> None:
        """Show why a picture was refused; it may have been pasted far from the pictures."""
        QTimer.singleShot(0, self, partial(bring_into_view, self, self.pictures.problem, _MARGIN))

    # Where the caret is

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        for path, field in self.text_fields():
            if field is new:
                # Who comes back from another window finds the form as it was scrolled.
                if old is not None and old.window() is self.window():
                    self._reveal(field)
                if path == "body":
                    self._tell_line()
                else:
                    self.caret_moved.emit(TextPlace(path))
                return

    def _tell_line(self) -> None:
        self.caret_moved.emit(TextPlace("body", *self.body.line_range()))

    def _give_caret(self) -> None:
        for path, field in self.text_fields():
            if field.hasFocus():
                caret = field.caret()
                self.draft.set_caret(TextPlace(path, caret, caret))

    # Pictures from outside, and room

    def _add_pictures(self, data: QMimeData) -> None:
        if self.draft.can_edit:
            self.pictures.add_from(data)

    def _says(self, data: QMimeData) -> str:
        """Return what a drop on the form does; what is no picture is for the window."""
        is_useful = self.draft.can_edit and holds_pictures(data)
        return _("Drop to add to the pictures of this story") if is_useful else ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep what grows around the caret in view, and lines as long as the body's font needs."""
        if event.type() is QEvent.Type.FontChange and watched is self.body:
            QTimer.singleShot(0, self, self.fit_column)
        field = self.focusWidget() if event.type() is QEvent.Type.Resize else None
        if field is not None and watched in (field, _cell_around(field)):
            QTimer.singleShot(0, field, partial(self._reveal, field))
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        """Draw the squiggles again in the colours of another look."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_counter"):
            for _path, field in self.text_fields():
                field.clear_squiggles()
            self._show_findings()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep lines readable on wide screens."""
        super().resizeEvent(event)
        self.fit_column()

    def fit_column(self) -> None:
        """Give the column the width at which the body's lines are as long as they may be."""
        width = self.viewport().width()
        side = max(_SIDE if width > _NARROW else _NARROW_SIDE, (width - self.body.widest()) // 2)
        self._column.setContentsMargins(side, _TOP, side, _BOTTOM)
        self.body.page_height = self.viewport().height()


def _cell_around(field: QWidget) -> QWidget:
    """Return the labelled field that a widget is in, or the widget itself."""
    around: QWidget | None = field
    while around is not None and not isinstance(around, LabelledField):
        around = around.parentWidget()
    return around or field
