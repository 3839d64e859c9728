"""What signing costs a person at the keyboard: nothing with an open key."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core import times
from editor.core.brief import Banner
from editor.core.commands import SaveStory, SetPolicy
from editor.core.policy import FourEyes, Policy
from editor.core.story import Story
from editor.core.workflow import Stage
from editor.gui.library.places import BANNER, REVIEW
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, EDITOR, WRITER
from tests.reading import reading

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]
CTRL = Qt.KeyboardModifier.ControlModifier


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def test_story_in_review_is_opened_and_approved_with_two_keys(
    qtbot: QtBot, open_window: OpenWindow, write: Write, settle: Settle, desk: Desk
) -> None:
    first, second = write("ferry", stage=Stage.REVIEW), write("market", stage=Stage.REVIEW)
    window = open_window(EDITOR)
    window.places.go(REVIEW)
    settle()
    window.list.setFocus()
    opened = window.draft.open_story.key
    press(qtbot, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    settle()
    press(qtbot, Qt.Key.Key_Return, CTRL)
    settle()
    assert opened in (first, second)
    assert reading(desk).stored(opened).state.stage is Stage.APPROVED
    assert not window.centre.passphrase.isVisible()


def test_banner_is_approved_with_the_key_of_the_next_step(
    qtbot: QtBot, open_window: OpenWindow, banner: Banner, settle: Settle, desk: Desk
) -> None:
    window = open_window(EDITOR)
    window.places.go(BANNER)
    settle()
    assert window.top.primary.text() == window.top.primary.accessibleName() == "Approve banner"
    window.centre.banner.cards.focus(0)
    press(qtbot, Qt.Key.Key_Return, CTRL)
    settle()
    assert reading(desk).banner_state().approved == banner
    assert window.top.primary.text() == "New story", "the banner alone is no edition"
    assert "goes out" in window.centre.toast.text()


def test_typed_banner_is_saved_before_it_is_approved(
    open_window: OpenWindow, banner: Banner, settle: Settle, desk: Desk
) -> None:
    desk.do(SetPolicy(Policy(FourEyes.NEVER)), CHIEF)
    window = open_window(EDITOR)
    window.places.go(BANNER)
    settle()
    window.centre.banner.draft.set_field(0, "title", "Ferry back on Tuesday")
    window.menu_actions["primary"].trigger()
    settle()
    assert reading(desk).banner_state().approved.briefs[0].title == "Ferry back on Tuesday"


def test_locked_key_is_asked_for_when_the_banner_is_approved(
    qtbot: QtBot, open_window: OpenWindow, banner: Banner, settle: Settle, desk: Desk
) -> None:
    desk.lock_keys()
    window = open_window(EDITOR)
    window.places.go(BANNER)
    settle()
    window.menu_actions["primary"].trigger()
    settle()
    bar = window.centre.passphrase
    assert bar.isVisible()
    qtbot.keyClicks(bar.field.first, "test")
    qtbot.keyClick(bar.field.first, Qt.Key.Key_Return)
    settle()
    assert reading(desk).banner_state().approved == banner


def test_clock_that_cannot_be_right_is_named_where_a_story_may_be_published(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk
) -> None:
    story, draft = write("ferry", stage=Stage.APPROVED), write("market")
    later = times.now() + timedelta(days=3)
    with Desk.open(desk.path, clock=lambda: later) as then:
        then.do(SaveStory(Story(slug="tomorrow")), WRITER)
    window = open_window(EDITOR)
    window.parts.show_story(draft)
    settle()
    assert window.centre.clock.text() == ""
    window.parts.show_story(story)
    settle()
    assert "the clock of this computer says" in window.centre.clock.text()
