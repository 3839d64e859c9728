"""A field of a few lines shows them, with every size of letters and width of its border."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from editor.gui.theme import line_height
from editor.gui.widgets.few_lines import FewLines
from tests.gui.looks import TWICE, Look, use_look


@pytest.fixture(autouse=True)
def _usual_afterwards(qapp: QApplication) -> Iterator[None]:
    yield
    use_look(qapp, Look())


@pytest.mark.parametrize("lines", [2, 5])
@pytest.mark.parametrize("theme", ["light", "contrast"])
def test_lines_are_seen_whole_after_letters_have_become_larger(
    qtbot: QtBot, qapp: QApplication, theme: str, lines: int
) -> None:
    field = FewLines(lines, "\n".join(["Ferry"] * lines))
    qtbot.addWidget(field)
    field.show()
    seen = []
    for larger in (0, TWICE):
        use_look(qapp, Look(theme, larger))
        QApplication.processEvents()
        assert not field.verticalScrollBar().isVisible()
        room = field.viewport().height() - 2 * field.document().documentMargin()
        assert 0 <= room - lines * line_height(field.font()) < line_height(field.font())
        seen.append(field.height())
    assert seen[1] > 1.4 * seen[0]


def test_field_gives_way_to_what_needs_the_room(qtbot: QtBot) -> None:
    field = FewLines(5, least=2)
    qtbot.addWidget(field)
    assert field.maximumHeight() - field.minimumHeight() == 3 * line_height(field.font())
    assert FewLines(5).minimumHeight() == FewLines(5).maximumHeight() == field.maximumHeight()
