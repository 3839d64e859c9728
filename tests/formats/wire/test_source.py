"""Where an agency's story begins when no dateline shows it."""

from __future__ import annotations

import pytest

from tests.formats.wire.wire_copy import FIRST, HEADLINE, SECOND, paragraphs, read, read_story

TAIL = "AP-WF-11-13-13 1509GMT<"


@pytest.mark.parametrize("tail", [TAIL, ""])
@pytest.mark.parametrize("desk", [("^By ANN BOLD=", "^Associated Press="), ()])
def test_story_of_an_agency_without_a_dateline_keeps_its_body(
    tail: str, desk: tuple[str, ...]
) -> None:
    incoming = read("^BC-Harbour,40<", f"^{HEADLINE}<", *desk, FIRST, SECOND, tail)
    (story,) = incoming.stories
    assert story.headline == HEADLINE
    assert paragraphs(story) == [FIRST, SECOND]
    assert story.bylines == (("ANN BOLD",) if desk else ())
    assert incoming.ignored == ("^BC-Harbour,40<", *desk[1:], *filter(None, [tail]))


def test_end_mark_alone_is_not_taken_for_a_heading() -> None:
    incoming = read(HEADLINE, "", FIRST, "", SECOND, "", TAIL)
    assert paragraphs(incoming.stories[0]) == [FIRST, SECOND]
    assert incoming.ignored == (TAIL,)


def test_list_that_ends_a_story_is_no_row_of_a_page_s_buttons() -> None:
    story = read_story(HEADLINE, f"SEACLIFF (AP) — {FIRST}", "• Norrby 3", "• Seacliff 2", "Share")
    assert paragraphs(story) == [FIRST, "• Norrby 3", "• Seacliff 2"]


def test_what_an_agency_writes_above_a_page_s_buttons_is_no_paragraph() -> None:
    below = ("Reporting by Ann Bold", "Our Standards: The Trust Principles.", "Share", "X")
    story = read_story(HEADLINE, f"SEACLIFF, Oct 23 (Reuters) - {FIRST}", SECOND, *below)
    assert paragraphs(story) == [FIRST, SECOND]


def test_header_between_control_characters_is_above_the_headline() -> None:
    header = f"\x01\x16a0123\x1fbc-harbour\x02^{HEADLINE}<"
    story = read_story(header, "^By ANN BOLD=", f"   SEACLIFF (AP) _ {FIRST}")
    assert (story.headline, story.bylines, story.body) == (HEADLINE, ("ANN BOLD",), FIRST)
