"""A story's stage, publication and approval in a word and a sentence, as an export says them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from editor.core.people import Role
from editor.core.workflow import Action, Publication, Stage, State, allowed
from editor.gui.draft.open_story import OpenStory
from editor.gui.widgets.stages import stage_color, stage_name
from editor.i18n import _

if TYPE_CHECKING:
    from editor.core.listing import Approval
    from editor.store.reading.rows import StoredVersion


@dataclass(frozen=True, slots=True)
class StoryStatus:
    """A word, the colour role of its dot, and a sentence.

    `is_invalid` is True where an approval, or an entry about the story, can't be trusted.
    """

    word: str
    dot: str
    sentence: str = ""
    is_invalid: bool = False


def can_review(story: OpenStory, role: Role) -> bool:
    """Return whether an open story waits for the approval of a person of that role."""
    is_one_saved_story = story.stored is not None and len(story.leaves) < 2
    is_waiting = is_one_saved_story and story.state.stage is Stage.REVIEW
    return is_waiting and not story.typed.has_unknown and allowed(Action.APPROVE, story.state, role)


def story_status(state: State, stored: StoredVersion | None, dirty: bool = False) -> StoryStatus:
    """Describe a story by its approval as it was verified, not as it was written.

    `dirty` says that there is unsaved text.
    """
    if stored is not None and stored.refusal:
        sentence = _("Not valid: {reason}").format(reason=stored.refusal)
        is_approved = state.stage is Stage.APPROVED or state.publication is Publication.LIVE
        word = _("Approval not valid") if is_approved else _("Not trusted")
        return StoryStatus(word, "error", sentence, is_invalid=True)
    if state.publication is Publication.KILLED:
        return StoryStatus(_("Killed"), "error", _("Withdrawn from readers; its page says so."))
    stage, sentences = state.stage, []
    word = stage_name(stage)
    approval = stored.approval if stored is not None else None
    if approval is not None and state.stage is Stage.APPROVED:
        sentences += _approval_sentences(approval)
        if approval.self_approved:
            word = _("Self-approved")
        if dirty:
            word, stage = _("Edited"), Stage.DRAFT
            sentences.append(_("The unsaved changes are not approved."))
    if state.publication is Publication.LIVE:
        sentences.append(_("Readers have a version of it."))
        word = _("{stage} · live").format(stage=word)
    return StoryStatus(word, stage_color(stage), " ".join(sentences))


def _approval_sentences(approval: Approval) -> list[str]:
    name = approval.person
    sentences = [_("Approved by {name} · signature verified.").format(name=name)]
    if approval.self_approved:
        sentences.append(_("Self-approved: {name} wrote some of the text.").format(name=name))
    return sentences
