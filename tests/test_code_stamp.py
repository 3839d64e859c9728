"""What is kept of exports is forgotten when what makes them changes."""

import os
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from editor import code_stamp as code_stamp_module
from editor.code_stamp import code_stamp, file_stamps


def test_stamp_is_the_same_while_nothing_changes() -> None:
    first = code_stamp()
    code_stamp.cache_clear()
    assert code_stamp() == first
    assert len(first) == 16


def test_other_version_of_a_library_is_noticed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = code_stamp()
    (tmp_path / "Jinja2-99.0.dist-info").mkdir()
    (tmp_path / "Other-1.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.syspath_prepend(tmp_path / "gone.zip")
    code_stamp.cache_clear()
    newer = code_stamp()
    (tmp_path / "Jinja2-99.0.dist-info").rmdir()
    code_stamp.cache_clear()
    assert newer != before == code_stamp()


def test_every_library_is_found_where_it_is_installed() -> None:
    found = "\n".join(code_stamp_module._installed(sys.path)).lower()
    for name in code_stamp_module._LIBRARIES:
        assert f"{name}{version(name.rstrip('-'))}" in found


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


def test_another_build_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "stonehand"
    program.write_bytes(b"built")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    code_stamp.cache_clear()
    first = code_stamp()
    program.write_bytes(b"built again")
    code_stamp.cache_clear()
    try:
        assert code_stamp() != first
    finally:
        code_stamp.cache_clear()
