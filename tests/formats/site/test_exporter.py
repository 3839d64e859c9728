from __future__ import annotations

import hashlib
import json
import re
from base64 import b64encode
from dataclasses import replace
from html import unescape
from pathlib import Path, PurePosixPath
from posixpath import normpath
from xml.etree import ElementTree

import feedparser
import pytest

from editor.core.edition import Edition, FormerSlug
from editor.core.house import Section
from editor.core.story import Picture, Story
from editor.errors import BadValue, Cancelled, NotFound, OutputError, UnreadablePicture
from editor.formats.export import write_files
from editor.formats.exporters import find_exporter
from editor.formats.folder_output import FolderOutput
from editor.formats.output import MemoryOutput, ZipOutput
from editor.formats.site.exporter import SiteExporter
from editor.progress import Progress
from editor.proof.theme import shipped_theme
from tests.editions import with_items
from tests.formats.site.edition import HOUSE, MemoryPictures, edition, item, lighthouse
from tests.proof.attacks import OWN
from tests.proof.odd_pictures import ASCII, exif, jpeg_with_exif, noise


def export(made: Edition, progress: Progress | None = None) -> dict[str, bytes]:
    with MemoryOutput() as out:
        report = write_files(made, SiteExporter(), out, progress or Progress())
    assert report.files == len(out.files)
    return out.files


def notes(count: int) -> list[Story]:
    return [
        Story(id=f"n{i}", slug=f"note-{i}", section="business", headline=f"Note {i}", body="Word.")
        for i in range(count)
    ]


@pytest.mark.parametrize("slug", ["", "../x", "a/b", "index", "Upper", "con" * 40])
def test_slug_that_cannot_be_an_address_is_refused(slug: str) -> None:
    with pytest.raises(BadValue):
        export(edition([Story(id="x", slug=slug)]))


def test_home_page_begins_with_the_front() -> None:
    made = edition()
    last, first = made.items[-1].story, made.items[0].story
    assert last.id != first.id
    home = export(replace(made, front=("gone", last.id)))["index.html"].decode()
    assert home.index(f"stories/{last.slug}.html") < home.index(f"stories/{first.slug}.html")
    others = export(made)["index.html"].decode()
    assert others.index(f"stories/{first.slug}.html") < others.index(f"stories/{last.slug}.html")


def test_two_stories_with_the_same_slug_are_refused() -> None:
    with pytest.raises(OutputError):
        export(edition([Story(id="x", slug="bare")]))


def test_missing_picture_is_reported_with_its_story() -> None:
    made = edition()
    first = next(item.story.slug for item in made.items if item.story.pictures)
    with pytest.raises(NotFound, match=f"^{first}, “The light.*”: There is no picture"):
        export(replace(made, pictures=MemoryPictures()))


def test_broken_picture_is_reported_with_its_story() -> None:
    source = MemoryPictures()
    made = edition(source=source)
    story = next(item.story for item in made.items if item.story.pictures)
    source._files[story.pictures[0].file] = b"\xff\xd8\xff\xe0 broken"
    with pytest.raises(
        UnreadablePicture, match=f"^{story.slug}, “The light.*”: The picture is broken"
    ):
        export(made)


def test_empty_edition_gives_a_complete_site() -> None:
    files = export(replace(edition(), listings=()))
    assert b"No stories yet" in files["index.html"]
    assert b"No stories yet" in files["sections/world.html"]
    assert feedparser.parse(files["feed.xml"]).bozo == 0


def test_exported_tree_has_every_file() -> None:
    files = export(edition())
    media = {path for path in files if path.startswith("media/")}
    search = {path for path in files if path.startswith("assets/search/")}
    feeds = ("feed.xml", "rss.xml", "feed.json")
    sections = [f"sections/{slug}" for slug in ("world", "business", "sport")]
    authors = [
        f"authors/{slug}" for slug in ("mara-lindqvist", "tom-achterberg", "ywsf-hdd-2d2c56")
    ]
    arabic = [f"ar/{page}" for page in ("sections/world", authors[0], authors[2])]
    assert set(files) - media - search == {
        *("index.html", "404.html", "archive.html", "archive/2026-03.html"),
        *("corrections.html", "search.html", "robots.txt", "trust.txt", ".well-known/trust.txt"),
        *(".well-known/tdmrep.json", "_headers", ".htaccess", "nginx.conf", "site.webmanifest"),
        *("sitemap.xml", "sitemaps/pages.xml", "sitemaps/2026-03.xml", "sitemaps/news.xml"),
        *("assets/site.css", "assets/search.js", "assets/icon-512-maskable.png"),
        *(f"assets/icon-{width}.png" for width in (32, 180, 192, 512)),
        "assets/icon.svg",
        *(f"{tree}{feed}" for tree in ("", "ar/") for feed in feeds),
        *(f"{page}.html" for page in (*sections, *authors, *arabic)),
        *(f"{page}/{feed}" for page in (*sections, *authors, *arabic) for feed in feeds),
        *(f"stories/{slug}.html" for slug in ("old-lighthouse", "manara", "new-ferries", "bare")),
        *("ar/index.html", "ar/archive.html", "ar/archive/2026-03.html", "ar/corrections.html"),
        "ar/search.html",
    }
    assert len(media) == 39  # in each of three kinds 4 + 4 + 2 widths, and 3 × 3 crops
    # The blocks; for each language four shards of headlines, four of texts, facts.
    assert len(search) == 19


