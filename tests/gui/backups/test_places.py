"""What the dialogs of backups say of a place."""

from __future__ import annotations

from pathlib import Path

from editor.gui.backups.places import find_latest


def test_folder_that_is_not_there_has_no_backup(tmp_path: Path) -> None:
    assert find_latest(tmp_path / "none", tmp_path / "Paper.desk") is None
