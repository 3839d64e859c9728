"""What a picture says in words."""

from __future__ import annotations

from editor.core.story import Picture
from tests.checks.checking import fixed, found, ids, story


def test_a_picture_needs_a_description_and_a_credit() -> None:
    full = Picture(
        file="a.jpg", caption="A pier.", credit="AP", alt="A wooden pier at dusk", rights="© AP"
    )
    assert found(story(pictures=(full,))) == []
    [bare] = found(
        story(pictures=(Picture(file="a.jpg", caption="A pier.", credit="AP", rights="© AP"),))
    )
    assert bare.sentence == "Picture has no description"
    decorative = Picture(file="a.jpg", decorative=True, credit="AP")
    assert found(story(pictures=(decorative,))) == []
    [uncredited] = found(
        story(
            pictures=(full, Picture(file="b.jpg", caption="It sails.", alt="A boat", rights="© AP"))
        )
    )
    assert uncredited.sentence == "Picture 2 has no credit"
    assert uncredited.place.path == "pictures/1/credit"


def test_a_credit_in_the_caption_is_moved() -> None:
    subject = story(
        pictures=(Picture(file="a.jpg", caption="The pier (L). (AP)", alt="A pier", rights="©"),)
    )
    [finding] = found(subject)
    [picture] = fixed(subject, finding.fixes[0]).pictures
    assert (picture.caption, picture.credit) == ("The pier (L).", "AP")


def test_a_picture_without_anything_is_not_checked() -> None:
    assert ids(story(pictures=(Picture(),))) == []
