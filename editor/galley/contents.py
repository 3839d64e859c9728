"""What is on a galley: a story as it is typed or saved, its state, its pictures and its notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from editor.core import times
from editor.core.dateline import render_dateline
from editor.core.picture_reference import picture_address
from editor.core.story import Picture, Story
from editor.core.workflow import Publication, Stage
from editor.errors import EditorError
from editor.galley.note_places import GalleyNote, mark_notes, number_notes
from editor.galley.passages import (
    GalleyLook,
    GalleyPassage,
    Stretch,
    body_passages,
    line_passage,
)
from editor.i18n import _, isolated
from editor.progress import Progress
from editor.store.reading.rows import StoredVersion
from editor.text.parse import parse

if TYPE_CHECKING:
    from editor.store.desk import Desk


@dataclass(frozen=True, slots=True)
class Wanted:
    """What else is printed than the story: open notes, pictures, and the private editor's note."""

    notes: bool = True
    pictures: bool = True
    ed_note: bool = False


@dataclass(frozen=True, slots=True)
class GalleyText:
    """Which text: what is `typed`, else a version, else the latest; no `id` was never saved."""

    id: str = ""
    version: int | None = None
    typed: Story | None = None


@dataclass(frozen=True, slots=True)
class GalleyPicture:
    """A small picture as JPEG data, or why there is none, with its caption and credit."""

    address: str
    data: bytes
    problem: str
    caption: tuple[GalleyPassage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Galley:
    """All that is printed of one story. `saved_at` dates the file, so that it can be made again.

    `facts` say which text this is. `top` is what comes before the body; the notes are
    marked in both. `pictures` are also those that the text shows in their places.
    """

    paper: str
    slug: str
    title: str
    facts: tuple[str, ...]
    is_approved: bool
    is_right_to_left: bool
    saved_at: datetime | None
    top: tuple[GalleyPassage, ...]
    body: tuple[GalleyPassage, ...]
    pictures: tuple[GalleyPicture, ...] = ()
    corrections: tuple[str, ...] = ()
    notes: tuple[GalleyNote, ...] = ()
    ed_note: str = ""

    @property
    def shown_in_text(self) -> frozenset[str]:
        """The addresses of the pictures that the body shows."""
        return frozenset(passage.address for passage in self.body if passage.address)


def read_galley(desk: Desk, chosen: GalleyText, wanted: Wanted, progress: Progress) -> Galley:
    """Read what is printed of a story. Raises NotFound, DeskDamaged, Cancelled."""
    with desk.read() as snapshot:
        house = snapshot.house()
        stored = snapshot.stored(chosen.id, chosen.version) if chosen.id else None
        rows = snapshot.notes(chosen.id) if chosen.id and wanted.notes else []
    story = chosen.typed or (stored.story if stored is not None else Story())
    is_edited = stored is None or story != stored.story
    is_latest = stored is not None and stored.version == stored.latest and not is_edited
    notes = number_notes(rows, story, is_edited=not is_latest)
    dateline = render_dateline(story.dateline, house.dateline_template, story.language)
    pictures = _read_pictures(desk, story, notes, progress) if wanted.pictures else ()
    return Galley(
        paper=house.name,
        slug=story.slug or _("no slug yet"),
        title=story.headline or story.slug or house.name,
        facts=tuple(_facts(stored, is_edited)),
        is_approved=_is_approved(stored) and not is_edited,
        is_right_to_left=story.right_to_left,
        saved_at=times.parse_instant(stored.at) if stored is not None else None,
        top=tuple(_top(story, notes)),
        body=_with_dateline(mark_notes(body_passages(parse(story.body)), "body", notes), dateline),
        pictures=tuple(pictures),
        corrections=tuple(f"{times.shown_at(made.at)}: {made.text}" for made in story.corrections),
        notes=tuple(notes),
        ed_note=story.ed_note if wanted.ed_note else "",
    )


def _is_approved(stored: StoredVersion | None) -> bool:
    return stored is not None and stored.approval is not None and not stored.refusal


def _facts(stored: StoredVersion | None, is_edited: bool) -> Iterator[str]:
    """Yield which text this is, its state, and who approved it, a line each."""
    if stored is None:
        yield _("Never saved")
        return
    at = times.shown_at(stored.at)
    if is_edited:
        line = _("Version {n}, saved by {name} {at}, with unsaved changes")
    elif stored.version != stored.latest:
        line = _("Version {n} of {latest}, saved by {name} {at}")
    else:
        line = _("Version {n}, saved by {name} {at}")
    yield line.format(n=stored.version, latest=stored.latest, name=isolated(stored.author), at=at)
    yield _state_name(stored)
    if _is_approved(stored) and stored.approval is not None and not is_edited:
        yield _("Approved by {name}").format(name=isolated(stored.approval.person))


def _state_name(stored: StoredVersion) -> str:
    names = {
        Stage.DRAFT: _("Draft"),
        Stage.REVIEW: _("In review"),
        Stage.APPROVED: _("Approved"),
        Stage.SPIKED: _("Spiked"),
    }
    if stored.state.publication is Publication.KILLED:
        return _("Killed")
    return names[stored.state.stage]


def _top(story: Story, notes: Sequence[GalleyNote]) -> Iterator[GalleyPassage]:
    """Yield what is above the body, with the notes about each field."""
    lines = [
        ("kicker", line_passage("kicker", story.kicker)),
        ("headline", line_passage("headline", story.headline, GalleyLook.BOLD)),
        ("standfirst", line_passage("standfirst", story.standfirst, GalleyLook.ITALIC)),
        ("bylines", line_passage("byline", ", ".join(story.bylines))),
    ]
    for index, point in enumerate(story.key_points):
        lines.append((f"key_points/{index}", line_passage("point", point, lead="•")))
    for field, passage in lines:
        if passage.text:
            yield from mark_notes((passage,), field, notes)


def _with_dateline(body: tuple[GalleyPassage, ...], dateline: str) -> tuple[GalleyPassage, ...]:
    """Put the dateline before the first paragraph, or above a body without one."""
    if not dateline:
        return body
    for index, passage in enumerate(body):
        if passage.kind == "paragraph":
            words = (Stretch(dateline), *passage.stretches)
            return (*body[:index], GalleyPassage("paragraph", words), *body[index + 1 :])
    return (GalleyPassage("paragraph", (Stretch(dateline),)), *body)


def _read_pictures(
    desk: Desk, story: Story, notes: Sequence[GalleyNote], progress: Progress
) -> Iterator[GalleyPicture]:
    for index, picture in enumerate(story.pictures):
        progress.report(index, len(story.pictures), _("Reading pictures"))
        data, problem = _small_picture(desk, picture)
        lines = [
            (f"pictures/{index}/caption", picture.caption),
            (f"pictures/{index}/credit", picture.bare_credit),
        ]
        caption = tuple(
            passage
            for field, text in lines
            if text
            for passage in mark_notes((line_passage("small", text),), field, notes)
        )
        yield GalleyPicture(picture_address(picture.file), data, problem, caption)


def _small_picture(desk: Desk, picture: Picture) -> tuple[bytes, str]:
    """Return a small JPEG of a picture, or why there is none."""
    if not picture.file:
        return b"", _("No picture was chosen.")
    try:
        return desk.pictures.thumbnail(picture), ""
    except EditorError as error:
        return b"", error.sentence
