"""The rights and trust files: each as its specification says, all from the one house."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from urllib.robotparser import RobotFileParser

import pytest

from editor.core.house import House
from editor.core.publisher import AiUse
from editor.formats.site.rights import rights_files, robots, security, tdm_reservation, trust
from editor.resources import resource

AT = datetime(2026, 3, 4, 6, 0, tzinfo=UTC)
HOUSE = House(
    "The Gulf Ledger",
    url="https://ledger.example/",
    licence="https://ledger.example/licence",
    contact="desk@ledger.example",
    accounts=("https://social.example/@ledger",),
    memberships=("https://press.example/",),
    controlled_by="https://holding.example/",
    controls=("https://sport.example/",),
)


def house(**changed: object) -> House:
    return House(**{"name": "The Gulf Ledger", "url": "https://ledger.example/", **changed})  # type: ignore[arg-type]


def may_read(text: str, crawler: str, path: str = "/stories/a.html") -> bool:
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    return parser.can_fetch(crawler, f"https://ledger.example{path}")


@pytest.mark.parametrize(
    ("choice", "training", "answers"),
    [(AiUse.ALLOW, True, True), (AiUse.NO_TRAINING, False, True), (AiUse.NONE, False, False)],
)
def test_one_choice_decides_what_every_file_says(
    choice: AiUse, training: bool, answers: bool
) -> None:
    made = house(ai_use=choice)
    text = robots(made)
    for crawler in ("GPTBot", "ClaudeBot", "CCBot", "Google-Extended", "Applebot-Extended"):
        assert may_read(text, crawler) is training, crawler
    for crawler in ("OAI-SearchBot", "ChatGPT-User", "PerplexityBot", "Claude-SearchBot"):
        assert may_read(text, crawler) is answers, crawler
    for crawler in ("Googlebot", "bingbot", "Applebot", "DuckDuckBot", "facebookexternalhit"):
        assert may_read(text, crawler), crawler
    assert text.endswith("\n\nSitemap: https://ledger.example/sitemap.xml\n")
    assert f"datatrainingallowed={'yes' if training else 'no'}\n" in trust(made)
    [rule] = json.loads(tdm_reservation(made))
    assert rule == {"location": "/", "tdm-reservation": 0 if training else 1}
    assert made.tdm_fields() == (("tdm-reservation", "0" if training else "1"),)


def test_site_in_a_folder_speaks_of_that_folder() -> None:
    made = house(url="https://ledger.example/news")
    text = robots(made)
    assert not may_read(text, "GPTBot", "/news/stories/a.html")
    assert may_read(text, "GPTBot", "/shop/")
    assert json.loads(tdm_reservation(made))[0]["location"] == "/news/"


def test_paper_without_an_address_has_no_sitemap_to_name() -> None:
    text = robots(house(url=""))
    assert "Sitemap" not in text
    assert not may_read(text, "GPTBot")


def test_what_is_no_edition_has_robots_alone_and_keeps_everybody_out() -> None:
    files = rights_files(HOUSE, AT, what_if=True)
    assert list(files) == ["robots.txt"]
    assert not may_read(files["robots.txt"], "Googlebot")


def test_each_crawler_has_a_plain_name_a_use_and_a_page() -> None:
    rows = json.loads(resource("site", "ai_crawlers.json").read_text("utf-8"))["crawlers"]
    names = [row["token"].lower() for row in rows]
    assert len(set(names)) == len(names)
    for row in rows:
        assert row["token"].replace("-", "").replace("_", "").isalnum()
        assert row["use"] in ("training", "answers")
        assert row["operator"]
        assert row["page"].startswith("https://")


def test_trust_says_who_the_paper_belongs_to() -> None:
    assert trust(HOUSE).splitlines() == [
        "belongto=https://press.example/",
        "controlledby=https://holding.example/",
        "control=https://sport.example/",
        "social=https://social.example/@ledger",
        "contact=desk@ledger.example",
        "datatrainingallowed=no",
    ]
    assert trust(house()) == "datatrainingallowed=no\n"


def test_licence_says_on_what_terms_mining_is_allowed_after_all() -> None:
    [rule] = json.loads(tdm_reservation(HOUSE))
    assert rule["tdm-policy"] == "https://ledger.example/licence"


@pytest.mark.parametrize("contact", ["", "http://ledger.example/contact"])
def test_no_security_file_without_a_contact_that_may_be_in_it(contact: str) -> None:
    made = house(contact=contact)
    assert security(made, AT) == ""
    assert ".well-known/security.txt" not in rights_files(made, AT)


def test_security_file_has_the_fields_of_rfc_9116() -> None:
    assert security(HOUSE, AT).splitlines() == [
        "Contact: mailto:desk@ledger.example",
        "Expires: 2026-12-31T23:59:59Z",
        "Preferred-Languages: en",
        "Canonical: https://ledger.example/.well-known/security.txt",
    ]
    made = house(url="", contact="https://ledger.example/contact#form", language="ar")
    text = security(made, AT)
    assert text.startswith("Contact: https://ledger.example/contact#form\n")
    assert "Canonical" not in text
    assert "Preferred-Languages: ar\n" in text


@pytest.mark.parametrize(
    ("instant", "expires"),
    [
        ("2026-01-01T00:00:00", "2026-12-31T23:59:59Z"),
        ("2026-06-30T23:59:59", "2026-12-31T23:59:59Z"),
        ("2026-07-01T00:00:00", "2027-06-30T23:59:59Z"),
        ("2026-12-31T23:59:59", "2027-06-30T23:59:59Z"),
        ("9999-12-31T23:59:59", "9999-12-31T23:59:59Z"),
        ("0001-01-01T00:00:00", "0001-12-31T23:59:59Z"),
    ],
)
def test_security_file_is_valid_for_half_a_year_to_a_year(instant: str, expires: str) -> None:
    at = datetime.fromisoformat(instant).replace(tzinfo=UTC)
    assert f"Expires: {expires}\n" in security(HOUSE, at)


def test_same_files_are_made_through_a_half_year() -> None:
    first = rights_files(HOUSE, datetime(2026, 7, 1, tzinfo=UTC))
    assert first == rights_files(HOUSE, datetime(2026, 12, 31, 23, tzinfo=UTC))
    assert sorted(first) == [
        ".well-known/security.txt",
        ".well-known/tdmrep.json",
        ".well-known/trust.txt",
        "robots.txt",
        "trust.txt",
    ]
