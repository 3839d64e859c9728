"""A picture that the text names is shown there and nowhere else, and each block stays one."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from editor.core.picture_reference import picture_reference
from editor.core.story import Picture, Story
from editor.proof.pages import Article, Site
from tests.formats.site.edition import HOUSE, item
from tests.proof.whole_pages import WholePages

FIRST = Picture(f"{'1a' * 32}.jpg", caption="The quay.", width=1600, height=900)
SECOND = Picture(f"{'2b' * 32}.jpg", caption="The <ferry>.", alt="A ferry", width=1600, height=900)
THIRD = Picture(f"{'3c' * 32}.jpg", caption="The mayor.", width=900, height=1600)
PICTURES = FIRST, SECOND, THIRD


def article(*blocks: str, pictures: tuple[Picture, ...] = PICTURES) -> Article:
    story = Story(slug="a", body="\n\n".join(blocks), pictures=pictures)
    return WholePages().article(item(story), Site(HOUSE))


def captions(html: str) -> list[str]:
    return re.findall(r"<figcaption[^>]*>(.*?)</figcaption>", html)


@pytest.mark.parametrize("shown", range(3))
def test_each_picture_is_in_one_place(shown: int) -> None:
    made = article("One.", picture_reference(PICTURES[shown].file), "Two.")
    assert len(made.blocks) == 3
    names = [picture.caption.replace("<", "&lt;").replace(">", "&gt;") for picture in PICTURES]
    inside = names.pop(shown)
    assert captions(made.blocks[1]) == [inside]
    lead = names[:1] if shown else []
    assert captions(made.top) == lead
    assert captions(made.bottom) == names[len(lead) :]


def test_picture_can_be_shown_twice() -> None:
    shown = picture_reference(SECOND.file)
    made = article(shown, "One.", shown)
    assert made.blocks[0] == made.blocks[2]
    assert captions(made.bottom) == ["The mayor."]


def test_of_two_with_one_file_the_first_is_in_the_text() -> None:
    other = replace(SECOND, caption="Again.")
    made = article(picture_reference(SECOND.file), pictures=(FIRST, SECOND, other))
    assert captions(made.blocks[0]) == ["The &lt;ferry&gt;."]
    assert captions(made.bottom) == ["Again."]


@pytest.mark.parametrize("pictures", [(), (FIRST,), (replace(SECOND, width=0, height=0),)])
def test_place_without_its_picture_is_an_empty_block(pictures: tuple[Picture, ...]) -> None:
    made = article("One.", picture_reference(SECOND.file), "Two.", pictures=pictures)
    assert made.blocks[1] == '<div class="text-picture" hidden=""></div>'


def test_dateline_goes_before_the_first_words_not_into_the_picture() -> None:
    story = Story(slug="a", body=f"{picture_reference(FIRST.file)}\n\nOne.", pictures=(FIRST,))
    story = replace(story, dateline=replace(story.dateline, city="Bergen"))
    blocks = WholePages().article(item(story), Site(HOUSE)).blocks
    assert "dateline" not in blocks[0]
    assert blocks[1].startswith('<p><span class="dateline"')


@pytest.mark.parametrize(
    "body",
    [
        "![](picture:1A1A1A1A)",
        "![](picture:1a1a1a1)",
        "![](picture:../../x)",
        "![](<picture:1a1a1a1a>)",
        "> ![](picture:1a1a1a1a)",
        "- ![](picture:1a1a1a1a)",
        "One ![](picture:1a1a1a1a)",
        "    ![](picture:1a1a1a1a)",
        '![](picture:1a1a1a1a "x")',
    ],
)
def test_what_is_no_place_for_a_picture_stays_words(body: str) -> None:
    made = article(body)
    assert "<img" not in "".join(made.blocks)
    assert "text-picture" not in "".join(made.blocks)
    assert captions(made.top) == ["The quay."]
