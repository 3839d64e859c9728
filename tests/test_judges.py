"""What the judges of packaging/judges work out by themselves, before any tool is asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from exports import covering, page_features
from feeds import feed_faults
from links import PageLinks, broken, target
from paper import STORIES, make_edition
from tools import Verdict

ROOT = Path(__file__).resolve().parent.parent
JUDGES = ROOT / "packaging" / "judges"

URL = "https://post.example/"


def faults(**pages: str) -> list[str]:
    files = {name.replace("_", "/") + ".html": PageLinks(html) for name, html in pages.items()}
    return list(broken(files, {"assets/site.css"}, URL))


def test_links_that_lead_to_nothing_are_found() -> None:
    assert faults(a='<a href="gone.html">') == ["a.html: gone.html leads to nothing"]
    assert faults(a=f'<link rel="canonical" href="{URL}b.html">') == [
        f"a.html: {URL}b.html leads to nothing"
    ]
    assert faults(a='<img srcset="x.webp 1w, y.webp 2w">') == [
        "a.html: x.webp leads to nothing",
        "a.html: y.webp leads to nothing",
    ]
    assert faults(a='<meta http-equiv="refresh" content="0; url=b.html">') == [
        "a.html: b.html leads to nothing"
    ]
    data = json.dumps({"@id": f"{URL}#name", "logo": {"url": f"{URL}x.png"}})
    assert faults(a=f'<script type="application/ld+json">{data}</script>') == [
        f"a.html: {URL}x.png leads to nothing"
    ]


def test_places_in_pages_that_are_not_there_are_found() -> None:
    assert faults(a='<a href="#note">') == ["a.html: #note leads to no place in a.html"]
    assert faults(a='<a href="sub/b.html#n">', sub_b='<p id="m">') == [
        "a.html: sub/b.html#n leads to no place in sub/b.html"
    ]
    assert faults(a='<p aria-labelledby="x y" id="x">') == [
        "a.html: #y leads to no place in a.html"
    ]
    assert faults(a='<p id="x"><p id="x">') == ["a.html: ids that are there twice: x"]


def test_sound_links_are_no_faults() -> None:
    page = (
        '<link rel="stylesheet" href="assets/site.css"><a href="#x" id="x"></a>'
        '<a href="sub/b.html?q=1"></a><a href="https://board.example/gone"></a>'
    )
    assert faults(a=page, sub_b=f'<a href="../a.html#x"><a href="{URL}a.html">') == []


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("mailto:a@b.example", None),
        ("https://other.example/a.html", None),
        ("", ("sub/a.html", "")),
        ("#x", ("sub/a.html", "x")),
        ("../b.html#x", ("b.html", "x")),
        ("./", ("sub/index.html", "")),
        (URL, ("index.html", "")),
        (f"{URL}#x", ("index.html", "x")),
        (f"{URL}ar/", ("ar/index.html", "")),
    ],
)
def test_links_lead_to_files(link: str, expected: tuple[str, str] | None) -> None:
    assert target("sub/a.html", link, URL) == expected


def test_a_few_pages_cover_what_is_on_all() -> None:
    rich = '<p class="a b"><table><img class="crop fx-1 fy-2">'
    pages = {"poor": '<p class="a">', "rich": rich, "other": "<ul>", "same": rich.replace("1", "3")}
    assert covering(pages) == ["rich", "other"]
    assert page_features(rich) == {"p", "p.a", "p.b", "table", "img", "img.crop"}


def test_feeds_with_faults_are_told(tmp_path: Path) -> None:
    file = tmp_path / "feed.xml"
    file.write_text("<feed")
    assert list(feed_faults(file, tmp_path))
    file.write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Post</title><link href="x"/>'
        "<entry><id>1</id><title>A</title><link href='a'/></entry></feed>"
    )
    assert list(feed_faults(file, tmp_path)) == ["feed.xml: entry 0 has no published"]


def test_judge_with_nothing_to_read_has_failed() -> None:
    assert Verdict("axe").has_failed
    assert Verdict("axe", read=1, wrong=["a.html: too small"]).has_failed
    assert not Verdict("axe", read=1).has_failed
    assert not Verdict("axe", skipped="skipped: there is no schema").has_failed


def test_lock_file_names_no_registry() -> None:
    lock = (JUDGES / "package-lock.json").read_text(encoding="utf-8")
    packages = json.loads(lock)["packages"]
    assert "resolved" not in lock
    assert all(package.get("integrity") for path, package in packages.items() if path)


def test_edition_that_is_judged_has_all_its_stories(tmp_path: Path) -> None:
    edition = make_edition(tmp_path, "broadsheet")
    assert len({listing.slug for listing in edition.listings}) == STORIES
    assert {listing.language for listing in edition.listings} == {"en", "ar", "en-GB"}
