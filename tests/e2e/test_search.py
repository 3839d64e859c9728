"""A reader searches an exported site from a folder, in a real browser."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWebEngineWidgets import QWebEngineView
from pytestqt.qtbot import QtBot

from editor.core.export_memory import MemoryParts
from editor.core.house import Section
from editor.core.listing import Listing
from editor.core.story import Story
from editor.formats.search.terms import search_entry
from editor.formats.search.words import SearchSource
from editor.formats.site.search_files import SCRIPT, search_files, search_script
from editor.proof.frame import Page
from editor.proof.pages import Pages
from editor.proof.single_pages import search_page
from editor.proof.site import Site
from editor.proof.theme import shipped_theme
from editor.text.folding import fold_words
from tests.conftest import ROOT
from tests.e2e.exporting import export
from tests.e2e.searching import search, status, titles
from tests.editions import listed, with_items
from tests.formats.site.edition import HOUSE, edition, item
from tests.proof.browser import Browser

CASES = json.loads((ROOT / "tests" / "text" / "folding_cases.json").read_text(encoding="utf-8"))


def press(view: QWebEngineView, key: Qt.Key, text: str = "") -> None:
    target = view.focusProxy() or view
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.postEvent(
            target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text)
        )


def write(view: QWebEngineView, text: str) -> None:
    for letter in text:
        press(view, Qt.Key.Key_unknown, letter)


def make_search(folder: Path, stories: Sequence[Story]) -> Path:
    """Write the search page and its files; each story is an hour newer than the one before."""
    first = datetime(2026, 1, 1, tzinfo=UTC)
    by_id = {story.id: story for story in stories}
    listings = [
        listed(item(story, f"{first + timedelta(hours=hour):%Y-%m-%dT%H:%M:%SZ}"))
        for hour, story in enumerate(stories)
    ]

    def entry(listing: Listing) -> bytes:
        return search_entry(by_id[listing.id], by_id[listing.id].body)

    site, pages = Site(HOUSE), Pages()
    source = SearchSource(tuple(listings), HOUSE, entry, MemoryParts())
    for file in search_files(source):
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.make())
    (folder / SCRIPT).write_bytes(search_script())
    (folder / "assets/site.css").touch()
    page = Page("search-page", site.house.language)
    made = search_page(shipped_theme().templates, site, page)
    (folder / "search.html").write_text(pages.html(made, site), encoding="utf-8")
    return folder


def story(number: int, **fields: object) -> Story:
    named = Story(id=f"n{number}", slug=f"n-{number}", headline=f"Note {number}", body="")
    return replace(named, **fields)  # type: ignore[arg-type]


def test_search_without_results_shows_a_message(site: Path, reader: Browser) -> None:
    assert search(reader, site, q="<img src=x onerror=alert(1)>") == []
    assert status(reader) == (
        "No story matches “<img src=x onerror=alert(1)>”. Try fewer or shorter words."
    )
    reader.open(site / "search.html")
    assert status(reader) == ""
    assert reader.page.dialogs == []
    assert reader.page.messages == []


@pytest.mark.parametrize("query", ["", " ", '"', '""', "…", "a" * 100_000, "é " * 5_000, "\ufffd"])
def test_nothing_that_is_typed_is_an_error(query: str, site: Path, reader: Browser) -> None:
    reader.open(site / "search.html")
    reader.ask(
        f"(document.querySelector('#search-words').value = {json.dumps(query)}, "
        "document.querySelector('#search-form').requestSubmit())"
    )
    reader.wait_for("!document.getElementById('search-results').ariaBusy")
    assert reader.ask("document.querySelectorAll('#search-results li').length") == 0
    assert reader.page.messages == []


def test_file_that_is_missing_is_said_and_tried_again(tmp_path: Path, reader: Browser) -> None:
    folder = make_search(tmp_path, [story(0, headline="Ferry")])
    shards = list((folder / "assets/search").glob("*-head*.js"))
    kept = [path.read_bytes() for path in shards]
    for path in shards:
        path.unlink()
    assert search(reader, folder, q="ferry") == []
    assert status(reader).startswith("A part of the search could not be loaded.")
    for path, data in zip(shards, kept, strict=True):
        path.write_bytes(data)
    reader.ask("document.querySelector('#search-form').requestSubmit()")
    reader.wait_for("document.getElementById('search-status').textContent.startsWith('1 story')")


def test_site_without_stories_says_that_none_matches(tmp_path: Path, reader: Browser) -> None:
    assert search(reader, make_search(tmp_path, []), q="ferry") == []
    assert status(reader).startswith("No story matches")


def test_reader_searches_and_opens_a_result(
    site: Path, reader: Browser, view: QWebEngineView, qtbot: QtBot
) -> None:
    reader.open(site / "index.html")
    view.setFocus()
    reader.ask("document.querySelector('input[type=search]').focus()")
    write(view, "twenty lamp")
    reader.wait_for("document.querySelector('input[type=search]').value === 'twenty lamp'")
    press(view, Qt.Key.Key_Return, "\r")
    reader.wait_for("location.pathname.endsWith('/search.html') && document.readyState")
    reader.wait_for("document.querySelectorAll('#search-results a').length === 1")
    titles(reader)
    assert status(reader) == "1 story for “twenty lamp”"
    # From the search box, the next stops are its button, the sections, the other languages
    # and the first result.
    reader.wait_for("document.activeElement.id === 'search-words'")
    for _stop in range(4):
        press(view, Qt.Key.Key_Tab, "\t")
    reader.wait_for("document.activeElement.closest('#search-results') !== null")
    press(view, Qt.Key.Key_Return, "\r")
    reader.wait_for("location.pathname.endsWith('/stories/old-lighthouse.html')")
    reader.wait_for("document.readyState === 'complete'")
    assert reader.ask("document.querySelector('h1').textContent").startswith("Old lighthouse")
    assert "Bergen, Norway–A lighthouse" in reader.ask("document.body.innerText")
    assert reader.ask("document.querySelector('article img').naturalWidth") > 0
    assert reader.ask("getComputedStyle(document.querySelector('article')).maxWidth") == "688px"
    assert reader.page.messages == []


def test_keys_lead_through_the_results_and_back(
    tmp_path: Path, reader: Browser, view: QWebEngineView
) -> None:
    folder = make_search(tmp_path, [story(0, headline="Ferry"), story(1, headline="Ferry two")])
    search(reader, folder, q="ferry")
    view.setFocus()
    reader.ask("document.getElementById('search-words').focus()")
    for key, text, focused in (
        (Qt.Key.Key_Slash, "/", "ferry/"),
        (Qt.Key.Key_Backspace, "\b", "ferry"),
        (Qt.Key.Key_Up, "", "ferry"),
        (Qt.Key.Key_Down, "", "Ferry two"),
        (Qt.Key.Key_Down, "", "Ferry"),
        (Qt.Key.Key_Down, "", "Ferry"),
        (Qt.Key.Key_Up, "", "Ferry two"),
        (Qt.Key.Key_Slash, "/", "ferry"),
    ):
        press(view, key, text)
        reader.wait_for(
            "(document.activeElement.value ?? document.activeElement.textContent)"
            f" === {json.dumps(focused)}"
        )
        titles(reader)
    assert reader.ask("document.activeElement.id") == "search-words"


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("LIGHTHOUSE", "Old lighthouse to shine again after thirty dark years"),
        ("bergen ligh", "Old lighthouse to shine again after thirty dark years"),
        ("berg light", "Old lighthouse to shine again after thirty dark years"),
        ("lindqvist", "Old lighthouse to shine again after thirty dark years"),
        ("منارة", "منارة قديمة تضيء من جديد بعد ثلاثين عامًا"),
        ("مَنَارَه", "منارة قديمة تضيء من جديد بعد ثلاثين عامًا"),
        ("عاما", "منارة قديمة تضيء من جديد بعد ثلاثين عامًا"),
        ("المصب", "منارة قديمة تضيء من جديد بعد ثلاثين عامًا"),
        ("ｆｅｒｒｙ", "Ferry line orders three ships that run on wind"),
        ("fèrry", "Ferry line orders three ships that run on wind"),
    ],
)
def test_search_ignores_accents_and_letter_case(
    query: str, first: str, site: Path, reader: Browser
) -> None:
    assert search(reader, site, q=query)[:1] == [first]


ARABIC = (
    *("منارة", "المنارة", "والمنارة", "فالمنارة", "بالمنارة", "كالمنارة", "للمنارة", "وللمنارة"),
    *("ومنارة", "بمنارة", "لمنارة", "وبمنارة", "ولمنارة", "مناراتنا", "المناراتي"),
    *("وزارة", "زار", "بلدية", "لديه", "بلد", "البلد", "ببلد", "الله", "له", "حج", "الحج", "كرة"),
    "فكرة",
)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("منارة", ARABIC[:13]),
        ("المنارة", ARABIC[:13]),
        ("وَلِلْمَنَارَه", ARABIC[:13]),
        ("والمنارات", ("مناراتنا", "المناراتي")),
        ("من", (*ARABIC[:8], "مناراتنا", "المناراتي")),
        ("المن", ("المنارة", "المناراتي")),
        ("المنا", (*ARABIC[:8], "مناراتنا", "المناراتي")),
        ("ال", ()),
        ("وا", ()),
        ('"منارة"', ("منارة",)),
        ('"المنارة"', ("المنارة",)),
        ("بمنارة", ("بمنارة", "وبمنارة")),
        ("زار", ("زار",)),
        ("وزا", ()),
        ("وزار", ("وزارة",)),
        ("لديه", ("لديه", "بلدية")),  # the price: it could be `in` and `he has`
        ("بلدية", ("بلدية",)),
        ("بلدي", ("بلدية",)),
        ("بلد", ("بلد", "البلد", "ببلد")),
        ("البلد", ("بلد", "البلد", "ببلد")),
        ("الله", ("الله",)),
        ("حج", ("حج", "الحج")),
        ("الحج", ("الحج",)),
        ("كرة", ("كرة",)),
    ],
)
def test_arabic_word_is_found_by_what_is_written_together_with_it(
    query: str, found: Sequence[str], arabic: Path, reader: Browser
) -> None:
    assert sorted(search(reader, arabic, q=query)) == sorted(found)
    marks = "[...document.querySelectorAll('#search-results h2 mark')].map(m => m.textContent)"
    assert sorted(reader.ask(marks)) == sorted(found), "whole words are marked"


@pytest.fixture(scope="module")
def arabic(tmp_path_factory: pytest.TempPathFactory) -> Path:
    stories = [
        story(number, headline=word, body=f"نص {word}.") for number, word in enumerate(ARABIC)
    ]
    return make_search(tmp_path_factory.mktemp("arabic"), stories)


# The desk finds beginnings of the last word only, and words between quotation marks in their
# order. The site's index has no order but of headlines; and each word may be a beginning.
ON_THE_SITE = {"fer returns": True, '"ferry night"': True}


def test_search_finds_what_the_desk_finds(tmp_path: Path, reader: Browser) -> None:
    """The desk's search is tested with the same table."""
    texts = [text for text, _query, _is_found in CASES["queries"]]
    notes = [
        story(number, headline=f"Case {number}", body=text) for number, text in enumerate(texts)
    ]
    titled = [story(1_000 + number, headline=text) for number, text in enumerate(texts)]
    folder = make_search(tmp_path, [*notes, *titled])
    for number, (text, query, is_found) in enumerate(CASES["queries"]):
        reader.open(folder / "search.html", urlencode({"q": query}))
        found = titles(reader) if any(map(str.isalnum, query)) else []
        case = (text, query, found)
        assert (f"Case {number}" in found) is ON_THE_SITE.get(query, is_found), case
        assert (text in found) is ON_THE_SITE.get(query, is_found), case
    assert reader.page.messages == []


