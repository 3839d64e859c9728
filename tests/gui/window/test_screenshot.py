"""The picture of the window goes where nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from editor.errors import NotOurs, OutputError
from editor.gui.window.screenshot import take_picture


def test_picture_replaces_no_other_file_and_goes_into_no_desk(tmp_path: Path) -> None:
    letter = tmp_path / "letter.txt"
    letter.write_text("private")
    with pytest.raises(NotOurs, match=r"“letter\.txt”, which is not a picture"):
        take_picture(tmp_path / "Paper.desk", letter)
    assert letter.read_text() == "private"
    (tmp_path / "Paper.desk").mkdir()
    (tmp_path / "Paper.desk" / "desk.sqlite3").touch()
    with pytest.raises(OutputError, match="inside the desk"):
        take_picture(tmp_path / "Paper.desk", tmp_path / "Paper.desk" / "window.png")
