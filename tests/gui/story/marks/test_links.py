"""Links go around words and come off again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editor.errors import NotAllowed
from editor.gui.story.marks.links import find_address, link_pasted, link_story, toggle_link
from editor.text import nodes
from editor.text.parse import parse
from editor.text.plain import plain_text
from tests.gui.story.marks.bodies import in_paragraphs
from tests.gui.story.marks.marked import read_marked, show_marked

URL = "https://paper.example/ferry?a=1&b=2"


@pytest.mark.parametrize(
    ("body", "start", "end", "expected"),
    [
        ("The mayor said", 4, 10, "The [mayor](¦) said"),
        ("The mayor said", 6, 6, "The [mayor](¦) said"),
        ("The [mayor](her) said", 6, 6, "The ‹mayor› said"),
        ("The [mayor](her) said", 4, 16, "The ‹mayor› said"),
        ("At https://a.example now", 3, 20, "At [¦](https://a.example) now"),
        ("One  two", 4, 4, "One [¦]() two"),
        ("[a](<https://a.example/(b)>)", 2, 2, "‹a›"),
        ("[a](https://a.example/(b)) c", 2, 2, "‹a› c"),
    ],
)
def test_link_is_toggled(body: str, start: int, end: int, expected: str) -> None:
    edit = toggle_link(body, start, end)
    assert show_marked(edit.on(body), *edit.select) == expected


def test_link_over_several_lines_is_refused() -> None:
    with pytest.raises(NotAllowed, match="several lines"):
        toggle_link("one\n\ntwo", 0, 8)


def test_address_of_a_link_is_found() -> None:
    body = "[a](https://a.example) and https://b.example"
    assert find_address(body, 6, 6) == "https://a.example"
    assert find_address(body, 30, 30) == "https://b.example"
    assert find_address(body, 1, 2) == ""


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("The ‹mayor ›said", f"The [mayor]({URL})¦ said"),
        ("The **‹mayor›** said", f"The **[mayor]({URL})¦** said"),
        ("The **ma‹yor** of› it", f"The [**mayor** of]({URL})¦ it"),
        ("The [‹mayor›](her) said", f"The [mayor]({URL})¦ said"),
        ("The ‹[mayor](her)› said", f"The [mayor]({URL})¦ said"),
        ("- ‹- ferry›", f"- - [ferry]({URL})¦"),
        ("‹## Crosshead›", f"## [Crosshead]({URL})¦"),
        ("ميناء ‹بورت›", f"ميناء [بورت]({URL})¦"),
    ],
)
def test_address_pasted_over_words_makes_a_link_of_them(before: str, expected: str) -> None:
    body, start, end = read_marked(before)
    edit = link_pasted(body, start, end, f" {URL}\n")
    assert edit
    assert show_marked(edit.on(body), *edit.select) == expected


@pytest.mark.parametrize(
    "before",
    [
        "The ¦mayor",
        "At ‹https://old.example›",
        "[mayor](‹about-her›)",
        "‹one\n\ntwo›",
        "Words in `a ‹bit› of code`",
        "One‹  ›two",
    ],
)
def test_address_pasted_elsewhere_stays_an_address(before: str) -> None:
    assert link_pasted(*read_marked(before), URL) is None


@pytest.mark.parametrize(
    "pasted",
    ["ferry", "https://a.example and more", "javascript:alert(1)", "https://user:pass@a.example"],
)
def test_what_is_no_address_links_nothing(pasted: str) -> None:
    assert link_pasted("The mayor", 4, 9, pasted) is None


@given(
    in_paragraphs(),
    st.sampled_from([URL, URL + "&copy=1", "www.a.example/b_(c)", "mailto:ann@paper.example"]),
)
def test_readers_get_the_same_words_with_one_link(
    body_range: tuple[str, int, int], pasted: str
) -> None:
    body, start, end = body_range
    edit = link_pasted(body, start, end, pasted)
    if edit is not None:
        linked = edit.on(body)
        assert plain_text(linked) == plain_text(body)
        links = [
            node
            for block in parse(linked).blocks
            for run in nodes.runs(block)
            for node in run
            if isinstance(node, nodes.Link)
        ]
        assert len(links) == 1
        back = toggle_link(linked, *edit.select)
        assert back.on(linked) == body


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("The ‹ferry› sails", "The [‹ferry›](ferry-back) sails"),
        ("See ¦.", "See [‹Ferry is \\*back\\*›](ferry-back)."),
        ("The [fer¦ry](old-slug)", "The [‹ferry›](ferry-back)"),
        ("¦", "[‹Ferry is \\*back\\*›](ferry-back)"),
    ],
)
def test_words_lead_to_a_story(before: str, expected: str) -> None:
    body, start, end = read_marked(before)
    edit = link_story(body, start, end, "ferry-back", "Ferry is *back*")
    linked = edit.on(body)
    assert show_marked(linked, *edit.select) == expected
    assert "ferry-back" in parse(linked).slugs


@pytest.mark.parametrize("before", ["‹one\n\ntwo›", "[mayor](‹her›)"])
def test_link_to_a_story_is_refused_where_it_can_not_be(before: str) -> None:
    with pytest.raises(NotAllowed) as refused:
        link_story(*read_marked(before), "ferry", "Ferry")
    assert refused.value.hint
