"""The main window as a screen reader has it: each part's role and name, as they are written down.

Where a change is wanted, what the test prints becomes the new `accessible_tree.txt`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from editor.gui.widgets.announce import announce_text
from editor.gui.window import status_line
from editor.gui.window.main_window import MainWindow
from tests.gui.conftest import EDITOR, OpenWindow, Settle

EXPECTED = Path(__file__).with_name("accessible_tree.txt")
_CLOCK = re.compile(r"\b\d\d:\d\d\b")
_AGO = re.compile(r"(a moment|\d+ \w+) ago")
_NEEDS_NO_NAME = {"Client", "Grouping", "Splitter", "ScrollBar", "LayeredPane", "Border", "Grip"}
"""Roles of what only holds or moves other parts."""


def accessible_tree(window: MainWindow) -> str:
    """Return a line for each part that is shown and has a name or a role that needs one."""
    return "".join(lines_of(QAccessible.queryAccessibleInterface(window), 0))


def lines_of(part: QAccessibleInterface, depth: int) -> Iterator[str]:
    name = _CLOCK.sub("HH:MM", part.text(QAccessible.Text.Name)).replace("\n", " / ")
    name = _AGO.sub("some time ago", name)
    is_listed = bool(name) or part.role().name not in _NEEDS_NO_NAME
    if is_listed:
        yield f"{'  ' * depth}{part.role().name}: {name or '–'}\n"
    for number in range(part.childCount()):
        child = part.child(number)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from lines_of(child, depth + is_listed)


def test_end_of_a_save_is_said(
    qtbot: QtBot,
    open_window: OpenWindow,
    settle: Settle,
    write: Callable[..., str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # No screen reader is here that would say it, so what it is told is kept, and told as well.
    said: list[str] = []

    def keep(widget: QWidget, sentence: str) -> None:
        said.append(_CLOCK.sub("HH:MM", sentence))
        announce_text(widget, sentence)

    monkeypatch.setattr(status_line, "announce_text", keep)
    was_active = QAccessible.isActive()
    QAccessible.setActive(True)
    first, second = write("harbour-opens"), write("market-hall")
    window = open_window(person=EDITOR)
    window.parts.show_story(first)
    settle()
    qtbot.keyClicks(dict(window.centre.form.text_fields())["headline"], "New: ")
    settle()
    assert said == [], "what is kept every second is not said"
    window.menu_actions["save"].trigger()
    qtbot.waitUntil(lambda: said == ["Version 2 saved HH:MM"])
    window.parts.show_story(second)
    settle()
    assert said == ["Version 2 saved HH:MM"]
    QAccessible.setActive(was_active)


def test_parts_have_the_roles_and_names_that_are_written_down(
    open_window: OpenWindow, settle: Settle, write: Callable[..., str]
) -> None:
    draft = write("harbour-opens", body="The harbour opened on on Monday.\n\nBoats came in.")
    write("market-hall")
    window = open_window(person=EDITOR)
    window.parts.show_story(draft)
    settle()
    tree = accessible_tree(window)
    print(tree)
    assert tree == EXPECTED.read_text(encoding="utf-8")
