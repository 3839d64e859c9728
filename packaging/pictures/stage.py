"""The window on the sample desk, what a scene does with it, and the picture of that."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Callable, Mapping
from functools import cache
from itertools import product
from pathlib import Path
from typing import TypeAlias, TypeVar, cast

from PySide6.QtCore import (
    QBuffer,
    QElapsedTimer,
    QEvent,
    QEventLoop,
    QIODevice,
    QMimeData,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QImage, QPainter, QPen, QPixmap
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QMenu, QToolButton, QWidget
from saving import save_part, save_whole

from editor.core.commands import Command
from editor.gui.interface_language import apply_language
from editor.gui.jobs import Jobs
from editor.gui.page.engine import prepare_web_engine
from editor.gui.session import Session
from editor.gui.theme import apply_theme, color
from editor.gui.widgets.text_field import TextField
from editor.gui.window.application import make_application
from editor.gui.window.help_pages import help_files
from editor.gui.window.main_window import MainWindow
from editor.gui.window.window_state import WindowState
from editor.i18n import _
from editor.log import divert_toolkit_output
from editor.opening import open_desk
from editor.sample import make_sample
from editor.settings import Settings

SIZE = (1024, 600)
CHIEF, EDITOR, WRITER = "Ingrid Vale", "Samir Haddad", "Nora Petrie"
DRAFT = "harbour-pilot-orbit"
"""The slug of the front page's story, with issues to fix."""
THEMES = ("light", "dark")
LANGUAGES = ("en", "ar")
_PATIENCE_MS, _STILL_MS = 60_000, 500

AnyWidget = TypeVar("AnyWidget", bound=QWidget)


