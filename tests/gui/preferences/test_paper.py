"""The paper dialog: bad values are refused in it, good ones are saved for every page."""

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
    chief = next(person.name for person in session.people if person.role is Role.CHIEF)
    session.set_person(chief)
    made = PaperDialog(session)
    # Deleted with the test, not by being closed in it.
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    settle()
    return made


@pytest.mark.parametrize(
    ("field", "text", "message"),
    [
        ("name", "  ", "needs a name"),
        ("url", "paper.example", "not a web address"),
        ("template", "{town}–", "unknown field"),
        ("headline", "ninety", "no length"),
        ("key_points", "9", "no length"),
        ("sections", "Sea\nsea", "Two sections"),
        ("sections", "page Pages", "reserved for page lists"),
    ],
)
def test_bad_value_is_reported_and_nothing_is_saved(
    dialog: PaperDialog, desk: Desk, settle: Settle, field: str, text: str, message: str
) -> None:
    before = reading(desk).house()
    box = dialog.limits[field] if field in dialog.limits else getattr(dialog, field)
    box.setPlainText(text) if field == "sections" else box.setText(text)
    dialog.save.click()
    settle()
    assert message in dialog.bar.text()
    assert dialog.isVisible()
    assert reading(desk).house() == before


def test_saved_values_are_the_papers(
    dialog: PaperDialog, desk: Desk, session: Session, settle: Settle
) -> None:
    dialog.name.setText("Harbour Post")
    dialog.url.setText("https://harbour.example")
    dialog.template.setText("{CITY}[ ({agency})] — ")
    assert dialog.example.text().endswith("LISBON (Reuters) — ")
    dialog.sections.setPlainText("World\n\nsea  At sea\nالرياضة")
    dialog.limits["headline"].setText("70")
    dialog.save.click()
    settle()
    house = reading(desk).house()
    assert (house.name, house.url) == ("Harbour Post", "https://harbour.example/")
    assert [(section.slug, section.title) for section in house.sections][:2] == [
        ("world", "World"),
        ("sea", "At sea"),
    ]
    assert house.sections[2].title == "الرياضة"
    assert house.limit("headline") == session.house.limit("headline") == 70


def test_change_by_somebody_else_is_shown_and_never_overwritten(
    dialog: PaperDialog, desk: Desk, session: Session, settle: Settle
) -> None:
    first = House("The Tide", sections=session.house.sections)
    session.run(SaveHouse(first, session.house.hash), owner=session)
    settle()
    assert dialog.name.text() == "The Tide"
    dialog.name.setText("Mine")
    session.run(SaveHouse(House("Theirs", sections=first.sections), first.hash), owner=session)
    settle()
    assert dialog.name.text() == "Mine"
    dialog.save.click()
    settle()
    assert "in the meantime" in dialog.bar.text()
    assert reading(desk).house().name == "Theirs"


def test_only_the_chief_can_change_the_paper(dialog: PaperDialog, session: Session) -> None:
    writer = next(person.name for person in session.people if person.role is Role.JOURNALIST)
    session.set_person(writer)
    assert dialog.name.isReadOnly()
    assert not dialog.save.isEnabled()


def test_typed_text_is_restored_after_a_crash_and_removed_on_close(
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
