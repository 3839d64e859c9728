"""Carries out a check's fix: in the story as text, in the banner as a command."""

from __future__ import annotations

from editor.core.brief import Banner
from editor.core.changes import Changes
from editor.core.findings import Fix
from editor.core.paths import text_at
from editor.core.story import Story
from editor.errors import BadValue
from editor.gui.session import Session
from editor.i18n import _

# No window waits for what a fix needs.
# ruff: noqa: PLC0415


def apply_if_unchanged(
    story: Story, checked: Story, banner: Banner, fix: Fix
) -> tuple[Story, Banner]:
    """Return the story and banner after a fix that was found in `checked`.

    Raises BadValue when a text it is about has changed since then.
    """
    from editor.checks import apply_fix

    for edit in fix.edits:
        if text_at(checked, edit.path) != text_at(story, edit.path):
            raise BadValue(
                _("The text has changed since this fix was found."),
                _("Wait a moment for the checks and try again."),
            )
    return apply_fix(story, banner, fix)


def save_banner(session: Session, old: Banner, new: Banner) -> None:
    """Save a banner that a fix changed, and offer to undo that."""
    from editor.core.commands import SaveBanner

    def offer_undo(_changes: Changes) -> None:
        session.message.emit(
            _("The trends banner was changed."),
            lambda: session.run(SaveBanner(old, new.hash), owner=session),
        )

    session.run(SaveBanner(new, old.hash), owner=session, done=offer_undo)
