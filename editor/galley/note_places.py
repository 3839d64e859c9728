"""The notes on a galley: numbered as the story is read, and marked at the words they are about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from editor.core import fields
from editor.core.paths import text_fields
from editor.core.story import Story
from editor.galley.passages import GalleyLook, GalleyPassage, Stretch, Stretches
from editor.store.reading.passages import find_passage
from editor.store.reading.rows import NoteRow
from editor.store.reading.threads import threads


@dataclass(frozen=True, slots=True)
class GalleyNote:
    """An open note with its answers. It is marked from `start` to `end` of its field.

    Where both are 0 it is about the whole field, or about words that are not in it any more.
    """

    number: int
    note: NoteRow
    answers: tuple[NoteRow, ...] = ()

    @property
    def field(self) -> str:
        """The path of the field that it is about; empty for the whole story."""
        return self.note.field

    def range_in(self, length: int) -> tuple[int, int]:
        """Return where it is marked in a field of a length: after a field that it is all about."""
        return (self.note.start, self.note.end) if self.note.quote else (length, length)


def number_notes(notes: Sequence[NoteRow], story: Story, *, is_edited: bool) -> list[GalleyNote]:
    """Number the open notes in the order in which their passages are read.

    Those about the whole story come first. With `is_edited` the story is not the latest
    version, where the notes are placed, so their passages are looked for again.
    """
    texts = dict(text_fields(story))
    placed = [
        (_place_again(note, texts) if is_edited else note, answers)
        for note, answers in threads(notes)
        if not note.resolved
    ]
    placed.sort(key=lambda thread: _order(thread[0]))
    return [
        GalleyNote(number, note, tuple(answers))
        for number, (note, answers) in enumerate(placed, start=1)
    ]


def mark_notes(
    passages: Sequence[GalleyPassage], field: str, notes: Sequence[GalleyNote]
) -> tuple[GalleyPassage, ...]:
    """Mark the notes about a field in its passages: the words, and the number after them."""
    own = [note for note in notes if note.field == field and not note.note.gone]
    stretches = [stretch for passage in passages for stretch in passage.all_stretches()]
    if not own or not any(stretch.places for stretch in stretches):
        return tuple(passages)
    length = 1 + max(stretch.places[-1] for stretch in stretches if stretch.places)
    ranges = {note.number: note.range_in(length) for note in own}
    marked = iter(_marked(stretches, ranges))
    return tuple(_replaced(passage, marked) for passage in passages)


def _place_again(note: NoteRow, texts: Mapping[str, str]) -> NoteRow:
    text = texts.get(note.field, "")
    if not note.quote or text[note.start : note.end] == note.quote:
        return note
    start, end = find_passage(note.quote, note.context, text, note.start) or (0, 0)
    return replace(note, start=start, end=end)


def _order(note: NoteRow) -> tuple[tuple[int, ...], int, int]:
    try:
        where = fields.place(note.field) if note.field else (-1,)
    except KeyError:  # a field of a later version
        where = (len(fields.FIELDS),)
    return where, note.start, note.id


def _marked(
    stretches: Sequence[Stretch], ranges: Mapping[int, tuple[int, int]]
) -> Iterator[Stretches]:
    """Yield what becomes of each stretch: parts of it, and numbers between them."""
    ends = {number: _find_end(stretches, *place) for number, place in ranges.items()}
    for index, stretch in enumerate(stretches):
        inside = [
            (bisect_left(stretch.places, start), bisect_left(stretch.places, end))
            for start, end in ranges.values()
        ]
        numbers = [(at, number) for number, (where, at) in ends.items() if where == index]
        cuts = {0, len(stretch.text)}.union(*inside, (at for at, _number in numbers))
        yield tuple(_cut(stretch, sorted(cuts), inside, sorted(numbers)))


def _find_end(stretches: Sequence[Stretch], start: int, end: int) -> tuple[int, int]:
    """Return after which letter of which stretch the number of a note is: after its last.

    Of a note about what is not printed, as an address, that is the last letter before it.
    """
    ends = [
        (bisect_left(stretch.places, start), bisect_left(stretch.places, end))
        for stretch in stretches
    ]
    covered = [(index, last) for index, (first, last) in enumerate(ends) if first < last]
    if covered:
        return covered[-1]
    # Footnotes are read last, wherever they are written.
    before = [
        (stretches[index].places[last - 1], index, last)
        for index, (_first, last) in enumerate(ends)
        if last
    ]
    return max(before)[1:] if before else (0, 0)


def _cut(
    stretch: Stretch,
    cuts: Sequence[int],
    inside: Sequence[tuple[int, int]],
    numbers: Sequence[tuple[int, int]],
) -> Iterator[Stretch]:
    for start, end in zip([0, *cuts], cuts, strict=False):
        if start < end:
            is_noted = any(first <= start and end <= last for first, last in inside)
            look = stretch.look | GalleyLook.NOTED if is_noted else stretch.look
            yield Stretch(stretch.text[start:end], look, stretch.places[start:end])
        for at, number in numbers:
            if at == end:
                yield Stretch(str(number), GalleyLook.NUMBER)


def _replaced(passage: GalleyPassage, marked: Iterator[Stretches]) -> GalleyPassage:
    """Return a passage with the next parts instead of its stretches, in the same order."""

    def parts(stretches: Stretches) -> Stretches:
        return tuple(part for _stretch in stretches for part in next(marked))

    own = parts(passage.stretches)
    return replace(
        passage,
        stretches=own,
        rows=tuple(tuple(parts(cell) for cell in row) for row in passage.rows),
    )
