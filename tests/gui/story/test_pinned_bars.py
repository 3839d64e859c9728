"""Bars above and below what scrolls."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from editor.gui.story.pinned_bars import PinnedBars


def test_bars_that_are_higher_than_the_area_scroll_in_it(qtbot: QtBot) -> None:
    area = QScrollArea()
    qtbot.addWidget(area)
    bars = [QLabel(f"Bar {number}") for number in range(6)]
    for bar in bars:
        bar.setFixedHeight(60)
        bar.hide()
    pinned = PinnedBars(area, *bars)
    area.resize(300, 200)
    area.show()
    assert not pinned.isVisible()
    bars[0].show()
    QApplication.processEvents()
    room = pinned.height()
    assert 60 <= room < 200
    assert area.viewport().geometry().top() == pinned.geometry().bottom() + 1
    assert pinned.verticalScrollBar().maximum() == 0
    for bar in bars:
        bar.show()
    QApplication.processEvents()
    assert room < pinned.height() <= area.height()
    pinned.ensureWidgetVisible(bars[-1])
    top = bars[-1].mapTo(pinned.viewport(), bars[-1].rect().topLeft()).y()
    assert 0 <= top <= pinned.viewport().height() - 60
