"""The line at the bottom counts what is in the story, and what is in the trends banner apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.commands import SaveBanner
from editor.gui.interface_language import apply_language
from editor.gui.widgets.segments import ROOMS
from editor.gui.window.status_line import StatusLine, language_name
from editor.store.desk import Desk
from tests.catalogues import compile_catalogues
from tests.gui.conftest import EDITOR, OpenWindow
from tests.reading import reading


def test_issues_of_the_banner_are_no_issues_of_a_story(
    open_window: OpenWindow,
    desk: Desk,
    write: Callable[..., str],
    settle: Callable[[], None],
    qtbot: QtBot,
) -> None:
    banner = Banner((Brief("b", "Quay costs $27 bn", "The pier costs $27bn."),))
    desk.do(SaveBanner(banner, reading(desk).banner().hash), EDITOR)
    clean, spaced = write("quay", "Boats"), write("pier", "Pier  opens")
    window = open_window()
    status: StatusLine = window.status

    def issues_of(story: str) -> str:
        window.parts.show_story(story)
        settle()
        qtbot.waitUntil(lambda: window.draft.open_story.checked is not None)
        qtbot.waitUntil(lambda: bool(window.draft.open_story.findings))
        return status.checks.text()

    assert issues_of(clean) == "No problems found; in the trends banner: 1 issue"
    assert status.checks.property("kind") == "quiet"
    badge = window.pane.tabs.line_width(ROOMS[0])
    assert issues_of(spaced) == "1 issue; in the trends banner: 1 issue"
    assert status.checks.property("kind") == "look"
    assert window.pane.tabs.line_width(ROOMS[0]) > badge, "only there is a number on Checks"
    found = window.draft.open_story.findings
    assert [finding.is_in_banner for finding in found].count(True) == 1


@pytest.mark.parametrize(
    ("spoken", "tag", "name"),
    [
        ("en", "ar", "Arabic"),
        ("en", "en-GB", "English (UK)"),
        ("ar", "en", "الإنجليزية"),
        ("ar", "en-GB", "الإنجليزية (المملكة المتحدة)"),
        ("ar", "ar", "العربية"),
        ("ar", "x-house", "x-house"),
    ],
)
def test_language_of_a_story_is_named_in_that_of_the_window(
    qapp: QApplication, spoken: str, tag: str, name: str
) -> None:
    compile_catalogues()
    apply_language(qapp, spoken)
    try:
        assert language_name(tag) == name
    finally:
        apply_language(qapp, "en")
