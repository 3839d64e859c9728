"""Where a story stands, in a word and in a sentence: the same that an export would say."""

from __future__ import annotations

from dataclasses import dataclass

from editor.core.workflow import Publication, Stage, State
from editor.gui.library.delegate import DOTS
from editor.gui.library.story_list import STAGES
from editor.i18n import _
from editor.store.reading.rows import StoredVersion


@dataclass(frozen=True, slots=True)
class Standing:
    """A word, the colour role of its dot, and a sentence; `refused` for an approval not taken."""

    word: str
    dot: str
    sentence: str = ""
    refused: bool = False


def standing(state: State, stored: StoredVersion | None, dirty: bool = False) -> Standing:
    """Say where a story stands, by its approval as it was verified and not as it was written."""
    if state.publication is Publication.KILLED:
        return Standing(_("Killed"), "error", _("Withdrawn from readers; its page says so."))
    if stored is not None and stored.refusal:
        sentence = _("Not valid: {reason}").format(reason=stored.refusal)
        return Standing(_("Approval not valid"), "error", sentence, refused=True)
    word, dot = STAGES[state.stage](), DOTS[state.stage]
    sentences = []
    if stored is not None and stored.approval is not None and state.stage is Stage.APPROVED:
        sentences.append(_approved(stored))
        if stored.approval.self_approved:
            word = _("Self-approved")
        if dirty:
            sentences.append(_("What was typed since is not approved."))
    if state.publication is Publication.LIVE:
        sentences.append(_("Readers have a version of it."))
        word = _("{stage} · live").format(stage=word)
    return Standing(word, dot, " ".join(sentences))


def _approved(stored: StoredVersion) -> str:
    approval = stored.approval
    who = approval.person if approval is not None else ""
    said = _("Approved by {name} · signature verified.").format(name=who)
    if approval is not None and approval.self_approved:
        said += " " + _("Self-approved: {name} wrote some of the text.").format(name=who)
    return said
