"""The start page: its desks and what is wrong with them; it fits a small screen."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from editor.core.story import Story
from editor.errors import NotFound
from editor.gui.window.recent_desks import DeskFault, RecentDesk
from editor.gui.window.start_window import StartWindow

GONE, HERE = "/media/usb/Hill News.desk", "/home/mara/Harbour Post.desk"


@pytest.fixture
def page(qtbot: QtBot) -> StartWindow:
    made = StartWindow()
    qtbot.addWidget(made)
    made.show_recent(
        [
            RecentDesk(HERE, "Harbour Post", "2026-11-27T10:00:00Z"),
            RecentDesk(GONE, "Hill News", "yesterday"),
        ]
    )
    made.show_page()
    qtbot.waitExposed(made)
    return made


def buttons(page: StartWindow) -> list[QPushButton]:
    return [button for button in page.findChildren(QPushButton) if button.isVisible()]


def test_desk_says_where_it_is_and_when_it_was_used(page: StartWindow) -> None:
    here, gone = page.rows
    assert "/home/mara · used" in here.open_button.accessibleDescription()
    assert gone.open_button.accessibleDescription() == "/media/usb."


def test_desk_that_is_gone_offers_to_be_located_or_removed(page: StartWindow, qtbot: QtBot) -> None:
    here, gone = page.rows
    page.show_faults({GONE: DeskFault.GONE})
    assert gone.fault.isVisible()
    assert not here.fault.isVisible()
    asked: list[tuple[str, str]] = []
    page.locate_wanted.connect(lambda path: asked.append(("locate", path)))
    page.removal_wanted.connect(lambda path: asked.append(("remove", path)))
    gone.locate.click()
    gone.remove.click()
    assert asked == [("locate", GONE), ("remove", GONE)]
    page.show_faults({GONE: DeskFault.TOO_NEW})
    assert "newer" in gone.fault.text()
    assert not gone.remove.isVisible()


def test_nothing_can_be_chosen_while_a_desk_is_opened(page: StartWindow) -> None:
    page.show_opening("Harbour Post")
    assert not page.buttons["write"].isEnabled()
    assert "Opening Harbour Post…" in {part.text() for part in page.findChildren(QLabel)}
    page.show_problem(NotFound("There is no desk.", "Look."))
    assert page.buttons["write"].isEnabled()
    assert page.bar.text() == "There is no desk."


def test_typed_text_is_offered(page: StartWindow) -> None:
    page.offer_text([Story(headline="Harbour opens", body="Boats came in.")])
    [copy] = [button for button in buttons(page) if "Copy" in button.text()]
    copy.click()
    assert QApplication.clipboard().text() == "Harbour opens\n\nBoats came in."


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_all_of_it_fits_a_small_screen(
    page: StartWindow, qtbot: QtBot, direction: Qt.LayoutDirection
) -> None:
    page.setLayoutDirection(direction)
    page.show_faults({GONE: DeskFault.GONE})
    page.resize(1024, 600)
    qtbot.waitUntil(lambda: page.width() == 1024)
    QApplication.processEvents()
    assert page.page.horizontalScrollBar().maximum() == 0
    assert page.page.verticalScrollBar().maximum() == 0
    for button in buttons(page):
        assert button.width() >= button.minimumSizeHint().width(), button.text()
        assert button.accessibleName() or button.text()


def test_every_choice_has_a_key_of_its_own(page: StartWindow) -> None:
    texts = [button.text() for button in buttons(page) if "&" in button.text()]
    keys = [text[text.index("&") + 1].lower() for text in texts]
    assert len(keys) == len(page.buttons) + 2
    assert len({*keys}) == len(keys)
