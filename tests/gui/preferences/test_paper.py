"""The paper's facts: wrong ones are refused beside the fields, right ones reach every page."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveHouse
from editor.core.house import House
from editor.core.people import Role
from editor.gui.preferences.paper import PaperDialog
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.reading import reading

Settle = Callable[[], None]


@pytest.fixture
def dialog(session: Session, settle: Settle, qtbot: QtBot) -> PaperDialog:
    chief = next(each.name for each in session.people if each.role is Role.CHIEF)
    session.work_as(chief)
    made = PaperDialog(session)
    # Deleted with the test, not by being closed in it.
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    settle()
    return made


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("name", "  ", "needs a name"),
        ("url", "paper.example", "not a web address"),
        ("template", "{town}–", "unknown field"),
        ("headline", "ninety", "no length"),
        ("point", "9", "no length"),
        ("sections", "Sea\nsea", "Two sections"),
        ("sections", "page Pages", "kept for page lists"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_saved(
    dialog: PaperDialog, desk: Desk, settle: Settle, field: str, text: str, said: str
) -> None:
    before = reading(desk).house()
    box = getattr(dialog, field)
    box.setPlainText(text) if field == "sections" else box.setText(text)
    dialog.save.click()
    settle()
    assert said in dialog.bar.text()
    assert dialog.isVisible()
    assert reading(desk).house() == before


def test_what_is_saved_is_the_paper(
    dialog: PaperDialog, desk: Desk, session: Session, settle: Settle
) -> None:
    dialog.name.setText("Harbour Post")
    dialog.url.setText("https://harbour.example")
    dialog.template.setText("{CITY}[ ({agency})] — ")
    assert dialog.reads.text().endswith("LISBON (Reuters) — ")
    dialog.sections.setPlainText("World\n\nsea  At sea\nالرياضة")
    dialog.headline.setText("70")
    dialog.save.click()
    settle()
    house = reading(desk).house()
    assert (house.name, house.url) == ("Harbour Post", "https://harbour.example/")
    assert [(each.slug, each.title) for each in house.sections][:2] == [
        ("world", "World"),
        ("sea", "At sea"),
    ]
    assert house.sections[2].title == "الرياضة"
    assert house.headline_limit == session.house.headline_limit == 70


def test_somebody_elses_change_is_shown_or_not_overwritten(
    dialog: PaperDialog, desk: Desk, session: Session, settle: Settle
) -> None:
    first = House("The Tide", sections=session.house.sections)
    session.run(SaveHouse(first, session.house.hash))
    settle()
    assert dialog.name.text() == "The Tide"
    dialog.name.setText("Mine")
    session.run(SaveHouse(House("Theirs", sections=first.sections), first.hash))
    settle()
    assert dialog.name.text() == "Mine"
    dialog.save.click()
    settle()
    assert "in the meantime" in dialog.bar.text()
    assert reading(desk).house().name == "Theirs"


def test_only_the_chief_may_write(dialog: PaperDialog, session: Session) -> None:
    writer = next(each.name for each in session.people if each.role is Role.JOURNALIST)
    session.work_as(writer)
    assert dialog.name.isReadOnly()
    assert not dialog.save.isEnabled()


def test_what_was_being_written_comes_back_and_is_forgotten_when_closed(
    dialog: PaperDialog, desk: Desk, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    dialog.name.setText("Half a na")
    qtbot.waitUntil(lambda: (desk.journal.read("paper") or {}).get("name") == "Half a na")
    again = PaperDialog(session)
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(again)
    settle()
    assert again.name.text() == "Half a na"
    again.reject()
    dialog.reject()
    settle()
    assert desk.journal.read("paper") is None
