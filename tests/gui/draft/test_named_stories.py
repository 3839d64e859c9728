"""The names of the stories that a text names, asked of the desk for these alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.gui.draft.draft import Draft
from editor.gui.draft.named_stories import NamedStories
from editor.gui.session import Session
from editor.store.desk import Desk
from editor.store.reading.rows import StoryNames
from editor.store.reading.snapshot import Snapshot
from tests.gui.conftest import WRITER
from tests.gui.hands import Hands

Write = Callable[..., str]
Settle = Callable[[], None]


@pytest.fixture
def named(session: Session) -> NamedStories:
    return NamedStories(session)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[frozenset[str]]:
    """Return a list that gets the slugs of every question from now on."""
    found: list[frozenset[str]] = []
    names = Snapshot.names

    def ask(self: Snapshot, ids: frozenset[str], slugs: frozenset[str]) -> StoryNames:
        found.append(slugs)
        return names(self, ids, slugs)

    monkeypatch.setattr(Snapshot, "names", ask)
    return found


def sentences(draft: Draft) -> list[str]:
    return [finding.sentence for finding in draft.open_story.findings]


def test_what_is_wanted_is_asked_for_once(
    named: NamedStories, write: Write, settle: Settle, asked: list[frozenset[str]]
) -> None:
    story = write("harbour-opens")
    for _ in range(5):
        named.want(slugs=["harbour-opens", "no-such"])
    settle()
    named.want(slugs=["no-such"])
    settle()
    assert asked == [{"harbour-opens", "no-such"}]
    assert named.names.owners == {"harbour-opens": story}
    assert named.names.unknown == {"no-such"}


def test_a_story_renamed_by_another_process_is_asked_for_again(
    named: NamedStories, session: Session, desk: Desk, write: Write, settle: Settle, qtbot: QtBot
) -> None:
    story = write("harbour-opens")
    session.check_for_changes()
    named.want([story])
    settle()
    with Desk.open(desk.path) as other:
        other.do(SaveStory(Story(id=story, slug="quay-opens", headline="Quay"), 1), WRITER)
    with qtbot.waitSignal(named.changed):
        session.check_for_changes()
    assert named.names.slugs == {story: "quay-opens"}
    settle()


def test_a_text_that_names_no_story_asks_nothing(
    draft: Draft, hands: Hands, session: Session, write: Write, settle: Settle,
    asked: list[frozenset[str]],
) -> None:  # fmt: skip
    hands.open(write("harbour-opens"))
    settle()
    session.run(SaveStory(Story(slug="other")), owner=session)
    settle()
    assert asked == []
    assert draft.open_story.checked is not None


def test_a_link_is_checked_as_soon_as_it_is_typed_and_when_its_story_comes(
    draft: Draft, hands: Hands, session: Session, desk: Desk, write: Write, settle: Settle,
    qtbot: QtBot,
) -> None:  # fmt: skip
    write("quay-opens")
    hands.open(write("harbour-opens"))
    draft.set_value("body", "See [the quay](quay-opens) and [the ferry](ferry-sails).")
    missing = "No story on this desk has the slug “ferry-sails”"
    qtbot.waitUntil(lambda: missing in sentences(draft))
    assert "No story on this desk has the slug “quay-opens”" not in sentences(draft)
    with Desk.open(desk.path) as other:
        other.do(SaveStory(Story(slug="ferry-sails", headline="Ferry")), WRITER)
    session.check_for_changes()
    qtbot.waitUntil(lambda: missing not in sentences(draft))
    settle()


def test_another_story_begins_with_no_names(
    draft: Draft, hands: Hands, write: Write, settle: Settle
) -> None:
    write("quay-opens")
    hands.open(write("harbour-opens", body="See [the quay](quay-opens)."))
    settle()
    assert set(draft.named.names.owners) == {"quay-opens"}
    hands.open(write("fog"))
    settle()
    assert draft.named.names == StoryNames()
