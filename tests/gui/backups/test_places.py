"""What the dialogs of backups say of a place."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.gui.backups.places import find_latest, size_text


@pytest.mark.parametrize(
    ("size", "text"),
    [
        (0, "1 kB"),
        (870_400, "870 kB"),
        (12_300_000, "12 MB"),
        (1_340_000_000, "1.3 GB"),
    ],
)
def test_size_is_said_in_the_unit_that_fits(size: int, text: str) -> None:
    assert size_text(size) == text


def test_folder_that_is_not_there_has_no_backup(tmp_path: Path) -> None:
    assert find_latest(tmp_path / "none", tmp_path / "Paper.desk") is None
