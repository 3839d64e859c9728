"""The History tab: its versions, their texts, and how one is restored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.story import Picture, Story
from editor.core.workflow import Stage
from editor.gui.draft.draft import Draft
from editor.gui.review.history import HistoryPane
from editor.gui.review.version_page import version_html
from editor.gui.session import Session
from editor.gui.widgets.choice import Choice
from editor.store.desk import Desk
from tests.reading import reading

Settle = Callable[[], None]


def choose(choice: Choice, number: int) -> None:
    [action] = [action for action in choice.menu().actions() if action.data() == number]
    action.trigger()


@pytest.fixture
def pane(session: Session, draft: Draft, qtbot: QtBot) -> HistoryPane:
    made = HistoryPane(session, draft)
    qtbot.addWidget(made)
    made.show()
    return made


def test_version_cards_name_author_cause_summary_and_approval(
    pane: HistoryPane, draft: Draft, desk: Desk, write: Callable[..., str], settle: Settle
) -> None:
    story = write("ferry", stage=Stage.APPROVED)
    first = reading(desk).stored(story)
    desk.do(
        SaveStory(replace(first.story, headline="Another", body="One two three."), 1), "Mara Quill"
    )
    draft.open(story)
    settle()
    assert [row.version for row in pane.cards] == [2, 1]
    latest, oldest = (card.accessibleName() for card in pane.cards)
    assert "saved by Mara Quill" in latest
    assert "headline, −5 words" in latest
    assert "Approved by Mara Quill" in oldest


def test_older_version_is_restored_after_saving_and_undo_restores_the_latest(
    pane: HistoryPane, draft: Draft, desk: Desk, session: Session, write: Callable[..., str],
    settle: Settle,
) -> None:  # fmt: skip
    story = write("ferry")
    first = reading(desk).stored(story).story
    desk.do(SaveStory(replace(first, headline="Another"), 1), "Ines Vale")
    draft.open(story)
    settle()
    draft.edit(replace(draft.typed, kicker="Typed and not saved"), "kicker")
    pane.choose(1)
    settle()
    assert "Headline of ferry" in pane.reader.text.toPlainText()
    undos: list[Callable[[], None]] = []
    session.message.connect(lambda _text, undo: undos.append(undo))
    pane.reader.restore.click()
    settle()
    assert reading(desk).stored(story).story == first
    assert reading(desk).stored(story, 3).story.kicker == "Typed and not saved", (
        "nothing typed is lost"
    )
    undos[-1]()
    settle()
    assert reading(desk).stored(story).story.kicker == "Typed and not saved"


def test_latest_version_cannot_be_restored(
    pane: HistoryPane, draft: Draft, write: Callable[..., str], settle: Settle
) -> None:
    draft.open(write("ferry"))
    settle()
    pane.choose(1)
    settle()
    assert not pane.reader.restore.isEnabled()


def test_empty_history_says_what_appears_there_and_brings_it(
    pane: HistoryPane, draft: Draft, settle: Settle
) -> None:
    assert "Open a story" in pane.empty.text()
    draft.new()
    assert "a version appears here" in pane.empty.text()
    draft.set_value("headline", "Ferry sails")
    buttons = pane.empty.findChildren(QPushButton)
    [save] = [button for button in buttons if button.text() == "Save version"]
    save.click()
    settle()
    assert len(pane.cards) == 1


def test_version_names_the_pictures_in_its_text() -> None:
    ferry = Picture(f"{'4f' * 32}.jpg", caption="The <ferry>.", width=8, height=6)
    body = "One.\n\n![](picture:4f4f4f4f)\n\n![](picture:00000000)"
    text = version_html(Story(body=body, pictures=(ferry,)), "")
    assert "<p><i>Picture: The &lt;ferry&gt;.</i></p>" in text
    assert "<p><i>Picture: picture:00000000</i></p>" in text


def test_version_html_escapes_markup() -> None:
    text = version_html(Story(headline="<b>&", body="<img src=x>"), "{city}–")
    assert "&lt;b&gt;&amp;" in text
    assert "<img" not in text


def test_any_two_versions_can_be_compared(
    pane: HistoryPane, draft: Draft, desk: Desk, write: Callable[..., str], settle: Settle
) -> None:
    story = write("ferry", "Ferry back on Monday")
    for number, words in enumerate(("Ferry back on Tuesday", "Ferry back in May"), 1):
        now = reading(desk).stored(story).story
        desk.do(SaveStory(replace(now, headline=words), number), "Ines Vale")
    draft.open(story)
    settle()
    pane.choose(3)
    settle()
    reader = pane.reader
    assert reader.against.text() == "Against version 2 ▾"
    assert "removed “on Tuesday”, added “in May”" in reader.redline.accessibleDescription()
    choose(reader.against, 1)
    settle()
    assert "removed “on Monday”, added “in May”" in reader.redline.accessibleDescription()
    choose(reader.against, 0)
    settle()
    assert reader.text.isVisible()


def test_version_is_restored_in_its_story_though_another_is_opened_while_that_is_saved(
    pane: HistoryPane, draft: Draft, desk: Desk, write: Callable[..., str], settle: Settle
) -> None:
    story, other = write("ferry"), write("market")
    first = reading(desk).stored(story).story
    desk.do(SaveStory(replace(first, headline="Another"), 1), "Ines Vale")
    draft.open(story)
    settle()
    draft.edit(replace(draft.typed, kicker="Typed and not saved"), "kicker")
    pane.choose(1)
    settle()
    pane.reader.restore.click()
    draft.open(other)
    settle()
    assert draft.open_story.key == other
    assert reading(desk).stored(story).story == first
    assert reading(desk).stored(story, 3).story.kicker == "Typed and not saved"
    assert [card.version for card in pane.cards] == [1]
    assert reading(desk).stored(other).version == 1
