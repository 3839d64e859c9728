"""What the search of a site costs a reader, beside Pagefind and MiniSearch.

    python tests/bench/bench_search.py [--stories 10000] [--runs 5]

One invented corpus (bodies of 500 words) is indexed by each. Then a browser with an empty
cache opens the search page with a query in its address. Measured are the milliseconds from
there to the first result on the page, and the bytes of all files that the page had asked for
by then, itself and its style included. Files are in the page cache, and nothing compresses
them. Over file:// only Stonehand's is measured: the others fetch, which browsers refuse
there. A page with one fixed line shows what any page costs. The peers come from npm into a
temporary folder; one that can't be had is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote, urlencode, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer, QUrl
from PySide6.QtWebEngineCore import QWebEnginePage, QWebEngineProfile, QWebEngineScript
from PySide6.QtWidgets import QApplication

from editor.core.edition import Item
from editor.core.export_memory import MemoryParts
from editor.core.house import House
from editor.core.listing import Listing
from editor.core.story import Story
from editor.formats.search.terms import search_entry
from editor.formats.search.words import SearchSource
from editor.formats.site.search_files import SCRIPT, search_files, search_script
from editor.gui.page.engine import prepare_web_engine
from editor.proof.bodies import body_of
from editor.proof.frame import Page
from editor.proof.listing import listing_of
from editor.proof.pages import Pages
from editor.proof.single_pages import search_page
from editor.proof.site import Site
from editor.proof.theme import shipped_theme
from editor.text.parse import parse
from tests.bench.fill import SECTIONS, invented
from tests.bench.words import Prose

HOUSE = House("Example Newsroom", sections=SECTIONS)
NOTHING = listing_of(Item(Story(), 1, "", "", ""), body_of(parse(""), ""))
COPIED = ("id", "slug", "headline", "key_points", "section", "language")
FIRST = datetime(2025, 1, 1, tzinfo=UTC)
_LIMIT = 60_000

_FIRST = """
performance.setResourceTimingBufferSize(10000);
new MutationObserver((_changes, observer) => {
  if (document.querySelector('#search-results li')) {
    observer.disconnect();
    const files = document.querySelectorAll('[src], [rel=stylesheet]');
    const asked = [...files].map(file => file.src || file.href);
    const came = performance.getEntriesByType('resource').map(e => e.name);
    window.first = [performance.now(), [...asked, ...came]];
  }
}).observe(document, {childList: true, subtree: true});
"""
_PEER = """<!doctype html><meta charset="utf-8"><title>Search</title>
<ol id="search-results"></ol>{scripts}"""
_PAGEFIND = """
import {search} from './pagefind/pagefind.js';
const found = await search(new URLSearchParams(location.search).get('q'));
const data = await found.results[0].data();
const item = document.createElement('li');
item.innerHTML = data.meta.title + data.excerpt;
document.getElementById('search-results').append(item);
"""
_MINISEARCH = """
fetch('index.json').then(answer => answer.text()).then(text => {
  const index = MiniSearch.loadJSON(text, OPTIONS);
  const query = new URLSearchParams(location.search).get('q');
  const weights = {title: 12, points: 5};
  const [first] = index.search(query, {combineWith: 'AND', prefix: true, boost: weights});
  const item = document.createElement('li');
  item.textContent = first.title + first.summary;
  document.getElementById('search-results').append(item);
});
"""
_MINISEARCH_OPTIONS = (
    "{fields: ['title', 'points', 'text'], storeFields: ['title', 'summary', 'date']}"
)
_MINISEARCH_BUILD = """
const MiniSearch = require('minisearch');
const fs = require('fs');
const index = new MiniSearch(OPTIONS);
index.addAll(JSON.parse(fs.readFileSync(process.argv[2])));
fs.writeFileSync(process.argv[3], JSON.stringify(index));
"""


class Text(NamedTuple):
    """A story, its plain text, and when it was published."""

    story: Story
    plain: str
    published: str


class Peer(NamedTuple):
    """A search that was built: its folder, its page, what it cost and how large it is."""

    name: str
    folder: Path
    page: str
    seconds: float
    size: int
    files: int


def main() -> None:
    """Measure, and print tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stories", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    texts = list(corpus(options.stories))
    queries = choose_queries(texts)
    prepare_web_engine()
    app = QApplication(["bench"])
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        peers = [stonehand(texts, work / "stonehand"), *others(texts, work)]
        control = nothing(peers[0], work / "nothing")
        print(f"{'':26} {'index':>8} {'size':>9} {'files':>6}")
        for peer in peers:
            print(f"{peer.name:26} {peer.seconds:6.1f} s {peer.size / 1e6:6.1f} MB {peer.files:6}")
        print(f"\n{'query':44} {'':26} {'median':>11} {'least':>11} {'files':>9}")
        for peer in (control, peers[0]):
            measure(peer, queries, "file", options.runs)
        for peer in (control, *peers):
            measure(peer, queries, "http", options.runs)
    app.quit()


