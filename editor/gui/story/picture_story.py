"""The box that says on purpose that pictures tell the story, so that it needs no body."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QCheckBox, QWidget

from editor.gui.draft.draft import Draft
from editor.gui.story.form_part import FormPart
from editor.gui.widgets.layout import column
from editor.i18n import _

_PATH = "picture_story"


class PictureStoryBox(FormPart):
    """A check box for `picture_story`."""

    def __init__(self, draft: Draft, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft = draft
        self.box = QCheckBox(_("Picture story"))
        self.box.setToolTip(_("The pictures tell it: it can go out without a body"))
        self.box.setAccessibleDescription(self.box.toolTip())
        # `clicked` is what a person did; showing a value emits only `toggled`.
        self.box.clicked.connect(lambda checked: draft.set_value(_PATH, checked))
        column(self.box, inside=self)

    def show_value(self) -> None:
        """Show what the draft has."""
        self.box.setChecked(self._draft.typed.picture_story)

    def tab_stops(self) -> Iterator[QWidget]:
        """Yield the box."""
        yield self.box

    def set_read_only(self, read_only: bool) -> None:
        """Let the box be changed or not."""
        self.box.setEnabled(not read_only)

    def widget_at(self, path: str) -> QWidget | None:
        """Return the box, if the path is its own."""
        return self.box if path == _PATH else None
