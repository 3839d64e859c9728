"""Saving a proof as a PDF from the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from editor.gui.draft.draft import Draft
from editor.gui.printing.pdf_dialog import PdfDialog
from editor.gui.session import Session
from tests.galley.conftest import pages_of
from tests.gui.conftest import Settle, ShowDialog
from tests.gui.hands import Hands


@pytest.fixture
def dialog(
    session: Session,
    draft: Draft,
    hands: Hands,
    write: Callable[..., str],
    show_dialog: ShowDialog[PdfDialog],
) -> PdfDialog:
    hands.open(write("ferry", "The ferry sails"))
    return show_dialog(PdfDialog(session, draft))


def test_proof_is_written_and_can_be_opened(
    dialog: PdfDialog, tmp_path: Path, settle: Settle
) -> None:
    path = tmp_path / "ferry.pdf"
    dialog.save_to(path)
    settle()
    assert "The ferry sails" in pages_of(path.read_bytes(), 1)[0]
    assert dialog.outcome.message.text().endswith(": 1 page")
    assert not dialog.open_file.isHidden()


def test_cancelled_proof_writes_nothing(dialog: PdfDialog, tmp_path: Path, settle: Settle) -> None:
    dialog.save_to(tmp_path / "ferry.pdf")
    dialog.cancel.click()
    settle()
    assert dialog.outcome.message.text() == "Cancelled. Nothing was written."
    assert not list(tmp_path.glob("*.pdf"))


def test_place_inside_the_desk_is_refused_beside_its_cause(
    dialog: PdfDialog, session: Session, settle: Settle
) -> None:
    dialog.save_to(session.path / "ferry.pdf")
    settle()
    assert not dialog.bar.isHidden()
    assert not (session.path / "ferry.pdf").exists()
