"""The delivery dialog: it shows what would change, and sends only what a person sends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from editor.core.commands import Kill, SaveTargets
from editor.core.delivery import Target, Targets
from editor.core.workflow import Publication, Stage
from editor.errors import KeyUnavailable
from editor.gui.exporting.deliver_dialog import DeliverDialog
from editor.gui.exporting.deliveries_dialog import DeliveriesDialog
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.gui.conftest import CHIEF, WRITER, ShowDialog
from tests.reading import reading

Settle = Callable[[], None]
Open = Callable[[], DeliverDialog]


@pytest.fixture
def place(tmp_path: Path, desk: Desk) -> Path:
    """The folder of the target “Website”, and a target on a disk that is not there."""
    place = tmp_path / "host" / "site"
    place.parent.mkdir()
    away = Target("Stick", str(tmp_path / "no-stick" / "paper.zip"), "bundle", ("stories",))
    targets = Targets((Target("Website", str(place)), away))
    desk.do(SaveTargets(targets, Targets().hash), CHIEF)
    return place


@pytest.fixture
def open_dialog(session: Session, show_dialog: ShowDialog[DeliverDialog]) -> Open:
    return lambda: show_dialog(DeliverDialog(session))


def look(dialog: DeliverDialog, settle: Settle) -> None:
    dialog.start_button.click()
    settle()


def deliver(dialog: DeliverDialog, settle: Settle) -> None:
    look(dialog, settle)
    dialog.start_button.click()
    settle()


def test_without_targets_it_says_what_to_do(open_dialog: Open) -> None:
    dialog = open_dialog()
    assert not dialog.start_button.isEnabled()
    assert "no targets yet" in dialog.where.about.text()


def test_nothing_is_sent_before_somebody_sends(
    open_dialog: Open, write: Callable[..., str], place: Path, settle: Settle, desk: Desk
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    assert str(place) in dialog.where.about.text()
    look(dialog, settle)
    assert not place.exists()
    assert "“Website” would get" in dialog.outcome.message.text()
    assert dialog.start_button.text() == "&Send to Website"
    assert not dialog.changes.isHidden()
    assert "until all of the new one is there" in dialog.outcome.notices.text()
    dialog.start_button.click()
    settle()
    assert (place / "stories" / "ferry.html").is_file()
    assert "sent to “Website”" in dialog.outcome.message.text()
    [row] = reading(desk).deliveries()
    assert (row.person, row.delivery.target, len(row.delivery.stories)) == (CHIEF, "Website", 1)
    look(dialog, settle)
    assert "nothing would change" in dialog.outcome.message.text()
    assert not dialog.is_ready


def test_what_was_looked_at_is_forgotten_with_the_choice(
    open_dialog: Open, write: Callable[..., str], place: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    look(dialog, settle)
    dialog.where.box.setCurrentIndex(1)
    assert not dialog.is_ready
    look(dialog, settle)
    assert "no folder" in dialog.bar.text()
    assert "Stick" in dialog.bar.text()
    assert not dialog.is_ready


def test_delivered_stories_are_published_where_that_is_ticked(
    open_dialog: Open, write: Callable[..., str], place: Path, settle: Settle, desk: Desk
) -> None:
    story = write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    dialog.publish.setChecked(True)
    deliver(dialog, settle)
    assert reading(desk).row(story).publication is Publication.LIVE
    assert "1 story is newly published" in dialog.outcome.notices.text()


def test_tick_to_publish_after_the_look_asks_for_another_look(
    open_dialog: Open, write: Callable[..., str], place: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    look(dialog, settle)
    dialog.publish.setChecked(True)
    assert not dialog.is_ready, "what is published is decided when the edition is made"


def test_delivery_that_could_not_be_recorded_is_recorded_by_the_next_look(
    open_dialog: Open,
    write: Callable[..., str],
    place: Path,
    settle: Settle,
    desk: Desk,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    first = write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    with monkeypatch.context() as patch:
        locked = KeyUnavailable("The key is locked.")
        patch.setattr("editor.gui.exporting.deliver_dialog.record", lambda *_given: locked)
        deliver(dialog, settle)
    assert "not recorded yet: The key is locked." in dialog.bar.text()
    assert reading(desk).deliveries() == []
    second = write("market", stage=Stage.APPROVED)
    look(dialog, settle)
    assert [[id for id, _hash in row.delivery.stories] for row in reading(desk).deliveries()] == [
        [first]
    ]
    dialog.start_button.click()
    settle()
    last = reading(desk).deliveries()[0]
    assert [id for id, _hash in last.delivery.stories] == [second]


def test_files_of_others_are_left_unless_a_person_says_so(
    open_dialog: Open, write: Callable[..., str], place: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    place.mkdir()
    (place / "index.html").write_text("Somebody else's page")
    dialog = open_dialog()
    look(dialog, settle)
    assert "did not export" in dialog.bar.text()
    assert not dialog.is_ready
    assert (place / "index.html").read_text() == "Somebody else's page"


def test_another_delivery_to_the_same_target_waits(
    open_dialog: Open, write: Callable[..., str], place: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    first, second = open_dialog(), open_dialog()
    look(first, settle)
    look(second, settle)
    assert "under way" in second.bar.text()
    first.reject()
    look(second, settle)
    assert second.is_ready


def test_cancelled_look_sends_nothing(
    open_dialog: Open, write: Callable[..., str], place: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    dialog.start_button.click()
    dialog.cancel.click()
    settle()
    assert not place.exists()
    assert "Cancelled" in dialog.outcome.message.text()
    assert not dialog.start_button.isHidden()


def test_log_says_what_went_where_and_where_a_story_is(
    open_dialog: Open,
    write: Callable[..., str],
    place: Path,
    settle: Settle,
    session: Session,
    desk: Desk,
    qtbot: QtBot,
) -> None:
    story, other = (write(slug, stage=Stage.APPROVED) for slug in ("ferry", "market"))
    log, places = DeliveriesDialog(session), DeliveriesDialog(session, story)
    for shown in (log, places):
        shown.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(shown)
    settle()
    assert "Nothing was delivered yet" in log.empty.text()
    assert "not delivered to any target" in places.empty.text()
    dialog = open_dialog()
    dialog.publish.setChecked(True)
    deliver(dialog, settle)
    assert [log.model.index(0, column).data() for column in (1, 2)] == ["Website", CHIEF]
    assert "2 stories new or changed" in str(log.model.index(0, 3).data())
    assert places.model.index(0, 3).data() == "Version 1, the latest"
    desk.do(Kill(story, 1, "Wrong."), CHIEF)
    session.check_for_changes()
    settle()
    deliver(dialog, settle)
    assert "1 withdrawn" in str(log.model.index(0, 3).data())
    assert "withdrawn" in str(places.model.index(0, 3).data())
    assert other in reading(desk).delivered("Website")


def test_journalist_may_deliver_what_editors_chose(
    open_dialog: Open,
    write: Callable[..., str],
    place: Path,
    settle: Settle,
    session: Session,
    desk: Desk,
) -> None:
    write("ferry", stage=Stage.APPROVED)
    session.set_person(WRITER)
    settle()
    dialog = open_dialog()
    deliver(dialog, settle)
    assert [row.person for row in reading(desk).deliveries()] == [WRITER]