def test_section_pages_have_all_stories_newest_first() -> None:
    files = export(edition(notes(120)))
    pages = [files[f"sections/business{n}.html"].decode() for n in ("", "/1")]
    mains = [page.partition("<main")[2] for page in pages]
    found = [re.findall(r"stories/(note-\d+|new-ferries)\.html\"", main) for main in mains]
    slugs = [[*dict.fromkeys(links)] for links in found]
    assert slugs[0] == ["new-ferries", *(f"note-{i}" for i in range(70))]
    assert slugs[1] == [f"note-{i}" for i in range(70, 120)]
    assert "sections/business/2.html" not in files


@pytest.mark.parametrize("count", [46, 96, 97, 146])
def test_new_story_leaves_the_earlier_pages_of_the_lists_as_they_are(count: int) -> None:
    older = [replace(note, related=()) for note in notes(count)]
    before = export(edition(older, url=""))
    made = edition(older, url="")
    newest = replace(made.items[0], story=replace(made.items[0].story, id="new", slug="new"))
    after = export(with_items(made, (newest, *made.items)))
    changed = {path for path in before if before[path] != after.get(path)}
    numbered = {path for path in changed if re.search(r"/\d+\.html$", path)}
    # Where the newest page was full, a page more begins, and the one before it leads there.
    assert len(numbered) <= 1
    assert len(changed) < 20


def test_list_pages_lead_to_each_other() -> None:
    files = export(edition(notes(200)))
    path, seen = "archive/2026-03.html", []
    while path:
        seen.append(path)
        html = files[path].decode()
        assert ('rel="prev"' in html) == (path != "archive/2026-03.html")
        back = re.search(r'rel="prev" href="([^"]+)"', html)
        if back:
            assert normpath(str(PurePosixPath(path).parent / back[1])) == seen[-2]
        older = re.search(r'rel="next" href="([^"]+)"', html)
        path = normpath(str(PurePosixPath(path).parent / older[1])) if older else ""
    assert seen == ["archive/2026-03.html", *(f"archive/2026-03/{n}.html" for n in (3, 2, 1))]
    rows = [files[path].decode().count('class="headline"') for path in seen]
    assert rows == [53, 50, 50, 50]


@pytest.mark.parametrize("url", ["", "https://harbourpost.example/"])
def test_page_that_is_not_found_has_its_style_with_it(url: str) -> None:
    html = export(edition(url=url))["404.html"].decode()
    [style] = re.findall(r"<style>(.*?)</style>", html, re.DOTALL)
    assert style == shipped_theme().css
    digest = b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src &#39;sha256-{digest}&#39;;" in html
    assert 'rel="stylesheet"' not in html


def test_each_body_is_parsed_once(parsed: list[str]) -> None:
    """For its page, the home page, its section, the search index and the feeds together."""
    made = edition(
        [replace(note, body=f"Of {note.id}.") for note in notes(90)],
        url="https://harbourpost.example/",
    )
    parsed.clear()  # each was read once for its listing
    export(made)
    assert sorted(parsed) == sorted(item.story.body for item in made.items)


