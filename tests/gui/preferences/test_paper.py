"""The paper dialog: bad values are refused in it, good ones are saved for every page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveHouse
from editor.core.house import House, Section
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
        ("url", "https://user:password@paper.example/", "a name or a password"),
        ("url", "https://paper.example/index.html", "is a page"),
        ("url", "https://paper.example:99999/", "port 99999"),
        ("language", "deutsch", "not a language"),
        ("timezone", "lisbon", "Did you mean Europe/Lisbon?"),
        ("dateline_template", "{town}–", "unknown field"),
        ("headline", "ninety", "no length"),
        ("key_points", "9", "no length"),
        ("sections", "Sea\nsea", "Two sections"),
        ("sections", "page: Pages", "reserved for page lists"),
    ],
)
def test_bad_value_is_reported_and_nothing_is_saved(
    dialog: PaperDialog, desk: Desk, settle: Settle, field: str, text: str, message: str
) -> None:
    before = reading(desk).house()
    boxes = {**vars(dialog), **dialog.limits, "dateline_template": dialog.template}
    box = boxes[field]
    box.setPlainText(text) if field == "sections" else box.setText(text)
    dialog.save.click()
    settle()
    assert message in dialog.problems[field].text()
    assert dialog.problems[field].isVisible()
    assert message in box.accessibleDescription()
    assert box.hasFocus(), "the caret is where something is wrong"
    assert dialog.isVisible()
    assert reading(desk).house() == before


def test_saved_values_are_the_papers(
    dialog: PaperDialog, desk: Desk, session: Session, settle: Settle
) -> None:
    dialog.name.setText("Harbour Post")
    dialog.url.setText("https://harbour.example")
    dialog.timezone.setText("america/new york")
    dialog.template.setText("{CITY}[ ({agency})] — ")
    assert dialog.example.text().endswith("LISBON (Reuters) — ")
    dialog.sections.setPlainText("World\n\nsea:  At sea\nالرياضة")
    dialog.limits["headline"].setText("70")
    dialog.save.click()
    settle()
    house = reading(desk).house()
    assert (house.name, house.url) == ("Harbour Post", "https://harbour.example/")
    assert house.timezone == "America/New_York"
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


def test_sections_keep_their_addresses_when_the_dialog_is_opened_and_saved(
    dialog: PaperDialog, desk: Desk, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    sections = (
        Section("local-news", "local news"),
        Section("local", "Local news"),
        Section("sport-live", "sport: live"),
    )
    session.run(
        SaveHouse(replace(session.house, sections=sections), session.house.hash), owner=session
    )
    settle()
    dialog.name.setText("The Tide")
    dialog.save.click()
    settle()
    house = reading(desk).house()
    assert (house.name, house.sections) == ("The Tide", sections)


def test_section_with_a_new_title_is_still_the_section_of_its_stories(
    dialog: PaperDialog, desk: Desk, settle: Settle
) -> None:
    before = dialog.sections.toPlainText().splitlines()
    dialog.sections.setPlainText("\n".join([f"{before[0]} and ports", *before[1:]]))
    dialog.save.click()
    settle()
    first = reading(desk).house().sections[0]
    assert f"{first.slug}: {first.title}" == f"{before[0]} and ports"


def test_zone_is_found_by_a_part_of_its_name(dialog: PaperDialog, qtbot: QtBot) -> None:
    finder = dialog.zones.completer()
    finder.setCompletionPrefix("lisb")
    assert finder.currentCompletion() == "Europe/Lisbon"
    assert dialog.zones.accessibleName() == "Time zone"
    dialog.timezone.setText("Asia/Kathmandu")
    assert dialog.clock.text().endswith("there (UTC+05:45).")
    dialog.timezone.setText("Atlantis")
    assert dialog.clock.isHidden()
    qtbot.keyClick(dialog.timezone, Qt.Key.Key_Return)
    assert "not a time zone" in dialog.problems["timezone"].text()
    dialog.timezone.setText("UTC")
    assert dialog.problems["timezone"].isHidden()
