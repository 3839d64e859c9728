"""A text in its parts: what is above the story, and the story from its first words to its last."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from editor.formats.wire.body import is_wrapped
from editor.formats.wire.dateline import FoundDateline, find_dateline
from editor.formats.wire.front_matter import (
    FrontMatter,
    read_page_front_matter,
    read_wire_front_matter,
)
from editor.formats.wire.line_kinds import LineKind, classify_line
from editor.formats.wire.lines import Line
from editor.formats.wire.noise import find_body_end, is_head_noise, is_tail
from editor.formats.wire.several import is_end_mark

_LINES_ABOVE = 80
_PARAGRAPHS_OF_A_STORY = 3
"""So many sentences in a row are no briefs, standfirst or caption."""


@dataclass(frozen=True, slots=True)
class SplitText:
    """A text in its parts: the lines above the story, and the lines of its paragraphs.

    The first of these begins with the dateline, where there is one.
    """

    front: FrontMatter
    body: Sequence[Line]
    dateline: FoundDateline | None


def split_source(lines: list[Line]) -> SplitText:
    """Find where the story begins and ends, and sort the lines above it."""
    start, dateline = _find_dateline_line(lines)
    is_wire = _is_wire(lines[:start], lines[start:])
    if dateline is None and (is_wire or _find_marked(lines)):
        start, is_wire = _find_wire_body(lines), True
    if is_wire:
        front = read_wire_front_matter(lines[:start])
    elif dateline is not None:
        front, _first = read_page_front_matter(lines[:start], has_dateline=True)
    else:
        front, first = read_page_front_matter(lines, has_dateline=False)
        start = lines.index(first) if first is not None else len(lines)
    end = find_body_end(lines, start)
    if not is_wire:
        # What an agency writes under a story may be above the page's buttons.
        end = find_body_end(lines[: _skip_labels(lines, start, end)], start)
    return SplitText(front, lines[start:end], dateline)


def _find_dateline_line(lines: list[Line]) -> tuple[int, FoundDateline | None]:
    """Find the line that begins with a dateline, among the first with words.

    One under another story's paragraphs is not this story's.
    """
    written = [i for i, line in enumerate(lines) if line.text]
    sentences = 0
    for i in written[:_LINES_ABOVE]:
        dateline = find_dateline(lines[i].text)
        if dateline is None:
            has_words = re.search(r"\w", lines[i].text)
            if sentences > 1 and (is_end_mark(lines[i]) or not has_words):
                break
            is_sentence = classify_line(lines[i]).kind is LineKind.SENTENCE
            sentences = sentences + 1 if is_sentence else 0
            if sentences == _PARAGRAPHS_OF_A_STORY:
                break
            continue
        if dateline.is_certain or (len(lines[i].text) > 60 and not _looks_like_title(lines, i)):
            return i, dateline
    return 0, None


def _looks_like_title(lines: list[Line], index: int) -> bool:
    """Return whether a line has a blank line below it and no punctuation mark at its end."""
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    return not below and not lines[index].ends_sentence


def _find_marked(lines: list[Line]) -> list[int]:
    """Return the lines that ANPA 1312 and IPTC 7901 mark as a heading, in one run at the top.

    The end marks below a story are written in the same way.
    """
    written = [i for i, line in enumerate(lines) if line.text][:_LINES_ABOVE]
    marked = [n for n, i in enumerate(written) if _is_marked(lines[i])]
    run: list[int] = []
    for n in marked:
        if run and n != run[-1] + 1:
            break
        run.append(n)
    return [written[n] for n in run]


def _is_marked(line: Line) -> bool:
    return bool(line.head) and line.text.endswith(("=", "<")) and not is_tail(line)


def _find_wire_body(lines: list[Line]) -> int:
    """Return where an agency's story begins when no dateline shows it."""
    if marked := _find_marked(lines):
        return marked[-1] + 1
    head = [i for i, line in enumerate(lines[:_LINES_ABOVE]) if line.text]
    first = next((i for i in head if not is_head_noise(lines[i])), 0)
    body = 0 if lines[first].ends_sentence else first + 1
    for i in range(first + 1, len(lines)):
        if lines[i].indent > 2 or not lines[i].text:
            body = i
            break
    return _skip_byline(lines, body)


def _skip_byline(lines: list[Line], start: int) -> int:
    """Return the line after a byline and the time, where those are between headline and story."""
    after = start
    for i in range(start, min(len(lines), start + _LINES_ABOVE)):
        if lines[i].text:
            if classify_line(lines[i]).kind not in (LineKind.BYLINE, LineKind.STAMP):
                break
            after = i + 1
    return after


def _is_wire(head: Sequence[Line], body: Sequence[Line]) -> bool:
    """Return whether the text looks like an agency's: wrapped lines, indents, a wire header."""
    if is_wrapped(body):
        return True
    return any(
        is_head_noise(line)
        and re.search(r"\w", line.text)
        and classify_line(line).kind is LineKind.FURNITURE
        for line in head
    )


def _skip_labels(lines: list[Line], start: int, end: int) -> int:
    """Leave out a page's last labels (`Share`, `Read more`): up to three words, no mark."""
    last = end
    while last > start + 1 and (
        not lines[last - 1].text
        or (
            lines[last - 1].words < 4
            and not lines[last - 1].ends_sentence
            and not lines[last - 1].bullet
        )
    ):
        last -= 1
    return last if any(line.text for line in lines[start:last]) else end
