"""The line below the list that says how many stories are chosen, and offers what can be done."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QMenu, QToolButton, QWidget

from editor.gui.theme import set_kind
from editor.gui.widgets.announce import announce
from editor.gui.widgets.buttons import SmallButton
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.layout import button, row
from editor.i18n import _, plural


class ChosenBar(QFrame):
    """Below the rows, so that none moves away under the pointer. Hidden while none is chosen."""

    cleared = Signal()
    """Somebody wants no story to be chosen."""
    stopped = Signal()
    """Somebody wants to stop after the story that is under way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_kind(self, "status")
        self.count = ElidedLabel()
        set_kind(self.count, "strong")
        self.actions_button = SmallButton()
        set_kind(self.actions_button, "quiet")
        self.actions_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.actions_button.setText(_("Actions ▾"))
        self.stop = button(_("Stop"), self.stopped.emit, "quiet")
        self.clear = button("×", self.cleared.emit, "quiet", _("Choose none"))
        self.clear.setAccessibleName(_("Choose none"))
        row(
            (self.count, 1),
            self.actions_button,
            self.stop,
            self.clear,
            inside=self,
            spacing=2,
            margins=(12, 4, 4, 4),
        )
        self.stop.hide()
        self.hide()

    def set_menu(self, menu: QMenu) -> None:
        """Offer the entries of a menu."""
        self.actions_button.setMenu(menu)

    def show_count(self, chosen: int, unread: int = 0) -> None:
        """Say how many stories are chosen, also to a screen reader; hide where none is.

        Where all are that were read, `unread` is how many more the place has.
        """
        text = plural("{n} story chosen", "{n} stories chosen", chosen)
        if unread:
            text = _("{n} of {all} stories chosen").format(n=chosen, all=chosen + unread)
        self.actions_button.setAccessibleName(_("Actions: {chosen}").format(chosen=text))
        is_new = text != self.accessibleName()
        self._say(text)
        self.setVisible(bool(chosen) or not self.stop.isHidden())
        if is_new:
            announce(self)

    def show_progress(self, done: int, total: int) -> None:
        """Say how many stories are done, with a way to stop."""
        self._offer_stop(True)
        self._say(_("{done} of {total}").format(done=done, total=total))
        self.show()

    def show_ended(self) -> None:
        """Offer again what can be done; `show_count` comes after it."""
        self._offer_stop(False)

    def _offer_stop(self, is_running: bool) -> None:
        self.stop.setVisible(is_running)
        for idle in (self.actions_button, self.clear):
            idle.setVisible(not is_running)

    def _say(self, text: str) -> None:
        self.count.setText(text)
        self.setAccessibleName(text)
