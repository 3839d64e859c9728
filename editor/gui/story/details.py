"""What stands around the text: slug, section, bylines, language, keywords, and its times."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QToolButton, QVBoxLayout, QWidget

from editor.core.fields import FIELDS, Kind, label
from editor.core.paths import value_at, with_value
from editor.core.story import check_slug, slug_from
from editor.core.times import instant_text, parse_instant
from editor.errors import BadValue
from editor.gui.draft.draft import Draft
from editor.gui.story.field_binding import FieldBinding, Read, Show
from editor.gui.story.labelled_field import Labelled
from editor.gui.story.languages import COMMON, own_name
from editor.gui.story.related_stories import RelatedStories
from editor.gui.story.subjects import Subjects
from editor.gui.widgets.flow_grid import FlowGrid
from editor.gui.widgets.text_area import TextArea
from editor.gui.widgets.text_field import TextField
from editor.i18n import _

_NARROWEST = 150
_TIMES = tuple(field.name for field in FIELDS if field.kind is Kind.INSTANT)
_COMMAS = re.compile(r"[,،、\n]")


class Choice(QComboBox):
    """A list of values, tied to the draft; a value the list lacks is added to it."""

    def __init__(self, draft: Draft, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._path = draft, path
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.activated.connect(self._take)

    def offer(self, values: list[tuple[str, str]]) -> None:
        """Offer these (value, words), keeping what is chosen."""
        present = [(self.itemData(i), self.itemText(i)) for i in range(self.count())]
        if present[: len(values)] != values:
            self.clear()
            for value, words in values:
                self.addItem(words, value)

    def show_value(self, words: Callable[[str], str]) -> None:
        """Choose what the draft has."""
        value = value_at(self._draft.text, self._path) or ""
        if self.findData(value) < 0:
            self.addItem(words(value), value)
        self.setCurrentIndex(self.findData(value))

    def _take(self, index: int) -> None:
        story = with_value(self._draft.text, self._path, self.itemData(index))
        self._draft.edit(story, self._path)


class Details(QWidget):
    """The last part of the form; it can be folded away."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.bound: dict[str, FieldBinding] = {}
        self._cells: dict[str, Labelled] = {}
        self.fold = QToolButton()
        self.fold.setText(_("Details"))
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.clicked.connect(self._turn)
        self.inner = QWidget()
        self.grid = FlowGrid(_NARROWEST, 2)
        self.section = Choice(draft, "section")
        self.language = Choice(draft, "language")
        self.subjects, self.related = Subjects(draft), RelatedStories(draft)
        self._build()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.fold)
        column.addWidget(self.inner)
        self._fold(True)
        self.show_value()

    def show_value(self) -> None:
        """Show what the draft has."""
        story, house = self._draft.text, self._draft.session.house
        for bound in self.bound.values():
            bound.show_value()
        titles = [("", _("No section")), *((each.slug, each.title) for each in house.sections)]
        self.section.offer(titles)
        self.section.show_value(house.section_title)
        self.language.offer([(tag, own_name(tag)) for tag in COMMON])
        self.language.show_value(own_name)
        self.subjects.show_value()
        self.related.show_value()
        slug = slug_from(story.headline) if story.headline else _("made from the headline")
        self.bound["slug"].field.set_placeholder(slug)
        for name in _TIMES:
            instant = getattr(story, name)
            universal = f"{parse_instant(instant):%H:%M} UTC" if instant else ""
            self._cells[name].label.set_count(universal)

    def stops(self) -> list[QWidget]:
        """What Tab goes through, in the order it is seen."""
        slug, bylines, *others, note = (bound.field for bound in self.bound.values())
        first = [self.fold, slug, self.section, bylines, self.language, *others]
        return [*first, *self.subjects.stops(), *self.related.stops(), note]

    def choice(self, name: str) -> QWidget | None:
        """The control that chooses a field's value from a list, if there is one."""
        chosen = {
            "section": self.section,
            "language": self.language,
            "subjects": self.subjects.field,
            "related": self.related.field,
        }
        return chosen.get(name)

    def set_direction(self, direction: Qt.LayoutDirection) -> None:
        """Write words from this side; slug and times stay left to right."""
        for name in ("bylines", "keywords", "ed_note"):
            self.bound[name].field.set_direction(direction)
        self.subjects.setLayoutDirection(direction)
        self.related.setLayoutDirection(direction)

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be changed."""
        for bound in self.bound.values():
            bound.field.setReadOnly(read_only)
        self.section.setEnabled(not read_only)
        self.language.setEnabled(not read_only)
        self.subjects.set_read_only(read_only)
        self.related.set_read_only(read_only)

    def problem(self, name: str) -> str:
        """What is said to be wrong with a field."""
        return self._cells[name].problem()

    def reveal(self) -> None:
        """Unfold."""
        self._fold(True)

    def _build(self) -> None:
        self._add("slug", "", _read_slug, str)
        self.grid.add(Labelled(label("section"), self.section))
        self._add("bylines", _("Names, with commas between"), _names, _joined)
        self.grid.add(Labelled(label("language"), self.language))
        self._add("keywords", _("Words, with commas between"), _names, _joined)
        for name in _TIMES:
            self._add(name, "2026-03-03 06:00", _read_instant, _show_instant)
        note = TextArea(_("For colleagues; readers never see it"))
        column = QVBoxLayout(self.inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        subjects = Labelled(label("subjects"), self.subjects)
        self.subjects.problem.connect(subjects.show_problem)
        for cell in (
            self.grid,
            subjects,
            Labelled(label("related"), self.related),
            self._bind("ed_note", note),
        ):
            column.addWidget(cell)

    def _add(self, name: str, placeholder: str, read: Read, show: Show) -> None:
        self.grid.add(self._bind(name, TextField(placeholder), read, show))

    def _bind(self, name: str, field: TextField, read: Read = str, show: Show = str) -> Labelled:
        bound = FieldBinding(self._draft, field, name, read, show)
        field.entered.connect(field.focusNextChild)
        self.bound[name], self._cells[name] = bound, Labelled(label(name), field).hear(bound)
        return self._cells[name]

    def _turn(self) -> None:
        self._fold(self.inner.isHidden())

    def _fold(self, unfolded: bool) -> None:
        self.inner.setVisible(unfolded)
        arrow = Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow
        self.fold.setArrowType(arrow)


def _read_slug(text: str) -> str:
    slug = text.strip()
    if slug:
        check_slug(slug)
    return slug


def _names(text: str) -> tuple[str, ...]:
    return tuple(name for part in _COMMAS.split(text) if (name := " ".join(part.split())))


def _joined(names: tuple[str, ...]) -> str:
    return ", ".join(names)


def _read_instant(text: str) -> str:
    """An instant; without an offset it is the time of this computer."""
    written = text.strip()
    if not written:
        return ""
    try:
        instant = datetime.fromisoformat(written)
    except ValueError:
        raise BadValue(
            _("“{text}” is not a date and time.").format(text=written),
            _("Write it like 2026-03-03 06:00."),
        ) from None
    return instant_text(instant.astimezone())


def _show_instant(instant: str) -> str:
    if not instant:
        return ""
    return f"{parse_instant(instant).astimezone():%Y-%m-%d %H:%M}"