def test_every_file_of_a_picture_has_its_words_and_nothing_of_its_original() -> None:
    source = MemoryPictures()
    block = exif((0x010F, ASCII, b"CANARY-MAKER\0"), (0xA431, ASCII, b"CANARY-SERIAL\0"))
    original = jpeg_with_exif(block, noise(size=(300, 200), comment=b"CANARY-COMMENT"))
    picture = Picture(
        source.add(original),
        "The light <at last>.",
        "Harbour Post",
        "A lighthouse",
        width=300,
        height=200,
    )
    story = replace(lighthouse(source), pictures=(picture,))
    made = edition(source=source, rights="© {year} Harbour Post")
    files = export(with_items(made, [item(story)]))
    media = {path: data for path, data in files.items() if path.startswith("media/")}
    assert len(media) == 3 + 3
    for path, data in media.items():
        assert b"CANARY" not in data, path
        for words in ("The light &lt;at last&gt;.", "A lighthouse", "© 2026 Harbour Post"):
            assert words.encode() in data, path
        assert b"DMI-PROHIBITED-AIMLTRAINING" in data, path
    page = files[f"stories/{story.slug}.html"].decode()
    for kind in ("image/avif", "image/webp"):
        assert f'<source type="{kind}" srcset="../media/' in page
    assert 'width="300" height="200" alt="A lighthouse" decoding="async" fetchpriority' in page


def test_only_the_lead_of_a_page_is_loaded_at_once() -> None:
    page = export(edition())["index.html"].decode()
    images = [part.partition(">")[0] for part in page.split("<img")[1:]]
    assert ["high" in image for image in images] == [True, False]
    assert ['loading="lazy"' in image for image in images] == [False, True]


def test_two_exports_give_the_same_bytes(tmp_path: Path) -> None:
    assert export(edition()) == export(edition())
    for name in ("a.zip", "b.zip"):
        with ZipOutput(tmp_path / name) as out:
            write_files(edition(), SiteExporter(), out, Progress())
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_story_outside_the_edition_is_in_no_file() -> None:
    made = edition(notes(3))
    chosen = with_items(made, [item for item in made.items if item.story.id != "s1"])
    for path, data in export(chosen).items():
        for word in ("old-lighthouse", "Old lighthouse", "Solberg <", "Yesterday", "It is gone"):
            assert word.encode() not in data, (path, word)
        assert not path.startswith("media/" + made.items[0].story.pictures[0].file[:16])


def test_feeds_parse_and_agree() -> None:
    files = export(edition())
    atom, rss = (feedparser.parse(files[name]) for name in ("feed.xml", "rss.xml"))
    entries = json.loads(files["feed.json"])["items"]
    assert atom.bozo == rss.bozo == 0
    assert (atom.version, rss.version) == ("atom10", "rss20")
    assert [entry.title for entry in atom.entries] == [entry["title"] for entry in entries]
    assert [entry.title for entry in rss.entries] == [entry["title"] for entry in entries]
    assert [entry.id for entry in atom.entries] == [entry["id"] for entry in entries]
    assert atom.entries[0].id == "tag:harbourpost.example,2026-03-03:s1"
    assert atom.entries[0].link == "https://harbourpost.example/stories/old-lighthouse.html"
    assert atom.feed.updated == "2026-03-04T05:00:00Z"
    arabic = feedparser.parse(files["ar/feed.xml"])
    assert [entry.content[0].language for entry in arabic.entries] == ["ar"]
    for content in (
        atom.entries[0].content[0].value,
        rss.entries[0].content[0].value,
        entries[0]["content_html"],
    ):
        assert "Bergen, Norway–" in content
        assert 'href="https://harbourpost.example/stories/new-ferries.html"' in content
        assert "kept-back" not in content


def test_sections_have_the_title_of_their_language_wherever_readers_see_it() -> None:
    world = Section("world", "World", (("ar", "العالم"),))
    sections = (world, *(part for part in HOUSE.sections if part.slug != "world"))
    plain, files = export(edition()), export(edition(sections=sections))
    assert plain.keys() == files.keys()
    arabic = [name for name in files if name.startswith("ar/") or name == "stories/manara.html"]
    others = [name for name in files if name.endswith((".html", "feed.xml", ".json"))]
    for name in {*others} - {*arabic}:
        assert plain[name] == files[name], name
        assert "العالم".encode() not in files[name], name
    for name in arabic:
        text = files[name].decode()
        assert "World" not in text, name
        assert 'lang="en" dir="auto">العالم' not in text, name
    page = files["ar/sections/world.html"].decode()
    assert '<h1 class="title"><span lang="ar" dir="auto">العالم</span></h1>' in page
    assert "<title>العالم · Harbour Post</title>" in page
    assert 'aria-current="page">العالم</a>' in page
    story = files["stories/manara.html"].decode()
    for part in (
        '"articleSection":"العالم"',
        '{"@type":"ListItem","position":2,"name":"العالم"',
        '<meta property="article:section" content="العالم">',
        'sections/world.html" lang="ar" dir="auto">العالم</a>',
    ):
        assert part in story, part
    assert "<bdi>العالم</bdi>" in files["ar/archive/2026-03.html"].decode()
    assert '<option value="world" lang="ar">العالم</option>' in files["ar/search.html"].decode()
    feeds = [feedparser.parse(files[f"ar/{name}"]) for name in ("feed.xml", "rss.xml")]
    assert [feed.entries[0].tags[0].term for feed in feeds] == ["العالم"] * 2
    feed = json.loads(files["ar/sections/world/feed.json"])
    assert (feed["title"], feed["items"][0]["tags"][0]) == ("العالم · Harbour Post", "العالم")


