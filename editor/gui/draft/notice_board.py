"""Which notice belongs above the story that is open now."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from editor.core.workflow import Action, Publication, Stage, allowed
from editor.gui.draft.bad_text import first_refusal
from editor.gui.draft.notices import (
    Act,
    Notice,
    approved_notice,
    newer_notice,
    reconcile_notice,
    recovered_notice,
    returned_notice,
    unreadable_notice,
)
from editor.i18n import _

if TYPE_CHECKING:
    from editor.gui.draft.draft import Draft


def usual_notice(draft: Draft) -> Notice | None:
    """Return what is worth knowing about the open story as long as nothing else happens."""
    story = draft.open_story
    if len(story.leaves) > 1:
        return reconcile_notice(story.leaves, draft.reconcile)
    if problem := first_refusal(story.bad_texts):
        return unreadable_notice(problem, partial(draft.refused.emit, problem.path, ""))
    if story.is_edited_approval:
        return _edited_notice(draft)
    state, is_draft = story.around.review_state, story.state.stage is Stage.DRAFT
    if is_draft and state.returned_by not in ("", draft.session.person.name):
        return returned_notice(state, draft.notes_asked.emit)
    return None


def back_notice(draft: Draft) -> Notice:
    """Return the notice for text that was never saved and is back."""
    story = draft.open_story
    if story.stored is None:
        return recovered_notice(None)
    if story.stored.version > story.base:
        return newer_notice(story.stored, draft.save, draft.use_theirs)
    if story.is_edited_approval:
        return _edited_notice(draft, _("Your unsaved text is back."))
    return recovered_notice(draft.show_saved)


def _edited_notice(draft: Draft, hint: str = "") -> Notice:
    stored = draft.open_story.stored
    approval = stored.approval if stored is not None else None
    is_live = draft.open_story.state.publication is Publication.LIVE
    steps: list[tuple[str, Act]] = [
        (_(action.title), partial(draft.action_asked.emit, action))
        for action in (Action.CORRECT, Action.UPDATE)
        if is_live and allowed(action, draft.open_story.state, draft.session.person.role)
    ]
    person = approval.person if approval is not None else ""
    return approved_notice(person, hint, (*steps, (_("Undo"), draft.show_saved)), is_live=is_live)
