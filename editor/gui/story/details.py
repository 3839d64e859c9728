"""What is around the text: slug, section, bylines, subjects, its times, a note and others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QWidget

from editor.core.fields import FIELDS, Kind
from editor.core.language_table import LANGUAGES
from editor.core.languages import own_name
from editor.core.paths import value_at
from editor.core.story import check_slug, slug_from
from editor.gui.draft.draft import Draft
from editor.gui.section_names import section_name, section_name_of
from editor.gui.story.form_part import FormPart
from editor.gui.story.labelled_field import BoundField, InstantField, LabelledField
from editor.gui.story.names import NamesField
from editor.gui.story.related_stories import RelatedStories
from editor.gui.story.subjects import Subjects
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.flow_grid import FlowGrid
from editor.gui.widgets.layout import column
from editor.gui.widgets.text_area import TextArea
from editor.gui.widgets.text_field import TextField
from editor.i18n import _

_NARROWEST = 176

Offer = Callable[[], list[tuple[str, str]]]
"""Gives each value that can be chosen, with its text."""


class ChoiceField(LabelledField):
    """One of a list of values; a value of the draft that the list lacks is added to it."""

    field: QComboBox

    def __init__(
        self,
        draft: Draft,
        path: str,
        offer: Offer,
        text_of: Callable[[str], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(path, QComboBox(), parent)
        self._draft, self._offer, self._text_of = draft, offer, text_of
        policy = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        self.field.setSizeAdjustPolicy(policy)
        self.field.setMinimumContentsLength(8)
        self.field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.field.activated.connect(self._choose)

    def show_value(self) -> None:
        """Offer what can be chosen now, and choose what the draft has."""
        box, offered = self.field, self._offer()
        present = [(box.itemData(i), box.itemText(i)) for i in range(box.count())]
        if present[: len(offered)] != offered:
            box.clear()
            for value, text in offered:
                box.addItem(text, value)
        value = value_at(self._draft.typed, self.path)
        if box.findData(value) < 0:
            box.addItem(self._text_of(value), value)
        box.setCurrentIndex(box.findData(value))

    def _choose(self, index: int) -> None:
        self._draft.set_value(self.path, self.field.itemData(index))


class Details(FormPart):
    """The last part of the form; it can be folded away."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.fold = SmallButton()
        self.fold.setAccessibleName(_("Details"))
        self.fold.clicked.connect(self._toggle)
        self._folded = QWidget(self)
        grid = FlowGrid(_NARROWEST, columns=2, parent=self._folded)
        self._slug = BoundField(draft, "slug", TextField(), _read_slug, parent=grid)
        cells: list[LabelledField] = [
            self._slug,
            ChoiceField(draft, "section", self._sections, self._section_title, grid),
            NamesField(draft, "bylines", _("One name a line"), grid),
            ChoiceField(draft, "language", _languages, own_name, grid),
            NamesField(draft, "keywords", _("One keyword a line"), grid),
        ]
        times = [field.name for field in FIELDS if field.kind is Kind.INSTANT]
        cells += [InstantField(draft, name, grid) for name in times]
        grid.add(*cells)
        area = TextArea(_("For colleagues; readers never see it"))
        note = BoundField(draft, "ed_note", area, parent=self._folded)
        wide = (Subjects(draft, self._folded), RelatedStories(draft, self._folded), note)
        self.cells = {cell.path: cell for cell in (*cells, *wide)}
        column(grid, *wide, inside=self._folded, spacing=10)
        column(self.fold, self._folded, inside=self, spacing=6)
        self._unfold(True)

    def parts(self) -> Sequence[FormPart]:
        """Return every field of the details."""
        return tuple(self.cells.values())

    def show_value(self) -> None:
        """Show what the draft has; an empty slug shows what it will be."""
        super().show_value()
        story = self._draft.typed
        if not story.slug:
            slug = slug_from(story.headline) if story.headline else _("made from the headline")
            self._slug.field.set_placeholder(slug)

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the button that folds, then the fields."""
        yield self.fold
        yield from super().tab_stops()

    def widget_at(self, path: str) -> QWidget | None:
        """Return the widget of a value of the details, unfolded."""
        widget = super().widget_at(path)
        if widget is not None:
            self._unfold(True)
        return widget

    def _toggle(self) -> None:
        self._unfold(self._folded.isHidden())

    def _sections(self) -> list[tuple[str, str]]:
        sections = self._draft.session.house.sections
        return [
            ("", _("No section")),
            *((section.slug, section_name(section)) for section in sections),
        ]

    def _section_title(self, slug: str) -> str:
        return section_name_of(self._draft.session.house, slug)

    def _unfold(self, unfolded: bool) -> None:
        self._folded.setVisible(unfolded)
        # Qt's own arrow stays at the left of the text, and touches Arabic.
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        arrow = "▾" if unfolded else "◂" if is_mirrored else "▸"
        self.fold.setText(f"{arrow} {_('Details')}")


def _languages() -> list[tuple[str, str]]:
    return [(tag, language.name) for tag, language in LANGUAGES.items()]


def _read_slug(text: str) -> str:
    slug = text.strip()
    if slug:
        check_slug(slug)
    return slug
