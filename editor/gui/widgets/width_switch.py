"""The desktop and phone buttons: how wide a reader's window is taken to be."""

from __future__ import annotations

from PySide6.QtCore import QRect

from editor.gui.widgets.segments import Segments
from editor.i18n import _


def width_switch() -> Segments:
    """Make the switch between the widths `desktop` and `phone` of a page."""
    switch = Segments()
    switch.setAccessibleName(_("Width of the preview"))
    switch.add_choice("desktop", _("Desktop"), QRect(1, 2, 16, 10))
    switch.add_choice("phone", _("Phone"), QRect(4, 1, 10, 16))
    return switch
