"""Makes the menus and the QActions of the rows, and enables them as the window changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from editor.gui.widgets.layout import caption, once, plain_tip
from editor.gui.window.actions import edit, file, format, help, insert, story, view
from editor.gui.window.actions.refusal_menu import RefusalMenu, set_refusal
from editor.gui.window.actions.row import ActionRow, Groups, MenuChoice, Submenu
from editor.gui.window.parts import WindowParts
from editor.gui.window.shortcuts import Shortcuts
from editor.i18n import _


def menus() -> dict[str, Groups]:
    """Return the entries of each menu by its title, in order."""
    return {
        _("&File"): file.groups(),
        _("&Edit"): edit.groups(),
        _("&View"): view.groups(),
        _("&Insert"): insert.groups(),
        _("F&ormat"): format.groups(),
        _("&Story"): story.groups(),
        _("&Help"): help.groups(),
    }


def rows() -> Iterator[ActionRow]:
    """Yield the row of every action, in the order of the menus."""
    for groups in menus().values():
        for group in groups:
            yield from _rows_of(group)


def _rows_of(entries: Sequence[ActionRow | Submenu]) -> Iterator[ActionRow]:
    for entry in entries:
        if isinstance(entry, Submenu):
            yield from _rows_of(entry.rows)
        else:
            yield entry


class Actions(QObject):
    """The window's QActions by name, and its menus."""

    refreshed = Signal()
    """Every action is enabled, shown and checked as the window is now."""

    def __init__(self, bar: QMenuBar) -> None:
        super().__init__(bar)
        self.by_name: dict[str, QAction] = {}
        self._rows: list[ActionRow] = []
        self._submenus: dict[str, QMenu] = {}
        self._whens: dict[str, Callable[[WindowParts], bool]] = {}
        self._choices: list[tuple[QMenu, Callable[[WindowParts], Sequence[MenuChoice]]]] = []
        self._parts: WindowParts | None = None
        self._refresh_soon = once(self, self.refresh)
        for title, groups in menus().items():
            menu = RefusalMenu(title, bar)
            bar.addMenu(menu)
            self._fill_menu(menu, groups)
        self.shortcuts = Shortcuts(self.by_name, self)

    def __getitem__(self, name: str) -> QAction:
        return self.by_name[name]

    def submenu(self, name: str) -> QMenu:
        """Return a menu inside a menu. Raises KeyError for no such name."""
        return self._submenus[name]

    def connect_parts(self, parts: WindowParts) -> None:
        """Let the actions work on a window's parts and follow what changes in them."""
        self._parts = parts
        for row in self._rows:
            self[row.name].triggered.connect(partial(self._do, row, parts))
        for menu, choices in self._choices:
            fill_when_opened(menu, partial(choices, parts))
        draft, session, columns = parts.draft, parts.session, parts.columns
        for signal in (
            draft.opened,
            draft.state_changed,
            draft.findings_changed,
            session.person_changed,
            session.settings_changed,
            session.keys.changed,
            session.opened,
            columns.places_shown,
            columns.pane_shown,
            parts.centre.page_changed,
            parts.centre.next_step_changed,
            parts.list.chosen.changed,
            parts.list.counted,
            parts.visits.changed,
            parts.preview.changed,
            parts.tabs.changed,
        ):
            signal.connect(self.refresh)
        # Once the step is complete, which it is not while its signal is emitted.
        parts.centre.undo_changed.connect(self._refresh_soon.start)
        self.refresh()

    def refresh(self) -> None:
        """Enable, show, check and name each action as the window is now."""
        parts = self._parts
        if parts is None:
            return
        for row in self._rows:
            action, refused = self[row.name], row.refused(parts)
            possible = refused is None and row.when(parts)
            # First, for an action that can't be seen counts as disabled.
            action.setVisible(possible or not row.hides)
            action.setEnabled(possible)
            set_refusal(action, None if possible else refused or row.refusal(parts))
            if row.checked is not None:
                action.setChecked(row.checked(parts))
            if row.title is not None:
                action.setText(row.title(parts))
        for name, when in self._whens.items():
            self._submenus[name].menuAction().setEnabled(when(parts))
        self.refreshed.emit()

    def _do(self, row: ActionRow, parts: WindowParts, _checked: bool = False) -> None:
        parts.preview.give_way(row.name)
        row.do(parts)
        self.refresh()

    def _fill_menu(self, menu: QMenu, groups: Groups) -> None:
        for number, group in enumerate(groups):
            if number:
                menu.addSeparator()
            for entry in group:
                if isinstance(entry, Submenu):
                    self._add_submenu(menu, entry)
                else:
                    menu.addAction(self._make_action(entry))

    def _add_submenu(self, menu: QMenu, entry: Submenu) -> None:
        submenu = self._submenus[entry.name] = menu.addMenu(entry.text)
        self._whens[entry.name] = entry.when
        exclusive = QActionGroup(submenu)
        for row in entry.rows:
            if isinstance(row, Submenu):
                self._add_submenu(submenu, row)
            else:
                submenu.addAction(exclusive.addAction(self._make_action(row)))
        if entry.choices is not None:
            self._choices.append((submenu, entry.choices))

    def _make_action(self, row: ActionRow) -> QAction:
        action = self.by_name[row.name] = QAction(row.text, self)
        action.setObjectName(row.name)
        action.setCheckable(row.checked is not None)
        action.setMenuRole(row.role)
        action.setShortcut(QKeySequence(row.keys))
        action.setStatusTip(row.alone)
        if row.title is not None:
            action.setWhatsThis(row.text.replace("&", ""))
        self._rows.append(row)
        return action


def fill_when_opened(menu: QMenu, choices: Callable[[], Sequence[MenuChoice]]) -> None:
    """Fill a menu with what there is to choose, each time it is about to be opened."""

    def fill() -> None:
        menu.clear()
        exclusive = QActionGroup(menu)
        for choice in choices():
            action = menu.addAction(caption(choice.text))
            action.setToolTip(plain_tip(choice.tip or choice.text))
            action.triggered.connect(lambda _checked=False, choose=choice.choose: choose())
            if choice.checked is not None:
                action.setCheckable(True)
                action.setChecked(choice.checked)
                exclusive.addAction(action)

    menu.aboutToShow.connect(fill)
