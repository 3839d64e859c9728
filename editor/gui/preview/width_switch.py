"""Desktop or phone: how wide the reader's window is taken to be."""

from __future__ import annotations

from typing import Literal, TypeAlias

from PySide6.QtWidgets import QWidget

from editor.gui.widgets.segments import Segments
from editor.i18n import _

Width: TypeAlias = Literal["desktop", "phone"]


class WidthSwitch(Segments):
    """Two choices. A window may move it beside its tabs."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Width of the preview"))
        self.add("desktop", _("Desktop"))
        self.add("phone", _("Phone"))