def test_footnotes_of_all_stories_in_a_feed_have_ids_of_their_own() -> None:
    noted = [replace(note, body="A fact.[^1]\n\n[^1]: Its source.") for note in notes(3)]
    files = export(edition(noted))
    contents = "".join(item["content_html"] for item in json.loads(files["feed.json"])["items"])
    ids = re.findall('id="(fn[^"]*)"', contents)
    assert len(ids) == len(set(ids)) == 6
    assert set(re.findall('href="#([^"]*)"', contents)) == set(ids)
    for name in ids[:2]:
        assert f"id=&quot;{name}&quot;" in files["feed.xml"].decode().replace('"', "&quot;")
    page = files["stories/note-0.html"].decode()
    assert re.findall('id="(fn[^"]*)"', page) == ["fnref-note-0-1", "fn-note-0-1"]


def test_markup_in_a_headline_and_a_summary_reaches_feed_readers_as_text() -> None:
    text = "The <title> & the <b>bold</b> tag: &amp; is 5 < 7"
    story = Story(id="t", slug="tags", headline=text, standfirst=text, body="Word.")
    files = export(edition([story]))
    atom, rss = (feedparser.parse(files[name]).entries[-1] for name in ("feed.xml", "rss.xml"))
    assert atom.title == atom.summary == text
    # A description is HTML (RSS 2.0 Profile), a title is text: as an XML parser reads them.
    item = ElementTree.fromstring(files["rss.xml"]).findall("channel/item")[-1]
    assert item.findtext("title") == text
    assert item.findtext("description") == (
        "The &lt;title&gt; &amp; the &lt;b&gt;bold&lt;/b&gt; tag: &amp;amp; is 5 &lt; 7"
    )
    assert unescape(rss.summary) == text
    assert json.loads(files["feed.json"])["items"][-1]["summary"] == text


def test_feed_items_say_their_language_and_direction() -> None:
    files = export(edition())
    for folder, start in (("", '<div dir="ltr" lang="en">'), ("ar/", '<div dir="rtl" lang="ar">')):
        atom, rss = (feedparser.parse(files[folder + name]) for name in ("feed.xml", "rss.xml"))
        for content in (
            atom.entries[0].content[0].value,
            rss.entries[0].content[0].value,
            json.loads(files[f"{folder}feed.json"])["items"][0]["content_html"],
        ):
            assert content.startswith(start)
            assert content.endswith("</div>")
        root = ElementTree.fromstring(files[f"{folder}rss.xml"])
        summary = root.findtext("channel/item/description") or ""
        assert summary.startswith(start) == bool(folder), "other feeds say it of the channel"


def test_a_renamed_story_is_led_to_from_its_old_address_and_by_old_links() -> None:
    stories = [replace(note, body="See [it](old-note).") for note in notes(2)]
    made = edition(stories)
    former = (
        FormerSlug("old-note", "n0", was_public=True),
        FormerSlug("code-name", "n0"),
        FormerSlug("gone", "nobody", was_public=True),
    )
    files = export(replace(made, former_slugs=former))
    page = files["stories/old-note.html"].decode()
    assert '<meta http-equiv="refresh" content="0; url=note-0.html">' in page
    assert '<link rel="canonical" href="https://harbourpost.example/stories/note-0.html">' in page
    assert '<a class="button" href="note-0.html">' in page
    assert '<a href="note-0.html">it</a>' in files["stories/note-1.html"].decode()
    assert "https://harbourpost.example/stories/note-0.html" in files["feed.json"].decode()
    assert "stories/code-name.html" not in files, "readers never had that address"
    assert "stories/gone.html" not in files
    assert b"old-note" not in files["sitemap.xml"]