def corpus(count: int) -> Iterator[Text]:
    """Yield stories with bodies of 500 words."""
    prose = Prose(random.Random(11))
    for number, draft in enumerate(invented(count)):
        plain = draft.text.plain
        while (missing := 500 - len(plain.split())) > 0:
            plain += "\n\n" + " ".join(prose.words(missing))
        at = FIRST + timedelta(hours=number)
        yield Text(draft.story, plain, f"{at:%Y-%m-%dT%H:%M:%SZ}")


def choose_queries(texts: list[Text]) -> dict[str, str]:
    """Return queries by what they are."""
    often = Counter(word for text in texts[::20] for word in {*text.plain.lower().split()})
    plain = [word for word, _count in often.most_common() if word.isalpha() and len(word) > 4]
    common, rare = plain[40], plain[-1]
    return {
        "a common word": common,
        "a rare word": rare,
        "two words": f"{plain[10]} {common}",
        "three words": f"{plain[10]} {common} {plain[300]}",
        "a beginning": common[:3],
    }


def stonehand(texts: list[Text], folder: Path) -> Peer:
    """Make the search page of a site and its files, as an export does."""
    site, pages = Site(HOUSE), Pages()
    start = time.process_time()
    entries = {text.story.hash: search_entry(text.story, text.plain) for text in texts}
    middle = time.process_time()
    listings = [_listing(text) for text in texts]
    source = SearchSource(
        tuple(listings), HOUSE, lambda listing: entries[listing.hash], MemoryParts()
    )
    files = list(search_files(source))
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.make())
    end = time.process_time()
    kept = sum(map(len, entries.values())) / 1e6
    print(f"stonehand: {middle - start:.1f} s for the words of all texts, {kept:.1f} MB that are "
          f"kept by their hashes; {end - middle:.1f} s for all files")  # fmt: skip
    (folder / SCRIPT).write_bytes(search_script())
    (folder / "assets/site.css").write_text(shipped_theme().css, encoding="utf-8")
    page = Page("search-page", site.house.language)
    made = search_page(shipped_theme().templates, site, page)
    (folder / "search.html").write_text(pages.html(made, site), encoding="utf-8")
    return _peer("stonehand", folder, "search.html", end - start, folder / "assets/search")


def nothing(own: Peer, folder: Path) -> Peer:
    """Make the same page with one fixed line: what any page costs here, without a search."""
    shutil.copytree(own.folder, folder, ignore=shutil.ignore_patterns("search"))
    html = (folder / "search.html").read_text(encoding="utf-8")
    before, _, after = html.partition("<script")[0].partition("</ol>\n<button")
    line = f"{before}<li>A result</li></ol>\n<button{after}"
    (folder / "search.html").write_text(line, encoding="utf-8")
    return _peer("a fixed line", folder, "search.html", 0, folder)


def _listing(text: Text) -> Listing:
    story = text.story
    return replace(NOTHING, **{name: getattr(story, name) for name in COPIED}, hash=story.hash,
                   summary=story.standfirst, published=text.published)  # fmt: skip


def others(texts: list[Text], work: Path) -> Iterator[Peer]:
    """Yield the peers that can be had from npm."""
    for name, build in (("pagefind", pagefind), ("minisearch", minisearch)):
        packages = work / "npm" / name
        packages.mkdir(parents=True)
        try:
            _run(["npm", "install", "--no-audit", "--no-fund", name], packages)
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{name} is left out: it can't be installed from npm ({error}).")
            continue
        yield build(texts, work / name, packages)


def pagefind(texts: list[Text], folder: Path, packages: Path) -> Peer:
    """Index pages with the same text by Pagefind."""
    pages = folder / "stories"
    pages.mkdir(parents=True)
    for text in texts:
        story = text.story
        points = "".join(f"<li>{escape(point)}</li>" for point in story.key_points)
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in text.plain.split("\n\n"))
        (pages / f"{story.slug}.html").write_text(
            f'<!doctype html><html lang="en"><title>{escape(story.headline)}</title>'
            f"<body><main data-pagefind-body><h1>{escape(story.headline)}</h1>"
            f"<p>{escape(story.standfirst)}</p><ul>{points}</ul>{paragraphs}</main></body></html>",
            encoding="utf-8",
        )
    version = json.loads((packages / "node_modules/pagefind/package.json").read_text())["version"]
    command = [str(packages / "node_modules/.bin/pagefind"), "--site", str(folder)]
    seconds = _cpu(command, packages)
    shutil.rmtree(pages)
    script = f'<script type="module">{_PAGEFIND}</script>'
    (folder / "search.html").write_text(_PEER.format(scripts=script))
    return _peer(f"pagefind {version}", folder, "search.html", seconds, folder / "pagefind")


