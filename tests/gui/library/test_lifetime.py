"""Columns that are deleted while the desk still answers them: nothing reaches them."""

from __future__ import annotations

from collections.abc import Callable

from shiboken6 import delete

from editor.core.commands import Submit
from editor.gui.library.places import DRAFTS
from editor.gui.library.places_view import PlacesView
from editor.gui.library.story_list import StoryList
from editor.gui.session import Session

Settle = Callable[[], None]
Write = Callable[..., str]


def test_columns_may_be_deleted_while_they_read(
    session: Session, write: Write, settle: Settle
) -> None:
    story = write("ferry")
    view = PlacesView(session)
    stories = StoryList(session, {})
    drafts = view.places().place(DRAFTS)
    assert drafts is not None
    stories.show_place(drafts)
    assert session.jobs.busy
    delete(view)
    delete(stories)
    session.run(Submit(story, 1), owner=session)  # its change is announced to the deleted columns
    settle()
