"""The paper's own rules as files: added, written and removed, each mistake with its line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase, QTextCursor
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from editor.checks.rules.own_check import own_check
from editor.checks.rules.reader import load_rule
from editor.core.house_style import RuleText
from editor.errors import EditorError, RuleError
from editor.gui.theme import set_kind, set_read_only
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import button, column, label, once, row
from editor.gui.widgets.offsets import source
from editor.gui.widgets.problem_bar import ProblemBar
from editor.i18n import _

_FIRST_RULE = """\
extends = "substitution"
message = "Write “%s” instead of “%s”"
ignorecase = true
right = ["The boat was late."]
wrong = ["The vessel was late."]

[swap]
vessel = "boat"
"""
_READ_MS = 300
_LIST_WIDTH = 220


class OwnRules(QWidget):
    """Lists rule files, and lets one of them be written."""

    changed = Signal()
    """A rule is another one, new, or gone."""

    def __init__(self) -> None:
        super().__init__()
        self._rules: dict[str, RuleText] = {}
        self._read_only = False
        self.bar = ProblemBar()
        self.list, self.text = QListWidget(), QPlainTextEdit()
        self.found = label(kind="hint", wrap=True)
        self.add = button(_("&New rule"), self._add_first)
        self.load = button(_("Add from &file…"), self._ask_for_files)
        self.remove = button(_("&Remove rule"), self._remove)
        self._read_soon = once(self, self._show_problem, _READ_MS)
        self._lay_out()
        self.list.currentItemChanged.connect(lambda *_items: self._show_rule())
        self.text.textChanged.connect(self._typed)
        self.show_rules(())

    def rules(self) -> tuple[RuleText, ...]:
        """Return the rules as they are typed."""
        return tuple(self._rules.values())

    def show_rules(self, rules: Sequence[RuleText]) -> None:
        """Show these rules instead."""
        chosen = self.current()
        self._rules = {rule.name: rule for rule in rules}
        self.list.clear()
        self.list.addItems(list(self._rules))
        self.choose(chosen if chosen in self._rules else next(iter(self._rules), ""))
        self._show_rule()

    def set_read_only(self, read_only: bool) -> None:
        """Let rules be changed or not."""
        self._read_only = read_only
        self._show_rule()

    def current(self) -> str:
        """Return the name of the rule that is chosen; empty where there is none."""
        item = self.list.currentItem()
        return item.text() if item is not None else ""

    def choose(self, name: str) -> None:
        """Choose a rule by its file's name."""
        for item in self.list.findItems(name, Qt.MatchFlag.MatchExactly):
            self.list.setCurrentItem(item)

    def add_rule(self, rule: RuleText) -> None:
        """Add a rule, or replace the one of its name."""
        if rule.name not in self._rules:
            self.list.addItem(QListWidgetItem(rule.name))
        self._rules[rule.name] = rule
        self.choose(rule.name)
        self._show_rule()
        self.changed.emit()

    def add_files(self, paths: Sequence[Path]) -> None:
        """Add rules from files. One that is no rule is told and not added; the others are."""
        self.bar.clear()
        for path in paths:
            try:
                rule = RuleText(path.name, load_rule(path))
                own_check(rule.name, rule.text)
                rule.require_valid()
            except EditorError as error:
                self.bar.show_error(error)
            else:
                self.add_rule(rule)

    def first_problem(self) -> RuleError | None:
        """Return what is wrong with the first rule that can't be read, and choose that rule."""
        for rule in self.rules():
            if problem := _problem(rule):
                self.choose(rule.name)
                self._go_to_line(problem.line)
                return problem
        return None

    def _lay_out(self) -> None:
        self.list.setAccessibleName(_("Rules of the paper’s own"))
        self.list.setMaximumWidth(_LIST_WIDTH)
        set_kind(self.list, "picks")
        self.text.setAccessibleName(_("Text of the rule"))
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setTabChangesFocus(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        about = label(
            _(
                "A rule is a file: TOML, or the YAML of a Vale style. "
                "Help › Checks has one of each kind."
            ),
            "hint",
            wrap=True,
        )
        written = column((self.text, 1), self.found, spacing=6)
        column(
            self.bar,
            about,
            (row(self.list, (written, 1), spacing=8), 1),
            FlowRow(self.add, self.load, self.remove),
            inside=self,
            spacing=8,
        )

    def _show_rule(self) -> None:
        rule = self._rules.get(self.current())
        text = rule.text if rule else ""
        if source(self.text.document()) != text:
            self.text.blockSignals(True)
            self.text.setPlainText(text)
            self.text.blockSignals(False)
        set_read_only(self.text, self._read_only or rule is None)
        self.add.setEnabled(not self._read_only)
        self.load.setEnabled(not self._read_only)
        self.remove.setEnabled(not self._read_only and rule is not None)
        self._show_problem()

    def _show_problem(self) -> None:
        rule = self._rules.get(self.current())
        problem = _problem(rule) if rule is not None else None
        set_kind(self.found, "hint" if problem is None else "error")
        if rule is None:
            self.found.setText(_("No rules yet: make one, or add a file."))
        elif problem is None:
            self.found.setText(own_check(rule.name, rule.text).about)
        else:
            self.found.setText(f"{problem.sentence} {problem.hint}".strip())

    def _typed(self) -> None:
        name = self.current()
        if name:
            self._rules[name] = RuleText(name, source(self.text.document()))
            self._read_soon.start()
            self.changed.emit()

    def _add_first(self) -> None:
        number = 1
        while f"rule-{number}.toml" in self._rules:
            number += 1
        self.add_rule(RuleText(f"rule-{number}.toml", _FIRST_RULE))
        self.text.setFocus()

    def _ask_for_files(self) -> None:
        dialog = QFileDialog(self, _("Add rules"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([_("Rules (*.toml *.yml *.yaml)"), _("All files (*)")])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.filesSelected.connect(lambda files: self.add_files(list(map(Path, files))))
        dialog.open()

    def _remove(self) -> None:
        self._rules.pop(self.current(), None)
        self.list.takeItem(self.list.currentRow())
        self._show_rule()
        self.changed.emit()

    def _go_to_line(self, line: int) -> None:
        block = self.text.document().findBlockByNumber(max(0, line - 1))
        self.text.setTextCursor(QTextCursor(block))
        self.text.setFocus()


def _problem(rule: RuleText) -> RuleError | None:
    try:
        own_check(rule.name, rule.text)
    except RuleError as error:
        return error
    return None
