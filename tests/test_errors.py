"""The tree of errors and its drawing in the docstring agree."""

from __future__ import annotations

import errno
import inspect
import os
import re
import sys

import pytest

from editor import errors
from editor.errors import reason_of, refused_by_system
from editor.i18n import use_language
from tests.catalogues import compile_catalogues


def test_docstring_names_every_error_under_its_parent() -> None:
    drawn = re.findall(r"^([│ ]*[├└]── )?(\w+)  +\S", errors.__doc__ or "", re.MULTILINE)
    parents: list[str] = []
    tree = {}
    for indent, name in drawn:
        depth = len(indent) // 4
        parents[depth:] = [name]
        tree[name] = parents[depth - 1] if depth else "Exception"
    classes = {
        name: kind.__bases__[0].__name__
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if kind.__module__ == errors.__name__ and name != "Cancelled"
    }
    assert tree == classes


def test_error_has_a_sentence_and_a_hint() -> None:
    error = errors.BadValue("It is too long.", "Cut it.")
    assert str(error) == error.sentence == "It is too long."
    assert error.hint == "Cut it."


def test_reason_of_the_system_is_said_in_the_language_of_the_interface() -> None:
    compile_catalogues()
    missing = OSError(errno.ENOENT, os.strerror(errno.ENOENT))
    odd = OSError(errno.EIO, "the disk hums")
    assert reason_of(missing) == "No such file or directory"
    use_language("ar")
    try:
        assert reason_of(missing) == "لا ملف ولا مجلد بهذا الاسم"
        assert reason_of(odd) == "the disk hums"
        assert reason_of(OSError()) == "OSError"
    finally:
        use_language("en")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has its own sentences")
@pytest.mark.parametrize("name", ["EACCES", "ENOSPC", "EROFS", "EISDIR", "ENOTDIR", "ECONNREFUSED"])
def test_usual_reasons_are_those_of_the_system(name: str) -> None:
    compile_catalogues()
    reason = os.strerror(getattr(errno, name))
    use_language("ar")
    try:
        assert reason_of(OSError(getattr(errno, name), reason)) != reason
    finally:
        use_language("en")


@pytest.mark.parametrize(("code", "is_known"), [(None, True), (5, True), (32, False), (33, False)])
def test_file_that_windows_has_open_elsewhere_is_no_matter_of_permissions(
    code: int | None, is_known: bool
) -> None:
    refused = PermissionError(errno.EACCES, "Permission denied", "Paper.desk")
    if code is not None:
        setattr(refused, "winerror", code)  # noqa: B010  other systems have none
    assert (refused_by_system(refused) is not None) is is_known
