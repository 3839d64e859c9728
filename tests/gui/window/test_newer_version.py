"""Nothing is asked before a person says so; the answer is a sentence and a page, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from editor import __version__
from editor.gui.session import Session
from editor.gui.window.newer_version import NewerVersionDialog
from tests.gui.conftest import OpenWindow, Settle, ShowDialog
from tests.list_server import ListServer, releases


def test_person_reads_what_is_asked_and_where_before_it_is(
    open_window: OpenWindow, settle: Settle, list_server: ListServer
) -> None:
    list_server.body = releases(__version__)
    window = open_window()
    window.session.change_settings(versions_address=list_server.address)
    window.menu_actions["newer_version"].trigger()
    [dialog] = window.findChildren(NewerVersionDialog)
    settle()
    assert list_server.host in dialog.about.text()
    assert list_server.requests == []
    dialog.start_button.click()
    settle()
    assert len(list_server.requests) == 1
    assert "no newer version" in dialog.outcome.message.text()
    assert not dialog.open_page.isVisible()
    dialog.close()


def test_newer_version_is_named_with_its_page(
    session: Session,
    show_dialog: ShowDialog[NewerVersionDialog],
    settle: Settle,
    list_server: ListServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = f"https://{list_server.host}/new"
    list_server.body = releases("99.1", date="2027-01-03", page=page)
    dialog = show_dialog(NewerVersionDialog(session.jobs, list_server.address))
    dialog.start()
    settle()
    assert "99.1, of 2027-01-03" in dialog.outcome.message.text()
    assert page in dialog.outcome.notices.text()
    opened: list[QUrl] = []

    def note(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    dialog.open_page.click()
    assert opened == [QUrl(page)]
    assert len(list_server.requests) == 1, "its page is for the browser"


def test_problem_is_a_sentence_and_can_be_tried_again(
    session: Session,
    show_dialog: ShowDialog[NewerVersionDialog],
    settle: Settle,
    list_server: ListServer,
) -> None:
    list_server.status = 500
    dialog = show_dialog(NewerVersionDialog(session.jobs, list_server.address))
    dialog.start()
    settle()
    assert "it answered 500" in dialog.bar.text()
    list_server.status = 200
    dialog.start()
    settle()
    assert dialog.bar.text() == ""
    assert len(list_server.requests) == 2


def test_without_an_address_it_says_what_to_do(
    session: Session, show_dialog: ShowDialog[NewerVersionDialog]
) -> None:
    dialog = show_dialog(NewerVersionDialog(session.jobs, ""))
    assert "Settings › Updates" in dialog.about.text()
    assert not dialog.start_button.isVisible()
    dialog.start()
    assert dialog.job is None


def test_list_in_a_file_asks_nobody(
    session: Session, show_dialog: ShowDialog[NewerVersionDialog], settle: Settle, tmp_path: Path
) -> None:
    file = tmp_path / "versions.json"
    file.write_bytes(releases("99.1"))
    dialog = show_dialog(NewerVersionDialog(session.jobs, str(file)))
    dialog.start()
    settle()
    assert "99.1" in dialog.outcome.message.text()
