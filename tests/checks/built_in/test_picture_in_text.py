"""A picture in the text that is none any more is removed, and what is around it stays as it was."""

from __future__ import annotations

import pytest

from editor.checks import apply_fix, run_checks
from editor.core.brief import Banner
from editor.core.findings import Finding
from editor.core.story import Picture
from tests.checks.checking import HOUSE, story

SHOWN = "![](picture:4f4f4f4f)"
FERRY = Picture(f"{'4f' * 32}.jpg", width=800, height=600)


def findings(body: str, *pictures: Picture) -> list[Finding]:
    found = run_checks(story(body=body, pictures=pictures), Banner(), HOUSE)
    return [finding for finding in found if finding.check in ("picture-in-text", "links")]


@pytest.mark.parametrize(
    ("body", "fixed"),
    [
        (SHOWN, ""),
        (f"{SHOWN}\n\nOne.", "One."),
        (f"One.\n\n{SHOWN}", "One."),
        (f"One.\n\n{SHOWN}\n\n", "One."),
        (f"One.\n\n{SHOWN}\n\nTwo.", "One.\n\nTwo."),
        (f"One.\n\n\n{SHOWN}\n\n\nTwo.", "One.\n\n\nTwo."),
        (f"One.\n{SHOWN}\nTwo.", "One.\n\nTwo."),
        (f"One.\n\n{SHOWN}\n\n    code", "One.\n\n    code"),
        (f"   {SHOWN}  \n    code", "    code"),
    ],
)
def test_missing_picture_is_removed(body: str, fixed: str) -> None:
    [finding] = findings(body)
    after, _banner = apply_fix(story(body=body), Banner(), finding.fixes[0])
    assert after.body == fixed


@pytest.mark.parametrize(
    "body",
    [
        SHOWN[:-1],
        SHOWN[1:],
        f"! {SHOWN[1:]}",
        f"{SHOWN}.",
        f"- {SHOWN}",
        f"> {SHOWN}",
        "![ ](picture:4f4f4f4f)",
        "![](Picture:4F4F4F4F)",
        "![](<picture:4f4f4f4f>)",
        "![](\u200bpicture:4f4f4f4f)",
        "![](picture:4f4f4f4)",
        "![](ferry.jpg)",
        "!\\[The ferry\\](../media/ferry.jpg)",
        "![The ferry](https://paper.example/the ferry.jpg)",
        "![The ferry](picture:4f4f4f4f)",
    ],
)
def test_what_readers_would_see_the_brackets_of_is_found_once(body: str) -> None:
    assert len(findings(f"One.\n\n{body}\n\nTwo.", FERRY)) == 1


def test_picture_of_the_story_and_words_about_pictures_are_right() -> None:
    assert findings(f"The picture: 4 boats.\n{SHOWN}\nTwo.", FERRY) == []