class Stage:
    """The window, on a desk of its own, and a person's hands."""

    def __init__(self, desk: Path) -> None:
        self.app = start_toolkit()
        self.jobs = Jobs()
        self.session = Session(open_desk(desk), self.jobs, Settings(person=CHIEF))
        self.desk = self.session.desk
        self.window = MainWindow(self.session, WindowState(tab="checks"))
        self._seen: QWidget = self.window
        # Not by geometry, which is held to the screen.
        self.window.resize(*SIZE)
        self.window.show()
        self.window.start()
        self.window.activateWindow()
        self.settle()

    def settle(self) -> None:
        """Let the window work until no job has been under way for a while."""
        still = QElapsedTimer()
        still.start()

        def is_still() -> bool:
            if self.jobs.busy:
                still.restart()
            return still.elapsed() > _STILL_MS

        self.wait_until(is_still)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Run the window until something is so. Raises TimeoutError when that takes too long."""
        loop, clock, timer = QEventLoop(), QElapsedTimer(), QTimer()
        clock.start()

        def look() -> None:
            if is_so() or clock.elapsed() > _PATIENCE_MS:
                loop.quit()

        timer.timeout.connect(look)
        timer.start(20)
        loop.exec()
        if clock.elapsed() > _PATIENCE_MS and not is_so():
            raise TimeoutError("the window did not get as far as the picture needs.")

    def work_as(self, person: str) -> None:
        """Go on as somebody else of the sample desk."""
        self.session.set_person(person)
        self.settle()

    def open(self, slug: str) -> None:
        """Open a story by its slug, with its findings and its spelling."""
        with self.desk.read() as snapshot:
            id = snapshot.find(slug)
        self.window.parts.show_story(id)
        self.settle()

    def choose(self, name: str) -> None:
        """Choose a command of the menus."""
        self.window.menu_actions[name].trigger()
        self.settle()

    def choose_tab(self, name: str) -> None:
        """Show a tab of the pane; with the preview, wait until its page is painted."""
        self.window.pane.choose(name)
        if name == "preview":
            preview = self.window.pane.preview
            shown: list[object] = []
            preview.shown.connect(lambda: shown.append(True))
            self.wait_until(lambda: bool(shown))
        self.settle()

    def dialog(self, kind: type[AnyWidget], size: tuple[int, int] | None = None) -> AnyWidget:
        """Return the dialog of a kind that is open, as large as a page of the help has room for."""
        dialog = next(found for found in self.window.findChildren(kind) if found.isVisible())
        if size is not None:
            dialog.resize(*size)
        return dialog

    def do(self, command: Command, person: str) -> None:
        """Let somebody do what the window is not needed for; the window hears of it."""
        self.desk.do(command, person)
        self.session.check_for_changes()
        self.settle()

    def select(self, field: TextField, words: str) -> int:
        """Select words in a field and return where they are."""
        at = field.text().index(words)
        field.select(at, at + len(words))
        return at

    def paste(self, html: str, before: str) -> None:
        """Paste what another program has copied, as a paragraph before some words of the body."""
        body = self.window.centre.form.body
        body.setFocus()
        at = self.select(body, before)
        body.select(at, at)
        data = QMimeData()
        data.setHtml(html)
        body.insertFromMimeData(data)
        self.settle()

    def open_menu(self, title: str) -> None:
        """Open a menu of the menu bar, by its title as it is in the sources."""
        bar = self.window.menuBar()
        action = next(found for found in bar.actions() if found.text() == _(title))
        bar.setActiveAction(action)
        if QApplication.activePopupWidget() is None:
            place = bar.actionGeometry(action).bottomLeft()
            cast(QMenu, action.menu()).popup(self.window.mapToGlobal(place))
        self.settle()

    def open_button_menu(self, button: QToolButton) -> QWidget:
        """Open the menu of a button above it, as it opens where there is no room below."""
        menu = button.menu()
        menu.aboutToShow.emit()
        menu.popup(button.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
        self.settle()
        return menu

    def suggestions(self) -> QWidget:
        """Open the menu of the misspelled word at the caret, with what may have been meant."""
        spelling = self.window.centre.form.spelling
        for _time in range(20):
            spelling.offer_at_caret()
            self.wait_until(lambda: QApplication.activePopupWidget() is not None)
            menu = QApplication.activePopupWidget()
            # Where a dictionary is still slow, the first entry says so.
            if menu is not None and menu.actions()[0].isEnabled():
                return menu
            if menu is not None:
                menu.close()
            self.settle()
        raise TimeoutError("no dictionary has other words for the misspelled one.")

    def show_part(self, part: QWidget, above: int = 12) -> None:
        """Scroll the form so that a part of it is at its top."""
        form = self.window.centre.form
        top = part.mapTo(form.widget(), QPoint(0, 0)).y()
        form.verticalScrollBar().setValue(top - above)
        self.settle()

    def show_caret(self, field: TextField, at: int = 200) -> None:
        """Scroll the form so that the caret is so many points below its top."""
        form = self.window.centre.form
        caret = field.viewport().mapTo(form.widget(), field.cursorRect().topLeft())
        form.verticalScrollBar().setValue(caret.y() - at)
        self.settle()

    def rect(self, *widgets: QWidget, margin: int = 0) -> QRect:
        """Return what some widgets of the window cover of it."""
        found = QRect()
        for widget in widgets:
            found = found.united(QRect(widget.mapTo(self.window, QPoint(0, 0)), widget.size()))
        return found.adjusted(-margin, -margin, margin, margin)

    def mirrored(self, part: QRect) -> QRect:
        """Return a part of the window as it is in English, where the present language has it."""
        if not self.window.isRightToLeft():
            return part
        return part.translated(self.window.width() - part.width() - 2 * part.x(), 0)

    def show_instead(self, widget: QWidget) -> None:
        """Take the picture of another window than the main one."""
        self._seen = widget
        widget.show()
        self.settle()

    def picture(self) -> QPixmap:
        """Return what is seen: the window, with its dialogs and menus where they are."""
        whole = self._seen.grab()
        if self._seen is not self.window:
            return whole
        painter = QPainter(whole)
        for top in self._over():
            painter.drawPixmap(self.place(top).topLeft(), top.grab())
            if isinstance(top, QDialog):
                painter.setPen(QPen(color("edge"), 1))
                painter.drawRect(self.place(top))
        painter.end()
        return whole

    def place(self, top: QWidget) -> QRect:
        """Return where in the picture a dialog or a menu is: dialogs in the middle."""
        if isinstance(top, QMenu):
            return QRect(top.pos() - self.window.pos(), top.size())
        middle = QRect(QPoint(), self.window.size()).center()
        return QRect(middle - QPoint(top.width() // 2, top.height() // 2), top.size())

    def _over(self) -> list[QWidget]:
        tops = QApplication.topLevelWidgets()
        shown = [top for top in tops if top is not self.window and top.isVisible()]
        return [top for kind in (QDialog, QMenu) for top in shown if isinstance(top, kind)]

    def close(self) -> None:
        """Close everything, and let the web engine go in its order."""
        for top in reversed(self._over()):
            top.close()
        if self._seen is not self.window:
            self._seen.close()
            self._seen.deleteLater()
        self.window.closed.connect(self.window.release)
        self.window.close()
        self.settle()
        self.jobs.close()
        self.session.desk.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def sheet_of(pdf: bytes, width: int) -> QLabel:
    """Return the first page of a PDF as a widget of so many points in width."""
    buffer = QBuffer()
    buffer.setData(pdf)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    document = QPdfDocument()
    document.load(buffer)
    page, ratio = document.pagePointSize(0), 2
    size = QSize(width, round(width * page.height() / page.width()))
    image = QImage(size * ratio, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.drawImage(0, 0, document.render(0, size * ratio))
    painter.end()
    image.setDevicePixelRatio(ratio)
    made = QLabel()
    made.setPixmap(QPixmap.fromImage(image))
    made.setFixedSize(size)
    return made


@cache
def start_toolkit() -> QApplication:
    """Start what shows windows and pages, once; what it prints is left out."""
    prepare_web_engine()
    app = make_application(sys.argv[:1])
    divert_toolkit_output()
    return app


def show_window(stage: Stage) -> QRect:
    """Show the whole window at its usual size, with the page that it opened on."""
    stage.window.resize(1440, 900)
    stage.choose_tab("preview")
    return stage.window.rect()


def take_picture(desk: Path, file: Path) -> None:
    """Write a picture of the window on a desk of the sample's people, in the light theme."""
    apply_theme(start_toolkit(), "light")
    stage = Stage(desk)
    try:
        stage.open(DRAFT)
        show_window(stage)
        save_whole(stage.picture(), file)
    finally:
        stage.close()


