"""What an action is called outside its menu: in the search, in the list of keys."""

from __future__ import annotations

from PySide6.QtGui import QAction


def full_name(action: QAction) -> str:
    """Return what an action is called by itself, the same whatever is open: `Go to headline`."""
    return action.whatsThis() or plain_text(action)


def plain_text(action: QAction) -> str:
    """Return what an action does now, as it is said outside its menu and without access key."""
    return action.statusTip() or action.text().replace("&", "")
