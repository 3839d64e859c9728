"""The sample desk: a paper that looks like one, a guide through it, and four findings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image

from editor.checks import Finding, run_checks
from editor.core.brief import Banner
from editor.core.people import Role
from editor.core.story import Story
from editor.core.workflow import Publication, Stage
from editor.i18n import use_language
from editor.media_topics import topics
from editor.resources import resource
from editor.sample import GUIDE, make_sample
from editor.store.desk import Desk
from editor.store.reading.rows import Filter
from tests.catalogues import compile_catalogues
from tests.reading import reading
from tests.test_help_translations import STRONG, interface, plain

NOW = datetime(2026, 3, 3, 14, 2, tzinfo=UTC)
FRONT_PAGE = "harbour-pilot-orbit"


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    path = tmp_path_factory.mktemp("sample") / "not" / "yet" / "Sample.desk"
    with make_sample(path, clock=lambda: NOW) as made:
        yield made


def findings(desk: Desk, slug: str) -> list[Finding]:
    story = reading(desk).stored(reading(desk).find(slug)).story
    return list(run_checks(story, reading(desk).banner(), reading(desk).house()))


def test_front_page_has_the_shape_of_the_seed(desk: Desk) -> None:
    story = reading(desk).stored(reading(desk).find(FRONT_PAGE)).story
    assert len(reading(desk).banner().briefs) == 5
    assert all(brief.title and brief.summary for brief in reading(desk).banner().briefs)
    assert len(story.key_points) == 2
    assert len(story.body.split("\n\n")) == 11
    assert (story.dateline.city, story.dateline.country) == ("Bergen", "Norway")
    assert story.pictures[0].credit == "Harbour Post"
    assert reading(desk).house().dateline_template == "{city}, {country}–"


def test_front_page_has_exactly_four_findings(desk: Desk) -> None:
    assert sorted(finding.check for finding in findings(desk, FRONT_PAGE)) == [
        "mixed-quotes",
        "money-style",
        "picture-text",
        "quotation-in-body",
    ]


def test_guide_comes_first_and_the_front_page_next_as_drafts_of_the_chief(desk: Desk) -> None:
    first, second = reading(desk).rows()[:2]
    assert [(row.slug, row.stage) for row in (first, second)] == [
        (GUIDE, Stage.DRAFT),
        (FRONT_PAGE, Stage.DRAFT),
    ]
    chiefs = [person.name for person in reading(desk).people() if person.role is Role.CHIEF]
    assert {first.author, second.author} == set(chiefs)


def guides() -> dict[str, Story]:
    """Return the guide in each language that it is written in."""
    found = {}
    for path in resource("samples", "guide").glob("*.json"):
        plan = json.loads(path.read_text(encoding="utf-8"))
        found[path.stem] = Story.from_json(
            {**plan["story"], "body": "\n\n".join(plan["paragraphs"])}
        )
    return found


def test_guide_has_no_issue_and_says_as_much_in_each_language(desk: Desk) -> None:
    assert set(guides()) == {"en", "ar"}
    shapes = []
    for language, story in guides().items():
        assert story.language == language
        assert list(run_checks(story, Banner(), reading(desk).house())) == []
        keys = re.findall(r"\b(?:(?:Ctrl|Alt)\+\w|F1)\b", story.body)
        shapes.append((story.body.count("\n\n"), story.body.count("**"), keys))
    assert shapes[0] == shapes[1]


def test_guide_is_in_the_language_of_the_interface(tmp_path: Path) -> None:
    compile_catalogues()
    use_language("ar-EG")
    try:
        with make_sample(tmp_path / "Sample.desk", clock=lambda: NOW) as made:
            stored = reading(made).stored(reading(made).find(GUIDE))
    finally:
        use_language("en")
    assert stored.story.headline == guides()["ar"].headline


def test_guide_names_commands_as_the_interface_does() -> None:
    known, texts = interface("ar"), guides()
    for english, arabic in zip(
        STRONG.findall(texts["en"].body), STRONG.findall(texts["ar"].body), strict=True
    ):
        assert plain(arabic) in known[plain(english)], english


def test_guide_names_stories_of_the_desk(desk: Desk) -> None:
    headlines = " ".join(row.headline for row in reading(desk).rows())
    named = re.findall("“([^”]+?)…?”", guides()["en"].body)
    assert len(named) == 2
    assert all(name in headlines for name in named)


def test_newcomer_meets_what_readers_had_and_will_have(desk: Desk) -> None:
    rows = {row.slug: row for row in reading(desk).rows()}
    standings = {row.publication for row in rows.values()}
    assert standings == set(Publication)
    corrected = reading(desk).stored(rows["fish-market-online"].id).story
    assert [note.text.split(".")[0] for note in corrected.corrections] == [
        "An earlier version said that the market had sold fish for $120m last year"
    ]
    first = reading(desk).stored(rows["fish-market-online"].id, 1).story
    assert ("$120m" in first.body, "$120m" in corrected.body) == (True, False)
    waiting = rows["crane-curfew"]
    assert (waiting.stage, waiting.version) == (Stage.REVIEW, 2)
    with_pictures = reading(desk).stored(rows["student-satellite-first-picture"].id).story
    assert f"![](picture:{with_pictures.pictures[1].file[:8]})" in with_pictures.body


def test_approved_stories_have_no_findings(desk: Desk) -> None:
    approved = reading(desk).rows(Filter(stage=Stage.APPROVED))
    assert len(approved) >= 6
    for row in approved:
        own = [
            finding
            for finding in findings(desk, row.slug)
            if not finding.place.path.startswith("banner")
        ]
        assert own == [], row.slug


def test_sample_has_two_languages_and_every_stage(desk: Desk) -> None:
    rows = reading(desk).rows()
    assert {row.language for row in rows} == {"en", "ar"}
    assert {row.stage for row in rows} == set(Stage)
    assert {row.section for row in rows} == {
        section.slug for section in reading(desk).house().sections
    }
    approved = {row.section for row in rows if row.stage is Stage.APPROVED}
    assert approved == {section.slug for section in reading(desk).house().sections}


def test_pictures_read_back_and_have_alternative_text(desk: Desk) -> None:
    stories = [reading(desk).stored(row.id).story for row in reading(desk).rows()]
    pictures = [picture for story in stories for picture in story.pictures]
    assert len(pictures) >= 6
    for picture in pictures:
        assert picture.width >= 450
        assert desk.pictures.read(picture.file)
        assert picture.caption
        assert picture.credit


def test_newcomers_see_standfirsts_subjects_related_stories_and_a_note_to_colleagues(
    desk: Desk,
) -> None:
    stories = [reading(desk).stored(row.id).story for row in reading(desk).rows()]
    ids = {story.id for story in stories}
    assert sum(bool(story.standfirst) for story in stories) >= 10
    assert any(not story.standfirst for story in stories), "some show the first key point instead"
    assert all(story.subjects for story in stories)
    assert {code for story in stories for code in story.subjects} <= topics().keys()
    assert sum(bool(story.related) for story in stories) >= 8
    assert {other for story in stories for other in story.related} <= ids
    assert any(story.ed_note for story in stories)
    assert not any(story.has_unknown for story in stories)


def test_returned_story_has_its_note(desk: Desk) -> None:
    notes = reading(desk).notes(reading(desk).find("bridge-toll-first-year"))
    assert "figures" in notes[0].text


def test_log_is_in_order_and_in_the_past(desk: Desk) -> None:
    times = [row.at for row in reading(desk).log()]
    assert times == sorted(times, reverse=True)
    assert times[0] == "2026-03-03T14:02:00Z"


def test_edition_has_the_approved_stories(desk: Desk) -> None:
    items = reading(desk).edition(None, NOW).items
    approved = {row.id for row in reading(desk).rows(Filter(stage=Stage.APPROVED))}
    [waiting] = approved - {item.story.id for item in items}
    assert {item.story.id for item in items} < approved
    assert reading(desk).stored(waiting).story.embargo == "2026-03-04T10:02:00Z"


def test_sample_pictures_are_small() -> None:
    files = sorted(resource("samples", "pictures").glob("*.jpg"))
    assert len(files) > 6
    assert sum(file.stat().st_size for file in files) < 1_000_000
    for file in files:
        with Image.open(file) as picture:
            assert max(picture.size) <= 1280
            assert not picture.getexif()


def test_licence_of_every_picture_is_named() -> None:
    licences = resource("samples", "pictures", "LICENCE.txt").read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w-]+\.jpg)", licences, flags=re.MULTILINE)[1:]
    named = {entry.split()[0] for entry in entries}
    assert named == {file.name for file in resource("samples", "pictures").glob("*.jpg")}
    assert all("CC0 1.0" in entry or "public domain" in entry for entry in entries)


def test_seed_has_the_same_findings(shared: Path) -> None:
    from editor.core.house import House
    from editor.formats.importers import read_incoming

    [page] = (shared / "seed").glob("*.txt")
    incoming = read_incoming(page.read_bytes(), page.name)
    found = run_checks(incoming.stories[0], Banner(incoming.briefs), House("Harbour Post"))
    assert [(finding.check, finding.place.path) for finding in found] == [
        ("quotation-in-body", "key_points/1"),
        ("picture-file", "pictures/0/file"),
        ("picture-text", "pictures/0/alt"),
        ("mixed-quotes", "key_points/0"),
        ("money-style", "banner/3/title"),
    ]
    assert "“(their presence in) space”" in found[0].hint
    assert "“$27 bn” and “$1.15bn”" in found[4].sentence
