"""One version to read: its text, or what changed in it since any other."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QTextBrowser, QWidget

from editor.core.revise import summary
from editor.core.story import Story
from editor.errors import DeskDamaged
from editor.gui.coalescer import LastAnswer
from editor.gui.review.comparison import compared
from editor.gui.review.version_page import version_html
from editor.gui.session import Session
from editor.gui.theme import set_kind
from editor.gui.widgets.buttons import Button
from editor.gui.widgets.choice import Choice
from editor.gui.widgets.compared import Compared
from editor.gui.widgets.flow_row import FlowRow
from editor.gui.widgets.layout import STRETCH, column, row
from editor.gui.widgets.redline import Redline
from editor.i18n import _
from editor.store.reading.rows import StoredVersion, VersionRow
from editor.store.reading.snapshot import Snapshot

_ALONE = 0
_MOST_SUMMARIES = 60


class VersionReader(QWidget):
    """Compares a version with its parent, until another is chosen in `against`."""

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._stored: StoredVersion | None = None
        self._titles = ("", "")
        self._compared: Compared | None = None
        self._answer = LastAnswer()
        self.against = Choice(_("Compared with"))
        self.beside = Button(_("Side by side"))
        self.beside.setCheckable(True)
        set_kind(self.beside, "quiet")
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        set_kind(self.text, "read")
        self.text.setAccessibleName(_("Text of the chosen version"))
        self.redline = Redline()
        self.restore = Button()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.text)
        self._stack.addWidget(self.redline)
        choices = FlowRow()
        choices.add(self.against)
        choices.add(self.beside)
        foot = row(STRETCH, self.restore)
        column(choices, (self._stack, 1), foot, inside=self, spacing=6, margins=(12, 8, 12, 12))
        self.against.chosen.connect(self._compare_with)
        self.beside.toggled.connect(lambda _on: self._show())

    def show_version(self, stored: StoredVersion, rows: list[VersionRow]) -> None:
        """Show a version and what changed in it; `rows` is its story's history."""
        self._stored = stored
        self.text.setHtml(version_html(stored.story, self._session.house.dateline_template))
        parents = {row.version: row.parents for row in rows}
        known = (number for number in parents.get(stored.version, ()) if number in parents)
        parent = next(known, _ALONE)
        titles = {
            row.version: _("Against version {n}").format(n=row.version)
            for row in rows
            if row.version != stored.version
        }
        self.against.fill({**titles, _ALONE: _("The text alone")}, parent)
        self.against.setVisible(bool(titles))
        is_latest = stored.version == stored.latest
        self.restore.setText(_("&Restore version {n}").format(n=stored.version))
        self.restore.setEnabled(not is_latest)
        self.restore.setToolTip(_("This is the latest version.") if is_latest else "")
        self.redline.forget()
        self._compare_with(parent)

    def _compare_with(self, version: int) -> None:
        """Compare with another version; 0 shows the text alone."""
        stored = self._stored
        self._compared = None
        self._answer.drop()
        if stored is None or version == _ALONE:
            self._show()
            return

        def query(snapshot: Snapshot) -> tuple[StoredVersion, dict[str, str]]:
            other = snapshot.stored(stored.story.id, version)
            return other, snapshot.slugs((*stored.story.related, *other.story.related))

        self._session.ask(
            query,
            owner=self,
            done=self._answer.only(lambda found: self._compare(stored, *found)),
        )

    def _compare(self, stored: StoredVersion, other: StoredVersion, slugs: dict[str, str]) -> None:
        older, newer = sorted((other, stored), key=lambda version: version.version)
        self._titles = _name(older), _name(newer)
        self._session.jobs.run(
            lambda _progress: compared(older.story, newer.story, slugs, whole=False),
            owner=self,
            done=self._answer.only(self._show_compared),
        )

    def _show_compared(self, result: Compared) -> None:
        self._compared = result
        self._show()

    def _show(self) -> None:
        self.beside.setVisible(self._compared is not None)
        if self._compared is not None:
            titles = self._titles if self.beside.isChecked() else None
            self.redline.show_comparison(self._compared, titles)
        self._stack.setCurrentWidget(self.redline if self._compared is not None else self.text)


def _name(stored: StoredVersion) -> str:
    return _("Version {n}").format(n=stored.version)


def summaries(snapshot: Snapshot, story: str, rows: list[VersionRow]) -> dict[int, str]:
    """Return what each of the latest versions changed, in words. For the store's thread.

    A version that was altered outside the desk has the reason instead.
    """
    stories: dict[int, Story] = {}

    def read(version: int) -> Story:
        if version not in stories:
            stories[version] = snapshot.stored(story, version).story
        return stories[version]

    found: dict[int, str] = {}
    for version in rows[:_MOST_SUMMARIES]:
        try:
            after = read(version.version)
            if version.parents:
                found[version.version] = summary(read(version.parents[0]), after)
        except DeskDamaged as error:
            found[version.version] = error.sentence
    return found
