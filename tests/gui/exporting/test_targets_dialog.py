"""The targets dialog: what is wrong is said beside its field, and an editor signs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from editor.core.commands import SaveTargets
from editor.core.delivery import Target, Targets
from editor.gui.exporting.target_choice import TargetChoice
from editor.gui.exporting.targets_dialog import TargetsDialog
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, EDITOR, WRITER, ShowDialog
from tests.reading import reading

Settle = Callable[[], None]
Open = Callable[[], TargetsDialog]

WEBSITE = Target("Website", "s3://harbour-post/site")


@pytest.fixture
def open_dialog(session: Session, show_dialog: ShowDialog[TargetsDialog]) -> Open:
    return lambda: show_dialog(TargetsDialog(session))


def add(dialog: TargetsDialog, hands: Any, name: str, address: str) -> None:
    dialog.add.click()
    hands.type(dialog.fields.name, name)
    hands.type(dialog.fields.address, address)


def test_bad_address_is_explained_beside_it_and_not_saved(
    open_dialog: Open, hands: Any, settle: Settle, desk: Desk
) -> None:
    dialog = open_dialog()
    add(dialog, hands, "Website", "sftp://me:secret@host/site")
    assert "has a password in it" in dialog.fields.problem.text()
    assert "password" in dialog.fields.address.accessibleDescription()
    dialog.save.click()
    settle()
    assert dialog.isVisible()
    assert reading(desk).targets() == Targets()
    assert dialog.fields.address.text() == "sftp://me:secret@host/site"


def test_targets_are_added_changed_and_removed(
    open_dialog: Open, hands: Any, settle: Settle, desk: Desk
) -> None:
    dialog = open_dialog()
    add(dialog, hands, "Website", WEBSITE.address)
    assert "Not saved yet" in dialog.who.text()
    add(dialog, hands, "Stick", "/media/stick/paper.zip")
    place = dialog.fields.format.findData("bundle")
    dialog.fields.format.setCurrentIndex(place)
    dialog.fields.format.activated.emit(place)
    assert dialog.fields.parts.isVisible()
    dialog.save.click()
    settle()
    stick = Target("Stick", "/media/stick/paper.zip", "bundle", dialog.fields.parts.usual)
    assert reading(desk).targets() == Targets((WEBSITE, stick))
    dialog = open_dialog()
    assert "Saved by" in dialog.who.text()
    dialog.list.setCurrentRow(1)
    dialog.remove.click()
    dialog.save.click()
    settle()
    assert reading(desk).targets() == Targets((WEBSITE,))


def test_two_of_one_name_are_refused_and_nothing_is_lost(
    open_dialog: Open, hands: Any, settle: Settle
) -> None:
    dialog = open_dialog()
    add(dialog, hands, "Website", WEBSITE.address)
    add(dialog, hands, "website", "/srv/site")
    dialog.save.click()
    settle()
    assert "Two targets" in dialog.bar.text()
    assert dialog.list.count() == 2


def test_journalist_sees_them_only(
    open_dialog: Open, desk: Desk, session: Session, settle: Settle
) -> None:
    desk.do(SaveTargets(Targets((WEBSITE,)), Targets().hash), CHIEF)
    session.set_person(WRITER)
    settle()
    dialog = open_dialog()
    assert "Only editors and chiefs" in dialog.who.text()
    assert not dialog.fields.isEnabled()
    assert not dialog.add.isEnabled()
    assert dialog.fields.address.text() == WEBSITE.address


def test_targets_of_another_are_not_overwritten(
    open_dialog: Open, hands: Any, settle: Settle, desk: Desk, session: Session
) -> None:
    dialog = open_dialog()
    add(dialog, hands, "Website", "/srv/site")
    desk.do(SaveTargets(Targets((WEBSITE,)), Targets().hash), EDITOR)
    session.check_for_changes()
    settle()
    assert "Someone else changed" in dialog.bar.text()
    assert dialog.fields.address.text() == "/srv/site"
    dialog._keep_mine()
    dialog.save.click()
    settle()
    assert reading(desk).targets().targets[0].address == "/srv/site"


def test_format_of_a_newer_stonehand_stays(
    open_dialog: Open,
    hands: Any,
    settle: Settle,
    desk: Desk,
    session: Session,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    later = Target("Partner", "/srv/feed", "newsml")
    with monkeypatch.context() as newer:
        newer.setattr(Target, "require_format", lambda _target: None)
        desk.do(SaveTargets(Targets((later,)), Targets().hash), CHIEF)
    dialog = open_dialog()
    assert dialog.fields.format.currentText() == "newsml"
    hands.type(dialog.fields.name, "s")
    dialog.save.click()
    settle()
    assert [target.format for target in reading(desk).targets().targets] == ["newsml"]
    choice = TargetChoice(session)
    qtbot.addWidget(choice)
    settle()
    assert "newsml" in choice.about.text()


def test_what_is_typed_survives_a_crash_and_is_asked_about(
    open_dialog: Open, hands: Any, settle: Settle, qtbot: QtBot, desk: Desk
) -> None:
    dialog = open_dialog()
    add(dialog, hands, "Website", "/srv/site")
    qtbot.waitUntil(lambda: desk.journal.read("targets") is not None, timeout=10_000)
    again = open_dialog()
    assert again.fields.address.text() == "/srv/site"
    assert again.has_unsaved()
    again.reject()
    assert again.isVisible()
    assert "not saved" in again.bar.text()
