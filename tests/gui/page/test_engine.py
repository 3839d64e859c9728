"""Nothing in a story runs, and nothing in it reaches the network."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.commands import SaveBanner
from editor.gui.draft.draft import Draft
from editor.gui.jobs import Jobs
from editor.gui.page import engine
from editor.gui.page.page_view import PageView
from editor.gui.page.rendered_page import RenderedPage
from editor.gui.preview.pane import PreviewPane
from editor.gui.session import Session
from tests.gui.conftest import close

Ask = Callable[..., object]


class Trap:
    """A local web server that records every request."""

    def __init__(self) -> None:
        self.hits: list[str] = []
        trap = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                trap.hits.append(self.path)
                self.send_response(204)
                self.end_headers()

            do_POST = do_HEAD = do_OPTIONS = do_GET

            def log_message(self, *_: object) -> None:
                """Log nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}/"
        self._thread = threading.Thread(target=self.server.serve_forever, args=(0.02,))
        self._thread.start()

    def close(self) -> None:
        self.server.shutdown()
        self._thread.join()
        self.server.server_close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    made = Trap()
    yield made
    made.close()


def hostile(url: str) -> list[str]:
    """Markup that would make a request, in each known way."""
    return [
        f'<img src="{url}img">',
        f'<script>fetch("{url}js")</script><script src="{url}src"></script>',
        f'<link rel="stylesheet" href="{url}css"><link rel="prefetch" href="{url}pre">',
        f'<style>@import "{url}import"; body{{background:url({url}bg)}}</style>',
        f'<iframe src="{url}frame"></iframe><object data="{url}obj"></object>',
        f'<meta http-equiv="refresh" content="0;url={url}meta"><base href="{url}">',
        f'<video src="{url}v" autoplay poster="{url}p"></video><audio src="{url}a"></audio>',
        f'<form action="{url}form"><input autofocus onfocus="document.forms[0].submit()"></form>',
        f"<svg><image href='{url}svg'/><use href='{url}use'/></svg>",
        f'<a href="{url}ping" ping="{url}ping2">x</a><body onload="location=\'{url}\'">',
        f"![picture]({url}md) [link]({url}link) <{url}auto>",
        f'<div style="background:url({url}style)">x</div><img srcset="{url}set 1x">',
    ]


def test_rendered_hostile_story_makes_no_request(
    pane: PreviewPane, draft: Draft, write: Callable[..., str], trap: Trap, ask: Ask,
    open_story: Callable[[str], None], follow: Callable[[], None],
) -> None:  # fmt: skip
    open_story(write("harbour-opens"))
    assert draft.open_story.is_open
    for text in hostile(trap.url):
        story = replace(draft.typed, headline=text, kicker=text, body=text, key_points=(text, text))
        draft.edit(story, "")
        follow()
    assert pane.view is not None
    assert ask(pane.view.page, "document.querySelectorAll('article script, article iframe, "
               "article style, article object, article link').length") == 0  # fmt: skip
    assert trap.hits == []


@pytest.fixture
def bare(jobs: Jobs, qtbot: QtBot) -> Iterator[PageView]:
    """A page view given pages as no renderer of ours would write them."""
    view = PageView(jobs, lambda _file: b"")
    view.resize(500, 500)
    view.show()
    yield view
    close(view, view, qtbot)


def test_raw_markup_in_a_page_neither_runs_nor_makes_a_request(
    bare: PageView, trap: Trap, qtbot: QtBot, ask: Ask
) -> None:
    sentinel = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"
    for number, text in enumerate(hostile(trap.url)):
        html = f"<!doctype html><html><head><title>t</title></head><body>{text}{sentinel}"
        if number % 2:
            bare.show_page(RenderedPage("stories/a.html", html))  # patched in
        else:
            bare.show_page(RenderedPage(f"deep{number}/a.html", html))  # loaded
        with qtbot.waitSignal(bare.shown, timeout=20_000):
            pass
        # A round trip to the engine: whatever would be fetched has been requested after it.
        ask(bare.page, "new Promise(r => requestAnimationFrame(r)) && 1")
        assert ask(bare.page, "document.title") != "ran"
    assert bare.page.url().scheme() == "stonehand"
    assert trap.hits == []


