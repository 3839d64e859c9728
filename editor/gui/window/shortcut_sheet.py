"""Every command with its key: to search in, and to choose other keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QTableWidget, QTableWidgetItem, QWidget

from editor.errors import NotAllowed
from editor.gui.widgets.dialog import Dialog
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.problem_bar import ProblemBar
from editor.gui.window.actions.action_names import full_name
from editor.gui.window.actions.other_words import other_words
from editor.gui.window.shortcuts import Shortcuts
from editor.i18n import _

_NATIVE = QKeySequence.SequenceFormat.NativeText
_NAME = Qt.ItemDataRole.UserRole
_ONLY_HELD = {
    *(Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr),
    *(Qt.Key.Key_CapsLock, Qt.Key.Key_NumLock, Qt.Key.Key_unknown),
}
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
_REMOVES = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}


class KeyField(QLineEdit):
    """Takes the next key as it is pressed. Tab leaves it, Esc closes the dialog as everywhere."""

    key_pressed = Signal(QKeySequence)
    """The key with what is held; an empty one for Backspace or Delete alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setPlaceholderText(_("Press the new key"))

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ShortcutOverride:
            event.accept()  # whatever it does elsewhere
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, held = Qt.Key(event.key()), event.modifiers()
        held &= ~Qt.KeyboardModifier.KeypadModifier
        is_alone = held == Qt.KeyboardModifier.NoModifier
        if key in _ONLY_HELD or (is_alone and key is Qt.Key.Key_Escape):
            event.ignore()
        elif is_alone and key in _REMOVES:
            self.key_pressed.emit(QKeySequence())
        else:
            self.key_pressed.emit(QKeySequence(held.value | key.value))


