"""The menu of a text field: fixes, undo and redo, and what fields usually offer."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu

from editor.gui.widgets.layout import caption
from editor.i18n import _

if TYPE_CHECKING:
    from editor.gui.widgets.text_field import TextField


def field_menu(field: TextField, index: int) -> QMenu:
    """Make a field's menu: fixes, the draft's undo and redo in place of Qt's, and the rest."""
    menu = field.createStandardContextMenu()
    if field.isReadOnly():
        return menu
    for action in menu.actions()[:2]:  # Qt's own undo and redo, which know nothing here
        menu.removeAction(action)
    rest = menu.actions()[0]
    for squiggle in field.squiggles_at(index):
        for fix in squiggle.fixes:
            action = QAction(caption(fix.title), menu)
            action.triggered.connect(partial(field.fix_asked.emit, fix))
            menu.insertAction(rest, action)
    if menu.actions()[0] is not rest:
        menu.insertSeparator(rest)
    for text, asked in ((_("&Undo"), field.undo_asked), (_("&Redo"), field.redo_asked)):
        action = QAction(text, menu)
        action.triggered.connect(asked)
        menu.insertAction(rest, action)
    return menu
