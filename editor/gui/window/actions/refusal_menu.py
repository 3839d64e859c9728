"""A menu that says of an entry that can't be chosen why not."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction, QHelpEvent
from PySide6.QtWidgets import QMenu, QToolTip

from editor.errors import EditorError
from editor.gui.widgets.layout import plain_tip

_REFUSAL = "refusal"


class RefusalMenu(QMenu):
    """Shows a tip for a disabled entry that has a reason; the others say it all themselves."""

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            action = self.actionAt(event.pos())
            refusal = refusal_of(action) if action is not None else None
            tip = f"{refusal.sentence} {refusal.hint}".strip() if refusal else ""
            QToolTip.showText(event.globalPos(), plain_tip(tip) if tip else "", self)
            return True
        return super().event(event)


def set_refusal(action: QAction, refusal: EditorError | None) -> None:
    """Note why an action is disabled."""
    words = [refusal.sentence, refusal.hint] if refusal else None
    if action.property(_REFUSAL) != words:
        action.setProperty(_REFUSAL, words)


def refusal_of(action: QAction) -> EditorError | None:
    """Return why an action is disabled, if it is and there is more to say."""
    words = action.property(_REFUSAL)
    return EditorError(*words) if words and not action.isEnabled() else None
