"""Links to stories: one is copied to be sent, and one that somebody sent opens the story."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from editor.errors import EditorError, NotFound
from editor.files import parse_json, write_json
from editor.gui.session import Session
from editor.gui.window.parts import WindowParts
from editor.i18n import _
from editor.places import DESK_FILE, desk_ids_file
from editor.story_link import StoryLink, can_be_linked, read_link
from editor.turns import changing

if TYPE_CHECKING:
    from editor.store.reading.snapshot import Snapshot


def can_copy_link(parts: WindowParts) -> bool:
    """Return whether the story that is shown has a link: one that was never saved has none."""
    stored = parts.draft.open_story.stored
    return parts.shows_story() and stored is not None and can_be_linked(stored.story.id)


def copy_link(parts: WindowParts) -> None:
    """Put a link to the open story on the clipboard."""
    stored = parts.draft.open_story.stored
    if stored is None:
        return
    story = stored.story.id

    def copy(desk: str) -> None:
        QGuiApplication.clipboard().setText(str(StoryLink(desk, story)))
        parts.session.message.emit(
            _("The link was copied. It opens this story on this desk."), None
        )

    parts.session.ask(_id_of, owner=parts.window, done=copy)


def open_link(parts: WindowParts, text: str) -> None:
    """Open the story that a link leads to, if this desk has it; else say what is wrong."""
    try:
        link = read_link(text)
    except EditorError as error:
        parts.session.problem.emit(error)
        return

    def find(snapshot: Snapshot) -> str:
        if _id_of(snapshot) != link.desk:
            raise NotFound(
                _("The link leads to a story of another desk."),
                _("Open that desk once on this computer, then follow the link again."),
            )
        snapshot.stored(link.story)  # raises NotFound
        return link.story

    parts.session.ask(find, owner=parts.window, done=parts.show_story)


def remember_desk(session: Session) -> None:
    """Remember which desk is at the session's path, so that a link to it finds it from outside."""
    path = str(session.path)

    def remember(id: str) -> None:
        # Not in the desk's lane: another desk may be on a disk of the network that does not answer.
        session.jobs.run(lambda _progress: _remember_id(path, id), owner=session, lane="ahead")

    session.ask(_id_of, owner=session, done=remember, failed=lambda _error: None)


def find_linked_desk(text: str, opened_last: Path | None) -> Path | None:
    """Return the desk that a link leads to, of those that were opened here; None for no such.

    Of copies of a desk it is the one that was opened last, if that is one of them.
    """
    try:
        wanted = read_link(text).desk
    except EditorError:
        return None
    found = [path for path, id in _known_ids().items() if id == wanted and _is_desk(path)]
    if str(opened_last) in found:
        return opened_last
    return Path(found[-1]) if found else None


def _remember_id(path: str, id: str) -> None:
    """Write down which desk is at a path, and forget those that are gone."""
    if _known_ids().get(path) == id:
        return
    with changing(desk_ids_file()):
        known = _known_ids()
        known.pop(path, None)
        kept = {place: its for place, its in known.items() if _is_desk(place)}
        write_json(desk_ids_file(), {**kept, path: id})


def _known_ids() -> dict[str, str]:
    """Return the ids of desks by their paths."""
    try:
        known = parse_json(desk_ids_file().read_bytes())
    except (OSError, ValueError):
        return {}
    texts = known.items() if isinstance(known, dict) else ()
    return {path: id for path, id in texts if isinstance(id, str) and "\0" not in path}


def _is_desk(path: str) -> bool:
    # Not by Path, which raises for a folder that somebody else may not look into.
    return os.path.isfile(os.path.join(path, DESK_FILE))


def _id_of(snapshot: Snapshot) -> str:
    return snapshot.masthead().desk
