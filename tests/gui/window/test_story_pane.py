"""The pane beside a story: the picture of its page is never one of another version."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QImage

from editor.core.commands import SaveStory
from editor.gui.page.page_picture import PagePicture
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import WRITER
from tests.reading import reading

OpenWindow = Callable[..., MainWindow]


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
