"""A label that is made when it first has something to say: most of a form's never do."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLabel

from editor.gui.theme import set_kind, set_look
from editor.gui.widgets.layout import label


class LateLabel:
    """A label at a place of a layout; it takes no room, nor time, while it has no text.

    A screen reader would stop at an empty one, with nothing to say.
    """

    def __init__(
        self,
        layout: QBoxLayout,
        place: int,
        kind: str,
        *,
        wrap: bool = False,
        side: Qt.AlignmentFlag | None = None,
    ) -> None:
        self._layout, self._place = layout, place
        self._kind, self._wrap, self._side = kind, wrap, side
        self._label: QLabel | None = None
        self._explanation = ""

    def text(self) -> str:
        """Return what is shown, or nothing."""
        return self._label.text() if self._label is not None else ""

    def show_text(self, text: str, kind: str = "") -> None:
        """Show a text, of another kind where one is named; nothing takes no room."""
        self._kind = kind or self._kind
        if self._label is None:
            if not text:
                return
            self._label = self._make()
        self._label.setText(text)
        set_kind(self._label, self._kind)
        self._label.setVisible(bool(text))

    def set_look(self, name: str, is_so: bool) -> None:
        """Give what is shown a property that the style sheet asks for."""
        if self._label is not None:
            set_look(self._label, name, is_so)

    def explain(self, sentence: str) -> None:
        """Say what it shows, in its tool tip and to a screen reader."""
        self._explanation = sentence
        if self._label is not None:
            self._label.setToolTip(sentence)
            self._label.setAccessibleDescription(sentence)

    def _make(self) -> QLabel:
        made = self._label = label(kind=self._kind, wrap=self._wrap)
        made.hide()
        if self._side is not None:
            made.setAlignment(self._side)
        self.explain(self._explanation)
        self._layout.insertWidget(self._place, made)
        return made
