"""The banner being written. It owns what is not saved yet: whatever fails, the text stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from editor.core import times
from editor.core.brief import Banner, Brief
from editor.core.changes import Changes
from editor.core.commands import SaveBanner
from editor.errors import EditorError, Stale
from editor.gui.banner.merge import merge
from editor.gui.kept.journal_writer import Entry, JournalWriter
from editor.gui.session import Session
from editor.i18n import _

JOURNAL_KEY = "banner"
SAVE_AFTER_MS = 2500
"""How long a pause means that the banner is written to the desk by itself."""

_TEXT_STEP = 1


class BannerStep(QUndoCommand):
    """One change of the banner; keys typed one after the other in one field are one step."""

    def __init__(
        self,
        put: Callable[[Banner, str], None],
        label: str,
        change: tuple[Banner, Banner],
        where: str = "",
    ) -> None:
        super().__init__(label)
        self._put = put
        self._before, self._after = change
        self._where = where

    def id(self) -> int:
        """Let Qt offer typed text to the step before."""
        return _TEXT_STEP if self._where else -1

    def mergeWith(self, other: QUndoCommand) -> bool:
        """Take a later key of the same field in."""
        if not isinstance(other, BannerStep) or other._where != self._where:
            return False
        self._after = other._after
        return True

    def redo(self) -> None:
        """Make the change."""
        self._put(self._after, self._where)

    def undo(self) -> None:
        """Take the change back."""
        self._put(self._before, self._where)


class BannerDraft(QObject):
    """The typed banner, its undo steps, its copy in the journal, and its way to the desk."""

    changed = Signal(str)
    """The banner is different: `id/field` for a text, empty when briefs came, went or moved."""
    state_changed = Signal()
    """Saved, saving, not saved."""
    told = Signal(str, str)
    """A sentence and a hint worth reading once: recovered text, somebody else's changes."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.stack = QUndoStack(self)
        self._banner = self._base = session.banner
        self._saving: Banner | None = None
        self._trouble: EditorError | None = None
        self._saved_at: datetime | None = None
        self._keeper = JournalWriter(session, self._entry, self)
        self._keeper.refused.connect(self._refused)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SAVE_AFTER_MS)
        self._pause.timeout.connect(self.save)
        session.changed.connect(self._desk_changed)
        session.use_desk(lambda desk: desk.journal.read(JOURNAL_KEY), self._recover)

    @property
    def banner(self) -> Banner:
        """The banner as it is typed now."""
        return self._banner

    @property
    def dirty(self) -> bool:
        """Whether something typed is not on the desk yet."""
        return _worth_keeping(self._banner) != self._base

    @property
    def save_state(self) -> str:
        """One phrase: `Saving…`, `Saved 14:02`, `Not saved: why`."""
        if self._trouble is not None:
            return _("Not saved: {why}").format(why=self._trouble.sentence)
        if self.dirty or self._saving is not None:
            return _("Saving…")
        if self._saved_at is None:
            return ""
        return _("Saved {time}").format(time=self._saved_at.astimezone().strftime("%H:%M"))

    @property
    def trouble(self) -> EditorError | None:
        """Why the banner could not be saved; None when it could."""
        return self._trouble

    # -- changing it -----------------------------------------------------------------

    def write(self, index: int, name: str, value: str) -> None:
        """Replace one field of a brief: `title`, `summary`, `story` or `expires`.

        Raises BadValue for an expiry that is not an instant.
        """
        brief = self._banner.briefs[index]
        changed = replace(brief, **{name: value})
        if changed != brief:
            briefs = list(self._banner.briefs)
            briefs[index] = changed
            self._push(_("Change a brief"), briefs, f"{brief.id}/{name}")

    def add(self) -> int:
        """Add an empty brief at the end; return its index."""
        self._push(_("Add a brief"), [*self._banner.briefs, Brief(id=uuid4().hex)])
        return len(self._banner.briefs) - 1

    def remove(self, index: int) -> None:
        """Take a brief away."""
        briefs = list(self._banner.briefs)
        del briefs[index]
        self._push(_("Remove a brief"), briefs)

    def move(self, index: int, to: int) -> int:
        """Move a brief so that it stands at `to`; return where it stands."""
        to = max(0, min(to, len(self._banner.briefs) - 1))
        if to != index:
            briefs = list(self._banner.briefs)
            briefs.insert(to, briefs.pop(index))
            self._push(_("Move a brief"), briefs)
        return to

    def _push(self, label: str, briefs: list[Brief], where: str = "") -> None:
        change = (self._banner, Banner(tuple(briefs)))
        self.stack.push(BannerStep(self._put, label, change, where))

    def _put(self, banner: Banner, where: str) -> None:
        self._banner = banner
        self._keeper.touch()
        self._pause.start()
        self.changed.emit(where)
        self.state_changed.emit()

    # -- keeping it ------------------------------------------------------------------

    def save(self) -> None:
        """Write the banner to the desk now, unless a write is under way: then right after it."""
        self._pause.stop()
        banner = _worth_keeping(self._banner)
        if self._saving is not None or banner == self._base:
            return
        self._saving = banner
        self.state_changed.emit()
        self._session.run(SaveBanner(banner, self._base.hash), self._saved, self._not_saved)

    def _saved(self, _changes: Changes) -> None:
        if self._saving is not None:
            self._base, self._saving = self._saving, None
        self._trouble = None
        self._saved_at = times.now()
        if self.dirty:
            self.save()
        else:
            self._keeper.stop()
            self._keeper.drop(JOURNAL_KEY)
        self.state_changed.emit()

    def _not_saved(self, error: EditorError) -> None:
        self._saving = None
        if isinstance(error, Stale):
            self._session.ask(lambda snapshot: snapshot.banner(), self._join)
            return
        self._trouble = error
        self._keeper.flush()
        self.state_changed.emit()

    def _refused(self, error: EditorError) -> None:
        self._trouble = error
        self.state_changed.emit()

    def _entry(self) -> tuple[str, Entry]:
        return JOURNAL_KEY, {"banner": self._banner.to_json(), "base": self._base.to_json()}

    def _recover(self, entry: Entry | None) -> None:
        """Take up what was typed before a crash."""
        if not entry:
            return
        typed, base = Banner.from_json(entry["banner"]), Banner.from_json(entry["base"])  # type: ignore[arg-type]
        current, self._base = self._base, base
        if typed != base:
            self._banner = typed
            self.changed.emit("")
            self.told.emit(_("Text that had not been saved is back."), "")
        self._join(current)

    # -- other people's changes ------------------------------------------------------

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("banner") and self._saving is None:
            self._join(self._session.banner)

    def _join(self, theirs: Banner) -> None:
        """Bring in what somebody else saved since the base of what is typed here."""
        if theirs != self._base:
            merged = merge(self._base, self._banner, theirs)
            mine_changed, self._base = self.dirty, theirs
            if mine_changed:
                self._tell_joined(merged.both)
            self._push(_("Changes from the desk"), list(merged.banner.briefs))
        if self.dirty:
            self._pause.start()
        self.state_changed.emit()

    def _tell_joined(self, both: tuple[str, ...]) -> None:
        self.told.emit(
            _("Somebody else changed the banner too. Both changes are here."),
            _("Changed on both sides and kept twice: {titles}.").format(titles=", ".join(both))
            if both
            else "",
        )


def _worth_keeping(banner: Banner) -> Banner:
    """The banner without briefs that say nothing yet: no reader should see an empty one."""
    return Banner(tuple(each for each in banner.briefs if each.title or each.summary))
