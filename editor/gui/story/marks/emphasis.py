"""Bold and italic in Markdown: put on and taken off, whatever is selected."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from editor.errors import NotAllowed
from editor.gui.story.marks.edits import MarkEdit, pieces_of, word_at
from editor.i18n import _


class EmphasisMark(Enum):
    """A kind of emphasis: what writes it, and what finds it in a paragraph."""

    BOLD = ("**", r"(?<!\\)(\*\*|(?<!\w)__)(?=[^\s*_])(.+?)(?<=\S)\1(?!(?<=_)\w)")
    ITALIC = (
        "*",
        r"(?:(?<![\\*_])|(?<=(?<![\\*])\*\*))(\*|(?<!\w)_)(?=[^\s*_])(.+?)"
        r"(?<=[^\s*_])\1(?!(?<=_)\w)(?:(?![*_])|(?=\*\*(?!\*)))",
    )

    @property
    def mark(self) -> str:
        """The characters before and after."""
        return self.value[0]

    def spans(self, body: str, start: int, end: int) -> list[re.Match[str]]:
        """Find the emphasised passages in the paragraphs of a range."""
        first = body.rfind("\n\n", 0, start)
        last = body.find("\n\n", end)
        place = (first + 2 if first >= 0 else 0, last if last >= 0 else len(body))
        return list(re.compile(self.value[1], re.DOTALL).finditer(body, *place))


@dataclass(frozen=True, slots=True)
class _Change:
    """One range's new text, and where its words are in that text."""

    start: int
    end: int
    before: str
    words: str
    after: str
    words_at: int
    """Where the words are in the body."""


def toggle_emphasis(body: str, start: int, end: int, kind: EmphasisMark) -> MarkEdit:
    """Put emphasis on a range of the body, or take it off where all of it has it already.

    Spaces at the ends of the range are left out, and so is what begins a line of a
    list or a heading. Without a range it is the word at `start`, else an empty
    place to type in. Raises NotAllowed for a range without words.
    """
    caret = start if start == end else -1
    pieces = pieces_of(body, start, end) if caret < 0 else word_at(body, start)
    if not pieces and caret < 0:
        raise NotAllowed(_("There are no words in the selection."), _("Select words first."))
    if not pieces:
        return _empty_marks(body, start, kind)
    off = [_unmarked(body, *piece, kind) for piece in pieces]
    changes = [change for change in off if change]
    if len(changes) < len(pieces):
        changes = [
            _marked(body, *piece, kind) if change is None else _same(body, *piece)
            for piece, change in zip(pieces, off, strict=True)
        ]
    return _joined(body, changes, caret)


def leave_emphasis(body: str, begun: int, caret: int, kind: EmphasisMark) -> MarkEdit | None:
    """Go on behind an emphasis whose words were typed from `begun` to the caret.

    A space typed last is put outside. None where that is not so.
    """
    mark, typed = kind.mark, body[begun:caret]
    is_around = body[:begun].endswith(mark) and body[caret:].startswith(mark)
    if not (is_around and typed.strip()) or "\n\n" in typed:
        return None
    spaces = typed[len(typed.rstrip()) :]
    end = caret + len(mark)
    return MarkEdit(caret - len(spaces), end, mark + spaces, (end, end))


def _empty_marks(body: str, caret: int, kind: EmphasisMark) -> MarkEdit:
    """Begin an emphasis where no word is; the same again takes it off."""
    mark, length = kind.mark, len(kind.mark)
    before, after = body[:caret], body[caret:]
    left, right = len(before) - len(before.rstrip("*")), len(after) - len(after.lstrip("*"))
    if left == right and left in (length, 3):
        return MarkEdit(caret - length, caret + length, "", (caret - length, caret - length))
    return MarkEdit(caret, caret, mark + mark, (caret + length, caret + length))


def _with_whole_spans(body: str, start: int, end: int, kind: EmphasisMark) -> tuple[int, int]:
    """Widen a range so that it cuts through no emphasis of its kind."""
    for span in kind.spans(body, start, end):
        if span.start() < end and start < span.end():
            start, end = min(start, span.start()), max(end, span.end())
    return start, end


def with_uncut_spans(body: str, start: int, end: int, kind: EmphasisMark) -> tuple[int, int]:
    """Widen a range so that no emphasised passage only begins or only ends in it."""
    for span in kind.spans(body, start, end):
        if (start <= span.start() < end) != (start < span.end() <= end):
            start, end = min(start, span.start()), max(end, span.end())
    return start, end


def _unmarked(body: str, start: int, end: int, kind: EmphasisMark) -> _Change | None:
    """Take the emphasis off a range; None where the range has none around it."""
    for span in kind.spans(body, start, end):
        if span.start() <= start and end <= span.end():
            inner_start, inner_end = span.span(2)
            start, end = max(start, inner_start), min(end, inner_end)
            before = _wrapped(body[inner_start:start], kind)
            after = _wrapped(body[end:inner_end], kind)
            return _Change(span.start(), span.end(), before, body[start:end], after, start)
    return None


def _marked(body: str, start: int, end: int, kind: EmphasisMark) -> _Change:
    start, end = _with_whole_spans(body, start, end, kind)
    words = body[start:end]
    for span in reversed(kind.spans(body, start, end)):
        if start <= span.start() and span.end() <= end:
            words = words[: span.start() - start] + span[2] + words[span.end() - start :]
    return _Change(start, end, kind.mark, words, kind.mark, start)


def _same(body: str, start: int, end: int) -> _Change:
    return _Change(start, end, "", body[start:end], "", start)


def _wrapped(words: str, kind: EmphasisMark) -> str:
    """Emphasise what is left of a passage, its spaces left outside."""
    core = words.strip()
    return words.replace(core, f"{kind.mark}{core}{kind.mark}") if core else words


def _joined(body: str, changes: Sequence[_Change], caret: int) -> MarkEdit:
    """Make one edit of several, which selects from the first words to the last."""
    start, text, at = changes[0].start, "", changes[0].start
    select: list[int] = []
    for change in changes:
        text += body[at : change.start] + change.before
        select += [start + len(text), start + len(text) + len(change.words)]
        text += change.words + change.after
        at = change.end
    first, last = select[0], select[-1]
    if caret >= 0:
        first = last = min(last, max(first, first + caret - changes[0].words_at))
    return MarkEdit(start, at, text, (first, last))
