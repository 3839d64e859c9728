"""The export dialog: what can be exported, where to, and that a cancelled export leaves nothing."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from editor.core.commands import Kill, Publish, Return, SaveStory
from editor.core.people import Role
from editor.core.workflow import Publication, Stage
from editor.formats.exporters import all_exporters
from editor.formats.verify.verifier import verify_edition
from editor.gui.exporting.dialog import ExportDialog
from editor.gui.session import Session
from editor.store.desk import Desk
from editor.trust.keyring import KeyFolder
from tests.gui.conftest import CHIEF, ShowDialog
from tests.people import joining
from tests.reading import reading

Settle = Callable[[], None]
Open = Callable[[], ExportDialog]


@pytest.fixture
def open_dialog(session: Session, show_dialog: ShowDialog[ExportDialog]) -> Open:
    return lambda: show_dialog(ExportDialog(session))


def write_to(dialog: ExportDialog, path: Path) -> None:
    dialog.target.edit.setText(str(path))
    dialog.target.edit.textEdited.emit(str(path))


def test_approved_stories_are_exported_and_the_others_say_why_not(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, session: Session, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    write("market")
    write("rain", stage=Stage.REVIEW)
    dialog = open_dialog()
    labels = [str(dialog.chosen.model.index(row).data()) for row in range(3)]
    assert labels[0].strip("\u2068\u2069") == "Headline of ferry"
    assert {label.partition(" — ")[2] for label in labels[1:]} == {
        "still a draft", "waits for approval",
    }  # fmt: skip
    write_to(dialog, tmp_path / "out")
    dialog.start()
    settle()
    assert (tmp_path / "out" / "stories" / "ferry.html").is_file()
    assert not (tmp_path / "out" / "stories" / "market.html").exists()
    assert "1 story" in dialog.outcome.message.text()
    assert str(tmp_path / "out") in dialog.outcome.message.text()
    assert not dialog.results.browser.isHidden()
    assert session.settings.last_export == str(tmp_path)


@pytest.mark.parametrize(("name", "opened"), [("out", "out"), ("out.zip", "")])
def test_folder_of_an_export_is_opened(
    open_dialog: Open,
    write: Callable[..., str],
    tmp_path: Path,
    settle: Settle,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    opened: str,
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    write_to(dialog, tmp_path / name)
    dialog.start()
    settle()
    # The file manager belongs to the system, and none is on this computer.
    shown: list[str] = []

    def note(url: QUrl) -> bool:
        shown.append(url.toLocalFile())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    dialog.results.folder.click()
    assert [Path(path) for path in shown] == [tmp_path / opened]


def test_only_ticked_stories_are_exported(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    write("market", stage=Stage.APPROVED)
    dialog = open_dialog()
    dialog.chosen.search.setText("market")
    settle()
    assert dialog.chosen.list.model().rowCount() == 1
    index = dialog.chosen.list.model().index(0, 0)
    dialog.chosen.list.model().setData(
        index, Qt.CheckState.Unchecked, Qt.ItemDataRole.CheckStateRole
    )
    write_to(dialog, tmp_path / "out.zip")
    dialog.start()
    settle()
    names = zipfile.ZipFile(tmp_path / "out.zip").namelist()
    assert "stories/ferry.html" in names
    assert "stories/market.html" not in names
    assert dialog.results.browser.isHidden(), "a browser can't open what is inside a zip"


def test_place_that_cannot_be_is_refused_beside_the_path(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, session: Session, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "letter.txt").write_text("private")
    dialog = open_dialog()
    for path, word in (
        (mine / "letter.txt", "“letter.txt” is a file, not a folder."),
        (session.desk.path / "pictures", "inside the desk"),
        (session.desk.path / "pictures" / "a.zip", "inside the desk"),
        (Path("relative"), "whole path"),
    ):
        write_to(dialog, path)
        dialog.start()
        settle()
        assert word in dialog.target.problem()
        assert word in dialog.target.edit.accessibleDescription()
        assert not dialog.export.isEnabled()
    assert [file.name for file in mine.iterdir()] == ["letter.txt"]
    write_to(dialog, mine / "site")
    settle()
    assert dialog.target.problem() == ""
    assert dialog.export.isEnabled()


def press(dialog: ExportDialog, text: str) -> None:
    found = [
        button
        for button in dialog.bar.findChildren(QPushButton)
        if button.text().replace("&", "") == text.replace("&", "")
    ]
    found[-1].click()


@pytest.mark.parametrize("name", ["mine", "mine.zip"])
def test_what_somebody_else_wrote_is_named_and_replaced_only_after_a_yes(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, settle: Settle, name: str
) -> None:
    write("ferry", stage=Stage.APPROVED)
    place = tmp_path / name
    letter = place
    if not name.endswith(".zip"):
        place.mkdir()
        letter = place / "index.html"
    letter.write_text("private")
    dialog = open_dialog()
    write_to(dialog, place)
    for _ in range(2):
        dialog.start()
        settle()
        assert f"“{name}”" in dialog.bar.text()
        assert letter.read_text() == "private"
        press(dialog, "&Choose another place")
        assert dialog.bar.text() == ""
    dialog.start()
    settle()
    press(dialog, "&Replace")
    settle()
    assert "1 story" in dialog.outcome.message.text()
    assert letter.read_bytes() != b"private"
    dialog.start()
    settle()
    assert dialog.bar.text() == "", "it is ours now"


@pytest.mark.parametrize("words", ["Boats came in again. ", "افتتحت المدينة رصيف الميناء الجديد "])
def test_a_long_headline_leaves_room_for_why_it_is_not_exported(
    open_dialog: Open, write: Callable[..., str], words: str
) -> None:
    write("long", headline=(words * 12).strip(), stage=Stage.REVIEW)
    dialog = open_dialog()
    row = dialog.chosen.list.model().index(0, 0)
    shown = str(row.data())
    assert shown.endswith("…\u2069 — waits for approval")
    metrics = dialog.chosen.list.fontMetrics()
    assert metrics.horizontalAdvance(shown) < dialog.chosen.list.viewport().width()
    assert (words * 12).strip() in str(row.data(Qt.ItemDataRole.ToolTipRole))


def test_a_yes_is_about_the_place_that_was_asked_about(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    for name in ("mine", "other"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text("private")
    dialog = open_dialog()
    write_to(dialog, tmp_path / "mine")
    dialog.start()
    settle()
    assert "“mine”" in dialog.bar.text()
    write_to(dialog, tmp_path / "other")
    assert dialog.bar.text() == "", "the question was about another place"
    dialog.start()
    settle()
    assert "“other”" in dialog.bar.text()
    assert (tmp_path / "other" / "index.html").read_text() == "private"


def test_what_was_exported_is_in_view_on_a_small_screen(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, settle: Settle
) -> None:
    for number in range(12):
        write(f"ferry-{number}", stage=Stage.APPROVED)
    dialog = open_dialog()
    dialog.resize(620, 552)
    write_to(dialog, tmp_path / "out")
    for _ in range(2):
        dialog.start()
        settle()
    QApplication.processEvents()
    notices = dialog.outcome.notices
    assert "Nothing has changed" in notices.text()
    assert notices.visibleRegion().boundingRect().size() == notices.size()


def test_strangers_file_in_an_earlier_export_is_asked_about(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    write_to(dialog, tmp_path / "site")
    dialog.start()
    settle()
    theirs = tmp_path / "site" / "stories" / "market.html"
    theirs.write_text("theirs")
    write("market", stage=Stage.APPROVED)
    dialog = open_dialog()
    write_to(dialog, tmp_path / "site")
    dialog.start()
    settle()
    assert "“stories/market.html” in “site”" in dialog.bar.text()
    assert theirs.read_text() == "theirs"
    press(dialog, "&Replace")
    settle()
    assert "Headline of market" in theirs.read_text()


def test_cancelled_export_leaves_nothing(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, settle: Settle
) -> None:
    for number in range(12):
        write(f"ferry-{number}", stage=Stage.APPROVED)
    dialog = open_dialog()
    write_to(dialog, tmp_path / "deep" / "out")
    dialog.start()
    dialog.cancel.click()
    settle()
    assert "Nothing was written" in dialog.outcome.message.text()
    assert not (tmp_path / "deep").exists()
    assert dialog.export.isEnabled()
    dialog.start()
    settle()
    assert (tmp_path / "deep" / "out" / "index.html").is_file()


def test_closing_during_an_export_cancels_it_first(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    write_to(dialog, tmp_path / "out")
    dialog.start()
    dialog.reject()
    settle()
    assert not dialog.isVisible()
    assert not (tmp_path / "out").exists()


def test_embargoed_story_is_held_and_counted(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    write("later", stage=Stage.APPROVED, embargo="2999-01-01T00:00:00Z")
    dialog = open_dialog()
    write_to(dialog, tmp_path / "out")
    dialog.start()
    settle()
    assert "embargo" in dialog.outcome.notices.text()
    assert not (tmp_path / "out" / "stories" / "later.html").exists()


def test_export_of_nothing_but_killed_stories_says_what_it_holds(
    open_dialog: Open, write: Callable[..., str], desk: Desk, tmp_path: Path, settle: Settle
) -> None:
    ferry = write("ferry", stage=Stage.APPROVED)
    desk.do(Publish(ferry, 1), CHIEF)
    desk.do(Kill(ferry, 1, "Never true."), CHIEF)
    dialog = open_dialog()
    write_to(dialog, tmp_path / "out")
    dialog.start()
    settle()
    assert dialog.outcome.message.text().startswith("✓ 1 withdrawn story, ")


def test_offered_name_follows_the_format_until_it_is_edited(
    open_dialog: Open, tmp_path: Path
) -> None:
    dialog = open_dialog()
    assert dialog.target.path.name == "harbour-post-site"
    dialog.formats.button(1).setChecked(True)
    assert dialog.target.path.name == "harbour-post-api"
    dialog.target.zip.setChecked(True)
    assert dialog.target.path.name == "harbour-post-api.zip"
    names = [exporter.name for exporter in all_exporters()]
    dialog.formats.button(names.index("bundle")).setChecked(True)
    assert dialog.target.path.name == "harbour-post-bundle.stonehand.zip", "a double click opens it"
    dialog.target.zip.setChecked(False)
    assert dialog.target.path.name == "harbour-post-bundle"
    write_to(dialog, tmp_path / "mine")
    dialog.target.zip.setChecked(True)
    assert dialog.target.path == tmp_path / "mine.stonehand.zip"
    write_to(dialog, tmp_path / "own")
    dialog.formats.button(0).setChecked(True)
    assert dialog.target.path == tmp_path / "own"


def test_parts_of_a_bundle_are_chosen(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    assert not dialog.parts.isVisible()
    dialog.formats.button(2).setChecked(True)
    assert dialog.parts.isVisible()
    assert dialog.parts.chosen == ("site", "api", "stories")
    write_to(dialog, tmp_path / "bag")
    settle()
    dialog.parts.choose(["pictures"])
    assert (dialog.export.isEnabled(), dialog.parts.problem.isVisible()) == (False, True)
    dialog.parts.choose(["pictures", "stories"])
    assert (dialog.export.isEnabled(), dialog.parts.problem.isVisible()) == (True, False)
    assert not dialog.parts.names_people.isVisible()
    dialog.parts.boxes["history"].click()
    assert dialog.parts.chosen == ("pictures", "stories", "history")
    assert "names who wrote" in dialog.parts.names_people.text()
    assert dialog.parts.names_people.isVisible()
    dialog.parts.boxes["history"].click()
    dialog.start()
    settle()
    assert [path.name for path in (tmp_path / "bag" / "data").iterdir()] == ["stories"]
    assert (tmp_path / "bag" / "data" / "stories" / "ferry.md").is_file()


def test_chosen_parts_are_restored_after_a_crash(
    open_dialog: Open, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    dialog = open_dialog()
    dialog.formats.button(2).click()
    dialog.parts.choose(["site", "pictures"])
    qtbot.waitUntil(lambda: desk.journal.read("export") is not None, timeout=2000)
    again = open_dialog()
    assert again.parts.isVisible()
    assert again.parts.chosen == ("site", "pictures")
    again.reject()
    settle()


def test_choices_are_restored_after_a_crash(
    open_dialog: Open, tmp_path: Path, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    dialog = open_dialog()
    dialog.formats.button(1).click()
    write_to(dialog, tmp_path / "for-readers.zip")
    qtbot.waitUntil(lambda: desk.journal.read("export") is not None, timeout=2000)
    again = open_dialog()  # as after a crash: the other one was never closed
    assert again.formats.checkedId() == 1
    assert again.target.path == tmp_path / "for-readers.zip"
    assert again.target.zip.isChecked()
    again.reject()
    settle()
    assert desk.journal.read("export") is None


def test_outcome_is_in_view_on_a_small_screen(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, qtbot: QtBot, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    dialog.resize(600, 300)
    write_to(dialog, tmp_path / "out")
    dialog.start()
    settle()
    message = dialog.outcome.message
    qtbot.waitUntil(lambda: message.visibleRegion().boundingRect() == message.rect())


@pytest.mark.parametrize("typed", ["", "/"])
def test_ticking_the_zip_file_is_fine_where_there_is_no_name_yet(
    open_dialog: Open, settle: Settle, typed: str
) -> None:
    dialog = open_dialog()
    dialog.target.edit.setText(typed)
    dialog.target.take()
    dialog.target.zip.click()
    dialog.target.show_path(Path("/"))
    settle()
    assert dialog.target.path == Path("/")
    assert not dialog.export.isEnabled()


def test_exported_stories_are_marked_as_published_where_asked(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, session: Session, settle: Settle
) -> None:
    ferry = write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    write_to(dialog, tmp_path / "trial")
    dialog.start()
    settle()
    assert reading(session.desk).row(ferry).publication is Publication.NEVER
    dialog.publish.setChecked(True)
    write_to(dialog, tmp_path / "site")
    dialog.start()
    settle()
    assert reading(session.desk).row(ferry).publication is Publication.LIVE
    assert "1 story is newly published." in dialog.outcome.notices.text()


def test_story_that_was_not_published_after_all_is_not_said_to_be(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, session: Session,
    settle: Settle, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """A colleague returns it while its files are written."""
    ferry = write("ferry", stage=Stage.APPROVED)
    write("market", stage=Stage.APPROVED)
    editor = next(person for person in session.people if person.role is not Role.JOURNALIST)
    dialog = open_dialog()
    dialog.publish.setChecked(True)
    write_to(dialog, tmp_path / "site")
    told: list[str] = []
    show_progress, show_result = dialog.outcome.show_progress, dialog.outcome.show_result

    def return_once(done: int, total: int, item: str) -> None:
        if reading(session.desk).row(ferry).stage is Stage.APPROVED:
            session.desk.do(Return(ferry, 1, "Wait."), editor.name)
        show_progress(done, total, item)

    def note(message: str, notices: list[str]) -> None:
        told.extend(notices)
        show_result(message, notices)

    monkeypatch.setattr(dialog.outcome, "show_progress", return_once)
    monkeypatch.setattr(dialog.outcome, "show_result", note)
    dialog.start()
    settle()
    assert "can't be published" in dialog.bar.text()
    assert "1 of 2 stories published; not: ferry." in dialog.outcome.notices.text()
    assert "Publishing…" in told, "nothing is said to be published before it is"
    assert not any("newly published" in notice for notice in told)


def test_stories_that_are_left_out_are_named_by_their_reason(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    write("market", stage=Stage.APPROVED, expires="2020-01-01T00:00:00Z")
    write("rain", stage=Stage.APPROVED, embargo="2999-01-01T00:00:00Z")
    dialog = open_dialog()
    write_to(dialog, tmp_path / "site")
    dialog.start()
    settle()
    told = dialog.outcome.notices.text()
    assert "1 approved story has expired." in told
    assert "1 approved story is held until its embargo ends." in told


def test_person_who_may_not_publish_is_refused_before_anything_is_written(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, session: Session, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    journalist = next(person for person in session.people if person.role is Role.JOURNALIST)
    session.set_person(journalist.name)
    dialog = open_dialog()
    dialog.publish.setChecked(True)
    write_to(dialog, tmp_path / "site")
    dialog.start()
    settle()
    assert not (tmp_path / "site").exists()
    assert "may not publish" in dialog.bar.text()


def test_live_story_is_exported_while_its_next_version_is_written(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, session: Session, settle: Settle
) -> None:
    ferry = write("ferry", stage=Stage.APPROVED)
    by = next(person.name for person in session.people if person.role is Role.CHIEF)
    session.desk.do(Publish(ferry, 1), by)
    stored = reading(session.desk).stored(ferry)
    session.desk.do(SaveStory(replace(stored.story, body="Not yet."), stored.version), by)
    dialog = open_dialog()
    assert dialog.chosen.model.ticked == 1
    assert str(dialog.chosen.model.index(0).data()).endswith("as its live version")
    write_to(dialog, tmp_path / "site")
    dialog.start()
    settle()
    page = (tmp_path / "site" / "stories" / "ferry.html").read_text(encoding="utf-8")
    assert "Not yet." not in page


def test_edition_is_signed_by_who_works_here(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, session: Session, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    assert dialog.signer.text().startswith(session.person.name)
    write_to(dialog, tmp_path / "site")
    dialog.start()
    settle()
    assert f"Signed by {session.person.name}." in dialog.outcome.notices.text()
    facts = verify_edition(tmp_path / "site").facts
    assert facts.signed_by == session.person.name
    assert facts.problems == []


def test_person_without_a_key_may_export_unsigned(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, session: Session,
    settle: Settle, desk: Desk,
) -> None:  # fmt: skip
    write("ferry", stage=Stage.APPROVED)
    elsewhere = KeyFolder(tmp_path / "elsewhere", "passphrase", cost=1)
    desk.do(joining("Lena Ortiz", Role.EDITOR, elsewhere), session.person.name)
    session.reload()
    settle()
    session.set_person("Lena Ortiz")
    dialog = open_dialog()
    write_to(dialog, tmp_path / "site")
    dialog.start()
    settle()
    assert dialog.bar.text() == "The key of Lena Ortiz is not on this computer."
    assert not (tmp_path / "site").exists()
    dialog.publish.setChecked(True)
    dialog.start()
    settle()
    offered = [made.text() for made in dialog.bar.findChildren(QPushButton)]
    assert "Export &unsigned" not in offered, "a release is signed"
    dialog.publish.setChecked(False)
    dialog.start(is_signed=False)
    settle()
    assert "Unsigned" in dialog.outcome.notices.text()
    assert verify_edition(tmp_path / "site").facts.signed_by == ""


def test_passphrase_is_asked_in_the_dialog_and_the_export_goes_on(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, session: Session, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    session.lock_keys()
    dialog = open_dialog()
    write_to(dialog, tmp_path / "site")
    dialog.start()
    settle()
    assert dialog.passphrase.text() != ""
    assert not (tmp_path / "site").exists()
    dialog.passphrase.field.first.setText("test")
    dialog.passphrase.unlock()
    settle()
    assert f"Signed by {session.person.name}." in dialog.outcome.notices.text()


def test_headline_of_another_direction_does_not_move_what_is_said_about_it(
    open_dialog: Open, write: Callable[..., str]
) -> None:
    write("quay", "العقبة تفتتح ممشى جديدا «مفتوحا»")
    dialog = open_dialog()
    shown = str(dialog.chosen.model.index(0).data())
    assert shown == "\u2068العقبة تفتتح ممشى جديدا «مفتوحا»\u2069 — still a draft"


def test_second_export_says_that_nothing_has_changed(
    open_dialog: Open, write: Callable[..., str], tmp_path: Path, settle: Settle
) -> None:
    write("ferry", stage=Stage.APPROVED)
    dialog = open_dialog()
    write_to(dialog, tmp_path / "site")
    said = []
    for _time in range(2):
        dialog.export.click()
        settle()
        said.append("Nothing has changed for readers" in dialog.outcome.notices.text())
    assert said == [False, True]
