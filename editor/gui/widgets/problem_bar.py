"""A known problem beside its cause: a sentence, a hint, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFrame, QSizePolicy, QWidget
from shiboken6 import isValid

from editor.errors import EditorError
from editor.gui.keys import NotSigned
from editor.gui.theme import set_kind
from editor.gui.widgets.announce import announce
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import TOP, button, column, label, row
from editor.gui.widgets.tab_order import has_focus
from editor.i18n import _

BarAction: TypeAlias = tuple[str, Callable[[], object]]
"""The label of a button and what it does."""


class ProblemBar(QFrame):
    """Takes no room until it has a message; hidden when it is dismissed or cleared.

    The focus goes back to where it came from: whoever dismisses it writes on.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "problem")
        self._parts: _Parts | None = None
        self._focus_before: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_moved)
        self.hide()

    def show_error(self, error: EditorError, *actions: BarAction) -> None:
        """Show a known problem, with buttons that also dismiss it.

        Who chose not to sign knows it: there is nothing to show.
        """
        if isinstance(error, NotSigned):
            return
        self.show_text(error.sentence, error.hint, *actions, severe=True)

    def show_text(
        self, sentence: str, hint: str = "", *actions: BarAction, severe: bool = False
    ) -> None:
        """Show a sentence; `severe` for an error, otherwise for what is worth knowing."""
        set_kind(self, "error" if severe else "problem")
        parts = self._parts = self._parts or _Parts(self)
        parts.sentence.setText(sentence)
        parts.hint.setText(hint)
        parts.hint.setVisible(bool(hint))
        self._set_actions(actions)
        self.setAccessibleName(f"{sentence} {hint}".strip())
        self.show()
        announce(self)

    def dismiss(self) -> None:
        """Clear it for a person, whose focus goes back to where it came from."""
        before = self._focus_before
        if has_focus(self) and before is not None and isValid(before) and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.clear()

    def clear(self) -> None:
        """Remove the message and hide the bar."""
        self.hide()
        self._set_actions(())

    def text(self) -> str:
        """Return the sentence that is shown, or nothing."""
        return "" if self.isHidden() or self._parts is None else self._parts.sentence.text()

    def _set_actions(self, actions: tuple[BarAction, ...]) -> None:
        if self._parts is None:
            return
        buttons = self._parts.buttons
        buttons.clear()
        for text, act in actions:
            buttons.add(button(text, partial(self._act, act)))
        buttons.setVisible(bool(actions))

    def _focus_moved(self, old: QWidget | None, new: QWidget | None) -> None:
        comes_in = new is not None and self.isAncestorOf(new)
        if comes_in and old is not None and not self.isAncestorOf(old):
            self._focus_before = old

    def _act(self, act: Callable[[], object]) -> None:
        self.dismiss()
        act()


class _Parts:
    """What is in a bar: made with its first message, which most bars of a window never have."""

    def __init__(self, bar: ProblemBar) -> None:
        self.sentence, self.hint = label(kind="strong", wrap=True), label(kind="hint", wrap=True)
        for text in (self.sentence, self.hint):
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            # One long word, as an address is, must not make the window wider than the screen.
            # With an ignored width the text would get none where no button is below it.
            text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            text.setMinimumWidth(1)
        self.buttons = FlowRow()
        close = button("×", bar.dismiss, "quiet", _("Dismiss"))
        close.setAccessibleName(_("Dismiss"))
        close.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row(
            (column(self.sentence, self.hint, self.buttons, spacing=2), 1),
            (close, TOP),
            inside=bar,
            spacing=6,
            margins=(12, 8, 6, 8),
        )
