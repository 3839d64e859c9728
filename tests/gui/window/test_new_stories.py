"""A story is among one's drafts from its first kept word, and notices stay in view."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from editor.core.story import Correction
from editor.core.workflow import Stage
from editor.gui.library.places import MINE
from editor.gui.library.rows import ROW
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, WRITER
from tests.gui.hands import Hands
from tests.reading import reading

pytestmark = pytest.mark.qt_log_ignore(
    "propagateSizeHints", "Vulkan", "RHI", "QRhi", "OpenGL", "Sandboxing", "GBM", "GPU"
)

Write = Callable[..., str]
Settle = Callable[[], None]
OpenWindow = Callable[..., MainWindow]


def listed(window: MainWindow) -> list[str]:
    model = window.list.view.model()
    rows = [model.index(number, 0) for number in range(model.rowCount())]
    return [row.data(ROW).headline for row in rows]


@pytest.fixture
def window(open_window: OpenWindow, settle: Settle) -> MainWindow:
    """A writer at an empty list of drafts, who begins a story."""
    window = open_window(person=WRITER)
    window.places.go(MINE)
    settle()
    window.menu_actions["new"].trigger()
    return window


def test_it_is_in_my_drafts_once_a_word_is_kept(
    window: MainWindow, hands: Hands, qtbot: QtBot, desk: Desk
) -> None:
    assert listed(window) == []
    hands.type(window.centre.form.headline, "Ferry")
    qtbot.waitUntil(lambda: listed(window) == ["Ferry"])
    assert reading(desk).rows() == [], "it is no version yet"
    model = window.list.view.model()
    assert "Not saved yet" in model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    mine = window.places.places().place(MINE)
    qtbot.waitUntil(lambda: window.places.places().count(mine) == 1)
    hands.type(window.centre.form.headline, " sails")
    qtbot.waitUntil(lambda: listed(window) == ["Ferry sails"])
    assert window.status.saved.text().startswith("Kept on this computer ")


def test_saved_it_is_there_once(
    window: MainWindow, hands: Hands, qtbot: QtBot, settle: Settle
) -> None:
    hands.type(window.centre.form.headline, "Ferry")
    qtbot.waitUntil(lambda: listed(window) == ["Ferry"])
    window.menu_actions["save"].trigger()
    settle()
    assert listed(window) == ["Ferry"]
    assert window.status.saved.text().startswith("Version 1 saved ")


def test_emptied_again_it_is_gone(
    window: MainWindow, hands: Hands, qtbot: QtBot, write: Write, settle: Settle
) -> None:
    hands.type(window.centre.form.headline, "F")
    qtbot.waitUntil(lambda: listed(window) == ["F"])
    window.draft.undo()
    qtbot.waitUntil(lambda: listed(window) == [])


def test_the_new_story_of_another_person_is_not_mine(
    window: MainWindow, hands: Hands, qtbot: QtBot, open_window: OpenWindow, settle: Settle
) -> None:
    hands.type(window.centre.form.headline, "Ferry")
    qtbot.waitUntil(lambda: listed(window) == ["Ferry"])
    window.session.set_person(CHIEF)
    settle()
    window.places.go(MINE)
    settle()
    assert listed(window) == []


def test_the_first_story_is_seen_from_its_first_field(
    open_window: OpenWindow, settle: Settle
) -> None:
    window = open_window(person=WRITER)
    assert not window.parts.shows_story()
    window.menu_actions["new"].trigger()
    settle()
    assert window.centre.form.headline.hasFocus()
    assert window.centre.form.verticalScrollBar().value() == 0


def test_a_notice_stays_in_view_while_the_form_scrolls(
    open_window: OpenWindow, write: Write, desk: Desk, hands: Hands, qtbot: QtBot, settle: Settle
) -> None:
    story = write("ferry", body="\n\n".join(f"Paragraph {n}." for n in range(80)))
    stored = reading(desk).stored(story)
    typed = {**stored.story.to_json(), "headline": "Typed before the power went"}
    desk.journal.write(f"story:{story}", {"story": typed, "base": 1})
    window = open_window(person=WRITER)
    form = window.centre.form
    assert form.notice.text() == "Your unsaved text is back."
    before = form.notice.mapTo(window, QPoint(0, 0))
    form.verticalScrollBar().setValue(form.verticalScrollBar().maximum())
    assert form.notice.mapTo(window, QPoint(0, 0)) == before
    assert form.viewport().y() >= form.notice.height(), "nor does it cover the text"
    form.notice.clear()
    qtbot.waitUntil(lambda: form.viewport().y() < 5)


def test_a_duplicate_is_a_draft_of_its_own_with_the_text_as_typed(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk, hands: Hands, qtbot: QtBot
) -> None:
    corrected = (Correction("The pier is in Lisbon.", "2029-03-03T12:00:00Z"),)
    story = write("harbour", stage=Stage.APPROVED, corrections=corrected, kicker="Sea")
    window = open_window(person=WRITER)
    window.parts.show_story(story)
    settle()
    window.menu_actions["duplicate"].trigger()
    settle()
    draft = window.draft
    assert draft.open_story.key.startswith("new-")
    assert (draft.typed.headline, draft.typed.kicker) == ("Headline of harbour", "Sea")
    assert (draft.typed.id, draft.typed.slug, draft.typed.corrections) == ("", "", ())
    assert draft.open_story.state.stage is Stage.DRAFT
    qtbot.waitUntil(lambda: draft.open_story.save_state.startswith("Kept on this computer"))
    draft.save()
    settle()
    copy = reading(desk).stored(draft.open_story.key)
    assert copy.story.slug not in ("", "harbour")
    assert copy.version == 1
    assert copy.story.body == reading(desk).stored(story).story.body
    assert reading(desk).row(story).state.stage is Stage.APPROVED, "the other is as it was"
    draft.undo()
    assert draft.typed.headline == ""


def test_its_journalist_withdraws_a_story_from_review(
    open_window: OpenWindow, write: Write, settle: Settle, desk: Desk
) -> None:
    story = write("waits", stage=Stage.REVIEW)
    window = open_window(person=WRITER)
    window.parts.show_story(story)
    settle()
    assert window.menu_actions["withdraw"].isVisible()
    window.menu_actions["withdraw"].trigger()
    settle()
    assert reading(desk).row(story).state.stage is Stage.DRAFT
    assert window.draft.open_story.key == story, "one goes on writing it"
    assert window.parts.next_step().name == "submit"
    assert not window.menu_actions["withdraw"].isVisible()
    assert "Withdrew" in window.centre.toast.text()
