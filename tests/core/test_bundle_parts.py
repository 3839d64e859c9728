"""Parts are chosen by their names, and what is none is refused by name."""

from __future__ import annotations

import pytest

from editor.core.bundle_parts import MAIN_PARTS, read_parts, remembered_name
from editor.errors import BadValue


@pytest.mark.parametrize(
    ("text", "word"),
    [("pdf", "pdf"), ("site,../x", "../x"), ("Site", "Site"), ("pictures", "no story")],
)
def test_what_is_no_part_is_refused(text: str, word: str) -> None:
    with pytest.raises(BadValue, match=word):
        read_parts(text)


def test_parts_have_one_order_and_each_is_there_once() -> None:
    assert read_parts("stories, site,stories,,pictures") == ("site", "pictures", "stories")
    assert read_parts("") == read_parts(",") == MAIN_PARTS == ("site", "api", "stories")


def test_other_parts_are_remembered_under_another_name() -> None:
    assert remembered_name(("site",)) != remembered_name(("site", "api"))