def test_words_and_their_places_are_those_of_the_desk(tmp_path: Path, reader: Browser) -> None:
    """The script's own function, which its page calls for what is typed and what is shown."""
    folder = make_search(tmp_path, [])
    texts = [text for text, _words in CASES["words"]]
    told = (
        "start.then(() => { document.body.textContent = "
        f"JSON.stringify({json.dumps(texts)}.map((text) => findWords(text))); }});"
    )
    begin, _, end = search_script().decode().rpartition("})();")
    (folder / SCRIPT).write_text(f"{begin}{told}}})();{end}", encoding="utf-8")
    reader.open(folder / "search.html")
    reader.wait_for("document.body.textContent.startsWith('[')")
    found = json.loads(reader.ask("document.body.textContent"))
    for (text, words), ours in zip(CASES["words"], found, strict=True):
        assert [word["text"] for word in ours] == words
        assert [word._asdict() for word in fold_words(text)] == ours


def test_results_are_ranked_by_where_the_words_are_and_by_date(
    tmp_path: Path, reader: Browser
) -> None:
    folder = make_search(
        tmp_path,
        [
            story(1, headline="Old wind ferry"),
            story(2, headline="Windy ferrying"),
            story(3, headline="Wind", key_points=("A ferry",)),
            story(4, headline="Wind, with the ferry in the text", body="Ferry."),
            story(5, headline="Wind alone", body="The ferry."),
            story(6, headline="In the text only", body="A ferry and the wind."),
            story(7, headline="In the text, begun", body="Ferries and the wind, ferrymen."),
            story(8, headline="New wind ferry"),
            story(9, headline="Nothing but wind"),
        ],
    )
    assert search(reader, folder, q="ferry wind") == [
        "New wind ferry",
        "Wind, with the ferry in the text",
        "Old wind ferry",
        "Windy ferrying",
        "Wind",
        "Wind alone",
        "In the text only",
        "In the text, begun",
    ]
    assert search(reader, folder, q='"ferry" wind')[2:4] == ["Old wind ferry", "Wind"]


