"""The pane beside a story: the line of its tabs, and the picture of its page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton

from editor.core.commands import SaveStory
from editor.gui.page.page_picture import PagePicture
from editor.gui.widgets.segments import ROOMS, Segments
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
        widths = [pane.tabs.line_width(room) for room in ROOMS]
        assert widths == sorted(widths, reverse=True)


@pytest.mark.parametrize("width", [1024, 1280])
def test_width_of_the_page_is_offered_in_a_small_window(
    open_window: OpenWindow, write: Callable[..., str], settle: Callable[[], None], width: int
) -> None:
    story, window = write("harbour-opens"), open_window()
    window.parts.show_story(story)
    window.resize(width, 600)
    settle()
    pane = window.pane
    [switch] = (part for part in pane.findChildren(Segments) if part is not pane.tabs)
    for count in (0, 12, 120):
        pane.tabs.set_badge("checks", count)
        pane.choose("preview")
        settle()
        tabs, buttons = pane.tabs.geometry(), switch.geometry()
        places = [button.geometry() for button in pane.tabs.findChildren(QAbstractButton)]
        assert switch.isVisible()
        assert not tabs.intersects(buttons), count
        assert pane.rect().contains(switch.mapTo(pane, switch.rect().bottomRight()))
        shown = switch.findChildren(QAbstractButton)
        assert len({button.y() for button in shown}) == 1, "on one line"
        names = [(button.accessibleName(), button.toolTip() or button.text()) for button in shown]
        assert names == [("Desktop", "Desktop"), ("Phone", "Phone")]
        assert tabs.height() == switch.height() or width == 1024
        pane.choose("checks")
        settle()
        assert not switch.isVisible()
        moved = [button.geometry() for button in pane.tabs.findChildren(QAbstractButton)]
        assert moved == places, "no tab moves away under the pointer"


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
