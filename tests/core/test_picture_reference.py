"""A picture is named in the text by what its file is, and by nothing from outside."""

from __future__ import annotations

import pytest

from editor.core.picture_reference import is_picture_line, picture_address, picture_reference

FILE = f"{'0a1b2c3d' * 8}.jpg"


def test_picture_is_named_by_the_first_digits_of_its_file() -> None:
    assert picture_address(FILE) == "picture:0a1b2c3d"
    assert picture_reference(FILE) == "![](picture:0a1b2c3d)"


@pytest.mark.parametrize("file", ["", "ferry.jpg", "0a1b2c3d.jpg", FILE.upper(), f"../{FILE}"])
def test_file_that_the_desk_did_not_name_has_no_place_in_the_text(file: str) -> None:
    assert picture_address(file) == ""


def test_line_shows_a_picture_where_it_is_nothing_else() -> None:
    shown = picture_reference(FILE)
    assert all(map(is_picture_line, (shown, f"   {shown}", f"{shown}  ")))
    others = (f"    {shown}", f"> {shown}", f"{shown}.", shown[:-1], shown.upper(), "")
    assert not any(map(is_picture_line, others))