def test_words_in_quotation_marks_come_first_where_a_headline_has_them_in_their_order(
    tmp_path: Path, reader: Browser
) -> None:
    folder = make_search(
        tmp_path,
        [
            story(1, headline="Today the harbour opens again"),
            story(2, headline="渡轮恢复航行"),
            story(3, headline="Harbour opens", kicker="Ferries", standfirst="Fog has gone"),
            story(4, headline="Opens harbour"),
            story(5, headline="Harbour never opens"),
            story(6, headline="Harbour", kicker="Opens"),
            story(7, headline="Harbouring opens"),
            story(8, headline="Something", key_points=("The harbour opens",)),
            story(9, headline="Something else", body="The harbour opens."),
            story(10, headline=" ".join(["word"] * 20) + " harbour opens"),
            story(11, headline="恢复渡轮航行"),
        ],
    )
    others = [f"{'word ' * 20}harbour opens", "Harbour", "Harbour never opens", "Opens harbour"]
    rest = ["Something", "Something else"]
    first = ["Harbour opens", "Today the harbour opens again"]
    assert search(reader, folder, q='"harbour opens"') == [*first, *others, *rest]
    for quoted in ("“harbour opens”", "«harbour opens»", "„harbour opens“"):
        assert search(reader, folder, q=quoted)[:2] == first
    assert search(reader, folder, q='fog "harbour opens"') == ["Harbour opens"]
    assert search(reader, folder, q='"harbour opens again"') == first[1:]
    assert search(reader, folder, q='"opens harbour"')[0] == "Opens harbour"
    assert search(reader, folder, q='"渡轮恢复"') == ["渡轮恢复航行"]
    assert reader.page.messages == []


