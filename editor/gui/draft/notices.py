"""What a writer should know about their story, said beside it and never in the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from editor.core.times import parse_instant
from editor.i18n import _
from editor.store.reading.rows import StoredVersion


class NoticeKind(StrEnum):
    """What a notice is about; one of each at a time."""

    RECOVERED = "recovered"
    MOVED_ON = "moved on"
    RECONCILE = "reconcile"


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence, a hint, and what can be done (a label and what it does)."""

    about: NoticeKind
    sentence: str
    hint: str = ""
    actions: tuple[tuple[str, Callable[[], None]], ...] = ()


def recovered(show_saved: Callable[[], None] | None) -> Notice:
    """Text came back that had not become a version."""
    if show_saved is None:
        return Notice(
            NoticeKind.RECOVERED, _("This story had not been saved yet. Your text is back.")
        )
    return Notice(
        NoticeKind.RECOVERED,
        _("Your unsaved text is back."),
        _("It is newer than the saved version. Undo brings it back from there, too."),
        ((_("Show the saved version"), show_saved),),
    )


def moved_on(
    latest: StoredVersion, beside: Callable[[], None], take_theirs: Callable[[], None]
) -> Notice:
    """Somebody else saved the story while it was being changed here."""
    sentence = _("{person} saved version {version} of this story at {time}.").format(
        person=latest.author, version=latest.latest, time=clock(latest.at)
    )
    return Notice(
        NoticeKind.MOVED_ON,
        sentence,
        _("Your text is untouched. Saved, it is a version of its own beside theirs."),
        (
            (_("Save mine beside it"), beside),
            (_("Take theirs"), take_theirs),
        ),
    )


def to_reconcile(leaves: Sequence[int], reconcile: Callable[[], None]) -> Notice:
    """Versions were written beside each other, and nobody has joined them yet."""
    versions = _("{some} and {last}").format(
        some=", ".join(str(head) for head in leaves[:-1]), last=leaves[-1]
    )
    return Notice(
        NoticeKind.RECONCILE,
        _("This story has two versions to reconcile: {versions}.").format(versions=versions)
        if len(leaves) == 2
        else _("This story has {n} versions to reconcile: {versions}.").format(
            n=len(leaves), versions=versions
        ),
        _("Nothing is lost. It can be handed in once somebody has joined them."),
        ((_("Reconcile…"), reconcile),),
    )


def clock(at: str | datetime) -> str:
    """The time of day on this computer, with the day when it isn't today: `14:02`, `3 Mar 14:02`.

    Takes an RFC 3339 instant or a datetime with a zone.
    """
    instant = parse_instant(at) if isinstance(at, str) else at
    here = instant.astimezone()
    if here.date() == datetime.now().astimezone().date():
        return f"{here:%H:%M}"
    return f"{here.day} {here:%b %H:%M}"
