"""Find in stories: what is found where, what is replaced and not, and one undo after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.workflow import Stage
from editor.gui.library.find_stories_dialog import FindStoriesDialog
from editor.gui.library.places import Place
from editor.gui.library.story_replacer import StoryReplacer
from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from editor.store.reading import story_changes
from editor.store.reading.rows import Filter
from editor.text.find import FindQuery
from tests.gui.conftest import CHIEF, WRITER
from tests.gui.hands import Hands
from tests.reading import reading

Settle = Callable[[], None]
PLACES = (
    Place("every", "All stories", Filter()),
    Place("section:sport", "Sport", Filter(section="sport")),
)


@pytest.fixture
def replacer(session: Session) -> StoryReplacer:
    return StoryReplacer(session, session)


@pytest.fixture
def ids(write: Callable[..., str]) -> dict[str, str]:
    """Four stories with Kiev in them: two drafts, one that is approved, one that is spiked."""
    texts = {"headline": "Kiev today", "body": "Kiev’s mayor.\n\nIn Kiev."}
    return {
        "one": write("one", **texts),
        "two": write("two", **texts, section="sport"),
        "old": write("old", **texts, stage=Stage.SPIKED),
        "done": write("done", **texts, stage=Stage.APPROVED),
        "other": write("other", body="Nothing of it."),
    }


@pytest.fixture
def dialog(
    session: Session, replacer: StoryReplacer, ids: dict[str, str], show_dialog: Any
) -> FindStoriesDialog:
    made = FindStoriesDialog(session, replacer, PLACES, FindQuery("kiev"))
    shown: FindStoriesDialog = show_dialog(made)
    return shown


def look(dialog: FindStoriesDialog, hands: Hands, settle: Settle, by: str = "Kyiv") -> None:
    dialog.replacement.setText(by)
    hands.press(dialog.words, Qt.Key.Key_Return)
    settle()


def lines(dialog: FindStoriesDialog) -> list[str]:
    model = dialog.stories
    return [str(model.index(row).data()).splitlines()[1] for row in range(model.rowCount())]


def headlines(desk: Desk, ids: dict[str, str]) -> dict[str, tuple[str, int]]:
    rows = {slug: reading(desk).row(id) for slug, id in ids.items()}
    return {slug: (row.headline, row.version) for slug, row in rows.items()}


def test_stories_are_found_with_their_changes_and_nothing_is_written(
    dialog: FindStoriesDialog, desk: Desk, ids: dict[str, str], hands: Hands, settle: Settle
) -> None:
    before = headlines(desk, ids)
    look(dialog, hands, settle)
    assert lines(dialog) == [
        "Draft · one · 3 changes",
        "Draft · two · 3 changes",
        "A story that is spiked can't be saved. "
        "That works on a story that is a draft or in review or approved.",
        "Approved · done · 3 changes",
    ]
    assert dialog.outcome.message.text() == "Found in 4 stories. 5 stories looked through."
    assert dialog.replace.text() == "&Replace 9 in 3 stories"
    assert dialog.changes.rowCount() == 3
    assert dialog.changes.index(1).data().startswith("Body: Kiev becomes Kyiv")
    assert dialog._warning.text() == ("1 of them is approved: its new version has no approval.")
    assert headlines(desk, ids) == before


def test_chosen_changes_make_versions_and_one_undo_restores_the_exact_texts(
    dialog: FindStoriesDialog, desk: Desk, ids: dict[str, str], hands: Hands, settle: Settle
) -> None:
    hashes = {slug: reading(desk).stored(id).hash for slug, id in ids.items()}
    look(dialog, hands, settle)
    dialog.change_list.setCurrentIndex(dialog.changes.index(0))
    hands.press(dialog.change_list, Qt.Key.Key_Space, " ")
    assert lines(dialog)[0] == "Draft · one · 2 of 3 changes"
    dialog.list.setCurrentIndex(dialog.stories.index(1))
    settle()
    hands.press(dialog.list, Qt.Key.Key_Space, " ")
    assert lines(dialog)[1] == "Draft · two · 0 of 3 changes"
    assert dialog.changes.chosen() == []
    dialog.replace.click()
    settle()
    assert headlines(desk, ids) == {
        "one": ("Kiev today", 2),
        "two": ("Kiev today", 1),
        "old": ("Kiev today", 1),
        "done": ("Kyiv today", 2),
        "other": ("Headline of other", 1),
    }
    assert reading(desk).stored(ids["one"]).story.body == "Kyiv’s mayor.\n\nIn Kyiv."
    assert str(reading(desk).row(ids["done"]).stage) == "in review"
    assert dialog.outcome.message.text() == "5 changes in 2 stories made."
    assert lines(dialog)[3] == "3 changes made"
    assert dialog.undo.text() == "&Undo 5 changes in 2 stories"
    dialog.undo.click()
    settle()
    assert {slug: reading(desk).stored(id).hash for slug, id in ids.items()} == hashes
    assert headlines(desk, ids)["one"] == ("Kiev today", 3)
    assert dialog.outcome.message.text() == "The texts before are the latest versions again."
    assert dialog.undo.isHidden()


def test_only_the_place_that_is_chosen_is_looked_through(
    dialog: FindStoriesDialog, hands: Hands, settle: Settle
) -> None:
    dialog.where.setCurrentIndex(1)
    look(dialog, hands, settle)
    assert lines(dialog) == ["Draft · two · 3 changes"]
    dialog.ways.match_case.setChecked(True)
    assert dialog.stories.rowCount() == 0, "it was found in another way"
    look(dialog, hands, settle)
    assert dialog.outcome.message.text() == "Not found. 1 story looked through."
    assert not dialog.replace.isEnabled()


def test_a_story_that_is_saved_meanwhile_stays_and_is_told(
    dialog: FindStoriesDialog, desk: Desk, ids: dict[str, str], hands: Hands, settle: Settle
) -> None:
    look(dialog, hands, settle)
    first = reading(desk).stored(ids["one"]).story
    desk.do(SaveStory(replace(first, kicker="Late"), 1), WRITER)
    dialog.replace.click()
    settle()
    assert "has changed since it was looked through" in lines(dialog)[0]
    assert dialog.outcome.message.text() == "6 changes in 2 stories made. 1 story stayed as it is."
    assert reading(desk).stored(ids["one"]).story.kicker == "Late"
    latest = reading(desk).stored(ids["two"])
    desk.do(SaveStory(replace(latest.story, kicker="After"), latest.version), WRITER)
    dialog.undo.click()
    settle()
    assert dialog.outcome.message.text() == (
        "Not every text could be restored. 1 story stayed as it is."
    )
    assert "has changed since version 2" in dialog.outcome.notices.text()
    assert reading(desk).stored(ids["two"]).story.kicker == "After"
    assert reading(desk).row(ids["done"]).headline == "Kiev today"


def test_unsaved_text_is_named_and_never_overwritten(
    dialog: FindStoriesDialog, session: Session, ids: dict[str, str], hands: Hands, settle: Settle
) -> None:
    session.journal.write(f"story:{ids['one']}", {"story": {}, "base": 1})
    look(dialog, hands, settle)
    assert lines(dialog)[0].startswith("Somebody is editing it here")
    assert dialog.replace.text() == "&Replace 6 in 2 stories"


def test_a_mistake_is_told_before_anything_is_read(
    dialog: FindStoriesDialog, hands: Hands, settle: Settle
) -> None:
    dialog.ways.expression.setChecked(True)
    dialog.words.setText("(kiev")
    look(dialog, hands, settle)
    assert dialog.bar.text().startswith("The expression has a mistake at character 6")
    dialog.words.setText("(kiev)")
    look(dialog, hands, settle, by="$2")
    assert dialog.bar.text() == "The replacement names the group “2” at character 1."
    look(dialog, hands, settle, by="$1!")
    assert dialog.changes.index(0).data() == "Headline: Kiev becomes Kiev!, in “Kiev! today”"


def test_pages_are_read_one_after_the_other_and_can_be_stopped(
    dialog: FindStoriesDialog,
    hands: Hands,
    settle: Settle,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(story_changes.StoryReplacing.read_page, "__defaults__", (None, 1))
    pages = list[int]()
    dialog._pages.found.connect(lambda page: pages.append(page.read))
    look(dialog, hands, settle)
    assert pages == [1, 1, 1, 1, 1, 0]
    assert len(lines(dialog)) == 4
    pages.clear()
    dialog._pages.found.connect(lambda _page: dialog.cancel.click())
    look(dialog, hands, settle)
    assert pages == [1]
    assert dialog.outcome.message.text() == "Found in 1 story. 1 story looked through."


def test_replacing_can_be_stopped_and_what_was_done_can_be_undone(
    dialog: FindStoriesDialog, replacer: StoryReplacer, desk: Desk, ids: dict[str, str],
    hands: Hands, settle: Settle,
) -> None:  # fmt: skip
    look(dialog, hands, settle)
    replacer.story_done.connect(lambda _id, _error: dialog.reject())
    dialog.replace.click()
    settle()
    assert [version for _headline, version in headlines(desk, ids).values()] == [2, 1, 1, 1, 1]
    again = FindStoriesDialog(replacer._session, replacer, PLACES)
    assert again.undo.text() == "&Undo 3 changes in 1 story"
    again.undo.click()
    settle()
    assert reading(desk).row(ids["one"]).version == 3
    assert reading(desk).row(ids["one"]).headline == "Kiev today"
    again.deleteLater()


def test_the_window_opens_it_with_the_selected_words_and_the_listed_place(
    open_window: Callable[..., MainWindow], ids: dict[str, str], hands: Hands, settle: Settle
) -> None:
    window = open_window(CHIEF)
    window.parts.open_story(ids["one"])
    settle()
    form = window.centre.form
    form.headline.setFocus()
    form.headline.select(0, 4)
    window.menu_actions["find_in_stories"].trigger()
    dialog = window.findChild(FindStoriesDialog)
    assert dialog is not None
    assert dialog.words.text() == "Kiev"
    assert window.list.place is not None
    assert dialog.where.currentText() == window.list.place.title
    dialog.where.setCurrentText("All stories")
    look(dialog, hands, settle)
    dialog.replace.click()
    settle()
    dialog.reject()
    assert form.headline.text() == "Kyiv today", "the open story has its new version"
    window.menu_actions["find_in_stories"].trigger()
    settle()
    other = window.findChildren(FindStoriesDialog)[-1]
    assert other.undo.text() == "&Undo 9 changes in 3 stories"
    other.undo.click()
    settle()
    assert form.headline.text() == "Kiev today"
    other.reject()


def test_undo_asks_for_the_passphrase_and_goes_on(
    dialog: FindStoriesDialog, session: Session, desk: Desk, ids: dict[str, str], hands: Hands,
    settle: Settle,
) -> None:  # fmt: skip
    look(dialog, hands, settle)
    dialog.replace.click()
    settle()
    session.lock_keys()
    settle()
    dialog.undo.click()
    settle()
    assert dialog.passphrase.text() == f"Your passphrase, to sign as {CHIEF}"
    assert [version for _headline, version in headlines(desk, ids).values()] == [2, 2, 1, 2, 1]
    dialog.passphrase.field.first.setText("test")
    dialog.passphrase.unlock()
    settle()
    assert [version for _headline, version in headlines(desk, ids).values()] == [3, 3, 1, 3, 1]
    assert dialog.outcome.message.text() == "The texts before are the latest versions again."


def test_who_does_not_sign_can_undo_later(
    dialog: FindStoriesDialog, session: Session, desk: Desk, ids: dict[str, str], hands: Hands,
    settle: Settle,
) -> None:  # fmt: skip
    look(dialog, hands, settle)
    dialog.replace.click()
    settle()
    session.lock_keys()
    settle()
    dialog.undo.click()
    settle()
    dialog.passphrase.close_bar()
    settle()
    assert dialog.outcome.message.text().startswith("Not every text could be restored.")
    assert dialog.undo.text() == "&Undo 9 changes in 3 stories"
    assert reading(desk).row(ids["one"]).headline == "Kyiv today"


def test_what_is_typed_in_the_window_and_not_saved_is_named(
    open_window: Callable[..., MainWindow], ids: dict[str, str], hands: Hands, settle: Settle
) -> None:
    window = open_window(CHIEF)
    window.parts.open_story(ids["one"])
    settle()
    form = window.centre.form
    form.headline.select(0, 0)
    hands.type(form.headline, "In ")
    window.menu_actions["find_in_stories"].trigger()
    dialog = window.findChild(FindStoriesDialog)
    assert dialog is not None
    dialog.where.setCurrentText("All stories")
    dialog.words.setText("Kiev")
    look(dialog, hands, settle)
    assert sum(line.startswith("Somebody is editing it here") for line in lines(dialog)) == 1
    dialog.replace.click()
    settle()
    dialog.reject()
    assert form.headline.text() == "In Kiev today"