def search_facts(files: dict[str, bytes]) -> str:
    """What the search shows of the stories of a small site, as JSON."""
    scripts = (data for path, data in sorted(files.items()) if "/facts-" in path)
    lists = (script.decode().partition(",[")[2].removesuffix("]);\n") for script in scripts)
    return f"[{','.join(lists)}]"


def test_feeds_and_the_search_page_announce_a_story_by_its_standfirst() -> None:
    source = MemoryPictures()
    story = replace(lighthouse(source), id="s9", slug="standfirst", standfirst="Seen from afar.")
    files = export(edition([story], source))
    entry = next(
        each
        for each in json.loads(files["feed.json"])["items"]
        if each["url"].endswith("standfirst.html")
    )
    assert entry["summary"] == "Seen from afar."
    assert "<summary>Seen from afar.</summary>" in files["feed.xml"].decode()
    assert "<description>Seen from afar.</description>" in files["rss.xml"].decode()
    assert '"lines":["Seen from afar.",' in search_facts(files)


def test_feeds_and_sitemap_escape_hostile_texts() -> None:
    text = " ".join(OWN)
    bad = replace(lighthouse(MemoryPictures()), id="x&<>\"'", slug="bad", headline=text, body=text)
    bad = replace(bad, pictures=(), bylines=OWN, keywords=OWN, kicker=text, key_points=OWN)
    files = export(edition([bad]))
    for name in ("feed.xml", "rss.xml", "sitemap.xml"):
        ElementTree.fromstring(files[name])
    assert feedparser.parse(files["feed.xml"]).entries[3].title_detail.type == "text/plain"
    facts = search_facts(files)
    story = next(story for story in json.loads(facts) if story["path"] == "stories/bad.html")
    assert story["title"] == bad.headline


def test_sitemap_has_every_page_and_its_last_update() -> None:
    files = export(edition(notes(25)))
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    urls = {
        url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod")
        for name in ("pages", "2026-03")
        for url in ElementTree.fromstring(files[f"sitemaps/{name}.xml"])
    }
    base = "https://harbourpost.example/"
    assert urls[base] == urls[base + "stories/old-lighthouse.html"] == "2026-03-04T05:00:00Z"
    assert base + "archive.html" in urls
    assert base + "ar/" in urls
    assert base + "authors/tom-achterberg.html" in urls
    assert not [address for address in urls if "search" in str(address) or "404" in str(address)]
    lists = len([path for path in files if path.endswith(".html")]) - 29
    assert len(urls) == lists - 3 + 29  # without search in two languages, and 404
    assert b"Sitemap: https://harbourpost.example/sitemap.xml" in files["robots.txt"]


@pytest.mark.parametrize(("url", "count"), [("https://x.org/", 0), ("https://x.org/news/", 1)])
def test_files_that_belong_at_the_top_of_the_host_are_named_for_a_site_in_a_folder(
    url: str, count: int
) -> None:
    notices = SiteExporter().notices(edition(url=url))
    assert len(notices) == count
    assert all("robots.txt" in notice and "_headers" in notice for notice in notices)


def test_without_a_web_address_feeds_are_left_out_and_reported() -> None:
    with MemoryOutput() as out:
        report = write_files(edition(url=""), SiteExporter(), out, Progress())
    assert len(report.edition.notices) == 1
    assert not {"feed.xml", "rss.xml", "feed.json", "sitemap.xml"} & set(out.files)
    assert b"feed.xml" not in out.files["index.html"]
    assert report.edition.start == "index.html"
    assert len(report.edition.stories) == 4


def test_progress_names_each_step_and_cancelling_stops(tmp_path: Path) -> None:
    seen: list[tuple[int, int, str]] = []
    export(edition(), Progress(lambda *step: seen.append(step)))
    planned = SiteExporter().plan(edition(), Progress())
    assert [step[0] for step in seen[1:]] == list(range(len(planned) + 1))
    assert {step[1] for step in seen[1:]} == {len(planned)}
    stop = Progress(lambda done, total, what: stop.cancel() if done == 2 else None)
    with pytest.raises(Cancelled), FolderOutput(tmp_path / "site") as out:
        write_files(edition(), SiteExporter(), out, stop)
    assert list(tmp_path.iterdir()) == []


def test_exporters_are_found_by_name() -> None:
    assert find_exporter("site").name == "site"
    assert find_exporter("api").name == "api"
    with pytest.raises(NotFound) as caught:
        find_exporter("pdf")
    assert "site" in caught.value.hint
