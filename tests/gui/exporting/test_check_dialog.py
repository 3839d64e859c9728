"""The check dialog says whole or altered in one sentence, and keeps that words were compared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from editor.gui.exporting.check_dialog import CheckDialog
from editor.gui.jobs import Jobs
from editor.gui.theme import color
from tests.formats.proven import CHIEF, EDITOR, ProvenDesk

Settle = Callable[[], None]


@pytest.fixture(scope="module")
def newsroom() -> ProvenDesk:
    return ProvenDesk()


@pytest.fixture
def site(newsroom: ProvenDesk, tmp_path: Path) -> Path:
    newsroom.export(tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def dialog(jobs: Jobs, qtbot: QtBot) -> CheckDialog:
    made = CheckDialog(jobs)
    qtbot.addWidget(made)
    made.show()
    return made


def cells(dialog: CheckDialog) -> list[tuple[str, str]]:
    model = dialog.model
    return [
        (str(model.index(row, 0).data()), str(model.index(row, 1).data()))
        for row in range(model.rowCount())
    ]


def test_whole_edition_shows_who_signed_and_who_approved(
    dialog: CheckDialog, site: Path, settle: Settle
) -> None:
    dialog.path.setText(str(site))
    dialog.path.returnPressed.emit()
    settle()
    assert dialog.headline.text().startswith(f"Whole: signed by {EDITOR}")
    assert cells(dialog)[0] == (
        "old-lighthouse", f"approved by {EDITOR}, who wrote none of it, on 2026-03-03 12:00 UTC"
    )  # fmt: skip
    assert cells(dialog)[-1][1].startswith(f"approved by {CHIEF}, who wrote some of it")
    assert not dialog.outcome.isVisible()


def test_words_are_confirmed_once(
    dialog: CheckDialog, site: Path, jobs: Jobs, settle: Settle, qtbot: QtBot
) -> None:
    dialog.check(site)
    settle()
    assert dialog.confirm.isVisible()
    dialog.confirm.click()
    settle()
    assert "a masthead that you trust" in dialog.headline.text()
    assert not dialog.confirm.isVisible()
    again = CheckDialog(jobs)
    qtbot.addWidget(again)
    again.check(site)
    settle()
    assert "a masthead that you trust" in again.headline.text()


def test_altered_files_come_first_and_nothing_can_be_confirmed(
    dialog: CheckDialog, site: Path, settle: Settle
) -> None:
    (site / "index.html").write_text("x")
    (site / "new.html").write_text("x")
    dialog.check(site)
    settle()
    assert dialog.headline.text().startswith("Altered")
    assert [name for name, _ in cells(dialog)][:3] == ["index.html", "new.html", "old-lighthouse"]
    shade = dialog.model.index(0, 0).data(0x0009)
    assert shade.color() == color("error")
    assert not dialog.confirm.isVisible()


def test_other_masthead_of_a_confirmed_desk_is_loud(
    dialog: CheckDialog, site: Path, newsroom: ProvenDesk, tmp_path: Path, settle: Settle
) -> None:
    dialog.check(site)
    settle()
    dialog.confirm.click()
    settle()
    ProvenDesk(newsroom.desk).export(tmp_path / "forged")
    dialog.check(tmp_path / "forged")
    settle()
    assert dialog.headline.text().startswith("Not to be trusted")
    assert "posing as the newsroom" in dialog.words.text()


def test_older_masthead_than_seen_is_a_warning(
    dialog: CheckDialog, tmp_path: Path, settle: Settle
) -> None:
    newsroom = ProvenDesk()
    newsroom.export(tmp_path / "old")
    newsroom.issue()
    newsroom.export(tmp_path / "new")
    dialog.check(tmp_path / "new")
    settle()
    dialog.confirm.click()
    settle()
    dialog.check(tmp_path / "old")
    settle()
    assert "an older masthead than you have seen" in dialog.headline.text()
    assert "may have left since" in dialog.words.text()
    assert not dialog.confirm.isVisible()


def test_what_is_no_edition_is_said_and_another_can_be_checked(
    dialog: CheckDialog, site: Path, tmp_path: Path, settle: Settle
) -> None:
    dialog.check(tmp_path / "nothing")
    settle()
    assert "nothing to check" in dialog.bar.text()
    assert dialog.headline.isHidden() or not dialog.headline.isVisible()
    dialog.check(site)
    settle()
    assert dialog.bar.text() == ""
    assert dialog.headline.isVisible()


def test_cancelled_check_finds_nothing_out(
    dialog: CheckDialog, site: Path, jobs: Jobs, settle: Settle
) -> None:
    is_cancelled = Event()
    for _thread in range(8):
        # Whoever works in this lane is busy until the check was cancelled.
        jobs.run(lambda _progress: is_cancelled.wait(20), owner=dialog)
    dialog.check(site)
    dialog.cancel.click()
    is_cancelled.set()
    settle()
    assert dialog.outcome.message.text() == "Cancelled. Nothing was found out."
    assert dialog.path.isEnabled()
    dialog.again.click()
    settle()
    assert dialog.headline.isVisible()


def test_damaged_list_of_trust_is_reported(
    dialog: CheckDialog, site: Path, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STONEHAND_CONFIG", str(tmp_path / "config"))
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "trusted_mastheads.json").write_text("rubbish")
    dialog.check(site)
    settle()
    assert "can't be read" in dialog.bar.text()
