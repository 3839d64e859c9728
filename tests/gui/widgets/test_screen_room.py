"""What a screen has room for."""

from __future__ import annotations

from PySide6.QtCore import QRect

from editor.gui.widgets.screen_room import inside_frame


def test_a_title_above_the_window_is_on_the_screen() -> None:
    assert inside_frame(QRect(1440, -20, 1000, 800)) == QRect(1448, 20, 984, 752)
