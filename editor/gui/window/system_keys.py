"""The keys that a system takes before any program sees them."""

from __future__ import annotations

import sys

from PySide6.QtCore import QKeyCombination, Qt
from PySide6.QtGui import QKeySequence

_Held = Qt.KeyboardModifier
_ELSEWHERE = """Alt+F4 Alt+Space Alt+Tab Alt+Shift+Backtab Alt+Esc Alt+Shift+Esc Alt+Print
    Ctrl+Print Shift+Print Ctrl+Esc Ctrl+Shift+Esc Ctrl+Alt+Tab Ctrl+Alt+Shift+Backtab Ctrl+Alt+Esc
    Ctrl+Alt+Del Ctrl+Alt+Shift+Del Ctrl+Alt+Backspace"""
"""Of Windows, GNOME and KDE; besides, all with the Windows key, and the consoles of Linux."""
_ON_A_MAC = """Ctrl+Tab Ctrl+Shift+Backtab Ctrl+Space Ctrl+Alt+Space Ctrl+H Ctrl+Alt+H Ctrl+M
    Ctrl+Q Ctrl+Alt+Esc Ctrl+Shift+3 Ctrl+Shift+4 Ctrl+Shift+5 Meta+Space Meta+Up Meta+Down
    Meta+Left Meta+Right Ctrl+Meta+Q"""
"""In Qt's names: Ctrl is the Mac's Command there, and Meta its Control."""
_CONSOLES = range(Qt.Key.Key_F1.value, Qt.Key.Key_F12.value + 1)


def is_system_key(pressed: QKeyCombination, platform: str = sys.platform) -> bool:
    """Return whether a combination never, or not everywhere, comes to a program.

    `platform` is as in `sys.platform`.
    """
    held = pressed.keyboardModifiers() & ~_Held.KeypadModifier
    keys = QKeySequence(QKeyCombination(held, pressed.key())).toString()
    if platform == "darwin":
        return keys in _names(_ON_A_MAC)
    if held & _Held.MetaModifier:
        return True
    is_console = held == _Held.ControlModifier | _Held.AltModifier
    return keys in _names(_ELSEWHERE) or (is_console and pressed.key().value in _CONSOLES)


def _names(keys: str) -> set[str]:
    return {QKeySequence(name).toString() for name in keys.split()}
