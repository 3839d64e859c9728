"""The window on a desk in a folder where nobody may write: it is read, and exported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from editor.core.commands import SaveStory
from editor.core.story import Story
from editor.gui.window.main_window import MainWindow
from editor.store.desk import Desk
from tests.faults.conftest import read_only
from tests.gui.conftest import CHIEF, WRITER
from tests.newer import files
from tests.reading import every_slug
from tests.templates import copy_template

__all__ = ["read_only"]


@pytest.fixture
def desk(tmp_path: Path, desk_template: Path, read_only: Callable[[Path], None]) -> Iterator[Desk]:
    path = copy_template(desk_template, "Harbour.desk", tmp_path)
    with Desk.open(path) as made:
        made.do(SaveStory(Story(slug="ferry", headline="The ferry")), WRITER)
        made.journal.write("story:x", {"story": {}})
    read_only(path)
    before = files(path)
    with Desk.open(path) as opened:
        yield opened
    assert files(path) == before


def test_it_is_read_and_says_so_once(
    desk: Desk, open_window: Callable[..., MainWindow], settle: Callable[[], None]
) -> None:
    window = open_window(CHIEF)
    assert window.reading_line.text().startswith(
        "The desk Harbour.desk can be read, but not written to. Allow writing in "
    )
    window.parts.show_story(next(iter(every_slug(desk))))
    settle()
    assert window.draft.typed.headline == "The ferry"
    assert window.centre.form.headline.isReadOnly()
    assert window.centre.form.locked.text() == ""
    assert not window.menu_actions["new"].isEnabled()
    assert window.menu_actions["export"].isEnabled(), "what is approved may leave"
    assert window.menu_actions["primary"].isEnabled()
    assert window.centre.problem.text() == ""
