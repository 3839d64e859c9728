"""A picture that readers would not get is found before they miss it."""

from __future__ import annotations

from editor.checks import DeskFacts, run_checks
from editor.core.brief import Banner
from editor.core.story import Picture
from tests.checks.checking import HOUSE, found, story

SEED = Picture(caption="The new quay.", credit="AP", alt="A quay", rights="©")
NAMED = Picture(file="a.jpg", caption="The new quay.", credit="AP", alt="A quay", rights="©")


def test_picture_with_words_and_no_file_is_an_error() -> None:
    [finding] = found(story(pictures=(SEED,)))
    assert (finding.check, finding.level) == ("picture-file", "stops")
    assert finding.sentence == "Picture has no file"
    assert finding.hint
    assert finding.place.path == "pictures/0/file"
    [second] = found(story(pictures=(NAMED, SEED)))
    assert second.sentence == "Picture 2 has no file"


def test_picture_whose_file_is_missing_from_the_desk_is_an_error() -> None:
    subject = story(pictures=(NAMED,))
    assert found(subject) == [], "nothing is known about files here"
    problems = {"a.jpg": "The desk has no file of this picture."}
    [finding] = run_checks(subject, Banner(), HOUSE, facts=DeskFacts(problems))
    assert (finding.check, finding.sentence) == ("picture-file", "Picture can’t be shown")
    assert finding.hint.startswith("The desk has no file of this picture.")
