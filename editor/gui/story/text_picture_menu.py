"""The menu at the caret that asks which of the story's pictures is shown there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu

from editor.core.picture_reference import picture_address
from editor.core.story import Picture, Story
from editor.errors import NotAllowed
from editor.gui.widgets.layout import caption
from editor.gui.widgets.text_field import TextField
from editor.i18n import _
from editor.text.shorten import shorten

_LONGEST = 60
"""How many characters of a caption tell one picture from another."""


def ask_for_text_picture(story: Story, field: TextField, put: Callable[[str], object]) -> None:
    """Have the file of a picture `put`: of the only one at once, of several the one chosen.

    Raises NotAllowed where the story has no picture that can be shown.
    """
    named: dict[str, str] = {}
    for number, picture in enumerate(story.pictures, start=1):
        if picture_address(picture.file):  # of two with one file the first is shown
            named.setdefault(picture.file, f"{number}. {_name(picture)}")
    if not named:
        raise NotAllowed(
            _("The story has no picture yet."),
            _("Add one with Insert › Picture…, then show it in the text."),
        )
    if len(named) == 1:
        put(next(iter(named)))
        return
    menu = QMenu(field)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(_("Pictures of the story"))
    for file, name in named.items():
        action = menu.addAction(caption(name))
        action.triggered.connect(lambda _checked=False, file=file: put(file))
    menu.setActiveAction(menu.actions()[0])
    menu.popup(field.viewport().mapToGlobal(field.cursorRect().bottomLeft()))


def _name(picture: Picture) -> str:
    words = picture.caption or picture.alt or picture.credit
    return shorten(" ".join(words.split()), _LONGEST) or _("Picture")
