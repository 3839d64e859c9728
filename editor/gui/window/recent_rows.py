"""A desk of the start page's list: a button with its name, and what is to be known of it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QSizePolicy

from editor.errors import BadValue
from editor.gui.theme import set_kind
from editor.gui.widgets.ago import since
from editor.gui.widgets.elided import ElidedLabel
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import button, caption, column, label
from editor.gui.window.recent_desks import DeskFault, RecentDesk
from editor.i18n import _


class RecentRow(QFrame):
    """Opens its desk; offers what can be done where the desk is not at its place."""

    chosen = Signal(str)
    """The path of the desk to open."""
    locate_wanted = Signal(str)
    removal_wanted = Signal(str)

    def __init__(self, desk: RecentDesk) -> None:
        super().__init__()
        set_kind(self, "card")
        self.desk = desk
        self.open_button = button(caption(desk.title), partial(self.chosen.emit, desk.path))
        self.open_button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.open_button.setAccessibleName(_("Open {desk}").format(desk=desk.title))
        where = ElidedLabel(_where(desk))
        set_kind(where, "hint")
        self.fault = label(kind="warn", wrap=True)
        self.locate = button(_("Locate…"), partial(self.locate_wanted.emit, desk.path))
        self.remove = button(
            _("Remove from the list"), partial(self.removal_wanted.emit, desk.path)
        )
        for part, name in (
            (self.locate, _("Locate {desk}")),
            (self.remove, _("Remove {desk} from the list")),
        ):
            part.setAccessibleName(name.format(desk=desk.title))
        self._remedies = FlowRow(self.locate, self.remove)
        column(
            self.open_button,
            where,
            self.fault,
            self._remedies,
            inside=self,
            spacing=4,
            margins=(10, 8),
        )
        self.show_fault(None)

    def show_fault(self, fault: DeskFault | None) -> None:
        """Say what is wrong with the desk; where it is not at its place, offer to find it."""
        sentence = fault.sentence if fault else ""
        self.fault.setText(sentence)
        self.fault.setVisible(bool(fault))
        self._remedies.setVisible(fault is not None and fault.is_missing)
        self.open_button.setAccessibleDescription(f"{_where(self.desk)}. {sentence}".strip())


def _where(desk: RecentDesk) -> str:
    """Return the desk's folder, and when it was used last where that is known."""
    folder = str(Path(desk.path).parent)
    try:
        ago = since(desk.used) if desk.used else ""
    except BadValue:  # a file that somebody changed
        ago = ""
    if not ago:
        return folder
    return _("{folder} · used {ago} ago").format(folder=folder, ago=ago)
