"""Where an agency's story begins when no dateline shows it."""

from __future__ import annotations

import pytest

from tests.formats.wire.wire_copy import FIRST, HEADLINE, SECOND, paragraphs, read

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
