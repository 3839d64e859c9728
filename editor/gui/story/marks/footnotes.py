"""Footnotes: a mark in the text, its note at the end, and going from one to the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from editor.errors import NotAllowed
from editor.gui.story.marks.edits import MarkEdit, gap_before
from editor.i18n import _
from editor.text import nodes
from editor.text.document import Document

_NUMBERED = re.compile(r"\[\^(\d{1,9})\]")


class _Place(NamedTuple):
    """Where a mark or a note is written."""

    label: str
    start: int
    end: int


def put_footnote(
    body: str, start: int, end: int, read: Callable[[str], Document]
) -> tuple[MarkEdit, ...]:
    """Put the mark of a new footnote after what is selected, and go to its note at the end.

    At a mark it goes to the note, which is begun where there is none; in a note to the mark.
    The edits are in the order in which they can be made, the last part of the body first.
    Raises NotAllowed in a note that no mark leads to.
    """
    document = read(body)
    notes, marks = list(_notes(document)), list(_marks(document))
    if note := _at(notes, start):
        for place in marks:
            if place.label == note.label:
                return (_caret(place.end),)
        raise NotAllowed(
            _("Nothing in the text leads to the footnote [^{label}].").format(label=note.label),
            _("Put [^{label}] where it belongs.").format(label=note.label),
        )
    if start == end and (mark := _at(marks, start)):
        for note in notes:
            if note.label == mark.label:
                line_end = body.find("\n", note.start)
                return (_caret(line_end if 0 <= line_end < note.end else note.end),)
        return (_begun_note(body, mark.label, body),)
    numbers = [int(found[1]) for found in _NUMBERED.finditer(body)]
    label = str(max(numbers, default=0) + 1)
    at, text = _mark_place(body, start, end), f"[^{label}]"
    begun = _begun_note(body, label, body[:at] + text + body[at:])
    return begun, MarkEdit(at, at, text, begun.select)


def _mark_place(body: str, start: int, end: int) -> int:
    """Where a mark belongs: after the selected words, and never inside of one."""
    at = start + len(body[start:end].rstrip())
    if 0 < at < len(body) and body[at - 1].isalnum():
        while at < len(body) and body[at].isalnum():
            at += 1
    return at


def _begun_note(body: str, label: str, marked: str) -> MarkEdit:
    """A note without words at the end; `marked` is the body with the mark that leads to it."""
    text = f"{gap_before(marked)}[^{label}]: "
    caret = len(marked) + len(text)
    return MarkEdit(len(body), len(body), text, (caret, caret))


def _caret(place: int) -> MarkEdit:
    return MarkEdit(place, place, "", (place, place))


def _at(places: list[_Place], caret: int) -> _Place | None:
    return next((place for place in places if place.start <= caret <= place.end), None)


def _notes(document: Document) -> Iterator[_Place]:
    for part, span in zip(document.parts, document.spans, strict=True):
        if isinstance(part.block, nodes.Footnote):
            yield _Place(part.block.label, *span)


def _marks(document: Document) -> Iterator[_Place]:
    for part, span in zip(document.parts, document.spans, strict=True):
        for mark in nodes.footnote_marks(part.block) if part.labels else ():
            if mark.pieces:
                first, last = mark.pieces[0].start, mark.pieces[-1].end
                yield _Place(mark.label, span.start + first, span.start + last)
