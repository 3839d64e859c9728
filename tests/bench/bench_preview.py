"""From a keystroke to the painted preview, beside setHtml and QTextBrowser.

    python tests/bench/bench_preview.py [--keys 40]

A key is typed in the middle of the body. `painted` ends at the second animation
frame after the page changed, by the page's own clock; `main` is what the main
thread computed meanwhile. The three ways take turns in the same run, so that
whatever else the machine does meets all. Milliseconds, medians; a frame is 16.7.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWebEngineCore import QWebEnginePage
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QApplication, QTextBrowser

from editor.core import times
from editor.core.commands import SaveStory
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Story
from editor.gui.draft.draft import Draft
from editor.gui.jobs import Jobs
from editor.gui.page.engine import LockedPage, prepare_web_engine
from editor.gui.page.preview_item import preview_item
from editor.gui.preview.pane import PreviewPane
from editor.gui.session import Session
from editor.gui.theme import apply_theme
from editor.proof.pages import Site
from editor.store.desk import Desk
from tests.bench.own_places import use_own_places
from tests.proof.whole_pages import WholePages

SIZES = (200, 1_000, 10_000)
KEYS = 40
FRAME = 1000 / 60
AIM_FRAMES = 2.0
AIM_MAIN = 8.0
"""Milliseconds of the main thread at 1,000 words."""

_SENTENCE = "The *harbour* board said on Tuesday that two boats would sail again after repairs. "
_PAINTED = (
    "requestAnimationFrame(() => requestAnimationFrame(() => "
    "{ document.title = 'painted ' + (performance.timeOrigin + performance.now()); }))"
)
_WATCH = f"new MutationObserver(() => {_PAINTED}).observe(document.body, " \
         "{childList: true, subtree: true, characterData: true, attributes: true})"  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cost:
    """Milliseconds of one keystroke: until painted, and of the main thread."""

    painted: float
    main: float


def body(words: int, typed: int = 0) -> str:
    """Ordinary copy of about so many words, with so many letters typed in its middle."""
    count = max(2, round(words / (len(_SENTENCE.split()) * 3)))
    paragraphs = [f"{number}. {_SENTENCE * 3}".strip() for number in range(count)]
    paragraphs = [text.replace(". ", ") ", 1) for text in paragraphs]
    paragraphs[count // 2] += "x" * typed
    return "\n\n".join(paragraphs)


def painted(page: QWebEnginePage, change: Callable[[], None]) -> Cost:
    """Make a change and wait until the page says that it was painted."""
    loop, stamps = QEventLoop(), list[float]()

    def hear(title: str) -> None:
        if title.startswith("painted "):
            stamps.append(float(title.partition(" ")[2]))
            loop.quit()

    page.titleChanged.connect(hear)
    QTimer.singleShot(20_000, loop, loop.quit)
    started, busy = time.time() * 1000, time.thread_time()
    change()
    loop.exec()
    main = (time.thread_time() - busy) * 1000
    page.titleChanged.disconnect(hear)
    if not stamps:
        raise SystemExit("The page did not paint.")
    return Cost(stamps[-1] - started, main)


class Bench:
    """The three ways to show the same text, side by side."""

    def __init__(self, folder: Path) -> None:
        use_own_places(folder)
        self.desk = Desk.create(
            folder / "Harbour.desk", House("Harbour Post"), Person("Mara Quill", Role.CHIEF)
        )
        self.jobs = Jobs()
        self.session = Session(self.desk, self.jobs)
        self.draft = Draft(self.session)
        self.pane = PreviewPane(self.session, self.draft)
        self.pane.resize(760, 900)
        self.pane.show()
        wait(lambda: self.pane.view is not None)
        self.view = QWebEngineView()
        self.page = self.view.page()
        self.browser = QTextBrowser()
        for widget in (self.view, self.browser):
            widget.resize(760, 900)
            widget.show()
        self.pages = WholePages()

    def open(self, words: int) -> None:
        """Show a text of about so many words in all three."""
        story = Story(slug=f"words-{words}", headline="Boats sail again", body=body(words))
        [story_id] = self.desk.do(SaveStory(story), "Mara Quill").ids("story")
        self.draft.open(story_id)
        view = self.pane.view
        wait(lambda: self.draft.open_story.key == story_id and not self.jobs.busy)
        wait(lambda: view is not None and not view.loading and view.rendered is not None)
        wait(lambda: view.rendered.path.endswith(f"words-{words}.html"))
        self.page_of_pane().run_script(f"globalThis.watched ??= ({_WATCH}, 1)")
        settle(200)

    def page_of_pane(self) -> LockedPage:
        """The preview's page."""
        assert self.pane.view is not None
        return self.pane.view.page

    def patched(self, words: int, typed: int) -> Cost:
        """Type into the draft, as the form does."""
        story = replace(self.draft.typed, body=body(words, typed))
        return painted(self.page_of_pane(), lambda: self.draft.edit(story, "body"))

    def set_html(self, words: int, typed: int) -> Cost:
        """Render the page and hand it over whole."""
        story = replace(self.draft.typed, body=body(words, typed))

        def show() -> None:
            html = self._html(story)
            self.page.loadFinished.connect(stamp)
            self.page.setHtml(html)

        def stamp(_ok: bool) -> None:
            self.page.loadFinished.disconnect(stamp)
            self.page.runJavaScript(_PAINTED)

        return painted(self.page, show)

    def text_browser(self, words: int, typed: int) -> Cost:
        """Render the page into Qt's own rich text, which knows little of CSS."""
        story = replace(self.draft.typed, body=body(words, typed))
        started, busy = time.perf_counter(), time.thread_time()
        self.browser.setHtml(self._html(story))
        self.browser.viewport().repaint()
        return Cost((time.perf_counter() - started) * 1000, (time.thread_time() - busy) * 1000)

    def close(self) -> None:
        """Let everything go."""
        self.draft.close()
        wait(lambda: not self.jobs.busy)
        self.jobs.close()
        self.pane.release()
        self.desk.close()

    def _html(self, story: Story) -> str:
        site = Site(self.session.house)
        return self.pages.story(preview_item(story, None, times.now()), site)


