"""Cropping and turning a picture: seen at once, and one step to undo."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from editor.core.crops import CUT_BY_HAND, LEAD, PORTRAIT, SQUARE, Part
from editor.core.story import Picture
from editor.gui.draft.draft import Draft
from editor.gui.story.crop_dialog import CropDialog
from editor.gui.story.form import StoryForm
from editor.proof.renditions import crop_box

FILE = "0123456789abcdef" + "0" * 48 + ".jpg"


@pytest.fixture
def image() -> QImage:
    """A picture whose left half is red."""
    made = QImage(800, 400, QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    for x in range(400):
        for y in range(400):
            made.setPixelColor(x, y, Qt.GlobalColor.red)
    return made


@pytest.fixture
def cropped() -> list[Picture]:
    """What the dialog hands over."""
    return []


@pytest.fixture
def dialog(image: QImage, cropped: list[Picture], qtbot: QtBot) -> CropDialog:
    """The dialog about a picture that nobody cropped."""
    made = CropDialog(Picture(FILE, width=1600, height=800), image, cropped.append)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def test_each_shape_is_cropped_by_itself(
    dialog: CropDialog, cropped: list[Picture], hands: Any
) -> None:
    assert dialog.frame.hasFocus()
    for shape in CUT_BY_HAND:
        dialog.shapes.choose(shape.name)
        assert not dialog.reset.isEnabled()
        hands.press(dialog.frame, Qt.Key.Key_PageDown)
        assert dialog.reset.isEnabled()
    dialog.done_button.click()
    [picture] = cropped
    assert set(picture.hand_crops) == set(CUT_BY_HAND)
    for shape in CUT_BY_HAND:
        left, top, right, bottom = crop_box(picture, shape)
        assert (right - left) / (bottom - top) == pytest.approx(shape.ratio, rel=0.01)


def test_previews_show_what_readers_will_get(dialog: CropDialog, hands: Any) -> None:
    dialog.shapes.choose(SQUARE.name)
    for _press in range(20):
        hands.press(dialog.frame, Qt.Key.Key_Left, "", Qt.KeyboardModifier.ShiftModifier)
    shown = dialog.preview(SQUARE).toImage()
    assert shown.width() == shown.height()
    assert shown.pixelColor(shown.width() - 4, 9) == Qt.GlobalColor.red
    assert dialog.preview(LEAD).toImage().pixelColor(120, 9) == Qt.GlobalColor.white
    assert dialog.preview(PORTRAIT).toImage().height() == 96


def test_reset_crops_at_the_focal_point_again(dialog: CropDialog, hands: Any) -> None:
    at_focus = dialog.frame.part
    hands.press(dialog.frame, Qt.Key.Key_PageDown)
    dialog.reset.click()
    assert dialog.frame.part == at_focus
    assert dialog.picture.hand_crops == {}


def test_turning_turns_the_frame_and_drops_crops(dialog: CropDialog, hands: Any) -> None:
    hands.press(dialog.frame, Qt.Key.Key_PageDown)
    dialog.turn_right.click()
    assert dialog.picture.rotation == 90
    assert dialog.picture.hand_crops == {}
    assert dialog.preview(PORTRAIT).toImage().pixelColor(20, 4) == Qt.GlobalColor.red
    hands.press(dialog.frame, Qt.Key.Key_Left, "", Qt.KeyboardModifier.ControlModifier)
    assert dialog.picture.rotation == 0
    dialog.turn_left.click()
    assert dialog.picture.rotation == 270


def test_cancel_changes_nothing(dialog: CropDialog, cropped: list[Picture]) -> None:
    dialog.turn_right.click()
    dialog.reject()
    assert cropped == []


def test_picture_of_the_form_is_cropped_and_turned_in_one_step(
    form: StoryForm, draft: Draft, opened: str, jpeg: bytes, qtbot: QtBot
) -> None:
    form.pictures.add_pictures([jpeg])
    qtbot.waitUntil(lambda: len(draft.typed.pictures) == 1)
    before = draft.typed
    [row] = form.pictures.rows
    row.crop.click()
    qtbot.waitUntil(lambda: bool(form.window().findChildren(CropDialog)))
    [asked] = form.window().findChildren(CropDialog)
    asked.turn_right.click()
    part: Part = (0.0, 0.0, 1.0, 0.421875)
    asked.frame.moved.emit(part)
    draft.set_value("pictures/0/caption", "Typed meanwhile")
    asked.done_button.click()
    [picture] = draft.typed.pictures
    assert (picture.rotation, picture.size) == (90, (480, 640))
    assert picture.lead_crop == (0.0, 0.0, 1.0, 0.4219)
    assert picture.caption == "Typed meanwhile"
    qtbot.waitUntil(lambda: row.thumbnail.height() > row.thumbnail.width())
    draft.undo()
    assert draft.typed.pictures == (replace(before.pictures[0], caption="Typed meanwhile"),)
    draft.undo()
    assert draft.typed == before


def test_crop_needs_a_file(form: StoryForm, draft: Draft, opened: str) -> None:
    draft.edit(replace(draft.typed, pictures=(Picture(caption="A quay"),)), "pictures")
    assert form.pictures.rows[0].crop.isHidden()
