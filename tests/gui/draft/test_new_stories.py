"""What each pane beside the form offers while no story is open: to begin one."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from tests.gui.conftest import WRITER, OpenWindow, Settle

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "Vulkan", "RHI", "QRhi", "OpenGL", "Sandboxing", "GBM", "GPU"
)


@pytest.mark.parametrize("tab", ["preview", "checks", "history", "notes"])
def test_a_pane_without_a_story_begins_one(
    open_window: OpenWindow, settle: Settle, tab: str
) -> None:
    window = open_window(person=WRITER)
    assert not window.draft.open_story.is_open
    window.parts.show_tab(tab)
    settle()
    page = window.pane.page(tab)
    assert page is not None

    def offered() -> list[QPushButton]:
        buttons = [part for part in page.findChildren(QPushButton) if part.isVisible()]
        return [button for button in buttons if button.text() == "New story"]

    [begin] = offered()
    begin.click()
    settle()
    assert window.draft.open_story.is_open
    assert window.centre.page() is window.centre.form
    assert offered() == []