def minisearch(texts: list[Text], folder: Path, packages: Path) -> Peer:
    """Index the same text by MiniSearch, which keeps one file."""
    folder.mkdir()
    entries = [
        {
            "id": number,
            "title": text.story.headline,
            "points": " ".join((text.story.standfirst, *text.story.key_points)),
            "text": text.plain,
            "summary": text.story.standfirst,
            "date": text.published,
        }
        for number, text in enumerate(texts)
    ]
    (packages / "texts.json").write_text(json.dumps(entries))
    build = _MINISEARCH_BUILD.replace("OPTIONS", _MINISEARCH_OPTIONS)
    (packages / "build.js").write_text(build)
    package = packages / "node_modules/minisearch"
    version = json.loads((package / "package.json").read_text())["version"]
    seconds = _cpu(["node", "build.js", "texts.json", str(folder / "index.json")], packages)
    shutil.copy(package / "dist/umd/index.js", folder / "minisearch.js")
    own = _MINISEARCH.replace("OPTIONS", _MINISEARCH_OPTIONS)
    scripts = f'<script src="minisearch.js"></script><script>{own}</script>'
    (folder / "search.html").write_text(_PEER.format(scripts=scripts))
    return _peer(f"minisearch {version}", folder, "search.html", seconds, folder)


def _peer(name: str, folder: Path, page: str, seconds: float, index: Path) -> Peer:
    (folder / "blank.html").write_text("<!doctype html><title>Blank</title>")
    (folder / "favicon.ico").touch()  # browsers ask for it
    sizes = [path.stat().st_size for path in index.rglob("*") if path.is_file()]
    return Peer(name, folder, page, seconds, sum(sizes), len(sizes))


def _run(command: list[str], folder: Path) -> None:
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def _cpu(command: list[str], folder: Path) -> float:
    """The seconds of CPU that a command and its children use."""
    before = os.times()
    _run(command, folder)
    after = os.times()
    return (
        after.children_user + after.children_system - before.children_user - before.children_system
    )


def measure(peer: Peer, queries: dict[str, str], scheme: str, runs: int) -> None:
    """Print the median of some runs for each query."""
    with _served(peer.folder) as server:
        top = server if scheme == "http" else QUrl.fromLocalFile(f"{peer.folder}/").toString()
        for title, query in queries.items():
            found = [_first_result(peer, top, query) for _ in range(runs)]
            if None in found:
                print(f"{title + f' ({query})':44} {peer.name} {scheme}: no result")
                continue
            times = [time for time, _size in found]  # type: ignore[misc]
            size = max(size for _time, size in found)  # type: ignore[misc]
            row = f"{f'{title} ({query})':44} {f'{peer.name}, {scheme}':26}"
            print(f"{row} {statistics.median(times):8.0f} ms {min(times):8.0f} ms "
                  f"{size / 1e3:6.0f} KB", flush=True)  # fmt: skip


def _first_result(peer: Peer, top: str, query: str) -> tuple[float, int] | None:
    """How long the first result took, and the bytes of the files that had come by then."""
    profile = QWebEngineProfile()
    watcher = QWebEngineScript()
    watcher.setSourceCode(_FIRST)
    watcher.setInjectionPoint(QWebEngineScript.InjectionPoint.DocumentCreation)
    watcher.setWorldId(QWebEngineScript.ScriptWorldId.ApplicationWorld)
    page = QWebEnginePage(profile)
    page.scripts().insert(watcher)
    _load(page, f"{top}blank.html")  # so that the browser's processes run
    _load(page, f"{top}{peer.page}?{urlencode({'q': query}, quote_via=quote)}")
    end = time.monotonic() + _LIMIT / 1000
    first: list[Any] | None = None
    while not first and time.monotonic() < end:
        first = _ask(page, "window.first ?? null")
        _wait(20)
    page.deleteLater()
    profile.deleteLater()
    _wait(20)
    if not first:
        return None
    milliseconds, names = first
    paths = {urlsplit(name).path.removeprefix(urlsplit(top).path) for name in names}
    return milliseconds, sum((peer.folder / path).stat().st_size for path in {*paths, peer.page})


def _load(page: QWebEnginePage, address: str) -> None:
    loop = QEventLoop()
    page.loadFinished.connect(loop.quit)
    page.load(QUrl(address))
    loop.exec()
    page.loadFinished.disconnect(loop.quit)


def _ask(page: QWebEnginePage, script: str) -> Any:
    answers: list[Any] = []
    loop = QEventLoop()

    def answer(value: Any) -> None:
        answers.append(value)
        loop.quit()

    world = QWebEngineScript.ScriptWorldId.ApplicationWorld
    page.runJavaScript(f"JSON.stringify({script})", world.value, answer)
    loop.exec()
    return json.loads(answers[0])


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


class _Quiet(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else an answer's second packet waits 40 ms

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing."""


def _serve(folder: Path, port: Connection) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder))) as server:
        port.send(server.server_port)
        server.serve_forever()


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    """Serve a folder from a process of its own; yield its address."""
    context = get_context("spawn")
    mine, its = context.Pipe()
    process = context.Process(target=_serve, args=(folder, its), daemon=True)
    process.start()
    yield f"http://127.0.0.1:{mine.recv()}/"
    process.terminate()
    process.join()


if __name__ == "__main__":
    main()
