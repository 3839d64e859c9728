"""The tour of the README: a story is written, checked, reviewed, approved and exported.

Each picture is of the real window on the sample desk, or of the site in a browser engine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtTest import QTest
from PySide6.QtWebEngineWidgets import QWebEngineView
from PySide6.QtWidgets import QLabel
from saving import save_frame
from stage import DRAFT, Stage, sample_copies, start_toolkit

from editor.gui.exporting.dialog import ExportDialog
from editor.gui.library.places import REVIEW
from editor.gui.theme import apply_theme

SIZE = (1200, 750)
LIVE, WAITING = "fjord-ferries-electric", "crane-curfew"
_SHOWN = "/home/ingrid/harbour-post-site"
_SMALLER = 0.65
"""How large the site is shown: with its first headlines below the picture that leads."""


def write(stage: Stage) -> None:
    """A line is typed, and the page beside the form has it."""
    stage.open(DRAFT)
    stage.choose_tab("preview")
    form = stage.window.centre.form
    form.kicker.setFocus()
    QTest.keyClicks(form.kicker, "Ports and orbits")
    stage.settle()


def check(stage: Stage) -> None:
    """What the checks found, with a button for what can be fixed."""
    stage.open(DRAFT)
    stage.choose_tab("checks")


def review(stage: Stage) -> None:
    """Whoever returned a story reads what changed since then."""
    stage.window.places.go(REVIEW)
    stage.settle()
    _open(stage, WAITING)
    stage.choose_tab("preview")


def approve(stage: Stage) -> None:
    """The same story, approved: whose signature is on which version."""
    review(stage)
    stage.choose("primary")
    _open(stage, WAITING)
    stage.choose_tab("history")


def export(stage: Stage) -> None:
    """The site is exported, and the dialog says what was written."""
    stage.open(LIVE)
    stage.choose_tab("preview")
    stage.choose("export")
    dialog = stage.dialog(ExportDialog, (660, 560))
    dialog.target.edit.setText(str(site_of(stage)))
    stage.settle()
    dialog.start()
    stage.wait_until(dialog.outcome.isVisible)
    stage.settle()
    # A person's folder, whoever makes the picture.
    dialog.target.edit.setText(_SHOWN)
    for part in dialog.outcome.findChildren(QLabel):
        part.setText(part.text().replace(str(site_of(stage)), _SHOWN))
    stage.settle()


def site(stage: Stage) -> None:
    """The home page of the site, in a browser engine."""
    export(stage)
    stage.dialog(ExportDialog).close()
    browser = QWebEngineView()
    browser.resize(*SIZE)
    browser.setZoomFactor(_SMALLER)
    loaded: list[bool] = []
    browser.loadFinished.connect(loaded.append)
    browser.load(QUrl.fromLocalFile(str(site_of(stage) / "index.html")))
    stage.show_instead(browser)
    stage.wait_until(lambda: bool(loaded))
    stage.settle()


TOUR: Mapping[str, Callable[[Stage], None]] = {
    f"{number}-{scene.__name__}": scene
    for number, scene in enumerate((write, check, review, approve, export, site), 1)
}


def site_of(stage: Stage) -> Path:
    """Return the folder beside the desk that the site is exported to."""
    return stage.desk.path.with_name("harbour-post-site")


def make_tour(folder: Path) -> None:
    """Make each picture of the tour on a new desk, in English and the light theme."""
    apply_theme(start_toolkit(), "light")
    folder.mkdir(parents=True, exist_ok=True)
    new_desk = sample_copies()
    for name, scene in TOUR.items():
        stage = Stage(new_desk())
        try:
            stage.window.resize(*SIZE)
            stage.settle()
            scene(stage)
            size = save_frame(stage.picture(), folder / f"{name}.webp")
        finally:
            stage.close()
        print(f"{name}: {size // 1000} kB", flush=True)


def _open(stage: Stage, slug: str) -> None:
    """Open a story as a click on its row does: with what changed, where it waits for approval."""
    with stage.desk.read() as snapshot:
        id = snapshot.find(slug)
    stage.window.list.select(id)
    stage.window.parts.open_story(id)
    stage.settle()
