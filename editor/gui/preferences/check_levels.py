"""The list of all checks, each with its level on this desk, and what it looks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHeaderView,
    QLineEdit,
    QTextBrowser,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from editor.checks import Check
from editor.checks.help import about_check, about_of, level_name, title_of
from editor.checks.in_force import all_checks, level_in_force
from editor.core.findings import Level
from editor.core.house_style import HouseStyle, RuleText
from editor.core.ignored import NEEDED
from editor.gui.theme import set_kind
from editor.gui.widgets.choice_box import ChoiceBox
from editor.gui.widgets.layout import column, label, plain_tip, row
from editor.i18n import _
from editor.text.html import to_html
from editor.text.parse import parse

_LOOK = "h3 { margin: 0 0 6px 0; } p, li { line-height: 135%; }"
_MARGIN = 8


class CheckLevels(QWidget):
    """Shows every check, and lets its level be another one."""

    changed = Signal()
    """A level is another one."""

    def __init__(self) -> None:
        super().__init__()
        self._style = HouseStyle()
        self._checks: dict[str, Check] = {}
        self._read_only = False
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Find a check"))
        self.search.setAccessibleName(_("Find a check"))
        self.search.setClearButtonEnabled(True)
        self.list = QTreeWidget()
        self.level = ChoiceBox()
        self.about = QTextBrowser()
        self._prepare_parts()
        self._lay_out()
        self.search.textChanged.connect(self._filter)
        self.list.currentItemChanged.connect(lambda *_items: self._show_check())
        self.level.activated.connect(self._choose_level)

    def style_with_levels(self, style: HouseStyle) -> HouseStyle:
        """Return a style with the levels that are chosen here."""
        return HouseStyle(self._style.levels, style.words, style.loaded, style.rules)

    def levels(self) -> Mapping[str, str]:
        """Return the levels that the desk decided, by the checks' ids."""
        return {check: str(level) for check, level in self._style.levels}

    def show_style(self, style: HouseStyle) -> None:
        """Show the checks of a style, its own rules as well, and their levels."""
        chosen = self.current()
        self._style = style
        self._checks = {check.id: check for check in all_checks(style)}
        self.list.clear()
        for check in self._checks.values():
            item = QTreeWidgetItem([title_of(check), ""])
            item.setToolTip(0, plain_tip(title_of(check)))
            item.setData(0, Qt.ItemDataRole.UserRole, check.id)
            self.list.addTopLevelItem(item)
            self._show_level(item, check)
        self._filter()
        self.choose(chosen if chosen in self._checks else next(iter(self._checks)))

    def show_rules(self, rules: tuple[RuleText, ...]) -> None:
        """Show these own rules among the checks, with the levels that are chosen here."""
        if rules != self._style.rules:
            self.show_style(replace(self._style, rules=rules))

    def set_read_only(self, read_only: bool) -> None:
        """Let levels be changed or not."""
        self._read_only = read_only
        self._show_check()

    def current(self) -> str:
        """Return the id of the check that is chosen."""
        item = self.list.currentItem()
        return str(item.data(0, Qt.ItemDataRole.UserRole)) if item is not None else ""

    def choose(self, check: str) -> None:
        """Choose a check by its id."""
        for item in self._items():
            if item.data(0, Qt.ItemDataRole.UserRole) == check:
                self.list.setCurrentItem(item)

    def set_level(self, level: Level | None) -> None:
        """Give the chosen check another level; None gives it its own."""
        check, item = self._checks.get(self.current()), self.list.currentItem()
        if check is None or item is None:
            return
        own = level is None or level is check.level
        style = self._style.with_level(check.id, None if own else level)
        if style != self._style:
            self._style = style
            self._show_level(item, check)
            self._show_check()
            self.changed.emit()

    def _prepare_parts(self) -> None:
        self.list.setAccessibleName(_("Checks"))
        self.list.setHeaderLabels([_("Check"), _("Level")])
        self.list.setRootIsDecorated(False)
        self.list.setUniformRowHeights(True)
        set_kind(self.list, "table")
        self.list.setAllColumnsShowFocus(True)
        header = self.list.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.level.setAccessibleName(_("Level on this desk"))
        self.level.setSizeAdjustPolicy(ChoiceBox.SizeAdjustPolicy.AdjustToContents)
        self.about.setAccessibleName(_("What the check finds"))
        self.about.setOpenLinks(False)
        self.about.document().setDefaultStyleSheet(_LOOK)
        self.about.document().setDocumentMargin(_MARGIN)
        set_kind(self.about, "page")

    def _lay_out(self) -> None:
        level = row(label(_("Le&vel"), buddy=self.level), (self.level, 1), spacing=8)
        checks = column(self.search, (self.list, 1), spacing=6)
        about = column(level, (self.about, 1), spacing=6)
        row((checks, 1), (about, 1), inside=self, spacing=16)

    def _items(self) -> list[QTreeWidgetItem]:
        count = self.list.topLevelItemCount()
        found = (self.list.topLevelItem(index) for index in range(count))
        return [item for item in found if item is not None]

    def _show_level(self, item: QTreeWidgetItem, check: Check) -> None:
        """Show a check's level; in bold where the desk decided it."""
        item.setText(1, level_name(level_in_force(check, self._style)))
        font = item.font(1)
        font.setBold(check.id in dict(self._style.levels))
        item.setFont(1, font)

    def _filter(self) -> None:
        """Hide the checks that say nothing of what is searched."""
        words = self.search.text().casefold().split()
        first: QTreeWidgetItem | None = None
        for item in self._items():
            check = self._checks[str(item.data(0, Qt.ItemDataRole.UserRole))]
            text = f"{check.id} {title_of(check)} {about_of(check)} {item.text(1)}".casefold()
            item.setHidden(not all(word in text for word in words))
            first = first if first is not None or item.isHidden() else item
        current = self.list.currentItem()
        if first is not None and (current is None or current.isHidden()):
            self.list.setCurrentItem(first)

    def _show_check(self) -> None:
        check = self._checks.get(self.current())
        self.level.clear()
        if check is None:
            self.about.clear()
            return
        own = _("As it comes: {level}").format(level=level_name(check.level))
        self.level.addItem(own, None)
        for level in Level:
            self.level.addItem(level_name(level), level)
        decided = dict(self._style.levels).get(check.id)
        self.level.setCurrentIndex(self.level.findData(decided) if decided is not None else 0)
        needed = check.id in NEEDED
        self.level.setEnabled(not self._read_only and not needed)
        why = _("Without this no story can go out, whatever the house style says.")
        self.level.setToolTip(why if needed else "")
        self.about.setHtml(to_html(parse(about_check(check))))

    def _choose_level(self, _index: int) -> None:
        data = self.level.currentData()
        self.set_level(None if data is None else Level(data))
