"""The form: everything of a story, in one calm column."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import pairwise

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget

from editor.checks.base import TextPlace
from editor.core.changes import Changes
from editor.core.fields import label
from editor.core.paths import text_fields
from editor.gui.draft.draft import Draft
from editor.gui.session import Session
from editor.gui.story.body_field import BodyField
from editor.gui.story.dateline import DatelineFields
from editor.gui.story.details import Details
from editor.gui.story.field_binding import FieldBinding
from editor.gui.story.key_points import KeyPoints
from editor.gui.story.labelled_field import Labelled
from editor.gui.story.pictures import PicturesBox
from editor.gui.story.word_counter import WordCounter
from editor.gui.theme import set_kind
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.squiggles import by_path
from editor.gui.widgets.text_field import TextField
from editor.i18n import _, plural
from editor.text.metrics import characters, reading_minutes, words

_HEADLINE_LARGER = 5.25
_HEADLINE_LINE = 93.0
_SIDE, _TOP = 26, 16
_NARROW, _NARROW_SIDE = 400, 16
_WIDEST = 860
_ABOVE_BODY = 64
_MARGIN = 28


class StoryForm(QScrollArea):
    """Shows the draft and takes what is typed. Nothing is rebuilt while somebody types."""

    caret_block = Signal(int)
    """The source line (from 0) of the body that the caret went to."""
    caret_moved = Signal(object)
    """Place: the field, and in the body the start of the line, that the caret went to."""

    def __init__(self, session: Session, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.draft = session, draft
        self._words = 0
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAcceptDrops(True)
        self.notice = ProblemBar()
        self.locked = ProblemBar()
        self.kicker = TextField(_("A word or two above the headline"))
        self.headline = TextField(_("Headline"))
        self.headline.set_points(_HEADLINE_LARGER, bold=True)
        self.headline.set_line_height(_HEADLINE_LINE)
        self.standfirst = TextField(_("A sentence or two that sell the story"))
        self.points = KeyPoints(draft)
        self.dateline = DatelineFields(draft)
        self.body = BodyField()
        self.pictures = PicturesBox(draft)
        self.details = Details(draft)
        self._plain = {
            "kicker": FieldBinding(draft, self.kicker, "kicker"),
            "headline": FieldBinding(draft, self.headline, "headline"),
            "standfirst": FieldBinding(draft, self.standfirst, "standfirst"),
            "body": FieldBinding(draft, self.body, "body"),
        }
        self.limited = {
            "headline": Labelled(label("headline"), self.headline),
            "standfirst": Labelled(label("standfirst"), self.standfirst),
        }
        self._body_cell = Labelled(label("body"), self.body)
        self._counter = WordCounter(session, self)
        self._build()
        self._connect()
        self._opened()

    # Building

    def _build(self) -> None:
        ground = QWidget()
        set_kind(ground, "ground")
        column = QVBoxLayout(ground)
        column.setContentsMargins(_SIDE, _TOP, _SIDE, 24)
        column.setSpacing(12)
        parts = (
            self.notice,
            self.locked,
            Labelled(label("kicker"), self.kicker),
            *self.limited.values(),
            self.points,
            self.dateline,
            self._body_cell,
            self.pictures,
            self.details,
        )
        for part in parts:
            column.addWidget(part)
        column.addStretch(1)
        self._column = column
        self._ground = ground
        self.setWidget(ground)
        set_kind(self.viewport(), "ground")

    def _connect(self) -> None:
        draft = self.draft
        draft.opened.connect(self._opened)
        draft.changed.connect(self._show_values)
        draft.state_changed.connect(self._show_state)
        draft.findings_changed.connect(self._show_findings)
        draft.notice_changed.connect(self._show_notice)
        draft.keeping.connect(self._tell_caret)
        draft.went.connect(self.go_to)
        self.session.changed.connect(self._desk_changed)
        self._counter.counted.connect(self._counted)
        self.body.caret_block.connect(self._tell_line)
        self.body.cursorPositionChanged.connect(partial(self._reveal, self.body))
        self.body.selectionChanged.connect(self._show_count)
        self.kicker.entered.connect(self.headline.setFocus)
        self.headline.entered.connect(self.standfirst.setFocus)
        self.standfirst.entered.connect(self._to_key_points)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.pictures.refused.connect(self._show_refusal)
        for part in (self.points, self.pictures):
            part.grown.connect(self._take_up_rows)
        self._take_up_rows()

    def _take_up_rows(self) -> None:
        """Hear of pictures pasted into any field, and let Tab follow what is seen."""
        for field in (*self._fields(), self.points.add_field):
            field.brought.connect(self._take, Qt.ConnectionType.UniqueConnection)
            field.fix_asked.connect(self.draft.apply, Qt.ConnectionType.UniqueConnection)
            field.installEventFilter(self)
        stops: list[QWidget] = [self.kicker, self.headline, self.standfirst]
        stops += self.points.fields()
        stops += [bound.field for bound in self.dateline.bound.values()]
        stops += [self.dateline.more, self.body]
        stops += [stop for row in self.pictures.rows for stop in row.stops()]
        stops += [self.pictures.add, *self.details.stops()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _fields(self) -> Iterator[TextField]:
        for _path, field in self._by_path():
            yield field

    def _by_path(self) -> Iterator[tuple[str, TextField]]:
        """Every field that is tied to a value, with the value's path."""
        bounds = [*self._plain.values(), *self.dateline.bound.values()]
        bounds += [row.bound for row in self.points.rows]
        bounds += [bound for row in self.pictures.rows for bound in row.bound.values()]
        bounds += self.details.bound.values()
        for bound in bounds:
            yield bound.path, bound.field

    # Showing the draft

    def _opened(self) -> None:
        for parts in (self._plain, self.dateline.bound, self.details.bound):
            for bound in parts.values():
                bound.reset()
        self._show_values("")
        self._show_state()
        self._show_notice()
        self._show_findings()
        self._counter.count(self.draft.text.body, 0)
        self.verticalScrollBar().setValue(0)
        for field in (self.headline, self.body):
            field.select(0, 0)
        if self.draft.stored is None and self.draft.story is not None:
            self.headline.setFocus()

    def _show_values(self, path: str) -> None:
        story = self.draft.text
        for bound in self._plain.values():
            bound.show_value()
        if path != "body":
            self.points.show_value()
            self.dateline.show_value()
            self.pictures.show_value()
            self.details.show_value()
            self._show_direction()
            for name, cell in self.limited.items():
                limit = self.session.house.limit(name)
                count = characters(getattr(story, name))
                text = _("{count} of {limit}").format(count=count, limit=limit)
                cell.label.set_count(text, over=count > limit)
        if path in ("", "body"):
            self._counter.count(story.body)

    def _show_direction(self) -> None:
        """Write from the side of the story's language; the body by each paragraph's letters."""
        right = self.draft.text.right_to_left
        side = Qt.LayoutDirection.RightToLeft if right else Qt.LayoutDirection.LeftToRight
        for field in (self.kicker, self.headline, self.standfirst):
            field.set_direction(side)
        for part in (self.points, self.dateline, self.pictures, self.details):
            part.set_direction(side)
        self.body.set_base_direction(side)

    def _show_state(self) -> None:
        locked = self.draft.story is not None and not self.draft.editable
        for field in self._fields():
            field.setReadOnly(locked)
        self.points.set_read_only(locked)
        self.pictures.set_read_only(locked)
        self.details.set_read_only(locked)
        why = self.draft.why_not
        if locked and why is not None:
            if self.locked.text() != why.sentence:
                self.locked.show_text(why.sentence, why.hint)
        else:
            self.locked.clear()

    def _show_notice(self) -> None:
        notice = self.draft.notice
        if notice is None:
            self.notice.clear()
        else:
            self.notice.show_text(notice.sentence, notice.hint, *notice.actions)

    def _show_findings(self) -> None:
        looked_at = self.draft.looked_at
        if looked_at is None:
            return
        found = by_path(self.draft.findings)
        texts = dict(text_fields(looked_at))
        for path, field in self._by_path():
            field.show_squiggles(texts.get(path, ""), found.get(path, []))

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("house"):
            self._show_values("")
        if any(changes.touches("story", story) for story in self.draft.text.related):
            self.details.related.forget_names()

    def _counted(self, number: int) -> None:
        self._words = number
        self._show_count()

    def _show_count(self) -> None:
        chosen = self.body.selected()
        if chosen:
            text = _("{some} of {all}").format(
                some=words(chosen), all=plural("{n} word", "{n} words", self._words)
            )
        else:
            parts = ["Markdown", plural("{n} word", "{n} words", self._words)]
            if self._words:
                minutes = reading_minutes(self._words)
                parts.append(plural("{n} min read", "{n} min read", minutes))
            text = " · ".join(parts)
        self._body_cell.label.set_count(text)

    # Going somewhere

    def go_to(self, place: TextPlace) -> None:
        """Focus the field of a place, bring it into view and select the range.

        A place whose field has gone leads to what is nearest.
        """
        field = self._field_at(place.path)
        if field is None:
            return
        field.setFocus(Qt.FocusReason.OtherFocusReason)
        if isinstance(field, TextField):
            field.select(place.start, place.end)
        QTimer.singleShot(0, partial(self._reveal, field))

    def chosen(self) -> tuple[TextPlace, str] | None:
        """The passage that is selected in the form, where the focus is or was last."""
        for path, field in self._by_path():
            words = field.selected()
            if words.strip() and (field.hasFocus() or field is self.focusWidget()):
                start = field.chosen_from()
                return TextPlace(path, start, start + len(words)), words
        return None

    def _field_at(self, path: str) -> QWidget | None:
        name, _slash, rest = path.partition("/")
        if name == "dateline" and rest in self.dateline.bound:
            self.dateline.reveal(rest)
        elif choice := self.details.choice(name):
            self.details.reveal()
            return choice
        elif name in self.details.bound:
            self.details.reveal()
            return self.details.bound[name].field
        elif name == "key_points":
            fields = self.points.fields()
            return fields[min(int(rest), len(fields) - 1)] if rest.isdigit() else fields[0]
        elif name == "pictures":
            return self._picture_field(rest)
        return dict(self._by_path()).get(path)

    def _picture_field(self, rest: str) -> QWidget:
        index, _slash, name = rest.partition("/")
        rows = self.pictures.rows
        if not index.isdigit() or int(index) >= len(rows):
            return self.pictures.add
        row = rows[int(index)]
        if name == "focus":
            return row.thumb
        return row.bound[name].field if name in row.bound else row.bound["caption"].field

    def _reveal(self, field: QWidget) -> None:
        """Bring a field's caret into view, or the whole of what has no caret."""
        if not field.hasFocus():
            return
        if isinstance(field, TextField):
            caret = field.cursorRect()
            where = field.viewport().mapTo(self._ground, caret.bottomLeft())
            self.ensureVisible(0, where.y() - caret.height(), 0, _MARGIN)
            self.ensureVisible(0, where.y(), 0, _MARGIN)
        else:
            self.ensureWidgetVisible(field, 0, _MARGIN)

    def _to_key_points(self) -> None:
        self.points.fields()[0].setFocus()

    def add_key_point(self) -> None:
        """Focus the field that adds a key point."""
        self.points.add_field.setFocus()
        self._reveal(self.points.add_field)

    def choose_picture(self) -> None:
        """Ask for a picture file."""
        self.pictures.choose()

    def mark(self, before: str, after: str) -> None:
        """Put Markdown signs around what is selected in the body."""
        if not self.body.isReadOnly():
            self.body.surround(before, after)
            self.body.setFocus()

    # Telling where the caret is

    def _focus_moved(self, _old: QWidget | None, new: QWidget | None) -> None:
        for path, field in self._by_path():
            if field is new:
                self._reveal(field)
                if path != "body":
                    self.caret_moved.emit(TextPlace(path))
                return

    def _tell_line(self, line: int) -> None:
        self.caret_block.emit(line)
        self.caret_moved.emit(TextPlace("body", *self.body.line_range()))

    def _tell_caret(self) -> None:
        for path, field in self._by_path():
            if field.hasFocus():
                caret = field.caret()
                self.draft.set_caret(TextPlace(path, caret, caret))

    # Pictures from outside, and room

    def _take(self, brought: QMimeData) -> None:
        if self.draft.editable:
            self.pictures.take(brought)

    def _show_refusal(self) -> None:
        """A picture may have been pasted far from where the pictures are."""
        QTimer.singleShot(0, partial(self.ensureWidgetVisible, self.pictures.problem, 0, _MARGIN))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        data = event.mimeData()
        if self.draft.editable and (data.hasUrls() or data.hasImage()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if self.draft.editable and self.pictures.take(event.mimeData()):
            event.acceptProposedAction()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        resized = event.type() is QEvent.Type.Resize
        if resized and isinstance(watched, QWidget) and watched.hasFocus():
            QTimer.singleShot(0, partial(self._reveal, watched))
        return super().eventFilter(watched, event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.PaletteChange and hasattr(self, "_counter"):
            for field in self._fields():
                field.forget_squiggles()
            self._show_findings()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Lines stay readable on wide screens, and the body no taller than the form.
        width = self.viewport().width()
        side = max(_SIDE if width > _NARROW else _NARROW_SIDE, (width - _WIDEST) // 2)
        self._column.setContentsMargins(side, _TOP, side, 24)
        self.body.set_most(self.viewport().height() - _ABOVE_BODY)
