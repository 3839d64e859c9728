"""A link leads to a story and nowhere else: whatever else is in one, it is refused."""

from __future__ import annotations

import pytest

from editor.errors import BadValue
from editor.story_link import LONGEST, StoryLink, can_be_linked, is_link, read_link

DESK, STORY = "0123456789abcdef" * 2, "f" * 32
LINK = f"stonehand://story/{DESK}/{STORY}"


def test_link_is_read_as_it_was_written() -> None:
    assert str(StoryLink(DESK, STORY)) == LINK
    assert read_link(LINK) == read_link(f"{LINK}/") == StoryLink(DESK, STORY)
    assert len(LINK) < LONGEST


@pytest.mark.parametrize(
    "text",
    [
        "",
        "stonehand:",
        "stonehand://story/",
        f"stonehand://story/{DESK}",
        f"stonehand://story/{DESK}/../{STORY}",
        f"stonehand://story/{DESK}/{STORY}/export",
        f"stonehand://story/{DESK}/{STORY}?approve=1",
        f"stonehand://story/{DESK}/{STORY}#x",
        f"stonehand://desk/{DESK}/{STORY}",
        f"stonehand://person@story/{DESK}/{STORY}",
        f"STONEHAND://story/{DESK}/{STORY}",
        f"{LINK}\n",
        f" {LINK}",
        LINK.replace("f", "F"),
        LINK.replace("0", "٠"),
        f"{LINK}{'/' * 100_000}",
        f"https://elsewhere.example/{LINK}",
        "stonehand://story/../../etc/passwd/" + STORY,
        "stonehand:--help",
    ],
    ids=lambda text: text[:50],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(BadValue, match="not a link to a story"):
        read_link(text)


def test_what_claims_to_be_a_link_is_known() -> None:
    assert all(map(is_link, (LINK, "stonehand:", "StoneHand:x")))
    assert not any(map(is_link, ("", "stonehand", "Paper.desk", "https://stonehand:1/")))


def test_story_with_another_kind_of_id_has_no_link() -> None:
    assert can_be_linked(STORY)
    assert not any(map(can_be_linked, ("", "new", "F" * 32, STORY + "0", f"{STORY}\n")))