def test_search_of_a_tree_finds_its_language_and_others_when_asked(
    tmp_path: Path, reader: Browser
) -> None:
    english = story(1, headline="Ferry 2030")
    arabic = story(2, headline="عبارة 2030", language="ar")
    made = with_items(edition(), [item(english), item(arabic)])
    folder = export(tmp_path, made)
    assert search(reader, folder, q="2030") == ["Ferry 2030"]
    assert status(reader) == "1 story for “2030”"
    assert search(reader, folder, q="2030", languages="all") == ["Ferry 2030", "عبارة 2030"]
    assert reader.ask("document.getElementById('search-languages').checked")
    reader.ask("document.getElementById('search-languages').click()")
    reader.wait_for("document.querySelectorAll('#search-results a').length === 1")
    assert reader.ask("location.search") == "?q=2030"
    assert search(reader, folder, q="عبارة") == ["عبارة 2030"], "nothing in English has it"
    reader.open(folder / "ar" / "search.html", "q=2030")
    assert titles(reader) == ["عبارة 2030"]
    link = reader.ask("document.querySelector('#search-results a').href")
    assert link.endswith(f"/stories/{arabic.slug}.html")
    assert "/ar/" not in link
    assert reader.page.messages == []


def test_found_words_are_marked_in_every_way_to_write_them(tmp_path: Path, reader: Browser) -> None:
    folder = make_search(
        tmp_path,
        [
            story(
                1,
                headline="Zoë Café and the mayor’s café-bar",
                standfirst="Nothing here",
                key_points=("A second point", "L’Ærø, Zoe & the mayor <b>"),
            ),
            story(2, headline="مَنَارَةٌ قديمة"),
            story(3, headline="渡轮恢复航行，恢复"),
        ],
    )
    marks = "[...document.querySelectorAll('#search-results mark')].map(mark => mark.textContent)"
    assert len(search(reader, folder, q="ZOE caf mayor aero")) == 1
    assert reader.ask(marks) == ["Zoë", "Café", "mayor’s", "café", "Ærø", "Zoe", "mayor"]
    assert reader.ask("document.querySelector('#search-results .summary').textContent") == (
        "L’Ærø, Zoe & the mayor <b>"
    )
    search(reader, folder, q="مناره")
    assert reader.ask(marks) == ["مَنَارَةٌ"]
    search(reader, folder, q="恢复")
    assert reader.ask(marks) == ["恢复", "恢复"]
    search(reader, folder, q="恢复航")
    assert reader.ask(marks) == ["恢复航", "恢复"]


