"""What making the window takes, in counts: they are the same on every machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

from editor.gui.window.main_window import MainWindow

OpenWindow = Callable[..., MainWindow]


class EventCounter(QObject):
    """Counts what widgets are told, by the type of event."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.numbers = Counter[QEvent.Type]()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(watched, QWidget):
            self.numbers[event.type()] += 1
        return False


def test_widgets_are_made_in_their_place_so_that_each_gets_its_look_once(
    qapp: QApplication, open_window: OpenWindow
) -> None:
    counter = EventCounter(qapp)
    qapp.installEventFilter(counter)
    window = open_window()
    qapp.removeEventFilter(counter)
    widgets = len(window.findChildren(QWidget))
    assert widgets > 300
    # A widget that is put into another takes everything in it along: Qt then works out
    # the style of each again, however deep it is.
    assert counter.numbers[QEvent.Type.StyleChange] < 2.5 * widgets
