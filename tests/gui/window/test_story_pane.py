"""The pane beside a story: the line of its tabs, and the picture of its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage

from editor.core.commands import SaveStory
from editor.gui.page.page_picture import PagePicture
from editor.gui.widgets.segments import Segments
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import WRITER
from tests.reading import reading

OpenWindow = Callable[..., MainWindow]


@pytest.mark.parametrize("width", [1440, 1920])
def test_width_of_the_page_is_offered_whatever_the_number_of_issues(
    open_window: OpenWindow, write: Callable[..., str], settle: Callable[[], None], width: int
) -> None:
    story, window = write("harbour-opens"), open_window()
    window.parts.show_story(story)
    window.resize(width, 900)
    settle()
    pane = window.pane
    for count in (0, 3, 12, 120, 0):
        pane.tabs.set_badge("checks", count)
        pane.choose("preview")
        settle()
        [switch] = (part for part in pane.findChildren(Segments) if part is not pane.tabs)
        assert switch.isVisible(), count
        assert pane.tabs.height() == switch.height(), "all are on one line"
        tabs, buttons = pane.tabs.geometry(), switch.geometry()
        assert not tabs.intersects(buttons), count
        pane.choose("checks")
        assert not switch.isVisible()
        assert pane.tabs.line_width(tight=True) < pane.tabs.line_width(tight=False)


def test_picture_goes_when_somebody_saved_another_version(
    open_window: OpenWindow, desk: Desk, write: Callable[..., str], settle: Callable[[], None]
) -> None:
    story = write("harbour-opens")
    window = open_window(desks={str(desk.path): {"place": "drafts", "story": story}})
    window.pane.tabs.choose("preview")
    stored = reading(desk).stored(story)
    image = QImage(200, 300, QImage.Format.Format_RGB32)
    window.pane.show_picture(PagePicture(image, stored.hash, 0.0))
    window.session.keys.changed.emit()
    assert window.pane.picture_box() is not None
    desk.do(SaveStory(replace(stored.story, headline="Harbour shut"), 1), WRITER)
    window.session.check_for_changes()
    settle()
    assert window.draft.typed.headline == "Harbour shut"
    assert window.pane.picture_box() is None
