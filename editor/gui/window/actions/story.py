"""The Story menu: the steps of the workflow, notes, and going from story to story."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from editor.core.workflow import Action
from editor.errors import EditorError, NotAllowed
from editor.gui.review.note_sheet import questions
from editor.gui.window.actions import chosen, tabs
from editor.gui.window.actions.file import can_export, export
from editor.gui.window.actions.format import why_locked
from editor.gui.window.actions.row import ActionRow, Groups
from editor.gui.window.parts import WindowParts
from editor.gui.window.story_links import can_copy_link, copy_link
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
                _can_do_next_step,
                refusal=lambda parts: parts.session.why_read_only,
                title=lambda parts: parts.next_step().title,
            ),
            replace(_step(Action.WITHDRAW, "v"), hides=True),
            replace(_step(Action.RETURN, "r", "Ctrl+Shift+Return"), hides=True),
        ),
        (
            replace(_step(Action.PUBLISH, "b"), when=_can_publish, refusal=_why_not_published),
            _step(Action.CORRECT, "c"),
            _step(Action.UPDATE, "d"),
            _step(Action.KILL, "k"),
            _step(Action.SPIKE, "i", "Ctrl+Shift+K"),
            _step(Action.UNSPIKE, "u", "Ctrl+Shift+U"),
        ),
        _text_rows(),
        (
            _stored_row("story_log", _("&Log of this story"), "", _open_log),
            ActionRow("copy_link", _("C&opy link"), "", copy_link, can_copy_link),
            _stored_row("whereabouts", _("Where this stor&y has gone"), "", _open_whereabouts),
        ),
        (
            ActionRow("next", _("&Next story"), "Ctrl+PgDown", lambda parts: parts.list.step(1)),
            ActionRow(
                "previous", _("&Previous story"), "Ctrl+PgUp", lambda parts: parts.list.step(-1)
            ),
            _stored_row("read_beside", _("Read in it&s own window"), "", _read_beside),
            ActionRow(
                "duplicate", _("Duplicat&e story"), "", _duplicate, _can_duplicate, writes=True
            ),
            chosen.submenu(),
            tabs.submenu(),
        ),
    )


def _text_rows() -> tuple[ActionRow, ...]:
    return (
        replace(_stored_row("note", _("&Write a note"), "Ctrl+Shift+N", _write_note), writes=True),
        replace(
            _stored_row("note_passage", _("Note on this passa&ge"), "Ctrl+Alt+N", _note_passage),
            writes=True,
        ),
        _stored_row("next_note", _("Next note in the &form"), "Shift+F8", _next_note),
        ActionRow("next_check", _("Next c&heck"), "F8", _next_check, _has_findings),
        ActionRow("fix_here", _("Fi&x and go to the next"), "F4", _fix_here, _can_fix),
        ActionRow("fix_kind", _("Fix &all of this kind"), "Shift+F4", _fix_kind, _can_fix),
        ActionRow("next_change", _("Next change"), "Alt+Down", partial(_go, 1), _reviews),
        ActionRow("previous_change", _("Previous change"), "Alt+Up", partial(_go, -1), _reviews),
    )


def with_access_key(title: str, key: str) -> str:
    """Mark the first such letter of a title as its access key: `Pu&blish`.

    A translation without that letter has none.
    """
    index = title.lower().find(key)
    return title if index < 0 else f"{title[:index]}&{title[index:]}"


def _step(action: Action, access_key: str, keys: str = "") -> ActionRow:
    """Return the row of a workflow action, with the workflow's own words."""
    text = with_access_key(_(action.title), access_key)
    do, can, refusal = partial(_do, action), partial(_can, action), partial(_why_not, action)
    return ActionRow(action.verb, text, keys, do, can, refusal=refusal, writes=True)


def _stored_row(name: str, text: str, keys: str, do: Callable[[WindowParts], object]) -> ActionRow:
    """Return the row of what can be done to a story that has a version."""
    return ActionRow(name, text, keys, do, _is_stored, refusal=_why_not_stored)


def _do(action: Action, parts: WindowParts) -> None:
    """Carry out an action, once the note it needs is written."""
    if action in questions():
        parts.centre.sheet.ask(action)
    else:
        parts.story_actions.do(action)


def _can(action: Action, parts: WindowParts) -> bool:
    return parts.shows_story() and parts.story_actions.can(action)