def test_result_shows_section_date_and_direction(site: Path, reader: Browser) -> None:
    search(reader, site, q="منارة")
    assert reader.ask(
        "[...document.querySelectorAll('#search-results li')].map(li => [li.lang, li.dir, "
        "li.querySelector('a').getAttribute('href'), "
        "...[...li.querySelectorAll('.facts > *')].map(fact => fact.textContent), "
        "li.querySelector('time').dateTime])"
    ) == [["ar", "rtl", "stories/manara.html", "World", "2 مارس 2026", "2026-03-02T23:00:00Z"]]


def test_result_has_the_section_in_the_language_of_the_page(
    tmp_path: Path, reader: Browser
) -> None:
    world = Section("world", "World", (("ar", "العالم"),))
    site = export(tmp_path / "site", edition(sections=(world,)))
    shown = "(b => [b.textContent, b.lang])(document.querySelector('#search-results .facts bdi'))"
    for tree, section in (("", ["World", "en"]), ("ar/", ["العالم", "ar"])):
        search(reader, site / tree, q="منارة")
        assert reader.ask(shown) == section


def test_section_is_chosen_on_the_page_and_in_the_address(site: Path, reader: Browser) -> None:
    both = search(reader, site, q="the")
    assert len(both) == 2
    (found,) = search(reader, site, q="the", section="business")
    assert found.startswith("Ferry line")
    assert reader.ask("document.getElementById('search-section').value") == "business"
    assert search(reader, site, q="the", section="nowhere") == both
    reader.ask(
        "(document.getElementById('search-section').value = 'sport', document"
        ".getElementById('search-section').dispatchEvent(new Event('change')))"
    )
    reader.wait_for("document.getElementById('search-status').textContent.startsWith('No story')")
    assert reader.ask("location.search") == "?q=the&section=sport"


def test_back_and_forward_lead_through_the_searches(site: Path, reader: Browser) -> None:
    search(reader, site, q="ferry")
    for query in ("lighthouse", "regatta"):
        reader.ask(
            f"(document.getElementById('search-words').value = '{query}', "
            "document.getElementById('search-form').requestSubmit())"
        )
        reader.wait_for(f"document.getElementById('search-status').textContent.includes('{query}')")
        assert reader.ask("location.search") == f"?q={query}"
    for step, query in ((-1, "lighthouse"), (-1, "ferry"), (1, "lighthouse")):
        reader.ask(f"history.go({step})")
        reader.wait_for(f"document.getElementById('search-status').textContent.includes('{query}')")
        assert reader.ask("document.getElementById('search-words').value") == query
    assert reader.page.messages == []


