"""The frame keeps its shape and stays in the picture, whatever a hand does."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.crops import Part
from editor.gui.story.crop_frame import CropFrame

RATIO = 16 / 9


@pytest.fixture
def frame(qtbot: QtBot) -> CropFrame:
    """A frame of 16:9 on a picture of 800 × 600, half as wide as it."""
    made = CropFrame()
    qtbot.addWidget(made)
    made.resize(416, 316)  # the picture is shown at a half
    made.show_image(QImage(800, 600, QImage.Format.Format_RGB32))
    made.show_frame("Lead 16:9", RATIO, (0.25, 0.25, 0.5, 0.375))
    made.show()
    return made


def ratio(part: Part) -> float:
    return part[2] * 800 / (part[3] * 600)


def drag(frame: CropFrame, start: QPointF, end: QPointF) -> None:
    QTest.mousePress(frame, Qt.MouseButton.LeftButton, pos=start.toPoint())
    move = QMouseEvent(
        QEvent.Type.MouseMove,
        end,
        frame.mapToGlobal(end),
        Qt.MouseButton.NoButton,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    QApplication.sendEvent(frame, move)
    QTest.mouseRelease(frame, Qt.MouseButton.LeftButton, pos=end.toPoint())


def test_arrows_move_the_frame_and_shift_moves_it_further(frame: CropFrame, hands: Any) -> None:
    moved: list[Part] = []
    frame.moved.connect(moved.append)
    hands.press(frame, Qt.Key.Key_Right)
    hands.press(frame, Qt.Key.Key_Up, "", Qt.KeyboardModifier.ShiftModifier)
    assert frame.part == (0.26, 0.2, 0.5, 0.375)
    assert moved[-1] == frame.part
    assert "26 percent from the left" in frame.accessibleDescription()
    assert "Lead" in frame.accessibleName()


@pytest.mark.parametrize(
    ("key", "edge"),
    [
        (Qt.Key.Key_Left, (0.0, 0.25)),
        (Qt.Key.Key_Right, (0.5, 0.25)),
        (Qt.Key.Key_Up, (0.25, 0.0)),
        (Qt.Key.Key_Down, (0.25, 0.625)),
    ],
)
def test_frame_stops_at_the_edges(
    frame: CropFrame, hands: Any, key: Qt.Key, edge: tuple[float, float]
) -> None:
    for _press in range(30):
        hands.press(frame, key, "", Qt.KeyboardModifier.ShiftModifier)
    assert frame.part[:2] == edge


def test_plus_and_minus_size_the_frame_and_keep_its_shape(frame: CropFrame, hands: Any) -> None:
    hands.press(frame, Qt.Key.Key_Plus, "+")
    assert frame.part[2] == pytest.approx(0.52)
    for key, most in ((Qt.Key.Key_PageUp, 1.0), (Qt.Key.Key_PageDown, 0.05)):
        for _press in range(40):
            hands.press(frame, key)
            assert ratio(frame.part) == pytest.approx(RATIO, rel=0.01)
            left, top, width, height = frame.part
            assert 0 <= left <= left + width <= 1.0001
            assert 0 <= top <= top + height <= 1.0001
        assert frame.part[2] == pytest.approx(most)


def test_frame_is_dragged(frame: CropFrame) -> None:
    drag(frame, QPointF(208, 158), QPointF(248, 128))
    assert frame.part[:2] == pytest.approx((0.35, 0.15), abs=0.01)
    drag(frame, QPointF(208, 158), QPointF(5000, -5000))
    assert frame.part[:2] == (0.5, 0.0)


def test_corner_sizes_the_frame_and_the_opposite_one_stays(frame: CropFrame) -> None:
    drag(frame, QPointF(308, 195), QPointF(348, 300))  # bottom right
    left, top, width, _height = frame.part
    assert (left, top) == (0.25, 0.25)
    assert width == pytest.approx(0.6, abs=0.01)
    assert ratio(frame.part) == pytest.approx(RATIO, rel=0.01)
    drag(frame, QPointF(108, 83), QPointF(-900, 0))  # top left
    left, _top, width, _height = frame.part
    assert left == 0.0
    assert left + width == pytest.approx(0.85, abs=0.01)
    assert ratio(frame.part) == pytest.approx(RATIO, rel=0.01)


def test_without_a_picture_keys_do_nothing(qtbot: QtBot, hands: Any) -> None:
    made = CropFrame()
    qtbot.addWidget(made)
    made.show()
    hands.press(made, Qt.Key.Key_Right)
    QTest.mousePress(made, Qt.MouseButton.LeftButton)
    assert made.part == (0.0, 0.0, 1.0, 1.0)
