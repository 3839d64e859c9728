"""Several stories in one text are read as one, and the user is told."""

from __future__ import annotations

import pytest

from tests.formats.wire.wire_copy import FIRST, HEADLINE, SECOND, read

DATED = f"SEACLIFF, Feb 26 (AP) - {FIRST}"
OTHER = ("Norrby sells its rope works", "", f"NORRBY, Feb 26 (AP) - {FIRST}", SECOND)


@pytest.mark.parametrize("between", [(), ("-30-",), ("###",), ("ENDS",), ("NNNN",)])
@pytest.mark.parametrize("count", [2, 3])
def test_text_of_several_stories_says_so(between: tuple[str, ...], count: int) -> None:
    others = [line for _n in range(count - 1) for line in ("", *between, "", *OTHER)]
    incoming = read(HEADLINE, "", DATED, "", SECOND, *others)
    (problem,) = [problem for problem in incoming.problems if "stories" in problem.sentence]
    assert problem.sentence == f"This looks like {count} stories; they were read as one."
    assert problem.hint
    [shown] = [part.text for part in incoming.lines if part.line == problem.line]
    assert shown == OTHER[0]


@pytest.mark.parametrize("below", [("", "***"), ("", "-30-"), ("", FIRST)])
def test_story_without_a_dateline_is_not_the_head_of_the_next(below: tuple[str, ...]) -> None:
    incoming = read(HEADLINE, "", FIRST, "", SECOND, *below, "", *OTHER)
    (story,) = incoming.stories
    assert (story.headline, story.standfirst, story.pictures) == (HEADLINE, "", ())
    assert story.body.startswith(f"{FIRST}\n\n{SECOND}")
    assert incoming.problems[0].sentence == "This looks like 2 stories; they were read as one."


def test_stories_without_datelines_are_parted_by_end_marks() -> None:
    incoming = read(HEADLINE, "", FIRST, "", "-30-", "", "Norrby sells its rope works", "", FIRST)
    assert incoming.problems[0].sentence == "This looks like 2 stories; they were read as one."


@pytest.mark.parametrize(
    "second", [SECOND, f"NORRBY (AP) – {SECOND}", "A crosshead", "SEACLIFF — " + SECOND]
)
def test_one_story_says_nothing(second: str) -> None:
    incoming = read(HEADLINE, "", DATED, "", second, "", FIRST, "", "-30-")
    assert incoming.problems == ()
