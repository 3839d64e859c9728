"""Tells screen readers what is different on the screen."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QWidget


def announce(
    widget: QWidget, what: Literal["Alert", "NameChanged", "DescriptionChanged"] = "Alert"
) -> None:
    """Tell a screen reader to say a widget's name now, or that its name or description changed."""
    # It has some three hundred names, and no window waits for them.
    from PySide6.QtGui import QAccessible, QAccessibleEvent  # noqa: PLC0415

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event[what]))


def announce_text(widget: QWidget, sentence: str) -> None:
    """Tell a screen reader to say a sentence once it has said what it is saying."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))
