"""Whether a story can be changed from outside its form, as in a list of several."""

from __future__ import annotations

from editor.core.people import Person
from editor.core.story import Story
from editor.core.workflow import Action, outcome
from editor.errors import NotAllowed
from editor.i18n import _, plural
from editor.store.journal import Journal
from editor.store.reading.rows import StoryRow


def require_saved_text(journal: Journal, row: StoryRow) -> None:
    """Raise NotAllowed for a story with text on this computer that is no version."""
    if not row.version:
        raise NotAllowed(_("It was never saved as a version."), _("Open it and save it first."))
    if journal.has(f"story:{row.id}"):
        raise NotAllowed(
            _("Somebody is editing it here: it has text that is not saved as a version."),
            _("Save it, then look again."),
        )


def require_changeable(row: StoryRow, story: Story, person: Person) -> None:
    """Raise NotAllowed unless this person may save the latest text of a story, changed."""
    if row.leaves > 1:
        versions = plural("{n} version", "{n} versions", row.leaves)
        raise NotAllowed(
            _("It has {versions} to reconcile.").format(versions=versions),
            _("Open it and reconcile them first."),
        )
    story.require_known()
    outcome(Action.SAVE, row.state, person.role)
