"""Files that are dropped on a part of the window: it says what a drop does before it is done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QWidget

from editor.file_address import local_file
from editor.gui.theme import set_kind
from editor.gui.widgets.layout import CENTER, STRETCH, column, label

Says: TypeAlias = Callable[[QMimeData], str]
"""Return what a drop would do, as a sentence; nothing where it is of no use."""


def dropped_files(data: QMimeData) -> list[Path]:
    """Return the files of this computer that are held over the window."""
    return [path_of(url) for url in data.urls() if url.isLocalFile()]


def path_of(url: QUrl) -> Path:
    """Return the path of a file that a program gives; it may write this computer's name."""
    # Qt takes every name for that of a shared folder, as Windows has them.
    return local_file(url.toString(QUrl.ComponentFormattingOption.FullyEncoded)) or Path(
        url.toLocalFile()
    )


class FileDrop(QObject):
    """Takes what is dropped on `area`, with a frame around it and a sentence meanwhile.

    What lies in the area and takes the drop itself comes first.
    """

    def __init__(self, area: QWidget, says: Says, take: Callable[[QMimeData], object]) -> None:
        super().__init__(area)
        self._area, self._says, self._take = area, says, take
        self._target = DropTarget(area)
        area.setAcceptDrops(True)
        area.installEventFilter(self)

    @property
    def sentence(self) -> str:
        """What a drop would do now, as it is shown; nothing while nothing is held here."""
        return "" if self._target.isHidden() else self._target.words.text()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        match event.type():
            case QEvent.Type.DragEnter if isinstance(event, QDragEnterEvent):
                return self._enter(event)
            case QEvent.Type.DragMove:
                event.setAccepted(bool(self.sentence))
                return True
            case QEvent.Type.DragLeave:
                self._target.hide()
            case QEvent.Type.Drop if isinstance(event, QDropEvent):
                return self._drop(event)
        return False

    def _enter(self, event: QDragEnterEvent) -> bool:
        sentence = self._says(event.mimeData())
        if sentence:
            event.acceptProposedAction()
            self._target.show_over(self._area, sentence)
        else:
            event.ignore()
        return True

    def _drop(self, event: QDropEvent) -> bool:
        self._target.hide()
        data = event.mimeData()
        if self._says(data):
            event.acceptProposedAction()
            self._take(data)
        return True


class DropTarget(QFrame):
    """A frame around what files are dropped on, with what that does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        set_kind(self, "drop")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words = label(kind="drop")
        column(STRETCH, (self.words, CENTER), STRETCH, inside=self, margins=24)
        self.hide()

    def show_over(self, area: QWidget, sentence: str) -> None:
        """Cover an area, so that all of it is in the frame."""
        self.words.setText(sentence)
        self.setGeometry(area.rect())
        self.show()
        self.raise_()