def _can_publish(parts: WindowParts) -> bool:
    return _can(Action.PUBLISH, parts) and not parts.draft.open_story.is_unsaved


def _why_not_published(parts: WindowParts) -> EditorError | None:
    refusal = _why_not_stored(parts)
    if refusal is None and parts.draft.open_story.is_unsaved:
        refusal = NotAllowed(
            _("What you typed is not approved yet."),
            _("Undo it, or save it and have it approved."),
        )
    return refusal or _why_not(Action.PUBLISH, parts)


def _why_not(action: Action, parts: WindowParts) -> EditorError | None:
    """Return why an action can't be done, in the workflow's own words."""
    return _why_not_stored(parts) or parts.story_actions.why_not(action)


def _why_not_stored(parts: WindowParts) -> EditorError | None:
    if not parts.shows_story():
        return why_locked(parts)
    if parts.draft.open_story.stored is None:
        return NotAllowed(
            _("This story has no version yet."), _("File › Save version makes the first.")
        )
    return None


def _is_stored(parts: WindowParts) -> bool:
    return parts.shows_story() and parts.draft.open_story.stored is not None


def _has_findings(parts: WindowParts) -> bool:
    return parts.shows_story() and bool(parts.draft.open_story.findings)


def _reviews(parts: WindowParts) -> bool:
    return parts.shows_story() and parts.centre.shows_review()


def _can_do_next_step(parts: WindowParts) -> bool:
    """Return whether the next step can be done: on a desk that is only read it is an export."""
    if parts.session.why_read_only is None:
        return True
    return parts.next_step().name == "export" and can_export(parts)


def _do_next_step(parts: WindowParts) -> None:
    name = parts.next_step().name
    for action in (Action.SUBMIT, Action.APPROVE, Action.UNSPIKE):
        if name == action.verb:
            parts.story_actions.do(action)
            return
    if name == Action.RECONCILE.verb:
        parts.draft.reconcile()
    elif name == "approve_banner" and parts.centre.banner is not None:
        parts.centre.banner.approve()
    elif name == "new":
        parts.actions["new"].trigger()
    else:
        export(parts)


def _read_beside(parts: WindowParts) -> None:
    parts.beside.show(parts.draft.open_story.key)


def _can_duplicate(parts: WindowParts) -> bool:
    return parts.shows_story() and not parts.draft.typed.has_unknown


def _duplicate(parts: WindowParts) -> None:
    """Begin a story with the text of the open one as it is typed now."""
    text = parts.draft.typed.copied()
    parts.draft.new()
    parts.draft.edit(text, "")
    parts.centre.show_story()
    parts.focus_centre()


def _write_note(parts: WindowParts) -> None:
    parts.show_tab("notes")
    parts.pane.write_note()


def _note_passage(parts: WindowParts) -> None:
    """Write a note on what is selected in the form; on the story where nothing is."""
    passage = parts.centre.form.selected_passage()
    parts.show_tab("notes")
    parts.pane.write_note(passage)


def _next_note(parts: WindowParts) -> None:
    """Go to the note at the caret, or the next one; without any in the text, to all notes."""
    if not parts.centre.form.notes.go_to_note():
        parts.show_tab("notes")


def _next_check(parts: WindowParts) -> None:
    parts.show_tab("checks")
    parts.pane.next_finding()


def _can_fix(parts: WindowParts) -> bool:
    return _has_findings(parts) and parts.draft.can_edit


def _fix_here(parts: WindowParts) -> None:
    parts.show_tab("checks")
    parts.pane.fix_finding()


def _fix_kind(parts: WindowParts) -> None:
    parts.show_tab("checks")
    parts.pane.fix_finding(whole_kind=True)


def _open_log(parts: WindowParts) -> None:
    from editor.gui.preferences.log import LogDialog  # noqa: PLC0415 - not needed to start

    LogDialog(parts.session, parts.draft.open_story.key, parts.window).open()


def _open_whereabouts(parts: WindowParts) -> None:
    from editor.gui.exporting.deliveries_dialog import (  # noqa: PLC0415 - not needed to start
        DeliveriesDialog,
    )

    DeliveriesDialog(parts.session, parts.draft.open_story.key, parts.window).open()


def _go(steps: int, parts: WindowParts) -> None:
    parts.centre.review.step(steps)