def wait(until: Callable[[], bool]) -> None:
    """Run the event loop until something holds."""
    end = time.monotonic() + 30
    while not until():
        if time.monotonic() > end:
            raise SystemExit("Nothing came within 30 s.")
        settle(5)


def settle(milliseconds: int) -> None:
    """Run the event loop for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop, loop.quit)
    loop.exec()


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--keys", type=int, default=KEYS)
    keys = max(3, parser.parse_args().keys)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    prepare_web_engine()
    app = QApplication([])
    apply_theme(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        print(f"{'words':>7}  {'way':14}{'painted':>9}{'frames':>8}{'main':>8}   ({keys} keys)")
        for words in SIZES:
            bench.open(words)
            ways = {
                "patched": bench.patched,
                "setHtml": bench.set_html,
                "QTextBrowser": bench.text_browser,
            }
            costs: dict[str, list[Cost]] = {name: [] for name in ways}
            for typed in range(1, keys + 3):
                for name, way in ways.items():
                    cost = way(words, typed)
                    if typed > 2:  # the first ones warm up
                        costs[name].append(cost)
                    settle(20)
            for name, taken in costs.items():
                time_ms = statistics.median(cost.painted for cost in taken)
                main_ms = statistics.median(cost.main for cost in taken)
                frames = time_ms / FRAME
                print(f"{words:7,}  {name:14}{time_ms:9.1f}{frames:8.1f}{main_ms:8.1f}")
        print(f"aim: patched at most {AIM_FRAMES} frames, {AIM_MAIN} ms of main at 1,000 words")
        bench.close()


if __name__ == "__main__":
    main()
