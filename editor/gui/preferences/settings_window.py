"""The settings window: every personal setting, found by words and applied at once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from editor.declared_setting import PAGE_TITLES, SettingsPage
from editor.gui.preferences.setting_facts import fact_rows
from editor.gui.preferences.setting_row import SettingRow, setting_row
from editor.gui.session import Session
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.widgets.segments import Segments
from editor.i18n import _
from editor.settings import settings_on, usual_values


class SettingsWindow(Dialog):
    """Beside the main window, which shows each change as it is made. There is no OK."""

    shortcuts_asked = Signal()
    """The keys of the commands, which have a window of their own."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(_("Settings"), parent, size=(660, 520))
        self._session = session
        self.bar = ProblemBar()
        self.search = QLineEdit()
        self.pages = Segments()
        self.reset = button(_("&Reset this page"), self._reset)
        self.nothing = label(kind="hint", wrap=True)
        self.rows: dict[str, SettingRow] = {}
        """The rows of the settings, by name; those that only tell something are not among them."""
        self._rows_of = {page: self._make_rows(page) for page in SettingsPage}
        self._titles = {page: label(_(PAGE_TITLES[page]), "title") for page in self._rows_of}
        self._lay_out()
        self.search.textChanged.connect(self._search)
        self.pages.chosen.connect(self._show_page)
        session.settings_changed.connect(self._show_values)
        self._show_values()
        self._show_page(SettingsPage.APPEARANCE)

    def choose_page(self, page: SettingsPage) -> None:
        """Show one page, and no longer what was searched."""
        self.pages.choose(page)
        self._show_page(page)

    def go_to(self, name: str) -> None:
        """Show the page of a setting and give its control the focus. Raises KeyError for none."""
        found = self.rows[name]
        self.choose_page(next(page for page, rows in self._rows_of.items() if found in rows))
        self.bring_into_view(found)
        if found.control is not None:
            found.control.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears what is searched before it closes the window."""
        if event.matches(QKeySequence.StandardKey.Cancel) and self.search.text():
            self.search.clear()
            self.search.setFocus()
        else:
            super().keyPressEvent(event)

    def _make_rows(self, page: SettingsPage) -> list[SettingRow]:
        own = {
            setting.name: setting_row(setting, partial(self._change, setting.name))
            for setting in settings_on(page)
        }
        self.rows |= own
        facts = fact_rows(page, self._session, self, self.shortcuts_asked.emit)
        return [*own.values(), *facts]

    def _lay_out(self) -> None:
        self.search.setPlaceholderText(_("Search the settings"))
        self.search.setAccessibleName(_("Search the settings"))
        self.search.setClearButtonEnabled(True)
        self.pages.setAccessibleName(_("Pages of the settings"))
        parts: list[Any] = []
        for page, rows in self._rows_of.items():
            if rows:
                self.pages.add_choice(page, _(PAGE_TITLES[page]))
                parts += [self._titles[page], *rows]
        self.lay_out(
            column(self.bar, self.nothing, *parts, STRETCH, spacing=16, margins=(2, 6, 10, 2)),
            row(self.reset, STRETCH, button(_("Close"), self.reject), spacing=8),
            above=(self.search, self.pages),
            spacing=10,
        )
        self.search.setFocus()

    # What is shown

    def _show_page(self, page: str) -> None:
        if self.search.text():
            self.search.clear()  # which shows the page that is chosen
            return
        self.nothing.hide()
        for other, rows in self._rows_of.items():
            self._titles[other].hide()
            for shown in rows:
                shown.setVisible(other == page)
        self._enable_reset()
        self.bring_into_view()

    def _search(self, text: str) -> None:
        """Show the rows of all pages that have every word; of a page that is named, all."""
        words = text.casefold().split()
        if not words:
            self._show_page(self.pages.current())
            return
        found = 0
        for page, rows in self._rows_of.items():
            is_named = all(word in _(PAGE_TITLES[page]).casefold() for word in words)
            shown = [part for part in rows if is_named or part.has(words)]
            for part in rows:
                part.setVisible(part in shown)
            self._titles[page].setVisible(bool(shown))
            found += len(shown)
        self.nothing.setText(_("No setting has “{words}”.").format(words=text.strip()))
        self.nothing.setVisible(not found)
        self._enable_reset()
        self.bring_into_view()

    def _show_values(self) -> None:
        for name, shown in self.rows.items():
            shown.control.show_value(getattr(self._session.settings, name))
        self._enable_reset()

    def _enable_reset(self) -> None:
        usual = usual_values(SettingsPage(self.pages.current()))
        self.reset.setVisible(not self.search.text() and bool(usual))
        self.reset.setEnabled(self._values(usual) != usual)

    # What is changed

    def _change(self, name: str, value: Any) -> None:
        if value != getattr(self._session.settings, name):
            self._session.change_settings(**{name: value})

    def _values(self, names: Mapping[str, Any]) -> dict[str, Any]:
        return {name: getattr(self._session.settings, name) for name in names}

    def _reset(self) -> None:
        """Give the settings of the page their usual values, and offer those from before."""
        page = SettingsPage(self.pages.current())
        usual = usual_values(page)
        before = self._values(usual)
        self._session.change_settings(**usual)
        self.bar.show_text(
            _("The settings of the page {page} are the usual ones again.").format(
                page=_(PAGE_TITLES[page])
            ),
            "",
            (_("&Undo"), lambda: self._session.change_settings(**before)),
        )
        self.bring_into_view(self.bar)
        self.search.setFocus()  # the button that was pressed is off now
