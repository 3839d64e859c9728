"""Carries out a check's fix: in the story as text, in the banner as a command."""

from __future__ import annotations

from collections.abc import Iterable

from editor.core.brief import Banner
from editor.core.changes import Changes
from editor.core.findings import Edit, Finding, Fix
from editor.core.paths import text_at
from editor.core.story import Story
from editor.errors import BadValue, EditorError
from editor.gui.draft.open_story import OpenStory
from editor.gui.session import Session
from editor.i18n import _

# No window waits for what a fix needs.
# ruff: noqa: PLC0415


def fixed_story(session: Session, open_story: OpenStory, fix: Fix) -> Story:
    """Return the open story after a fix; what it changes in the banner is saved at once.

    Where the fix is too old, that is told, and the story is returned as it is.
    """
    typed, banner = open_story.typed, session.banner
    try:
        story, fixed = apply_if_unchanged(typed, open_story.checked or Story(), banner, fix)
    except EditorError as error:
        session.problem.emit(error)
        return typed
    if fixed != banner:
        save_banner(session, banner, fixed)
    return story


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


def fix_of_kind(findings: Iterable[Finding], check: str) -> Fix | None:
    """Return the first fixes of all that a check found as one; None where there is none.

    One whose place was taken by another is left out: it is found again afterwards.
    """
    edits: list[Edit] = []
    title = ""
    for finding in findings:
        if finding.check == check and finding.fixes:
            fix = finding.fixes[0]
            if not any(_overlap(edit, other) for edit in fix.edits for other in edits):
                title = title or fix.title
                edits += fix.edits
    return Fix(title, tuple(edits)) if edits else None


def _overlap(one: Edit, other: Edit) -> bool:
    return one.path == other.path and one.start <= other.end and other.start <= one.end


def save_banner(session: Session, old: Banner, new: Banner) -> None:
    """Save a banner that a fix changed, and offer to undo that."""
    from editor.core.commands import SaveBanner

    def offer_undo(_changes: Changes) -> None:
        session.message.emit(
            _("The trends banner was changed."),
            lambda: session.run(SaveBanner(old, new.hash), owner=session),
        )

    session.run(SaveBanner(new, old.hash), owner=session, done=offer_undo)
