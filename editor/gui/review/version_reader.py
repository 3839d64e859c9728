"""One version to read: its text, or what it changed against any other."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from editor.core.revise import summary
from editor.core.story import Story
from editor.gui.review.comparison import Compared, compared
from editor.gui.review.redline import Redline
from editor.gui.review.version_page import reading
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.choice import Choice
from editor.gui.widgets.flow_row import FlowRow
from editor.i18n import _
from editor.store.reading.rows import StoredVersion, VersionRow
from editor.store.reading.snapshot import Snapshot

_ALONE = 0
_MOST = 60


class VersionReader(QWidget):
    """Compares the chosen version with the one it grew from, until another is picked."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stored: StoredVersion | None = None
        self._other: StoredVersion | None = None
        self._compared: Compared | None = None
        self.against = Choice(_("Compared with"))
        self.beside = QPushButton(_("Side by side"))
        self.beside.setCheckable(True)
        set_kind(self.beside, "quiet")
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(_("Text of the chosen version"))
        self.redline = Redline()
        self.restore = QPushButton()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.redline)
        top = FlowRow()
        top.add(self.against)
        top.add(self.beside)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.restore)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 12)
        column.addWidget(top)
        column.addWidget(self._stack, 1)
        column.addLayout(row)
        self.against.chosen.connect(self.compare_with)
        self.beside.toggled.connect(lambda _on: self._show())

    def show_version(self, stored: StoredVersion, rows: list[VersionRow]) -> None:
        """Show a version, and what it changed."""
        self._stored, self._other = stored, None
        self.text.setHtml(reading(stored.story, self._session.house.dateline_template))
        parents = next((row.parents for row in rows if row.version == stored.version), ())
        known = {row.version for row in rows}
        first = next((each for each in parents if each in known), _ALONE)
        titles = {
            row.version: _("Against version {n}").format(n=row.version)
            for row in rows
            if row.version != stored.version
        }
        self.against.fill({**titles, _ALONE: _("The text alone")}, first)
        self.against.setVisible(bool(titles))
        latest = stored.version == stored.latest
        self.restore.setText(_("&Restore version {n}").format(n=stored.version))
        self.restore.setEnabled(not latest)
        self.restore.setToolTip(_("This is the newest version.") if latest else "")
        self.redline.forget()
        self.compare_with(first)

    def compare_with(self, version: int) -> None:
        """Compare with another version; with 0 the text stands alone."""
        stored = self._stored
        self._compared = None
        if stored is None or version == _ALONE:
            self._show()
            return
        story = stored.story.id
        self._session.ask(
            lambda snapshot: snapshot.stored(story, version),
            owner=self,
            done=partial(self._came, stored),
        )

    def _came(self, stored: StoredVersion, other: StoredVersion) -> None:
        if stored is not self._stored:
            return
        self._other = other
        older, newer = sorted((other, stored), key=lambda each: each.version)
        slugs = self._session.slugs

        def work(_progress: object) -> Compared:
            return compared(older.story, newer.story, False, slugs)

        self._session.jobs.run(work, owner=self, done=partial(self._compare_done, stored, other))

    def _compare_done(self, stored: StoredVersion, other: StoredVersion, result: Compared) -> None:
        if stored is self._stored and other is self._other:
            self._compared = result
            self._show()

    def _show(self) -> None:
        shown, stored, other = self._compared, self._stored, self._other
        self.beside.setVisible(shown is not None)
        if shown is None or stored is None or other is None:
            self._stack.setCurrentWidget(self.text)
            return
        numbers = sorted((stored.version, other.version))
        older, newer = (_("Version {n}").format(n=number) for number in numbers)
        self.redline.show_comparison(shown, (older, newer) if self.beside.isChecked() else None)
        self._stack.setCurrentWidget(self.redline)


def summaries(snapshot: Snapshot, story: str, rows: list[VersionRow]) -> dict[int, str]:
    """What each of the newest versions changed, in words. For the store's thread."""
    stories: dict[int, Story] = {}

    def read(version: int) -> Story:
        if version not in stories:
            stories[version] = snapshot.stored(story, version).story
        return stories[version]

    found = {}
    for row in rows[:_MOST]:
        if row.parents:
            found[row.version] = summary(read(row.parents[0]), read(row.version))
    return found
