"""The Story menu: the steps of the workflow, notes, and going from story to story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from editor.core.workflow import Action
from editor.gui.review import note_sheet
from editor.gui.window.actions.file import export
from editor.gui.window.actions.row import ActionRow, Groups
from editor.gui.window.parts import WindowParts
from editor.i18n import _


def groups() -> Groups:
    """Return the menu's entries."""
    return (
        (
            ActionRow(
                "primary",
                _("Next step: submit, approve, export"),
                "Ctrl+Return",
                _do_next_step,
                title=lambda parts: parts.next_step().title,
            ),
            replace(_step(Action.RETURN, "r", _return, "Ctrl+Shift+Return"), hides=True),
        ),
        (
            replace(
                _step(Action.PUBLISH, "b", lambda parts: parts.story_actions.publish()),
                when=_can_publish,
            ),
            _step(Action.CORRECT, "c", _correct),
            _step(Action.UPDATE, "d", lambda parts: parts.story_actions.update()),
            _step(Action.KILL, "k", _kill),
            _step(Action.SPIKE, "i", lambda parts: parts.story_actions.spike(), "Ctrl+Shift+K"),
            _step(Action.UNSPIKE, "u", lambda parts: parts.story_actions.unspike(), "Ctrl+Shift+U"),
        ),
        (
            ActionRow("note", _("&Write a note"), "Ctrl+Shift+N", _write_note, _is_stored),
            ActionRow(
                "note_passage", _("Note on this passa&ge"), "Ctrl+Alt+N", _note_passage, _is_stored
            ),
            ActionRow("next_check", _("Next c&heck"), "F8", _next_check, _has_findings),
            ActionRow("next_change", _("Next change"), "Alt+Down", partial(_go, 1), _reviews),
            ActionRow(
                "previous_change", _("Previous change"), "Alt+Up", partial(_go, -1), _reviews
            ),
        ),
        (ActionRow("story_log", _("&Log of this story"), "", _open_log, _is_stored),),
        (
            ActionRow("next", _("&Next story"), "Ctrl+PgDown", lambda parts: parts.list.step(1)),
            ActionRow(
                "previous", _("&Previous story"), "Ctrl+PgUp", lambda parts: parts.list.step(-1)
            ),
        ),
    )


def with_access_key(title: str, key: str) -> str:
    """Mark the first such letter of a title as its access key: `Pu&blish`.

    A translation without that letter has none.
    """
    index = title.lower().find(key)
    return title if index < 0 else f"{title[:index]}&{title[index:]}"


def _step(
    action: Action, access_key: str, do: Callable[[WindowParts], object], keys: str = ""
) -> ActionRow:
    """Return the row of a workflow action, with the workflow's own words."""
    text = with_access_key(_(action.title), access_key)
    return ActionRow(action.verb, text, keys, do, partial(_can, action))


def _can(action: Action, parts: WindowParts) -> bool:
    return parts.shows_story() and parts.story_actions.can(action)


def _can_publish(parts: WindowParts) -> bool:
    return _can(Action.PUBLISH, parts) and not parts.draft.dirty


def _is_stored(parts: WindowParts) -> bool:
    return parts.shows_story() and parts.draft.stored is not None


def _has_findings(parts: WindowParts) -> bool:
    return parts.shows_story() and bool(parts.draft.findings)


def _reviews(parts: WindowParts) -> bool:
    return parts.shows_story() and parts.centre.shows_review()


def _do_next_step(parts: WindowParts) -> None:
    story = parts.story_actions
    steps = {
        Action.SUBMIT.verb: story.submit,
        Action.APPROVE.verb: story.approve,
        Action.UNSPIKE.verb: story.unspike,
        Action.RECONCILE.verb: parts.draft.reconcile,
    }
    steps.get(parts.next_step().name, partial(export, parts))()


def _return(parts: WindowParts) -> None:
    parts.centre.return_note.open_sheet()


def _correct(parts: WindowParts) -> None:
    parts.centre.sheet.ask(note_sheet.correction(), parts.story_actions.correct)


def _kill(parts: WindowParts) -> None:
    parts.centre.sheet.ask(note_sheet.kill(), parts.story_actions.kill)


def _write_note(parts: WindowParts) -> None:
    parts.show_tab("notes")
    parts.pane.write_note()


def _note_passage(parts: WindowParts) -> None:
    """Write a note on what is selected in the form; on the story where nothing is."""
    passage = parts.centre.form.chosen()
    parts.show_tab("notes")
    parts.pane.write_note(passage)


def _next_check(parts: WindowParts) -> None:
    parts.show_tab("checks")
    parts.pane.next_finding()


def _open_log(parts: WindowParts) -> None:
    from editor.gui.preferences.log import LogDialog  # noqa: PLC0415 - not needed to start

    LogDialog(parts.session, parts.draft.key, parts.window).open()


def _go(steps: int, parts: WindowParts) -> None:
    parts.centre.review.step(steps)
