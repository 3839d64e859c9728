"""The paper dialog: bad values are refused in it, good ones are saved for every page."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import fields, replace
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveHouse
from editor.core.fields import fields_with_limit
from editor.core.house import House, Section
from editor.core.people import Role
from editor.core.publisher import AiUse, Digits, PolicyKind, PublishedPolicy
from editor.core.story import Picture
from editor.core.times import now
from editor.gui.preferences.logo_field import LogoField
from editor.gui.preferences.paper import PaperDialog
from editor.gui.session import Session
from editor.gui.widgets.zone_box import ZoneBox
from editor.store.desk import Desk
from tests.reading import reading

Settle = Callable[[], None]

FIELDS = sorted(
    {spec.name for spec in fields(House)}
    # Certificates are changed together with their key, in a dialog of their own.
    - {"limits", "policies", "theme", "theme_digest", "content_credentials"}
    | {kind.value for kind in PolicyKind}
    | {field.name for field in fields_with_limit()}
)
"""Every fact of a paper; its theme is chosen where themes are seen."""


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


BAD_VALUES = [
    ("name", "  ", "needs a name"),
    ("url", "paper.example", "not a web address"),
    ("url", "https://user:password@paper.example/", "a name or a password"),
    ("url", "https://paper.example/index.html", "is a page"),
    ("url", "https://paper.example:99999/", "port 99999"),
    ("language", "deutsch", "not a language"),
    ("timezone", "lisbon", "Did you mean Europe/Lisbon?"),
    ("dateline_template", "{town}–", "unknown field"),
    ("timezone", "x" * 3000, "“" + "x" * 80 + "” is not a time zone"),
    ("headline", "ninety", "no length"),
    ("headline", "9" * 3000, "“" + "9" * 80 + "” is no length"),
    ("key_points", "9", "no length"),
    ("sections", "Sea\nsea", "Two sections"),
    ("sections", "page: Pages", "reserved for page lists"),
    ("rights", "© {yaer} The Tide", "unknown field, {yaer}"),
    ("licence", "CC BY", "a space"),
    ("contact", "the front desk", "neither a mail address nor a web address"),
    ("accounts", "https://social.example/@tide\nsocial.example", "not a web address"),
    ("memberships", "Press Council", "a space"),
    ("controlled_by", "owner", "not a web address"),
    ("controls", "https://user:x@sport.example/", "a name or a password"),
    ("founded", "nineteen", "not a year"),
    ("founded", "26", "not a year in which a paper began"),
    ("about", "a" * 20_001, "20,000 is the limit"),
    ("ethicsPolicy", "a" * 20_001, "20,000 is the limit"),
    ("correctionsPolicy", "https://me:x@tide.example/", "a name or a password"),
]


def test_bad_value_is_reported_and_nothing_is_saved(
    dialog: PaperDialog, desk: Desk, settle: Settle
) -> None:
    before = reading(desk).house()
    for name, text, message in BAD_VALUES:
        field = dialog.fields[name]
        sound = field.text()
        field.set_text(text)
        dialog.save.click()
        settle()
        assert message in field.problem.text(), name
        assert field.problem.isVisible(), (name, text)
        assert message in field.box.accessibleDescription(), (name, text)
        assert field.box.hasFocus(), "the caret is where something is wrong"
        assert dialog.isVisible(), (name, text)
        assert reading(desk).house() == before, (name, text)
        field.set_text(sound)
    dialog.reject()


def test_every_fact_of_a_paper_has_a_field_that_is_named_and_explained(
    dialog: PaperDialog,
) -> None:
    assert sorted(dialog.fields) == FIELDS
    for name, field in dialog.fields.items():
        assert field.box.accessibleName(), name
        assert field.box.accessibleDescription() == field.hint, name
        assert field.hint.endswith("."), name


def test_group_with_what_is_wrong_is_shown_and_says_how_many_there_are(
    dialog: PaperDialog, settle: Settle
) -> None:
    dialog.fields["contact"].set_text("nobody")
    dialog.fields["licence"].set_text("none")
    assert dialog.groups.current() == "paper"
    dialog.save.click()
    settle()
    assert dialog.groups.current() == "rights"
    assert dialog.fields["licence"].box.hasFocus()
    titles = [one.accessibleName() for one in dialog.groups.findChildren(QAbstractButton)]
    assert titles == ["Paper", "Rights and machines, 2 to look at", "About and policies"]
    dialog.fields["contact"].set_text("")
    dialog.fields["licence"].set_text("")
    titles = [one.accessibleName() for one in dialog.groups.findChildren(QAbstractButton)]
    assert titles == ["Paper", "Rights and machines", "About and policies"]
    dialog.reject()


def test_what_the_paper_says_of_itself_is_saved(
    dialog: PaperDialog, desk: Desk, settle: Settle
) -> None:
    texts = {
        "rights": "© {year} The Tide",
        "licence": "https://tide.example/licence",
        "ai_use": "none",
        "contact": "desk@tide.example",
        "accounts": "https://social.example/@tide\n\nhttps://video.example/tide",
        "memberships": "https://press.example/",
        "controlled_by": "https://owner.example/",
        "controls": "https://sport.example/",
        "founded": "1911",
        "about": "A paper of the *sea*.",
        "show_masthead": "yes",
        "digits": "native",
        "ethicsPolicy": "We pay for what we eat.",
    }
    for name, text in texts.items():
        dialog.fields[name].set_text(text)
    assert dialog.fields["rights"].note.text() == f"Reads: © {now().year} The Tide"
    dialog.save.click()
    settle()
    house = reading(desk).house()
    assert house.rights == "© {year} The Tide"
    assert (house.ai_use, house.digits, house.founded) == (AiUse.NONE, Digits.NATIVE, 1911)
    assert house.show_masthead
    assert house.accounts == ("https://social.example/@tide", "https://video.example/tide")
    assert house.policies == (PublishedPolicy(PolicyKind.ETHICS, "We pay for what we eat."),)
    again = {name: field for name, field in dialog.fields.items() if name in texts}
    dialog._show(house)
    shown = {name: field.text() for name, field in again.items()}
    assert shown == {**texts, "accounts": texts["accounts"].replace("\n\n", "\n")}


def test_logo_is_a_picture_of_the_desk(
    dialog: PaperDialog, desk: Desk, settle: Settle, tmp_path: Path
) -> None:
    field = dialog.fields["logo"]
    assert isinstance(field, LogoField)
    drawn = io.BytesIO()
    Image.new("RGB", (64, 64), "#a8231c").save(drawn, "PNG")
    picture = drawn.getvalue()
    broken = tmp_path / "logo.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n broken")
    field.box.add(broken)
    settle()
    assert "broken" in field.problem.text()
    assert field.text() == ""
    field.box.add(picture)
    settle()
    assert field.problem.isHidden()
    assert not field.box.picture.pixmap().isNull()
    dialog.save.click()
    settle()
    assert reading(desk).house().logo == field.text()
    assert desk.pictures.read(field.text()) == picture


@pytest.mark.parametrize("is_removed", [False, True])
def test_logo_is_what_was_chosen_last_however_long_another_takes(
    dialog: PaperDialog,
    session: Session,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    is_removed: bool,
) -> None:
    field, second_is_there = dialog.fields["logo"], Event()
    assert isinstance(field, LogoField)
    first, second = drawn("#a8231c"), drawn("#1c23a8")
    add = type(session.desk.pictures).add

    def slow_add(pictures: Any, source: bytes) -> Picture:
        if source == first:
            assert second_is_there.wait(20)
        return add(pictures, source)

    monkeypatch.setattr(type(session.desk.pictures), "add", slow_add)
    field.box.add(first)
    if is_removed:
        field.box.remove.click()
        second_is_there.set()
        settle()
        assert field.text() == ""
        return
    field.box.changed.connect(second_is_there.set)
    field.box.add(second)
    settle()
    assert session.desk.pictures.read(field.text()) == second


def drawn(colour: str) -> bytes:
    data = io.BytesIO()
    Image.new("RGB", (64, 64), colour).save(data, "PNG")
    return data.getvalue()


def test_wheel_over_a_choice_changes_nothing(dialog: PaperDialog, settle: Settle) -> None:
    dialog.choose_group("rights")
    settle()
    box = dialog.fields["ai_use"].box
    before = dialog.fields["ai_use"].text()
    box.setFocus()
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(box.mapToGlobal(QPoint(5, 5))),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert dialog.fields["ai_use"].text() == before


def test_saved_values_are_the_papers(
    dialog: PaperDialog, desk: Desk, session: Session, settle: Settle
) -> None:
    dialog.fields["name"].set_text("Harbour Post")
    dialog.fields["url"].set_text("https://harbour.example")
    dialog.fields["timezone"].set_text("america/new york")
    dialog.fields["dateline_template"].set_text("{CITY}[ ({agency})] — ")
    assert dialog.fields["dateline_template"].note.text().endswith("LISBON (Reuters) — ")
    dialog.fields["sections"].set_text("World\n\nsea:  At sea\nالرياضة")
    dialog.fields["headline"].set_text("70")
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
    assert dialog.fields["name"].text() == "The Tide"
    dialog.fields["name"].set_text("Mine")
    session.run(SaveHouse(House("Theirs", sections=first.sections), first.hash), owner=session)
    settle()
    assert dialog.fields["name"].text() == "Mine"
    dialog.save.click()
    settle()
    assert "in the meantime" in dialog.bar.text()
    assert reading(desk).house().name == "Theirs"


def test_only_the_chief_can_change_the_paper(dialog: PaperDialog, session: Session) -> None:
    writer = next(person.name for person in session.people if person.role is Role.JOURNALIST)
    session.set_person(writer)
    for name in ("name", "timezone", "sections", "about", "ethicsPolicy"):
        box = dialog.fields[name].box
        assert isinstance(box, QLineEdit | QPlainTextEdit)
        assert box.isReadOnly(), name
    for name in ("ai_use", "digits", "show_masthead", "logo"):
        assert not dialog.fields[name].box.isEnabled(), name
    assert not dialog.save.isEnabled()


def test_typed_text_is_restored_after_a_crash_and_removed_on_close(
    dialog: PaperDialog, desk: Desk, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    dialog.fields["name"].set_text("Half a na")
    dialog.fields["ai_use"].set_text("allow")
    dialog.fields["show_masthead"].set_text("yes")
    qtbot.waitUntil(lambda: "yes" in (desk.journal.read("paper") or {}).values())
    again = PaperDialog(session)
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(again)
    again.show()
    settle()
    shown = [again.fields[name].text() for name in ("name", "ai_use", "show_masthead")]
    assert shown == ["Half a na", "allow", "yes"]
    for closed in (again, dialog):
        closed.reject()
        assert closed.isVisible(), "it says first that what was typed is not saved"
        assert "not saved" in closed.bar.text()
        closed.reject()
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
    dialog.fields["name"].set_text("The Tide")
    dialog.save.click()
    settle()
    house = reading(desk).house()
    assert (house.name, house.sections) == ("The Tide", sections)


def test_section_with_a_new_title_is_still_the_section_of_its_stories(
    dialog: PaperDialog, desk: Desk, settle: Settle
) -> None:
    before = dialog.fields["sections"].text().splitlines()
    dialog.fields["sections"].set_text("\n".join([f"{before[0]} and ports", *before[1:]]))
    dialog.save.click()
    settle()
    first = reading(desk).house().sections[0]
    assert f"{first.slug}: {first.title}" == f"{before[0]} and ports"


def test_sections_have_titles_in_other_languages(
    dialog: PaperDialog, desk: Desk, session: Session, settle: Settle, qtbot: QtBot
) -> None:
    sections = dialog.fields["sections"]
    assert sections.box.accessibleName() == "Sections"
    sections.set_text("World\n  arabic: العالم")
    dialog.save.click()
    assert "“arabic” is not a language" in sections.problem.text()
    sections.set_text("World\n  ar: العالم")
    dialog.fields["language"].set_text("ar")
    dialog.save.click()
    settle()
    assert "second title in ar" in dialog.bar.text()
    assert dialog.isVisible()
    dialog.fields["language"].set_text("en")
    dialog.save.click()
    settle()
    (world,) = reading(desk).house().sections
    assert (world.title, world.titles) == ("World", (("ar", "العالم"),))
    again = PaperDialog(session)
    qtbot.addWidget(again)
    assert again.fields["sections"].text() == "world: World\n  ar: العالم"


def test_zone_is_found_by_a_part_of_its_name(dialog: PaperDialog, qtbot: QtBot) -> None:
    zones = dialog.fields["timezone"].outer
    assert isinstance(zones, ZoneBox)
    finder = zones.completer()
    finder.setCompletionPrefix("lisb")
    assert finder.currentCompletion() == "Europe/Lisbon"
    assert zones.accessibleName() == "Time zone"
    dialog.fields["timezone"].set_text("Asia/Kathmandu")
    assert dialog.fields["timezone"].note.text().endswith("there (UTC+05:45).")
    dialog.fields["timezone"].set_text("Atlantis")
    assert dialog.fields["timezone"].note.isHidden()
    qtbot.keyClick(dialog.fields["timezone"].box, Qt.Key.Key_Return)
    assert "not a time zone" in dialog.fields["timezone"].problem.text()
    dialog.fields["timezone"].set_text("UTC")
    assert dialog.fields["timezone"].problem.isHidden()
