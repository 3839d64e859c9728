"""The window that is shown while there is no desk: what can be begun, and why a desk won't open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import chain

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QMainWindow, QPushButton, QScrollArea, QWidget

from editor.core.story import Story
from editor.errors import EditorError
from editor.gui.theme import set_kind
from editor.gui.widgets.choice import Choice
from editor.gui.widgets.dialog import room_for
from editor.gui.widgets.layout import STRETCH, button, column, label, row
from editor.gui.widgets.problem_bar import BarAction, ProblemBar
from editor.gui.window.recent_desks import DeskFault, RecentDesk
from editor.gui.window.recent_rows import RecentRow
from editor.i18n import _

_USUAL_SIZE = QSize(960, 680)
_WIDEST = 860
"""Pixels: on a wide screen the page stays one that is seen at a glance."""


class StartWindow(QMainWindow):
    """A page, never a dialog: what can be begun, and the desks that were opened before."""

    chosen = Signal(str)
    """A word for what to do, as `new` or `restore`, or the path of a desk to open."""
    locate_wanted = Signal(str)
    """The path of a desk that is somewhere else now."""
    language_chosen = Signal(str)
    """A value of the setting for the interface's language."""
    removal_wanted = Signal(str)
    """The path of a desk that is to leave the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Stonehand"))
        self.setMinimumSize(560, 420)
        self.bar, self.notice = ProblemBar(), ProblemBar()
        self.buttons: dict[str, QPushButton] = {}
        self.rows: list[RecentRow] = []
        self._recent = column(spacing=8)
        self._none_yet = label(_("Desks that you open appear here."), "hint", wrap=True)
        self._opening = label(kind="hint", wrap=True)
        self._choices = QWidget()
        self.language = Choice(_("Language of the window"))
        self.page = QScrollArea()
        self._lay_out()
        self.language.hide()
        self.resize(_USUAL_SIZE.boundedTo(room_for(self)))
        for key, word in ((QKeySequence.StandardKey.HelpContents, "help"), ("Ctrl+Q", "quit")):
            QShortcut(QKeySequence(key), self, partial(self.chosen.emit, word))
        self.buttons["write"].setFocus()

    def show_page(self) -> None:
        """Show what can be begun."""
        self._opening.clear()
        self._choices.setEnabled(True)
        self.show()

    def show_opening(self, name: str) -> None:
        """Say that a desk is being opened; only shown where that takes a while."""
        self.bar.clear()
        self._opening.setText(_("Opening {desk}…").format(desk=name))
        self._choices.setEnabled(False)
        self.show()

    def show_problem(self, error: EditorError, *actions: BarAction) -> None:
        """Say why a desk can't be opened, and offer what can be done about it."""
        self.bar.show_error(error, *actions)
        self.show_page()

    def offer_text(self, stories: Sequence[Story]) -> None:
        """Offer to copy what was typed into stories before their desk could not be opened."""
        parts = [(story.headline, story.standfirst, story.body) for story in stories]
        text = "\n\n".join(part for part in chain(*parts) if part)
        self.notice.show_text(
            _("What you typed could not be saved on that desk."),
            _("Copy it to another story, or to a file."),
            (_("Copy what you typed"), partial(QGuiApplication.clipboard().setText, text)),
        )

    def show_recent(self, desks: Sequence[RecentDesk]) -> None:
        """List the desks that were opened before."""
        for old in self.rows:
            self._recent.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.rows = [RecentRow(desk) for desk in desks]
        for made in self.rows:
            made.chosen.connect(self.chosen)
            made.locate_wanted.connect(self.locate_wanted)
            made.removal_wanted.connect(self.removal_wanted)
            self._recent.addWidget(made)
        self._none_yet.setVisible(not desks)

    def offer_languages(self, languages: Mapping[str, str], current: str) -> None:
        """Offer other languages, by the setting's values, to whoever can't read this one."""
        values = list(languages)
        self.language.fill(dict(enumerate(languages.values())), values.index(current))
        self.language.chosen.connect(lambda number: self.language_chosen.emit(values[number]))
        self.language.show()

    def show_faults(self, faults: Mapping[str, DeskFault]) -> None:
        """Say beside a desk, by its path, what is wrong with it."""
        for shown in self.rows:
            shown.show_fault(faults.get(shown.desk.path))

    def _lay_out(self) -> None:
        begin = column(label(_("Begin"), "label"), *self._make_buttons(), STRETCH, spacing=4)
        before = column(
            label(_("Desks opened before"), "label"),
            self._none_yet,
            self._recent,
            STRETCH,
            spacing=8,
        )
        row((begin, 2), (before, 3), inside=self._choices, spacing=36)
        middle = QWidget()
        middle.setMaximumWidth(_WIDEST)
        guide = button(_("Quick &guide"), partial(self.chosen.emit, "guide"), "quiet")
        helping = button(_("&Help"), partial(self.chosen.emit, "help"), "quiet")
        column(
            row(label(_("Stonehand"), "title"), STRETCH, self.language, guide, helping, spacing=8),
            self._opening,
            self.bar,
            self.notice,
            8,
            (self._choices, 1),
            inside=middle,
            spacing=8,
            margins=(28, 24),
        )
        ground = QWidget()
        set_kind(ground, "ground")
        row(STRETCH, (middle, 100), STRETCH, inside=ground)
        self.page.setWidget(ground)
        self.page.setWidgetResizable(True)
        self.page.setFrameShape(QScrollArea.Shape.NoFrame)
        self.page.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCentralWidget(self.page)

    def _make_buttons(self) -> list[QWidget]:
        """Make a button with a sentence below it for each way to begin."""
        ways = (
            ("write", _("&Write a story"), _("On the desk you used last, or on a new one.")),
            ("sample", _("Open the &sample desk"), _("Ten minutes with an invented paper.")),
            ("open", _("&Open a desk…"), _("Choose a folder that ends in .desk.")),
            ("new", _("&New desk…"), _("For a paper of your own, with you as its chief.")),
            ("join", _("&Join a desk…"), _("Make the key that a chief needs to add you.")),
            ("restore", _("&Restore a backup…"), _("Make a desk again as it was.")),
        )
        made: list[QWidget] = []
        for name, text, about in ways:
            choice = button(text, partial(self.chosen.emit, name))
            choice.setAccessibleDescription(about)
            self.buttons[name] = choice
            below = label(about, "hint", wrap=True)
            below.setContentsMargins(2, 0, 2, 6)
            made += (choice, below)
        set_kind(self.buttons["write"], "primary")
        return made
