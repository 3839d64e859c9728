"""What is kept of exports is forgotten when what makes them changes."""

import os
from pathlib import Path

from editor.code_stamp import code_stamp, file_stamps


def test_stamp_is_the_same_while_nothing_changes() -> None:
    first = code_stamp()
    code_stamp.cache_clear()
    assert code_stamp() == first
    assert len(first) == 16


def test_changed_new_and_gone_files_are_noticed(tmp_path: Path) -> None:
    page = tmp_path / "templates" / "page.html"
    page.parent.mkdir()
    page.write_text("a")
    before = file_stamps([tmp_path])
    (page.parent / "page.pyc").write_text("Python's own")
    assert file_stamps([tmp_path]) == before
    os.utime(page, ns=(1, 1))
    assert file_stamps([tmp_path]) != before
    page.unlink()
    assert file_stamps([tmp_path]) == []
