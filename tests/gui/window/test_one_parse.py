"""The body is parsed once for each change, for all who show something of it."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from editor.gui.window.main_window import MainWindow
from tests.gui.hands import Hands


def test_key_in_the_body_is_one_parse_and_elsewhere_none(
    open_window: Callable[..., MainWindow],
    write: Callable[..., str],
    qtbot: QtBot,
    settle: Callable[[], None],
    parsed: list[str],
) -> None:
    write("harbour-opens")
    window = open_window()
    window.menu_actions["preview"].trigger()
    draft, form = window.draft, window.centre.form
    hands = Hands(qtbot, draft, settle)

    def wait_for_checks() -> None:
        # They wait longest, so the preview and the word counts were before them.
        qtbot.waitUntil(
            lambda: draft.open_story.is_open and draft.open_story.checked is draft.typed
        )
        settle()

    wait_for_checks()
    for field, parses in ((form.body, 1), (form.headline, 0), (form.kicker, 0), (form.body, 1)):
        parsed.clear()
        hands.type(field, "x")
        wait_for_checks()
        assert parsed == [draft.typed.body] * parses