def test_attack_strings_do_not_run(bare: PageView, qtbot: QtBot, ask: Ask, shared: Path) -> None:
    lines: list[str] = []
    for path in sorted((shared / "attacks").rglob("*")):
        if path.suffix in (".txt", ".json", ".js", ".csv") and path.stat().st_size < 2_000_000:
            lines += path.read_text(encoding="utf-8", errors="replace").splitlines()
    assert len(lines) > 1_000
    navigated: list[QUrl] = []
    bare.page.urlChanged.connect(navigated.append)
    for start in range(0, len(lines), 400):
        rows = "".join(f"<div>{line}</div>" for line in lines[start : start + 400])
        html = f"<!doctype html><html><head><title>t</title></head><body>{rows}</body></html>"
        with qtbot.waitSignal(bare.shown, timeout=30_000):
            bare.show_page(RenderedPage("stories/a.html", html))
        # A page whose scripts run would have opened dialogs, changed its title or moved.
        assert ask(bare.page, "typeof alert") == "function"
    # What Chromium shows in place of an address it would not even ask about.
    allowed = {"stonehand://desk/stories/a.html", "about:blank#blocked"}
    assert {url.toString() for url in navigated} <= allowed


def test_clicked_links_are_reported_and_never_followed(
    pane: PreviewPane, draft: Draft, write: Callable[..., str], trap: Trap, ask: Ask,
    open_story: Callable[[str], None], qtbot: QtBot,
) -> None:  # fmt: skip
    write("harbour-two")
    open_story(write("harbour-opens", body=f"A [story](harbour-two) and a [site]({trap.url})."))
    assert pane.view is not None
    page = pane.view.page
    here = page.url()
    with qtbot.waitSignal(pane.story_followed) as followed:
        page.run_script("document.querySelectorAll('article .body a')[0].click()")
    assert followed.args == ["harbour-two"]
    with qtbot.waitSignal(pane.view.link_followed) as outside:
        page.run_script("document.querySelectorAll('article .body a')[1].click()")
    assert outside.args == [trap.url, False]
    assert trap.url in pane._status.text()
    page.run_script("document.querySelector('form').submit()")
    ask(page, "1")
    assert page.url() == here
    assert trap.hits == []


def test_engine_stores_nothing_and_grants_nothing(bare: PageView) -> None:
    profile = bare.page.profile()
    assert profile.isOffTheRecord()
    settings = bare.page.settings()
    assert not settings.testAttribute(settings.WebAttribute.JavascriptEnabled)
    assert not settings.testAttribute(settings.WebAttribute.LocalStorageEnabled)
    assert bare.page.chooseFiles(bare.page.FileSelectionMode.FileSelectOpen, [], []) == []


def test_only_the_sites_own_files_are_served(bare: PageView, qtbot: QtBot, ask: Ask) -> None:
    html = (
        "<!doctype html><html><head></head><body>"
        '<img src="../assets/../../../pyproject.toml"><img src="../media/none.jpg">'
        '<img src="../assets/%2e%2e/icons/search.svg"><img src="../assets/..%2ficons/search.svg">'
        "</body></html>"
    )
    with qtbot.waitSignal(bare.shown, timeout=20_000):
        bare.show_page(RenderedPage("stories/a.html", html))
    assert ask(bare.page, "[...document.images].every(i => i.naturalWidth === 0)") is True


def test_markup_in_briefs_is_shown_as_text(
    pane: PreviewPane, session: Session, write: Callable[..., str], trap: Trap, ask: Ask,
    open_story: Callable[[str], None], qtbot: QtBot,
) -> None:  # fmt: skip
    open_story(write("harbour-opens"))
    text = hostile(trap.url)[0]
    session.run(SaveBanner(Banner((Brief("b", text, text),)), session.banner.hash), owner=session)
    assert pane.view is not None
    page = pane.view.page
    qtbot.waitUntil(lambda: "<img" in str(ask(page, "document.body.innerText")))
    assert ask(page, "document.querySelectorAll('.trends img').length") == 0
    assert trap.hits == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has a folder of shared memory")
def test_engine_does_without_shared_memory_where_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flags = "QTWEBENGINE_CHROMIUM_FLAGS"
    monkeypatch.setenv(flags, "--lang=ar")
    monkeypatch.setattr(engine, "SHARED_MEMORY", str(tmp_path))
    engine.do_without_shared_memory()
    assert os.environ[flags] == "--lang=ar"
    monkeypatch.setattr(engine, "SHARED_MEMORY", str(tmp_path / "none"))
    engine.do_without_shared_memory()
    assert os.environ[flags] == "--lang=ar --disable-dev-shm-usage"


@pytest.mark.skipif(sys.platform != "linux", reason="only there Chromium ends a window of root's")
@pytest.mark.parametrize(("user", "is_set"), [(0, True), (1000, False)])
def test_engine_does_without_its_sandbox_for_root_alone(
    monkeypatch: pytest.MonkeyPatch, user: int, is_set: bool
) -> None:
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
    monkeypatch.setattr(os, "geteuid", lambda: user)
    engine.do_without_sandbox_as_root()
    assert ("QTWEBENGINE_DISABLE_SANDBOX" in os.environ) is is_set
    monkeypatch.delenv("QTWEBENGINE_DISABLE_SANDBOX", raising=False)
