"""Unsaved text in the journal, damaged in many ways, in the real window: nothing raises in a slot.

pytest-qt fails a test in whose slots an exception was raised.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from editor.core.brief import Banner, Brief
from editor.core.commands import SaveBanner, SaveStory
from editor.core.dateline import Dateline
from editor.core.house import House
from editor.core.people import Person, Role
from editor.core.story import Picture, Story
from editor.files import write_file
from editor.gui.jobs import Jobs
from editor.gui.review.notes import note_key
from editor.gui.session import Session
from editor.gui.window.main_window import MainWindow
from editor.gui.window.window_state import WindowState
from editor.settings import Settings
from editor.store.desk import Desk
from tests.fuzz.mutations import damage_json
from tests.reading import every_slug, reading

CHIEF = "Mara Quill"
STORY = Story(
    slug="quay",
    headline="The quay opens",
    key_points=("It is new.", "It is long."),
    bylines=(CHIEF,),
    dateline=Dateline(city="Port Ellery", country="Norland"),
    body="The quay opened on Monday.\n\nBoats came.",
    pictures=(Picture(file="", caption="The quay", credit="AFP"),),
)


@pytest.fixture
def window(tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """The real window on a desk with one story and one brief."""
    with Desk.create(tmp_path / "H.desk", House("Post"), Person(CHIEF, Role.CHIEF)) as desk:
        desk.do(SaveStory(STORY), CHIEF)
        desk.do(SaveStory(Story(slug="other", headline="Another")), CHIEF)
        banner = Banner((Brief("b1", "Ferry back", "It sails at six."),))
        desk.do(SaveBanner(banner, reading(desk).banner().hash), CHIEF)
        jobs = Jobs()
        crashes: list[str] = []
        jobs.crashed.connect(crashes.append)
        made = MainWindow(Session(desk, jobs, Settings(person=CHIEF)), WindowState(tab="notes"))
        made.resize(1200, 800)
        made.show()
        qtbot.waitUntil(lambda: not jobs.busy)
        yield made
        with qtbot.waitSignal(made.closed, timeout=20_000):
            made.close()
        qtbot.waitUntil(lambda: not jobs.busy)
        made.release()
        made.deleteLater()
        jobs.close()
        assert not crashes, Path(crashes[0]).read_text(encoding="utf-8")


@pytest.fixture
def seeds(request: pytest.FixtureRequest) -> range:
    return range(600 if request.config.getoption("--slow") else 15)


def put_damaged(window: MainWindow, key: str, entry: Mapping[str, Any], chance: Random) -> None:
    """Put a damaged entry into the journal, in a file that still reads as one of its own."""
    journal = window.session.desk.journal
    journal.write(key, entry)
    [file] = (window.session.desk.path / "drafts").glob("*.json")
    odd = damage_json(json.dumps(entry).encode(), chance)
    data = b'{"key": %s, "value": %s}' % (json.dumps(key).encode(), odd)
    write_file(file, data, private=True)


def clear(window: MainWindow) -> None:
    for path in (window.session.desk.path / "drafts").iterdir():
        path.unlink()


def test_unsaved_story(window: MainWindow, qtbot: QtBot, seeds: range) -> None:
    session, draft = window.session, window.draft
    story = next(id for id, slug in every_slug(session.desk).items() if slug == "quay")
    with session.desk.read() as snapshot:
        whole = {
            "story": snapshot.stored(story).story.to_json() | {"headline": "Typed since"},
            **{"base": 1, "caret": 4, "field": "headline", "sent": "", "typed": {"slug": "A B"}},
        }
    for seed in seeds:
        put_damaged(window, f"story:{story}", whole, Random(seed))
        draft.open(story)
        qtbot.waitUntil(lambda: draft.open_story.key == story and not session.jobs.busy)
        assert draft.typed.slug is not None
        draft.close()
        qtbot.waitUntil(lambda: not session.jobs.busy)
        clear(window)


def test_unsaved_note(window: MainWindow, qtbot: QtBot, seeds: range) -> None:
    session, draft = window.session, window.draft
    story, other = sorted(every_slug(session.desk))
    notes = note_key(story)
    for seed in seeds:
        put_damaged(window, notes, {"text": "Who says so?", "caret": 3}, Random(seed))
        for id in (story, other):
            with qtbot.waitSignal(draft.opened):
                draft.open(id)
            qtbot.waitUntil(lambda: not session.jobs.busy)
        clear(window)


def test_unsaved_banner(window: MainWindow, qtbot: QtBot, seeds: range) -> None:
    from editor.gui.banner.editor import BannerEditor

    session = window.session
    banner = session.banner.to_json()
    brief = replace(session.banner.briefs[0], title="Typed since")
    typed = Banner((brief,)).to_json()
    for seed in seeds:
        put_damaged(window, "banner", {"banner": typed, "base": banner}, Random(seed))
        made = BannerEditor(session)
        qtbot.waitUntil(lambda: not session.jobs.busy)
        made.deleteLater()
        clear(window)


@pytest.mark.parametrize("dialog", ["export", "front", "masthead", "paper", "paste", "theme"])
def test_unsaved_dialog(window: MainWindow, qtbot: QtBot, seeds: range, dialog: str) -> None:
    session = window.session
    make, key, whole = DIALOGS[dialog]
    for seed in seeds[::5]:
        put_damaged(window, key, whole, Random(seed))
        made = make(session, window)
        made.show()
        qtbot.waitUntil(lambda: not session.jobs.busy)
        made.reject()
        made.deleteLater()
        qtbot.waitUntil(lambda: not session.jobs.busy)
        clear(window)


def _export(session: Session, window: MainWindow) -> QDialog:
    from editor.gui.exporting.dialog import ExportDialog

    return ExportDialog(session, window)


def _front(session: Session, window: MainWindow) -> QDialog:
    from editor.gui.front.dialog import FrontDialog

    return FrontDialog(session, window)


def _masthead(session: Session, window: MainWindow) -> QDialog:
    from editor.gui.preferences.masthead import MastheadDialog

    return MastheadDialog(session, window)


def _paper(session: Session, window: MainWindow) -> QDialog:
    from editor.gui.preferences.paper import PaperDialog

    return PaperDialog(session, window)


def _paste(session: Session, window: MainWindow) -> QDialog:
    from editor.gui.incoming.dialog import PasteDialog

    return PasteDialog(session, window)


def _theme(session: Session, window: MainWindow) -> QDialog:
    from editor.gui.preferences.theme import ThemeDialog

    return ThemeDialog(session, window)


DIALOGS: dict[str, tuple[Callable[[Session, MainWindow], QDialog], str, dict[str, Any]]] = {
    "export": (_export, "export", {"format": "site", "path": "/tmp/x", "zip": False}),
    "front": (_front, "front", {"front": ["a", "b"], "base": []}),
    "masthead": (_masthead, "masthead", {"name": "Tom", "key": "stonehand-key x Tom"}),
    "paper": (_paper, "paper", {"name": "Post", "url": "", "sections": "world: World"}),
    "theme": (_theme, "theme", {"theme": "tabloid", "base": "", "files": {"site.css": "a {}"}}),
    "paste": (_paste, "paste", {"text": "Quay opens\n\nIt opened.", "caret": 4}),
}
