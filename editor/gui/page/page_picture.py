"""A picture of a page, shown until the engine has painted the page itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

if TYPE_CHECKING:
    from editor.store.reading.rows import StoredVersion


class PagePicture(NamedTuple):
    """What a page of a story's version looked like, and how far down it was scrolled."""

    image: QImage
    version: str
    """The hash of the version."""
    scroll: float

    def is_of(self, stored: StoredVersion | None) -> bool:
        """Return whether it is a picture of this version's page."""
        return stored is not None and stored.hash == self.version

    def label(self, parent: QWidget | None = None) -> QLabel:
        """Make a widget that shows it and nothing else; the pointer passes through."""
        made = QLabel(parent)
        made.setPixmap(QPixmap.fromImage(self.image))
        made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        made.setMinimumSize(1, 1)
        made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        return made
