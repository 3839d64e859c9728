"""What a screen has room for, with the frame that the window system draws around a window."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QRect

FRAME = QMargins(8, 40, 8, 8)
"""Room for the frame and the title, in points; how much they need is not known before."""


def inside_frame(room: QRect) -> QRect:
    """Return where a window may be so that its title can be reached."""
    return room.marginsRemoved(FRAME)