def test_what_is_typed_is_searched_for_and_in_the_address(
    site: Path, reader: Browser, view: QWebEngineView
) -> None:
    reader.open(site / "search.html")
    view.setFocus()
    reader.wait_for("document.activeElement.id === 'search-words'")
    before = reader.ask("history.length")
    write(view, "regat")
    reader.wait_for("document.querySelectorAll('#search-results a').length === 1")
    reader.wait_for("location.search === '?q=regat'")
    assert reader.ask("history.length") == before
    press(view, Qt.Key.Key_Return, "\r")
    write(view, "ta")
    reader.wait_for("location.search === '?q=regatta'")
    assert reader.ask("history.length") == before + 1
    reader.ask("history.back()")
    reader.wait_for("document.getElementById('search-words').value === 'regat'")


def test_field_that_is_emptied_while_its_search_runs_shows_nothing(
    site: Path, reader: Browser
) -> None:
    search(reader, site, q="the")
    for query in ("ferry", ""):
        reader.ask(
            f"(document.getElementById('search-words').value = '{query}', "
            "document.getElementById('search-form').requestSubmit())"
        )
    reader.wait_for("document.getElementById('search-status').textContent === ''")
    reader.wait_for("!document.getElementById('search-results').ariaBusy")
    assert reader.ask("document.querySelectorAll('#search-results li').length") == 0


def test_more_stories_are_shown_when_asked_for(tmp_path: Path, reader: Browser) -> None:
    folder = make_search(tmp_path, [story(number) for number in range(45)])
    newest = [f"Note {number}" for number in range(44, -1, -1)]
    assert search(reader, folder, q="note") == newest[:20]
    assert status(reader) == "45 stories for “note”"
    for count in (40, 45):
        assert reader.ask("document.getElementById('search-more').checkVisibility()")
        reader.ask("document.getElementById('search-more').click()")
        reader.wait_for(f"document.querySelectorAll('#search-results a').length === {count}")
        last = newest[count - (20 if count == 40 else 5)]
        reader.wait_for(f"document.activeElement.textContent === '{last}'")
    assert titles(reader) == newest
    assert not reader.ask("document.getElementById('search-more').checkVisibility()")


def test_large_site_is_searched_by_few_files(tmp_path: Path, reader: Browser) -> None:
    """Stories of several blocks: found by any word, in one order, without loading the rest."""
    words = ("harbour", "market", "minister")
    stories = [
        story(
            number,
            headline=f"{words[number % 3]} {number}",
            body=" ".join([f"word{number}", f"word{number // 2}", *words, f"tail{number % 97}"]),
        )
        for number in range(2_500)
    ]
    folder = make_search(tmp_path, stories)
    _name, blocks = json.loads(
        "[" + (folder / "assets/search/blocks.js").read_text()[len("stonehandSearch(") : -3] + "]"
    )
    assert [name for _tree, name, *_facts in blocks] == ["new", "old"]
    for number in (0, 1_023, 1_024, 2_000, 2_499):
        found = search(reader, folder, q=f"word{number}")
        own = f"{words[number % 3]} {number}"
        pair = [f"{words[n % 3]} {n}" for n in (2 * number + 1, 2 * number) if n < len(stories)]
        assert sorted(found[: 1 + len(pair)]) == sorted({own, *pair})
    titled = [f"market {number}" for number in range(2_499, -1, -1) if number % 3 == 1]
    assert search(reader, folder, q="market") == titled[:20]
    assert status(reader) == "2500 stories for “market”"
    tails = [f"{words[number % 3]} {number}" for number in range(2_499, -1, -1) if number % 97 == 5]
    assert (
        search(reader, folder, q='"tail5" minist market')
        == [
            *[title for title in tails if not title.startswith("harbour")],
            *[title for title in tails if title.startswith("harbour")],
        ][:20]
    )
    loaded = reader.ask("document.head.querySelectorAll('script[src*=search]').length")
    written = len(list((folder / "assets/search").iterdir()))
    assert loaded < written / 4
    assert reader.page.messages == []


def test_search_runs_on_an_arabic_page(tmp_path: Path, reader: Browser) -> None:
    made = edition(language="ar")
    folder = export(tmp_path, made)
    assert search(reader, folder, q="منارة") == ["منارة قديمة تضيء من جديد بعد ثلاثين عامًا"]
    assert status(reader) == "خبر واحد عن «منارة»"
    assert reader.ask("document.documentElement.dir") == "rtl"
