"""What a writer should know about their story, shown above it and never in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

from editor.core.times import in_zone, parse_instant
from editor.dates import short_moment_text
from editor.errors import BadValue
from editor.i18n import _, listed, quoted
from editor.store.reading.rows import ReviewState, StoredVersion

Act: TypeAlias = Callable[[], None]


class NoticeKind(StrEnum):
    """What a notice is about; one of each at a time."""

    RECOVERED = "recovered"
    NEWER = "newer"
    RECONCILE = "reconcile"
    UNREADABLE = "unreadable"
    EDITED = "edited"
    RETURNED = "returned"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, a hint, and what can be done (a label and what it does)."""

    about: NoticeKind
    sentence: str
    hint: str = ""
    actions: tuple[tuple[str, Act], ...] = ()


def recovered_notice(show_saved: Act | None) -> Notice:
    """Unsaved text was restored; `show_saved` is None where there is no saved version."""
    if show_saved is None:
        return Notice(
            NoticeKind.RECOVERED, _("This story had not been saved yet. Your text is back.")
        )
    return Notice(
        NoticeKind.RECOVERED,
        _("Your unsaved text is back."),
        _("It is newer than the saved version. Undo also brings it back from there."),
        ((_("Show the saved version"), show_saved),),
    )


def unreadable_notice(problem: BadValue, go_there: Act) -> Notice:
    """A field has text that is no value of it; `problem` names it."""
    return Notice(
        NoticeKind.UNREADABLE,
        problem.sentence,
        _("What you typed is kept. The story can’t be submitted or approved until it is changed."),
        ((_("Go there"), go_there),),
    )


def approved_notice(
    person: str, hint: str, actions: tuple[tuple[str, Act], ...], *, is_live: bool
) -> Notice:
    """An approved story is being edited; `person` approved it, empty where nobody is known."""
    if is_live:
        sentence = _("Readers have this story; editing makes a new version that needs approval.")
    elif person:
        sentence = _("Approved by {person}; editing makes a new version that needs approval.")
    else:
        sentence = _("This story is approved; editing makes a new version that needs approval.")
    return Notice(NoticeKind.EDITED, sentence.format(person=person), hint, actions)


def returned_notice(state: ReviewState, show_notes: Act) -> Notice:
    """An editor returned the story to its writers, with a note."""
    return Notice(
        NoticeKind.RETURNED,
        _("{person} returned this story: {note}").format(
            person=state.returned_by, note=quoted(state.note.strip())
        ),
        _("Submit it again when it is done."),
        ((_("Show the notes"), show_notes),),
    )


def newer_notice(latest: StoredVersion, save: Act, use_theirs: Act) -> Notice:
    """Somebody else saved the story while it was being changed here."""
    sentence = _("{person} saved version {version} of this story at {time}.").format(
        person=latest.author, version=latest.latest, time=clock(latest.at)
    )
    return Notice(
        NoticeKind.NEWER,
        sentence,
        _("Your text is untouched. Saved, it is a version of its own beside theirs."),
        ((_("Save mine beside it"), save), (_("Use theirs"), use_theirs)),
    )


def reconcile_notice(leaves: Sequence[int], reconcile: Act) -> Notice:
    """Versions were saved beside each other, and nobody has reconciled them yet."""
    versions = _("{some} and {last}").format(
        some=listed(str(leaf) for leaf in leaves[:-1]), last=leaves[-1]
    )
    sentence = (
        _("This story has two versions to reconcile: {versions}.")
        if len(leaves) == 2
        else _("This story has {n} versions to reconcile: {versions}.")
    )
    return Notice(
        NoticeKind.RECONCILE,
        sentence.format(n=len(leaves), versions=versions),
        _("Nothing is lost. It can be submitted once somebody has reconciled them."),
        ((_("Reconcile…"), reconcile),),
    )


def clock(at: str | datetime, today: date | None = None) -> str:
    """Return the time of day here, with the day when it isn't `today`: `14:02`, `3 Mar 14:02`.

    Takes an RFC 3339 instant or a datetime with a zone.
    """
    instant = parse_instant(at) if isinstance(at, str) else at
    return short_moment_text(in_zone(instant), today or datetime.now().astimezone().date())