class ShortcutSheet(Dialog):
    """Lists the commands that have the words or the key that somebody typed.

    The key of the selected command is changed at once; what is in the way is said below.
    """

    def __init__(
        self, actions: Mapping[str, QAction], shortcuts: Shortcuts, parent: QWidget | None = None
    ) -> None:
        super().__init__(_("Keyboard shortcuts"), parent, size=(600, 620))
        self._actions, self._shortcuts = actions, shortcuts
        self._cells: list[tuple[QTableWidgetItem, ...]] = []
        self.search = QLineEdit()
        self.search.setPlaceholderText(_("Search commands and keys"))
        self.search.setAccessibleName(_("Search commands and keys"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.table = self._make_table()
        self.bar = ProblemBar()
        self.key, self.name = KeyField(), label(kind="strong", wrap=True)
        self.key.key_pressed.connect(self._press)
        self.remove = button(_("&Remove key"), lambda: self._press(QKeySequence()))
        self.reset = button(_("Reset &key"), self._reset)
        self.reset_all = button(_("Reset &all keys"), self._reset_all)
        change = row((self.key, 1), self.remove, self.reset, spacing=8)
        buttons = row(self.reset_all, STRETCH, button(_("Close"), self.reject))
        self.lay_out(
            column(self.search, (self.table, 1), self.name, change, self.bar, spacing=8),
            buttons,
            margins=12,
        )
        shortcuts.changed.connect(self._show_keys)
        self._show_keys()
        self.table.setCurrentCell(0, 0)
        if shortcuts.problem is not None:
            self.bar.show_error(shortcuts.problem)

    def choose(self, name: str) -> None:
        """Select a command by its name."""
        self.table.setCurrentCell(list(self._actions).index(name), 0)

    def listed(self) -> list[str]:
        """Return the names of the commands that are listed now."""
        rows = range(self.table.rowCount())
        return [self._name(number) for number in rows if not self.table.isRowHidden(number)]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search, Up and Down go through the commands, and Enter to the key."""
        # Before the area around it scrolls by these keys.
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            key = Qt.Key(event.key())
            if key in _STEPS:
                self._go_by(_STEPS[key])
                return True
            if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.key.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _go_by(self, step: int) -> None:
        listed = self.listed()
        if listed:
            at = listed.index(self._selected_name()) + step
            self.choose(listed[min(max(at, 0), len(listed) - 1)])

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(self._actions), 3)
        table.setAccessibleName(_("Keyboard shortcuts"))
        table.setHorizontalHeaderLabels([_("Command"), _("Key"), _("Usual key")])
        table.verticalHeader().hide()
        table.horizontalHeader().setStretchLastSection(True)
        table.horizontalHeader().setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        )
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        table.setSelectionMode(QTableWidget.SelectionMode.SingleSelection)
        for number, (name, action) in enumerate(self._actions.items()):
            command = QTableWidgetItem(full_name(action))
            command.setData(_NAME, name)
            cells = (command, QTableWidgetItem(), QTableWidgetItem())
            self._cells.append(cells)
            for place, item in enumerate(cells):
                table.setItem(number, place, item)
        table.itemSelectionChanged.connect(self._selected)
        table.itemActivated.connect(lambda _item: self.key.setFocus())
        return table

    def _show_keys(self) -> None:
        for number in range(self.table.rowCount()):
            name = self._name(number)
            changed = self._shortcuts.is_changed(name)
            usual = self._shortcuts.usual(name).toString(_NATIVE) or _("none")
            self._cell(number, 1).setText(self._shortcuts.keys(name).toString(_NATIVE))
            self._cell(number, 2).setText(usual if changed else "")
        self.table.resizeColumnToContents(0)
        self.table.resizeColumnToContents(1)
        self.reset_all.setEnabled(bool(self._shortcuts.own()))
        self._filter()
        self._show_selected()

    def _filter(self) -> None:
        words = self.search.text().casefold().split()
        for number in range(self.table.rowCount()):
            cells = (self._cell(number, place).text() for place in range(3))
            others = other_words(self._actions[self._name(number)])
            text = " ".join((*cells, others)).casefold()
            self.table.setRowHidden(number, not all(word in text for word in words))
        listed = self.listed()
        if listed and self._selected_name() not in listed:
            self.choose(listed[0])

    def _selected(self) -> None:
        self.bar.clear()
        self._show_selected()

    def _show_selected(self) -> None:
        name = self._selected_name()
        for part in (self.key, self.remove, self.reset):
            part.setEnabled(bool(name))
        if not name:
            return
        title = full_name(self._actions[name])
        keys = self._shortcuts.keys(name)
        self.table.scrollToItem(self._cell(self.table.currentRow(), 0))
        self.name.setText(title)
        self.key.setAccessibleName(_("New key for {command}").format(command=title))
        self.key.setText(keys.toString(_NATIVE))
        self.remove.setEnabled(not keys.isEmpty())
        self.reset.setEnabled(self._shortcuts.is_changed(name))

    def _press(self, keys: QKeySequence) -> None:
        """Give the selected command a key, unless that is another's: then ask beside it."""
        name = self._selected_name()
        other = self._shortcuts.owner(keys, name)
        try:
            self._shortcuts.require_free(name, keys)
        except NotAllowed as error:
            self.bar.show_error(error)
            return
        if not other:
            self._assign(name, keys)
            return
        title, owner = full_name(self._actions[name]), full_name(self._actions[other])
        sentence = _("{key} is the key of “{command}”.")
        self.bar.show_text(
            sentence.format(key=keys.toString(_NATIVE), command=owner),
            _("Used here, “{command}” has no key any more.").format(command=owner),
            (_("Use for “{command}”").format(command=title), partial(self._assign, name, keys)),
        )

    def _assign(self, name: str, keys: QKeySequence) -> None:
        self._tell(self._shortcuts.assign(name, keys))

    def _reset(self) -> None:
        self._press(self._shortcuts.usual(self._selected_name()))

    def _reset_all(self) -> None:
        before = self._shortcuts.own()
        is_written = self._shortcuts.restore({})
        self._tell(is_written)
        if is_written:
            self.bar.show_text(
                _("Every command has its usual key."),
                "",
                (_("Undo"), lambda: self._tell(self._shortcuts.restore(before))),
            )

    def _tell(self, is_written: bool) -> None:
        self.bar.clear()
        if not is_written:
            self.bar.show_text(
                _("The key could not be written to the disk."),
                _("It works until this window is closed."),
                severe=True,
            )

    def _selected_name(self) -> str:
        return self._name(self.table.currentRow()) if self.table.currentRow() >= 0 else ""

    def _name(self, number: int) -> str:
        return str(self._cell(number, 0).data(_NAME))

    def _cell(self, number: int, place: int) -> QTableWidgetItem:
        return self._cells[number][place]