Scene: TypeAlias = Callable[[Stage], QRect]
"""Drives the window; returns the part of the picture that the help shows."""


def make_pictures(scenes: Mapping[str, Scene], help_folder: Path, whole_folder: Path) -> list[str]:
    """Make the pictures of some scenes in every language and theme: whole, and parts for the help.

    Returns the names of those that could not be made, after a line that says why.
    """
    app, new_desk = start_toolkit(), sample_copies()
    missing = []
    for language, (name, scene), theme in product(LANGUAGES, scenes.items(), THEMES):
        desk = new_desk()
        apply_language(app, language)
        apply_theme(app, theme)
        file = picture_file(name, language, theme)
        try:
            picture, part = _play(scene, desk)
        except TimeoutError as error:
            print(f"{file}: {error}", flush=True)
            missing.append(str(file))
            continue
        whole = whole_folder / file.with_suffix(".png")
        whole.parent.mkdir(parents=True, exist_ok=True)
        save_whole(picture, whole)
        is_shown = name in named_pictures(language)
        size = save_part(picture, part, help_folder / file) if is_shown else 0
        print(f"{file}: {size // 1000} kB in the help" if size else file, flush=True)
    return missing


def sample_copies() -> Callable[[], Path]:
    """Make the sample desk; return what makes a fresh copy of it, and its path, each time."""
    home = Path(os.environ["STONEHAND_DATA"]).parent
    make_sample(home / "new" / "Sample.desk").close()
    for place in ("data", "config"):
        (home / place).mkdir(exist_ok=True)
        shutil.copytree(home / place, home / "new" / place)

    def copied() -> Path:
        for place in ("data", "config", "Sample.desk"):
            shutil.rmtree(home / place, ignore_errors=True)
            shutil.copytree(home / "new" / place, home / place)
        return home / "Sample.desk"

    return copied


def picture_file(name: str, language: str, theme: str) -> Path:
    """Return where a picture is, in the folder of the help."""
    folder = "" if language == LANGUAGES[0] else language
    return Path(folder, f"{name}{'-dark' * (theme == 'dark')}.webp")


def _play(scene: Scene, desk: Path) -> tuple[QPixmap, QRect]:
    stage = Stage(desk)
    try:
        part = scene(stage)
        stage.settle()
        return stage.picture(), part
    finally:
        stage.close()


def named_pictures(language: str) -> set[str]:
    """Return the names of the pictures that the help's pages show, in one language."""
    texts = (file.text() for file in help_files(language) if file.language == language)
    return {name for text in texts for name in re.findall(r"\]\(([\w-]+)\.webp\)", text)}
