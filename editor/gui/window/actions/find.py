"""The entries of the Edit menu that find and replace."""

from __future__ import annotations

from functools import partial

from editor.gui.window.actions.row import ActionRow, Key
from editor.gui.window.parts import WindowParts
from editor.i18n import _, plural


def rows() -> tuple[ActionRow, ...]:
    """Return the entries."""
    return (
        ActionRow("find", _("&Find"), Key.Find, partial(_open, False), _shows_story),
        ActionRow("find_next", _("Find &next"), Key.FindNext, partial(_step, 1), _shows_story),
        ActionRow(
            "find_previous",
            _("Find pre&vious"),
            Key.FindPrevious,
            partial(_step, -1),
            _shows_story,
        ),
        ActionRow("replace", _("R&eplace"), Key.Replace, partial(_open, True), _shows_story),
        ActionRow("find_in_stories", _("Find in st&ories…"), "Ctrl+Shift+F", open_stories),
    )


def _shows_story(parts: WindowParts) -> bool:
    return parts.shows_story()


def _open(is_replacing: bool, parts: WindowParts) -> None:
    parts.centre.show_text()
    parts.centre.search.open(replacing=is_replacing)


def _step(by: int, parts: WindowParts) -> None:
    parts.centre.show_text()
    parts.centre.search.step(by)


def open_stories(parts: WindowParts) -> None:
    """Write what is typed to the journal, so that the dialog knows of it, then ask what to find.

    The first place to look is the stories that are chosen in the list, else all that are listed.
    """
    # It is imported when it is asked for.
    from editor.gui.library.find_stories_dialog import FindStoriesDialog  # noqa: PLC0415
    from editor.gui.library.places import ALL, Place, groups  # noqa: PLC0415
    from editor.gui.library.story_replacer import StoryReplacer  # noqa: PLC0415
    from editor.store.reading.rows import Filter  # noqa: PLC0415

    session, listed = parts.session, parts.list.place
    found = groups(session.house, session.person, session.people)
    places = [place for group in found for place in group.places]
    keys = (listed.key if listed is not None else "", ALL)
    first = [place for key in keys for place in places if place.key == key]
    ids = tuple(row.id for row in parts.list.chosen.rows() if row.version)
    title = plural("{n} chosen story", "{n} chosen stories", len(ids))
    these = [Place("chosen", title, Filter(ids=ids))] if ids else []
    session.flush()
    replacer = parts.window.findChild(StoryReplacer) or StoryReplacer(session, parts.window)
    query = parts.centre.search.query() if parts.shows_story() else None
    choices = list(dict.fromkeys([*these, *first, *places]))
    FindStoriesDialog(session, replacer, choices, query, parts.window).open()
