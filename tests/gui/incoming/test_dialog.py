"""Paste wire text: each line with its field, and nothing imported before it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from editor.gui.incoming.dialog import PasteDialog, button_text
from editor.gui.incoming.field_names import field_name
from editor.gui.session import Session
from editor.store.desk import Desk
from tests.reading import reading

Settle = Callable[[], None]

PAGE = """Search Site

Trends banner

Ferry back on Monday

The line said the repairs were done.

Market hall to open early

Stalls begin at six from next week.

Ferry to Saint Orla sails again after eleven weeks of repairs

The new ferry leaves Port Ellery on its first day back at work. (HPA)
  • Two crossings a day until June
  • The ramp cost 1.2 million to rebuild

Port Ellery, Norland–The ferry to Saint Orla sailed again on Monday.

The queue for the first crossing reached back to the fish market.
"""


@pytest.fixture(autouse=True)
def clipboard(qapp: QApplication) -> Iterator[QClipboard]:
    clipboard = QGuiApplication.clipboard()
    clipboard.clear()
    yield clipboard
    clipboard.clear()


@pytest.fixture
def dialog(session: Session, qtbot: QtBot) -> PasteDialog:
    made = PasteDialog(session)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    return made


def labels(dialog: PasteDialog) -> dict[str, str]:
    model = dialog.lines.model()
    rows = [str(model.index(row, 0).data()).partition(": ") for row in range(model.rowCount())]
    return {text: name for name, _colon, text in rows}


def test_each_line_shows_its_field(dialog: PasteDialog, qtbot: QtBot, settle: Settle) -> None:
    dialog.text.setPlainText(PAGE)
    qtbot.waitUntil(dialog.import_button.isEnabled)
    shown = labels(dialog)
    assert shown["Search Site"] == "Left out"
    assert shown["Ferry back on Monday"] == "Brief 1, title"
    assert shown["Stalls begin at six from next week."] == "Brief 2, sentence"
    assert shown["Ferry to Saint Orla sails again after eleven weeks of repairs"] == "Headline"
    points = [name for name in shown.values() if name.startswith("Key point")]
    assert points == ["Key point 1", "Key point 2"]
    assert "Import 1 story and 2 briefs" in dialog.import_button.text().replace("&", "")
    assert dialog.lines.grab().width() > 0


def test_import_saves_stories_and_briefs_and_reports_the_ids(
    dialog: PasteDialog, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    dialog.text.setPlainText(PAGE)
    qtbot.waitUntil(dialog.import_button.isEnabled)
    assert reading(desk).count() == 0, "nothing reaches the desk before the button"
    with qtbot.waitSignal(dialog.imported) as imported:
        dialog.import_button.click()
    [added] = imported.args
    assert reading(desk).stored(added.stories[0]).story.headline.startswith("Ferry to Saint Orla")
    assert [brief.title for brief in added.briefs] == [
        "Ferry back on Monday", "Market hall to open early",
    ]  # fmt: skip
    assert [brief.title for brief in reading(desk).banner().briefs] == [
        "Ferry back on Monday", "Market hall to open early",
    ]  # fmt: skip
    assert not dialog.isVisible()


def test_latest_text_wins(dialog: PasteDialog, qtbot: QtBot) -> None:
    dialog.text.setPlainText(PAGE)
    dialog._reads.ask(0)
    assert dialog._reads.busy
    dialog.text.setPlainText("")
    qtbot.waitUntil(lambda: not (dialog._reads.busy or dialog._reads.pending))
    assert dialog.incoming.stories == ()
    assert not dialog.import_button.isEnabled()


def test_file_is_read_and_an_unreadable_one_is_refused_in_the_dialog(
    dialog: PasteDialog, tmp_path: Path, settle: Settle
) -> None:
    good = tmp_path / "page.txt"
    good.write_text(PAGE, encoding="utf-16")
    dialog.open_file(good)
    settle()
    assert len(dialog.incoming.briefs) == 2
    assert "Saint Orla" in dialog.text.toPlainText()
    for name, data in (("a.jpg", b"\xff\xd8\xff\xe0" + bytes(900)), ("empty.txt", b"")):
        bad = tmp_path / name
        bad.write_bytes(data)
        dialog.open_file(bad)
        settle()
        assert dialog.bar.text()
        assert not dialog.import_button.isEnabled()
    dialog.open_file(tmp_path / "none.txt")
    settle()
    assert "none.txt" in dialog.bar.text()
    large = tmp_path / "large.txt"
    with large.open("wb") as file:
        file.truncate(61 * 1024**2)
    dialog.open_file(large)
    settle()
    assert dialog.bar.text() == "large.txt is 61 MB; 4 MB is the limit."


def test_fields_and_button_are_named_plainly() -> None:
    assert field_name("brief/2/title") == "Brief 3, title"
    assert field_name("pictures/0/credit") == "Credit"
    assert button_text(0, 0) == "&Import"
    assert button_text(2, 0) == "&Import 2 stories"
    assert button_text(0, 1) == "&Import 1 brief"


def test_pasted_text_is_restored_after_a_crash(
    dialog: PasteDialog, session: Session, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    dialog.text.insertPlainText("Ferry back on Monday\n\nThe line said so.")
    qtbot.waitUntil(lambda: desk.journal.read("paste") is not None, timeout=2000)
    again = PasteDialog(session)  # the other one was never closed
    again.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(again)
    settle()
    assert again.text.toPlainText().startswith("Ferry back on Monday")
    qtbot.waitUntil(again.import_button.isEnabled)
    again.reject()
    settle()
    assert desk.journal.read("paste") is None


def opened(session: Session, qtbot: QtBot, settle: Settle) -> PasteDialog:
    dialog = PasteDialog(session)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    settle()
    return dialog


def test_dialog_opens_with_what_is_on_the_clipboard_and_says_so(
    clipboard: QClipboard, session: Session, qtbot: QtBot, settle: Settle
) -> None:
    clipboard.setText(PAGE)
    dialog = opened(session, qtbot, settle)
    qtbot.waitUntil(dialog.import_button.isEnabled)
    assert "Saint Orla" in dialog.text.toPlainText()
    assert dialog.pasted.isVisible()
    clear = dialog.pasted.findChild(QPushButton)
    assert clear is not None
    clear.click()
    assert not dialog.text.toPlainText()
    assert not dialog.pasted.isVisible()
    assert clipboard.text() == PAGE


def test_clipboard_never_takes_the_place_of_text_that_was_restored(
    clipboard: QClipboard, session: Session, desk: Desk, qtbot: QtBot, settle: Settle
) -> None:
    first = opened(session, qtbot, settle)
    first.text.insertPlainText("Ferry back on Monday\n\nThe line said so.")
    qtbot.waitUntil(lambda: desk.journal.read("paste") is not None, timeout=2000)
    clipboard.setText(PAGE)
    again = opened(session, qtbot, settle)
    assert again.text.toPlainText().startswith("Ferry back on Monday")
    assert not again.pasted.isVisible()


def test_pasted_mail_is_named_and_refused(dialog: PasteDialog, settle: Settle) -> None:
    dialog.text.setPlainText("From: Ann <ann@paper.example>\nSubject: Quay\n\nIt opens.\n")
    dialog._reads.ask(0)
    settle()
    assert dialog.bar.text() == "This is a mail message, not plain text."
    assert not dialog.import_button.isEnabled()


def test_no_break_spaces_are_kept(dialog: PasteDialog, desk: Desk, settle: Settle) -> None:
    dialog.text.insertPlainText("Quay opens\n\nIt cost 3\u00a0million,\u202fshe said.")
    dialog._reads.ask(0)
    settle()
    [story] = dialog.incoming.stories
    assert story.body == "It cost 3\u00a0million,\u202fshe said."


def test_a_pasted_word_too_long_to_lay_out_is_refused(dialog: PasteDialog) -> None:
    data = QMimeData()
    data.setText("x" * 300_000)
    dialog.text.insertFromMimeData(data)
    assert "300,000 characters without a space are too many" in dialog.bar.text()
    assert not dialog.text.toPlainText()
