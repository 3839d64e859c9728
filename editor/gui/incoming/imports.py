"""Importing by one command, with what came in by name, so that it can be undone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from editor.core.brief import Banner, Brief
from editor.core.changes import Changes
from editor.core.commands import ImportItems, SaveBanner, Spike
from editor.errors import EditorError
from editor.gui.session import Session
from editor.gui.widgets.elided import shortened
from editor.i18n import _, listed, plural, quoted

if TYPE_CHECKING:
    from editor.store.reading.snapshot import Snapshot

_LONGEST_NAME = 60
_MOST_NAMES = 8


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import added to the desk: the ids of stories, and briefs that were not there yet."""

    stories: tuple[str, ...] = ()
    briefs: tuple[Brief, ...] = ()


def import_items(
    session: Session,
    command: ImportItems,
    *,
    owner: QObject,
    done: Callable[[Imported], object],
    failed: Callable[[EditorError], object] | None = None,
) -> None:
    """Import stories and briefs; `done` gets what was added."""

    def imported(before: frozenset[str], changes: Changes) -> None:
        stories = changes.ids("story")
        session.ask(
            lambda snapshot: _other_briefs(snapshot, before),
            owner=owner,
            done=lambda briefs: done(Imported(stories, briefs)),
            failed=failed,
        )

    session.ask(
        lambda snapshot: frozenset(brief.id for brief in snapshot.banner().briefs),
        owner=owner,
        done=lambda before: session.run(
            command, owner=owner, done=partial(imported, before), failed=failed
        ),
        failed=failed,
    )


def tell_imported(session: Session, imported: Imported, owner: QObject) -> None:
    """Name everything that came in, and offer to undo it."""

    def show_message(headlines: list[str]) -> None:
        names = [*headlines, *(brief.title for brief in imported.briefs)]
        message = imported_message(len(imported.stories), len(imported.briefs), names)
        is_any = bool(imported.stories or imported.briefs)
        undo = partial(undo_import, session, imported, owner) if is_any else None
        session.message.emit(message, undo)

    session.ask(
        lambda snapshot: [_name(snapshot, story) for story in imported.stories],
        owner=owner,
        done=show_message,
    )


def imported_message(stories: int, briefs: int, names: list[str] | None = None) -> str:
    """Return what was imported: `Imported 1 story, 5 briefs: “Ferry sails”, “Fog”, …`."""
    if not stories and not briefs:
        return _("Nothing new was imported: the desk has it all.")
    sentence = _("Imported {what}.").format(what=_count(stories, briefs))
    if names:
        shown = listed(quoted(shortened(name, _LONGEST_NAME)) for name in names[:_MOST_NAMES])
        if more := len(names) - _MOST_NAMES if len(names) > _MOST_NAMES else 0:
            shown = _("{names} and {n} more").format(names=shown, n=more)
        sentence = _("Imported {what}: {names}.").format(what=_count(stories, briefs), names=shown)
    return f"{sentence} {_('The trends banner waits for an editor.')}" if briefs else sentence


def undo_import(session: Session, imported: Imported, owner: QObject) -> None:
    """Spike the stories that were imported, and remove the briefs from the banner."""
    session.ask(
        lambda snapshot: (
            [(story, snapshot.stored(story).version) for story in imported.stories],
            snapshot.banner(),
        ),
        owner=owner,
        done=lambda found: _undo(session, imported, owner, *found),
    )


def _undo(
    session: Session,
    imported: Imported,
    owner: QObject,
    versions: list[tuple[str, int]],
    banner: Banner,
) -> None:
    added = {brief.id for brief in imported.briefs}
    kept = tuple(brief for brief in banner.briefs if brief.id not in added)
    commands: list[Spike | SaveBanner] = [Spike(story, version) for story, version in versions]
    if kept != banner.briefs:
        commands.append(SaveBanner(replace(banner, briefs=kept), banner.hash))

    def run_next(_changes: Changes | None = None) -> None:
        if commands:
            session.run(commands.pop(0), owner=owner, done=run_next)
        else:
            session.message.emit(_undone_message(imported), None)

    run_next()


def _undone_message(imported: Imported) -> str:
    parts = []
    if stories := len(imported.stories):
        parts.append(plural("Spiked {n} imported story.", "Spiked {n} imported stories.", stories))
    if briefs := len(imported.briefs):
        parts.append(plural("Removed {n} imported brief.", "Removed {n} imported briefs.", briefs))
    return " ".join(parts)


def _count(stories: int, briefs: int) -> str:
    parts = []
    if stories:
        parts.append(plural("{n} story", "{n} stories", stories))
    if briefs:
        parts.append(plural("{n} brief", "{n} briefs", briefs))
    return listed(parts)


def _other_briefs(snapshot: Snapshot, before: frozenset[str]) -> tuple[Brief, ...]:
    return tuple(brief for brief in snapshot.banner().briefs if brief.id not in before)


def _name(snapshot: Snapshot, story_id: str) -> str:
    story = snapshot.stored(story_id).story
    return story.headline or story.slug
