"""Datelines as agencies write them, and openings that only look like one."""

from __future__ import annotations

import pytest

from editor.core.dateline import Dateline
from editor.formats.wire.dateline import find_dateline
from tests.formats.wire.wire_copy import FIRST, HEADLINE, SECOND, paragraphs, read, read_story

WRITTEN = [
    ("NEW DELHI: ", Dateline("NEW DELHI")),
    ("New Delhi, Mar 5 (PTI) ", Dateline("New Delhi", date="--03-05", agency="PTI")),
    ("(Reuters) -", Dateline(agency="Reuters")),
    ("SEACLIFF, Jan 2 (Reuters) -", Dateline("SEACLIFF", date="--01-02", agency="Reuters")),
    ("SEOUL, Nov 26 AFP - ", Dateline("SEOUL", date="--11-26", agency="AFP")),
    ("(EFE).- ", Dateline(agency="EFE")),
    ("Madrid, 5 mar (EFE).- ", Dateline("Madrid", date="--03-05", agency="EFE")),
    ("PARIS, 5 mars 2026 (AFP) - ", Dateline("PARIS", date="2026-03-05", agency="AFP")),
    ("Paris, le 5 mars (AFP) — ", Dateline("Paris", date="--03-05", agency="AFP")),
    ("Berlin, 5. März (dpa) - ", Dateline("Berlin", date="--03-05", agency="dpa")),
    ("ANKARA, 5 Mart (AA) - ", Dateline("ANKARA", date="--03-05", agency="AA")),
    ("BRASÍLIA, 5 de março (Lusa) - ", Dateline("BRASÍLIA", date="--03-05", agency="Lusa")),
    ("МОСКВА, 5 марта. /ТАСС/. ", Dateline("МОСКВА", date="--03-05", agency="ТАСС")),
    ("דרום, 5 במרץ (סוכנות) - ", Dateline("דרום", date="--03-05", agency="סוכנות")),
    ("تهران، ۵ مارس (ایرنا) - ", Dateline("تهران", date="--03-05", agency="ایرنا")),
    ("دمشق-سانا ", Dateline("دمشق", agency="سانا")),
    ("القاهرة - (أ ف ب) - ", Dateline("القاهرة", agency="أ ف ب")),
    ("القاهرة في 5 مارس (أ ش أ) - ", Dateline("القاهرة", date="--03-05", agency="أ ش أ")),
    ("新华社北京3月5日电 ", Dateline("北京", date="--03-05", agency="新华社")),
    ("【ロンドン時事】", Dateline("ロンドン", agency="時事")),
    ("(서울=연합뉴스) ", Dateline("서울", agency="연합뉴스")),
    ("Washington, DC (CNN) — ", Dateline("Washington", state="DC", agency="CNN")),
    ("Nairobi — ", Dateline("Nairobi")),
    ("Seacliff–", Dateline("Seacliff")),
]


@pytest.mark.parametrize(("written", "dateline"), WRITTEN)
def test_dateline_is_read_from_the_shapes_of_many_agencies(
    written: str, dateline: Dateline
) -> None:
    found = find_dateline(written + FIRST)
    assert found is not None
    assert (found.dateline, found.end) == (dateline, len(written))


@pytest.mark.parametrize(("written", "dateline"), WRITTEN)
def test_story_has_the_dateline_and_the_body_begins_after_it(
    written: str, dateline: Dateline
) -> None:
    story = read_story(HEADLINE, "", written + FIRST, "", SECOND)
    assert (story.headline, story.dateline) == (HEADLINE, dateline)
    assert paragraphs(story) == [FIRST, SECOND]


def test_byline_before_a_dateline_is_a_byline() -> None:
    incoming = read(HEADLINE, "", f"By Ann Bold PARIS, Jan 2 - {FIRST}", "", SECOND)
    (story,) = incoming.stories
    assert story.bylines == ("Ann Bold",)
    assert story.dateline == Dateline("PARIS", date="--01-02")
    assert paragraphs(story) == [FIRST, SECOND]
    parts = [(part.field, part.text) for part in incoming.lines if part.line == 3]
    assert parts == [
        ("bylines/0", "By Ann Bold "),
        ("dateline", "PARIS, Jan 2 - "),
        ("body", FIRST),
    ]


@pytest.mark.parametrize(
    "opening",
    [
        "Opinion – ",
        "WATCH — ",
        "On March 5 — ",
        "Am 5. März – ",
        "DÉCRYPTAGE – ",
        "ENTREVISTA – ",
        "ВИДЕО — ",
        "NOTE: ",
        "Apple Inc — ",
        "Anna Berg – Die ",
        "Berg, Anna – Die ",
        "The World Health Organization (WHO) ",
        "FBI: ",
        "Tuesday, March 3 - ",
        "By Ann Bold – ",
    ],
)
def test_label_company_person_or_weekday_is_not_a_place(opening: str) -> None:
    story = read_story(HEADLINE, "", opening + FIRST, "", SECOND)
    assert story.dateline.is_empty
    assert paragraphs(story)[0] == opening + FIRST
