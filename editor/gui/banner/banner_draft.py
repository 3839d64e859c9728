"""The banner being written. It owns what is not saved yet: whatever fails, the text stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand

from editor.core import times
from editor.core.brief import Banner, Brief
from editor.core.changes import Changes
from editor.core.commands import SaveBanner
from editor.errors import EditorError, Stale
from editor.gui.banner.merge import merge_banners
from editor.gui.draft.notices import clock
from editor.gui.kept.journal_writer import BANNER_ENTRY, Entry
from editor.gui.kept.kept_form import KeptForm
from editor.gui.keys import KeyState, NotSigned
from editor.gui.session import Session
from editor.gui.widgets.joining_stack import JoinableStep, JoiningStack
from editor.gui.widgets.layout import once
from editor.i18n import _, listed

SAVE_AFTER_MS = 2500
"""How long a pause means that the banner is saved to the desk by itself."""


class BannerDraft(QObject):
    """The typed banner, its undo steps, its copy in the journal, and its way to the desk."""

    changed = Signal(str)
    """The banner is different: `id/field` for one field, empty for any other change."""
    state_changed = Signal()
    """Saved, saving, not saved."""
    notice = Signal(str, str)
    """A sentence and a hint worth reading once: restored text, somebody else's changes."""

    def __init__(self, session: Session, parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self.stack = JoiningStack(self)
        self.banner = self._base = session.banner
        self.problem: EditorError | None = None
        """Why the banner could not be saved; None when it could."""
        self.on_saved: Callable[[], object] | None = None
        """Called once, after the next save that succeeds."""
        self._saving: Banner | None = None
        self._saved_at: datetime | None = None
        self._pause = once(self, self.save, SAVE_AFTER_MS)
        self._kept = KeptForm(
            session,
            BANNER_ENTRY,
            read=lambda: {"banner": self.banner.to_json(), "base": self._base.to_json()},
            restore=self._restore,
            changes=(self.changed,),
            on_refused=self._show_problem,
            parent=self,
        )
        session.changed.connect(self._desk_changed)
        session.keys.changed.connect(self._key_changed)
        session.person_changed.connect(self._key_changed)

    @property
    def save_state(self) -> str:
        """One phrase: `Saving…`, `Saved 14:02`, `Not saved: why`."""
        if self.problem is not None:
            return _("Not saved: {why}").format(why=self.problem.sentence)
        if self.is_unsaved and not self._can_save():
            return _("Kept on this computer")
        if self._saving is not None or self.is_unsaved:
            return _("Saving…")
        if self._saved_at is None:
            return ""
        return _("Saved {time}").format(time=clock(self._saved_at))

    # -- changing it -----------------------------------------------------------------

    def set_field(self, index: int, name: str, value: str, is_own_step: bool = False) -> None:
        """Replace one field of a brief: `title`, `summary`, `story`, `starts` or `expires`.

        Raises BadValue for a time that is not an instant.
        """
        brief = self.banner.briefs[index]
        changed = replace(brief, **{name: value})
        if changed != brief:
            briefs = list(self.banner.briefs)
            briefs[index] = changed
            self._push(_("Change a brief"), briefs, f"{brief.id}/{name}", is_own_step)

    def add(self) -> int:
        """Add an empty brief at the end; return its index."""
        self._push(_("Add a brief"), [*self.banner.briefs, Brief(id=uuid4().hex)])
        return len(self.banner.briefs) - 1

    def remove(self, index: int) -> None:
        """Remove a brief."""
        briefs = list(self.banner.briefs)
        del briefs[index]
        self._push(_("Remove a brief"), briefs)

    def move(self, index: int, to: int) -> int:
        """Move a brief to another index, or as far as there are briefs; return where it is."""
        to = max(0, min(to, len(self.banner.briefs) - 1))
        if to != index:
            briefs = list(self.banner.briefs)
            briefs.insert(to, briefs.pop(index))
            self._push(_("Move a brief"), briefs)
        return to

    def _push(
        self, label: str, briefs: list[Brief], field: str = "", is_own_step: bool = False
    ) -> None:
        if why := self._session.why_read_only:
            self._session.problem.emit(why)
            return
        step = _Step(label, self.banner, Banner(tuple(briefs)), field, self._set_banner)
        step.is_joinable = bool(field) and not is_own_step
        self.stack.do(step)

    def _set_banner(self, banner: Banner, field: str) -> None:
        self.banner = banner
        self._pause.start()
        self.changed.emit(field)
        self.state_changed.emit()

    # -- saving it -------------------------------------------------------------------

    def save(self) -> None:
        """Save the banner to the desk now, or right after a save that is under way.

        That needs a signature. With a locked key it is only kept in the journal: nobody
        is asked for a passphrase because they paused while typing.
        """
        self._save(may_ask=False)

    def sign(self, on_saved: Callable[[], object] | None = None) -> None:
        """Save the banner as `save` does, and ask for the passphrase if need be.

        `on_saved` is called once the desk has the banner as it is typed now.
        """
        self.on_saved = on_saved
        if self._saving is None and not self.is_unsaved:
            self._call_on_saved()
        else:
            self._save(may_ask=True)

    def _save(self, *, may_ask: bool) -> None:
        self._pause.stop()
        if self._saving is not None or not self.is_unsaved:
            return
        if not may_ask and not self._can_save():
            self._kept.flush()
            self.state_changed.emit()
            return
        self._saving = self.shown
        self.state_changed.emit()
        self._session.run(
            SaveBanner(self._saving, self._base.hash),
            owner=self,
            done=self._saved,
            failed=self._not_saved,
            may_ask=may_ask,
        )

    def _can_save(self) -> bool:
        session = self._session
        is_open = session.keys.state(session.person.name) is KeyState.OPEN
        return is_open and session.why_read_only is None

    def _key_changed(self) -> None:
        if self.is_unsaved and self._can_save():
            self._pause.start()
        self.state_changed.emit()

    def _call_on_saved(self) -> None:
        call, self.on_saved = self.on_saved, None
        if call is not None:
            call()

    @property
    def shown(self) -> Banner:
        """The banner as it is typed, without empty briefs: what a save or an approval is about."""
        return _without_empty(self.banner)

    @property
    def is_unsaved(self) -> bool:
        """Whether the desk doesn't have the banner as it is typed."""
        return self.shown != self._base

    def _saved(self, _changes: Changes) -> None:
        if self._saving is not None:
            self._base, self._saving = self._saving, None
        self.problem = None
        self._saved_at = times.now()
        if self.is_unsaved:
            self.save()
        else:
            self._kept.forget()
            self._call_on_saved()
        self.state_changed.emit()

    def _not_saved(self, error: EditorError) -> None:
        self._saving = self.on_saved = None
        if isinstance(error, NotSigned):
            self.state_changed.emit()
        elif isinstance(error, Stale):
            self._session.ask(lambda snapshot: snapshot.banner(), owner=self, done=self._merge)
        else:
            self._show_problem(error)

    def _show_problem(self, error: EditorError) -> None:
        self.problem = error
        self.state_changed.emit()

    def _restore(self, entry: Entry) -> None:
        """Restore what was typed before a crash."""
        typed, base = Banner.from_json(entry["banner"]), Banner.from_json(entry["base"])  # type: ignore[arg-type]
        if _without_empty(typed) == self._base:
            # It was saved, and the window ended before the journal's copy was removed.
            self._kept.forget()
            return
        current, self._base = self._base, base
        if typed != base:
            self.banner = typed
            self.changed.emit("")
            self.notice.emit(_("Text that had not been saved is back."), "")
        self._merge(current)

    # -- other people's changes ------------------------------------------------------

    def _desk_changed(self, changes: Changes) -> None:
        if changes.touches("banner") and self._saving is None:
            self._merge(self._session.banner)

    def _merge(self, theirs: Banner) -> None:
        """Merge what somebody else saved since the base of what is typed here."""
        if theirs != self._base:
            merged = merge_banners(self._base, self.banner, theirs)
            if self.is_unsaved:
                titles = listed(merged.conflicts)
                hint = _("Changed by both and listed twice: {titles}.").format(titles=titles)
                self.notice.emit(
                    _("Somebody else changed the banner too. Both changes are here."),
                    hint if titles else "",
                )
            self._base = theirs
            self._push(_("Changes from the desk"), list(merged.banner.briefs))
        if self.is_unsaved:
            self._pause.start()
        self.state_changed.emit()


class _Step(JoinableStep):
    """One change of the banner; keys typed one after the other in one field are one step."""

    is_joinable = False
    """Whether it is joined with other steps that change the same field."""

    def __init__(
        self,
        label: str,
        before: Banner,
        after: Banner,
        field: str,
        set_banner: Callable[[Banner, str], None],
    ) -> None:
        super().__init__(label)
        self._before, self._after, self._field = before, after, field
        self._set_banner = set_banner

    def joins(self, other: QUndoCommand) -> bool:
        if not isinstance(other, _Step) or not (self.is_joinable and other.is_joinable):
            return False
        return other._field == self._field

    def take(self, other: QUndoCommand) -> None:
        if isinstance(other, _Step):
            self._after = other._after

    def redo(self) -> None:
        self._set_banner(self._after, self._field)

    def undo(self) -> None:
        self._set_banner(self._before, self._field)


def _without_empty(banner: Banner) -> Banner:
    """Leave out briefs without a word yet: no reader should see an empty one."""
    return Banner(tuple(brief for brief in banner.briefs if brief.title or brief.summary))
