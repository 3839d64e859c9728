"""Text is kept beside the typing: nobody who writes notices."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.gui.conftest import WRITER, OpenWindow, Settle

_LONG = "\n\n".join(f"Paragraph {number} of a long story." for number in range(80))


def test_keeping_the_text_moves_nothing(
    open_window: OpenWindow, write: Callable[..., str], settle: Settle, qtbot: QtBot
) -> None:
    story = write("harbour", body=_LONG)
    window = open_window(person=WRITER)
    window.parts.show_story(story)
    settle()
    form = window.centre.form
    form.body.setFocus()
    middle = len(_LONG) // 2
    form.body.select(middle, middle)
    qtbot.keyClicks(form.body, "New ")
    form.body.select(middle, middle + 3)
    QApplication.processEvents()
    bar = form.verticalScrollBar()

    def shown() -> tuple[object, ...]:
        cursor = form.body.textCursor()
        return QApplication.focusWidget(), cursor.anchor(), cursor.position(), bar.value()

    before = shown()
    assert before[0] is form.body
    assert bar.value() > 0
    assert window.draft.open_story.save_state == "Keeping…"
    journal = window.session.desk.journal
    qtbot.waitUntil(lambda: journal.read(f"story:{story}") is not None)
    qtbot.waitUntil(lambda: "Kept on this computer" in window.draft.open_story.save_state)
    QApplication.processEvents()
    assert shown() == before
