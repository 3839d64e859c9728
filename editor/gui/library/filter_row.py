"""The row above the list that narrows it: a menu of what to filter by, and a chip for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import fields, replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QWidget

from editor.core.languages import own_name
from editor.core.workflow import Stage
from editor.gui.library.list_filter import ListFilter, read_filters, write_filters
from editor.gui.library.places import Place
from editor.gui.section_names import section_name, section_name_of
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import column, plain_tip
from editor.gui.widgets.stages import stage_name
from editor.i18n import _
from editor.store.reading.rows import Filter

_REMOVING = (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)


class FilterRow(QFrame):
    """Narrows the list of a place. What is chosen is remembered for each place.

    Only what the place does not say itself can be chosen: no stage in *In review*.
    """

    changed = Signal()
    """Other stories are wanted."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "bar")
        self._session = session
        self._place: Place | None = None
        self._filters: dict[str, ListFilter] = {}
        self.button = SmallButton()
        set_kind(self.button, "quiet")
        self.button.setText(_("Filter ▾"))
        self.button.setAccessibleName(_("Filter stories"))
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._menu = QMenu(self.button)
        self._menu.aboutToShow.connect(self._fill_menu)
        self.button.setMenu(self._menu)
        self.remove_all = QAction(_("Remove filters"), self)
        self.remove_all.triggered.connect(self.clear)
        self.chips = {
            spec.name: FilterChip(partial(self.choose, **{spec.name: spec.default}))
            for spec in fields(ListFilter)
        }
        column(FlowRow(self.button, *self.chips.values()), inside=self, margins=(4, 2))

    def show_place(self, place: Place) -> None:
        """Show the filter of another place, without a signal."""
        self._place = place
        self._show_chips()

    def current(self) -> ListFilter:
        """Return the filter of the place that is shown."""
        key = self._place.key if self._place is not None else ""
        return self._filters.get(key, ListFilter())

    def narrowed(self) -> Filter:
        """Return the filter of the place with what was chosen."""
        place = self._place.filter if self._place is not None else None
        return self.current().within(place or Filter())

    def is_active(self) -> bool:
        """Return whether the list is narrowed."""
        return self.current() != ListFilter()

    def choose(self, **values: Any) -> None:
        """Choose other values of the filter; None for any."""
        found = replace(self.current(), **values)
        if self._place is None or found == self.current():
            return
        self._filters[self._place.key] = found
        self._show_chips()
        self.changed.emit()

    def clear(self) -> None:
        """List all stories of the place again."""
        self.choose(**{spec.name: spec.default for spec in fields(ListFilter)})

    def open_menu(self) -> None:
        """Open the menu of what to filter by."""
        self.button.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.button.showMenu()

    def to_text(self) -> str:
        """Return the filters of all places, to be restored the next time."""
        return write_filters(self._filters)

    def restore(self, text: str) -> None:
        """Restore the filters of all places."""
        self._filters = read_filters(text)

    def _show_chips(self) -> None:
        """Show a chip for each value; the focus stays in the row where its chip goes."""
        titles = self._titles()
        had_focus = any(chip.hasFocus() for chip in self.chips.values())
        for name, chip in self.chips.items():
            chip.show_value(titles.get(name, ""))
        if had_focus and not any(chip.hasFocus() for chip in self.chips.values()):
            others = (self.chips[name] for name in self.chips if name in titles)
            next(others, self.button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _titles(self) -> dict[str, str]:
        """Return what the chip of each value says, by the names of the fields."""
        found, house = self.current(), self._session.house
        titles = {"has_notes": _("Open notes")} if found.has_notes else {}
        if found.stage is not None:
            titles["stage"] = stage_name(found.stage)
        if found.section is not None:
            titles["section"] = section_name_of(house, found.section) or _("No section")
        if found.author is not None:
            titles["author"] = _("By {name}").format(name=found.author)
        if found.language is not None:
            titles["language"] = own_name(found.language)
        return titles

    def _fill_menu(self) -> None:
        menu, session, found = self._menu, self._session, self.current()
        menu.clear()
        counts, house = session.counts, session.house
        sections = [(section_name(section), section.slug) for section in house.sections]
        authors = dict.fromkeys([*(person.name for person in session.people), *counts.writers])
        languages = sorted(counts.languages)
        self._add_choices(_("&Stage"), "stage", [(stage_name(stage), stage) for stage in Stage])
        self._add_choices(_("S&ection"), "section", [*sections, (_("No section"), "")])
        self._add_choices(_("&Author"), "author", [(name, name) for name in authors])
        self._add_choices(_("&Language"), "language", [(own_name(tag), tag) for tag in languages])
        notes = menu.addAction(_("Open &notes"))
        notes.setCheckable(True)
        notes.setChecked(found.has_notes)
        notes.triggered.connect(lambda: self.choose(has_notes=not found.has_notes))
        if self.is_active():
            menu.addSeparator()
            menu.addAction(self.remove_all)

    def _add_choices(self, title: str, name: str, choices: Iterable[tuple[str, object]]) -> None:
        """Offer the values of one field, unless the place says it; a second choice removes it."""
        place = self._place.filter if self._place is not None else None
        if place is None or getattr(place, name) is not None:
            return
        submenu = self._menu.addMenu(title)
        group = QActionGroup(submenu)
        group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        chosen = getattr(self.current(), name)
        for text, value in choices:
            action = group.addAction(text.replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(chosen == value)
            action.triggered.connect(partial(self._toggle, name, value))
            submenu.addAction(action)

    def _toggle(self, name: str, value: object) -> None:
        """Choose a value of a field, or any if it is the chosen one."""
        self.choose(**{name: None if getattr(self.current(), name) == value else value})


class FilterChip(SmallButton):
    """One value that the list is narrowed to; a click, Return, Delete or Backspace removes it."""

    def __init__(self, remove: Callable[[], object]) -> None:
        super().__init__()
        set_kind(self, "filter")
        self.clicked.connect(remove)
        self.hide()

    def show_value(self, title: str) -> None:
        """Say what the list is narrowed to; hide the chip where it is nothing."""
        self.setText(_("{filter} ×").format(filter=title.replace("&", "&&")))
        self.setAccessibleName(_("Remove the filter {filter}").format(filter=title))
        self.setToolTip(plain_tip(self.accessibleName()))
        self.setVisible(bool(title))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _REMOVING and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)
