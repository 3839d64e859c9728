"""One brief of the banner, as a card to write in."""

from __future__ import annotations

from datetime import time
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from editor.core.brief import Brief
from editor.gui.banner.story_picker import StoryPicker
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.date_time_field import DateTimeField
from editor.gui.widgets.drag_handle import DragHandle
from editor.gui.widgets.flow_grid import FlowGrid
from editor.gui.widgets.layout import STRETCH, TOP, button, column, label, row
from editor.gui.widgets.text_field import TextField
from editor.i18n import _

_NARROWEST_FIELD = 190
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class BriefCard(QFrame):
    """Title, sentence, story and the times of one brief."""

    field_changed = Signal(str, str, bool)
    """A field's name, its new value, and whether that is an undo step of its own."""
    remove_asked = Signal()
    move_asked = Signal(int)
    """Up (-1) or down (1) by keyboard."""
    undo_asked = Signal()
    redo_asked = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        set_kind(self, "card")
        self.handle = DragHandle(
            _("Drag to move the brief, or press Alt+Up or Alt+Down in it"), center=9
        )
        self.title = TextField(_("Title"))
        self.title.set_points(1, bold=True)
        self.summary = TextField(_("One sentence"))
        for text in (self.title, self.summary):
            set_kind(text, "line")
            text.marks.language = lambda: session.marks_language(session.house.language)
        self.story = StoryPicker(session)
        self.starts = DateTimeField(
            _("Starts"),
            placeholder=_("At once"),
            choices=((_("At once"), None),),
            usual_time=time(6),
        )
        self.expires = DateTimeField(
            _("Expires"),
            placeholder=_("Never"),
            choices=(
                (_("Never"), None),
                (_("Tonight"), 0),
                (_("Tomorrow night"), 1),
                (_("In 1 week"), 7),
            ),
            usual_time=time(23, 59),
            past_warning=_("This time is over: readers no longer see the brief."),
        )
        self._remove = button(_("Remove"), self.remove_asked.emit, "quiet")
        self._finding = label(kind="warn", wrap=True)
        self._finding.hide()
        self._lay_out()
        self._connect()

    def show_brief(self, brief: Brief, number: int, count: int) -> None:
        """Show a brief; a field that has the same text is left alone, caret and all."""
        self.title.set_text(brief.title)
        self.summary.set_text(brief.summary)
        self.story.show_story(brief.story)
        self.starts.show_instant(brief.starts)
        self.expires.show_instant(brief.expires)
        name = _("brief {number} of {count}").format(number=number, count=count)
        self.title.setAccessibleName(_("Title of {brief}").format(brief=name))
        self.summary.setAccessibleName(_("Sentence of {brief}").format(brief=name))
        self._remove.setAccessibleName(_("Remove {brief}").format(brief=name))

    def set_read_only(self, read_only: bool) -> None:
        """Let the brief be read and copied alone, or written as well."""
        for text in (self.title, self.summary):
            text.setReadOnly(read_only)
        for times in (self.starts, self.expires):
            times.set_read_only(read_only)
        for control in (self.story, self.handle, self._remove):
            control.setEnabled(not read_only)

    def show_finding(self, sentence: str) -> None:
        """Show what the checks found in this brief, or nothing."""
        self._finding.setText(sentence)
        self._finding.setVisible(bool(sentence))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the brief by Alt and an arrow key in any of its fields."""
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            step = _STEPS.get(Qt.Key(event.key()))
            if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
                self.move_asked.emit(step)
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        fields: tuple[tuple[str, QWidget], ...] = (
            (_("Leads to"), self.story),
            (_("Starts"), self.starts),
            (_("Expires"), self.expires),
        )
        details = FlowGrid(_NARROWEST_FIELD)
        details.add(*(_titled(title, field) for title, field in fields))
        column(
            row(
                self.handle,
                (column(self.title, self.summary, spacing=2), 1),
                (self._remove, TOP),
                spacing=2,
            ),
            details,
            self._finding,
            inside=self,
            spacing=8,
            margins=(10, 8, 10, 10),
        )

    def _connect(self) -> None:
        self.title.edited.connect(partial(self._text_edited, "title", self.title))
        self.summary.edited.connect(partial(self._text_edited, "summary", self.summary))
        for name, chosen in (
            ("story", self.story.picked),
            ("starts", self.starts.chosen),
            ("expires", self.expires.chosen),
        ):
            chosen.connect(lambda value, name=name: self.field_changed.emit(name, value, False))
        self.title.entered.connect(self.summary.setFocus)
        for field in (self.title, self.summary, self.starts, self.expires):
            field.undo_asked.connect(self.undo_asked)
            field.redo_asked.connect(self.redo_asked)
        for widget in (
            self.title,
            self.summary,
            self.story,
            self.story.line,
            self.starts.edit,
            self.starts.open_calendar,
            self.expires.edit,
            self.expires.open_calendar,
            self._remove,
        ):
            widget.installEventFilter(self)

    def _text_edited(self, name: str, field: TextField) -> None:
        self.field_changed.emit(name, field.text(), field.step_caret() is not None)


def _titled(title: str, field: QWidget) -> QWidget:
    """Put a title above a field, and the room that is left below it."""
    made = QWidget()
    column(label(title, "label", buddy=field), field, STRETCH, inside=made, spacing=2)
    return made
