"""Who has pictures and no words says so, and can submit."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox
from pytestqt.qtbot import QtBot

from editor.core.workflow import Stage
from editor.gui.draft.draft import Draft
from editor.gui.story.form import StoryForm
from editor.gui.story.picture_story import PictureStoryBox
from tests.gui.conftest import WRITER

Write = Callable[..., str]


@pytest.fixture
def box(form: StoryForm) -> QCheckBox:
    [part] = [part for part in form.parts if isinstance(part, PictureStoryBox)]
    return part.box


def test_a_click_and_space_mark_the_story(
    opened: str, box: QCheckBox, draft: Draft, hands: Any, qtbot: QtBot
) -> None:
    box.setFocus()
    hands.press(box, Qt.Key.Key_Space, " ")
    assert draft.typed.picture_story
    draft.undo()
    assert not box.isChecked()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center() / 4)
    assert box.isChecked() is draft.typed.picture_story


def test_the_box_shows_the_story_and_is_locked_with_it(
    box: QCheckBox, write: Write, hands: Any
) -> None:
    hands.open(write("pictures", picture_story=True, stage=Stage.SPIKED, by=WRITER))
    assert box.isChecked()
    assert not box.isEnabled()
