"""The bar above the form in which a person says what to find, and what to put in its place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from editor.gui.theme import set_kind, set_look
from editor.gui.widgets.announce import announce
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.find_ways import FindWays
from editor.gui.widgets.layout import button, column, label, row
from editor.gui.widgets.line_field import LineField
from editor.i18n import _
from editor.text.find import FindQuery

_LINE_ENDS = str.maketrans({"\n": " ", "\u2029": " "})


class FindBar(QFrame):
    """What to find, how, and what replaces it. It finds nothing itself."""

    query_changed = Signal()
    scope_changed = Signal(bool)
    """Whether to look only in what was selected."""
    step_asked = Signal(int)
    """1 for the next match, -1 for the one before."""
    replace_asked = Signal()
    replace_all_asked = Signal()
    close_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "card")
        self.setAccessibleName(_("Find in this story"))
        self.words, self.replacement = _field(_("Find")), _field(_("Replace with"))
        self.count = label(kind="count")
        self.in_selection = QCheckBox(_("In se&lection"))
        self.ways = FindWays(self.in_selection)
        self.replace = button(_("&Replace"), self.replace_asked.emit)
        self.replace_all = button(_("Replace &all…"), self.replace_all_asked.emit)
        self.problem = label(kind="error", wrap=True)
        self.problem.hide()
        self._replacing = QWidget()
        self._lay_out()
        self._connect()

    def query(self) -> FindQuery:
        """Return what is looked for, and how."""
        return self.ways.query(self.words.text())

    def ask(self, words: str, *, replacing: bool) -> None:
        """Show the bar and ask for words, or with some given, look for those."""
        self._replacing.setVisible(replacing)
        self.show()
        if words:
            self.words.setText(words.translate(_LINE_ENDS))
        self.words.selectAll()
        self.words.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @property
    def is_replacing(self) -> bool:
        """Whether it asks for a replacement as well."""
        return not self._replacing.isHidden()

    def show_count(self, text: str, is_none: bool = False) -> None:
        """Show how many there are, and say it aloud where it is new."""
        if text != self.count.text():
            self.count.setText(text)
            self.words.setAccessibleDescription(text)
            announce(self.words, "DescriptionChanged")
        set_look(self.count, "over", is_none)

    def show_problem(self, sentence: str) -> None:
        """Show why nothing can be found so, or nothing."""
        if sentence != self.problem.text():
            self.problem.setText(sentence)
            self.problem.setVisible(bool(sentence))
            self.words.setAccessibleDescription(sentence)
            announce(self.words, "DescriptionChanged")

    def allow_replacing(self, allowed: bool) -> None:
        """Let matches be replaced or only be found."""
        for widget in (self.replacement, self.replace, self.replace_all):
            widget.setEnabled(allowed)

    def show_scope(self, is_scoped: bool) -> None:
        """Show whether only a selection is searched."""
        self.in_selection.blockSignals(True)
        self.in_selection.setChecked(is_scoped)
        self.in_selection.blockSignals(False)

    def event(self, event: QEvent) -> bool:
        """Take Esc, which would go back to the list of stories."""
        is_key = event.type() in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress)
        if is_key and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            event.accept()
            if event.type() is QEvent.Type.KeyPress:
                self.close_asked.emit()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go to the next match with Enter, to the one before with Shift; or replace one."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        is_shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if self.replacement.hasFocus() and not is_shifted:
            self.replace_asked.emit()
        elif self.words.hasFocus() or self.replacement.hasFocus():
            self.step_asked.emit(-1 if is_shifted else 1)

    def _lay_out(self) -> None:
        steps = (
            _small("↑", _("Previous match"), lambda: self.step_asked.emit(-1)),
            _small("↓", _("Next match"), lambda: self.step_asked.emit(1)),
            _small("×", _("Close"), self.close_asked.emit),
        )
        find = row((self.words, 1), self.count, spacing=4)
        for small in steps:
            find.addWidget(small)
        buttons = (self.replace, self.replace_all)
        row((self.replacement, 1), *buttons, inside=self._replacing, spacing=6)
        column(
            *(find, self.problem, self._replacing, self.ways),
            inside=self,
            spacing=6,
            margins=(8, 8),
        )
        self.hide()

    def _connect(self) -> None:
        self.words.textChanged.connect(lambda _text: self.query_changed.emit())
        self.ways.changed.connect(self.query_changed)
        self.in_selection.toggled.connect(self.scope_changed)


def _field(name: str) -> LineField:
    made = LineField()
    made.setPlaceholderText(name)
    made.setAccessibleName(name)
    made.setToolTip(name)
    return made


def _small(text: str, name: str, on_click: object) -> SmallButton:
    made = SmallButton()
    made.setText(text)
    made.setAccessibleName(name)
    made.setToolTip(name)
    set_kind(made, "tight")
    made.clicked.connect(on_click)
    return made
