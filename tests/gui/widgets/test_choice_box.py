"""A box to choose from: what of its choices is seen, and what the wheel does."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from editor.gui.widgets.choice_box import ChoiceBox

LONG = "Not for training; answers that link to the newspaper are welcome"


def test_list_is_as_wide_as_its_widest_choice(qtbot: QtBot) -> None:
    box = ChoiceBox(least_letters=8)
    qtbot.addWidget(box)
    box.addItems(["Yes", LONG])
    box.show()
    needed = box.fontMetrics().horizontalAdvance(LONG)
    assert box.width() < needed
    box.showPopup()
    assert box.view().width() >= min(needed, box.screen().availableGeometry().width())
    box.hidePopup()


def test_box_that_fits_its_choices_is_never_narrower(qtbot: QtBot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItems(["Yes", LONG])
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
    assert box.minimumSizeHint().width() >= box.fontMetrics().horizontalAdvance(LONG)


def test_wheel_chooses_nothing(qtbot: QtBot) -> None:
    box = ChoiceBox()
    qtbot.addWidget(box)
    box.addItems(["Yes", "No"])
    turned = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, turned)
    assert box.currentText() == "Yes"
    assert not turned.isAccepted()
