"""Terms of use that don't let a picture go out now."""

from __future__ import annotations

import pytest

from editor.checks import DeskFacts, Finding, run_checks
from editor.core.brief import Banner
from editor.core.story import Picture
from tests.checks.checking import HOUSE, story

TODAY = "2026-11-27"


def found(usage: str, today: str = TODAY, **rest: str) -> list[Finding]:
    picture = Picture(file="a.jpg", alt="A boat", credit="AP", usage=usage)
    findings = run_checks(
        story(pictures=(picture,), **rest), Banner(), HOUSE, facts=DeskFacts(today=today)
    )
    return [finding for finding in findings if finding.check == "picture-usage"]


@pytest.mark.parametrize(
    ("usage", "part"),
    [
        ("ONE TIME USE", "once only"),
        ("For one-time editorial use only", "once only"),
        ("May be used once.", "once only"),
        ("No Archives. No sales.", "archive"),
        ("NO ARCHIVING", "archive"),
        ("Until 2026-11-26.", "after 2026-11-26"),
        ("Licence ends 31 December 2025", "after 2025-12-31"),
        ("No use after 31 January 2026.", "after 2026-01-31"),
        ("Handout. NOT TO BE USED AFTER: 2026-01-31", "after 2026-01-31"),
        ("Licence: 1 Jan 2020 – 31 Dec 2025", "after 2025-12-31"),
        ("Expiry date: 2026-01-31", "after 2026-01-31"),
        ("2026-01-31", "after 2026-01-31"),
        ("الاستخدام حتى 2026-01-31", "after 2026-01-31"),
        ("expires Nov. 3rd, 2026", "after 2026-11-03"),
        ("Embargoed until 2026-11-28 06:00", "before 2026-11-28"),
        ("Not before 1 Dec 2026", "before 2026-12-01"),
    ],
)
def test_usage_that_forbids_is_found_at_its_words(usage: str, part: str) -> None:
    [finding] = found(usage)
    assert part in finding.sentence
    assert finding.place.path == "pictures/0/usage"
    assert usage[finding.place.start : finding.place.end].strip()


@pytest.mark.parametrize(
    "usage",
    [
        "", "Editorial use only. Mandatory credit: Gulf Wire", "Until 2026-11-27.",
        "Until 31 December 2026", "Embargoed until 2026-11-27", "Taken 2026-03-03",
        "Free since 2020-01-01", "until 3/4/2026", "Until 2026-02-31", "No sales",
        "Handout issued 12 March 2024 by the ministry", "Video released March 3, 2024",
        "No sales before 3 May 2020", "File photo 3 May 2020", "© Gulf Wire 2020-05-03",
        "Use free after 3 May 2020", "Licensed from 2020-01-01 to 2030-01-01",
        "Download date: 2024-03-03", "May be used once per edition",
        "Every time you use it, credit us", "a single ferry",
    ],
)  # fmt: skip
def test_usage_that_allows_is_not_found(usage: str) -> None:
    assert found(usage) == []


def test_no_archive_suits_a_story_that_expires() -> None:
    assert found("No archives", expires="2026-12-31T00:00:00Z") == []


def test_days_are_not_judged_where_nobody_says_what_day_it_is() -> None:
    assert found("Until 2020-01-01", today="") == []
