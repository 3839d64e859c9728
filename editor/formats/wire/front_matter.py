"""The lines above a story's first paragraph: briefs, headline, standfirst, caption, bullets.

What a newsroom writes there, from top to bottom: the page's own furniture, a banner of
briefs, the headline, the standfirst, a byline and the time, a picture's caption and
credit, and key points. Any of them may be missing, and the dateline too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from editor.formats.wire.briefs import TITLES, Pair, has_sentence_inside, split_briefs
from editor.formats.wire.line_kinds import (
    LONGEST_TITLE,
    LineKind,
    PageLine,
    classify_lines,
    is_same_title,
)
from editor.formats.wire.lines import Line
from editor.formats.wire.noise import byline_names, is_head_noise

_LONG_TITLE = 5
"""A page's labels and slogans have fewer words than this."""
_FEWEST_IN_PROSE = 4
"""Shorter lines above a story are a name, a job or a place."""
_LONGEST_PROMOTED = 90
"""A sentence that may be a headline with a full stop is shorter."""
_LINES_ABOVE = 80
_MOST_PROSE_ABOVE = 2
"""Before the first paragraph a page has a standfirst and a caption, no more."""
_LONGEST_STANDFIRST = 300
_LONGEST_CAPTION = 100
"""Where only a picture's credit follows: a longer line is the story's first paragraph."""
_CAPTION_WORDS = re.compile(
    r"\((?:[LRC]|left|right|cent(?:re|er))\)|^\d+\s+of\s+\d+\b"
    r"|\b(?:pictured|file\s+(?:photo|picture)|photographed|(?:general|aerial)\s+view|is\s+seen)\b",
    re.IGNORECASE,
)
_STATUS = re.compile(
    r"(?:(?:REFILE|RPT|CORRECTED|(?:UPDATE|WRAPUP|RECAST)\s\d{1,2})\s?-\s?)+(?=\S)"
)
_PROSE = (*TITLES, LineKind.SENTENCE, LineKind.CREDITED)
# What is certainly above the first paragraph, and what might also be in the story.
_ABOVE = (LineKind.BYLINE, LineKind.STAMP, LineKind.CAPTION)
_PERHAPS_ABOVE = (LineKind.CREDIT, LineKind.CREDITED, LineKind.BULLET, LineKind.FURNITURE)


@dataclass(slots=True)
class FrontMatter:
    """The lines above the story by kind; those in none of the fields are page furniture."""

    briefs: list[Pair] = field(default_factory=list)
    headline: list[Line] = field(default_factory=list)
    standfirst: Line | None = None
    caption: PageLine | None = None
    credit: PageLine | None = None
    bylines: list[Line] = field(default_factory=list)
    bullets: list[PageLine] = field(default_factory=list)


def read_page_front_matter(
    lines: Sequence[Line], has_dateline: bool
) -> tuple[FrontMatter, Line | None]:
    """Sort the lines a newspaper's page shows above a story's first paragraph.

    With a dateline these are all the lines before it. Without one they are all the
    lines of the text, and the line that begins the story is returned as well; None
    when none does.
    """
    items = classify_lines([line for line in lines if line.text][:_LINES_ABOVE])
    if has_dateline:
        items = _promote_titles(items)
    front = FrontMatter()
    front.briefs, rest = split_briefs(items, has_dateline)
    headline = _find_headline(rest, has_dateline)
    if headline is None:
        start = len(rest) if has_dateline else _count_leading(rest)
        above, below, first = [], rest[:start], next(iter(rest[start:]), None)
    else:
        front.headline = [rest[headline].line]
        above, below = rest[:headline], _without_repeats(rest[headline + 1 :], rest[headline].line)
        first = None
        if not has_dateline:
            end = _find_body(below)
            first = below[end] if end < len(below) else None
            below = below[:end]
    front.bylines = [item.line for item in (*above, *below) if item.kind is LineKind.BYLINE][:1]
    front.bullets = [item for item in below if item.kind is LineKind.BULLET]
    _find_picture_and_standfirst(front, below)
    return front, _first_line(first)


def read_wire_front_matter(lines: Sequence[Line]) -> FrontMatter:
    """Sort the lines an agency writes above a story's first paragraph."""
    front = FrontMatter()
    candidates: list[Line] = []
    for item in classify_lines([line for line in lines if line.text]):
        line = item.line
        if is_head_noise(line):
            continue
        if byline_names(line.head):
            front.bylines.append(line)
            # The lines after a byline name the writer's desk.
            break
        if item.kind is LineKind.BULLET and candidates:
            front.bullets.append(item)
        else:
            candidates.append(line)
    front.headline = _find_wire_headline(candidates)
    return front


def join_headline(lines: Sequence[Line]) -> str:
    """Join the lines of a headline, without a wire's end mark, padding and `UPDATE 2-`."""
    return _STATUS.sub("", " ".join(word for line in lines for word in line.head.split()))


def _promote_titles(items: list[PageLine]) -> list[PageLine]:
    """Make a title of a short line with a full stop (`… buys Foo Inc.`) directly above another.

    Below a title it stays a sentence.
    """
    promoted = list(items)
    for i, (item, below) in enumerate(pairwise(items)):
        above = promoted[i - 1].kind if i else LineKind.LABEL
        is_above_sentence = item.kind is LineKind.SENTENCE and below.kind in (
            LineKind.SENTENCE,
            LineKind.CREDITED,
        )
        if (
            is_above_sentence
            and above is not LineKind.TITLE
            and len(item.line.text) < _LONGEST_PROMOTED
        ):
            promoted[i] = replace(item, kind=LineKind.TITLE)
    return promoted


def _find_headline(items: list[PageLine], has_dateline: bool) -> int | None:
    """Return the index of the first title; a page's labels give way to a longer title below."""
    prose = [i for i, item in enumerate(items) if item.kind in _PROSE]
    if prose and items[prose[0]].kind is LineKind.CREDITED and _is_bare_title(items[prose[0]].line):
        # "Seacliff v Norrby (Fri)": a caption has a headline above it.
        return prose[0]
    first = next((i for i in prose if items[i].kind is LineKind.SENTENCE), len(items))
    if prose[:1] == [first] and _is_spoken_headline(items[first].line):
        return first if has_dateline or len(prose) > 1 else None
    head = prose if has_dateline else [i for i in prose if i < first]
    titles = [i for i in head if items[i].kind is LineKind.TITLE]
    if titles:
        named = [i for i in titles if not _is_slogan(items[i].line)] or titles[-1:]
        return _skip_paper_name(items, named[0], titles)
    labels = [i for i in head if items[i].kind is LineKind.LABEL]
    if labels:
        return labels[-1]
    is_alone = has_dateline and len(prose) == 1 and _is_plain_headline(items[prose[0]].line)
    return prose[0] if is_alone and not any(i.kind is LineKind.CREDIT for i in items) else None


def _is_spoken_headline(line: Line) -> bool:
    """Return whether the first sentence is a headline: a question, a cry or a quotation."""
    return (
        line.text[-1] in "?!؟…\"'”’»"
        and len(line.text) <= LONGEST_TITLE
        and not has_sentence_inside(line.text)
    )


def _is_plain_headline(line: Line) -> bool:
    """Return whether a single sentence is short enough for a headline with a full stop."""
    return len(line.text) < _LONGEST_PROMOTED and not has_sentence_inside(line.text)


def _is_bare_title(line: Line) -> bool:
    return len(line.text) <= LONGEST_TITLE and not line.ends_sentence


def _is_slogan(line: Line) -> bool:
    """Return whether a line looks like a paper's name: short, and each word in capitals."""
    return line.words < _LONG_TITLE and all(not word[0].islower() for word in line.text.split())


def _skip_paper_name(items: list[PageLine], best: int, titles: list[int]) -> int:
    """Choose the headline itself where the window's title has it with the paper's name after it."""
    again = (i for i in titles if i > best and is_same_title(items[best].line, items[i].line))
    return next(again, best)


def _without_repeats(items: Sequence[PageLine], headline: Line) -> list[PageLine]:
    """Make furniture of the headline where a page shows it again."""
    return [
        replace(item, kind=LineKind.FURNITURE) if is_same_title(item.line, headline) else item
        for item in items
    ]


def _find_body(below: Sequence[PageLine]) -> int:
    """Return the index of the first paragraph under a headline, without a dateline.

    It is the line after the last one that pages show only above a story: a byline, a
    time, a credit. Up to two lines of prose may be among those.
    """
    end = 0
    prose: list[str] = []
    for i, item in enumerate(below):
        text = item.line.text
        if item.kind in _ABOVE or item.kind in _PERHAPS_ABOVE:
            long_lines = sum(len(line) > _LONGEST_CAPTION for line in prose)
            if long_lines > (1 if item.kind in _ABOVE and len(prose) == 1 else 0):
                break
            end, prose = i + 1, []
        elif i == 0 and _is_standfirst(below):
            end = 1
        elif len(prose) == _MOST_PROSE_ABOVE or len(text) > _LONGEST_STANDFIRST:
            break
        elif item.kind is not LineKind.LABEL and item.line.words >= _FEWEST_IN_PROSE:
            prose.append(text)
    has_story = any(item.kind in (*TITLES, LineKind.SENTENCE) for item in below[end:])
    return end if has_story else _count_leading(below)


def _is_standfirst(below: Sequence[PageLine]) -> bool:
    """Return whether a title is directly under the headline, and a paragraph under it."""
    return (
        len(below) > 1
        and below[0].kind is LineKind.TITLE
        and _is_plain(below[0])
        and not below[0].line.ends_sentence
        and not has_sentence_inside(below[0].line.text)
        and below[1].kind is LineKind.SENTENCE
    )


def _count_leading(below: Sequence[PageLine]) -> int:
    """Count the lines before the first prose, or all of them."""
    prose = (i for i, item in enumerate(below) if item.kind in (*TITLES, LineKind.SENTENCE))
    return next(prose, len(below))


def _first_line(item: PageLine | None) -> Line | None:
    return None if item is None else item.mark or item.line


def _find_picture_and_standfirst(front: FrontMatter, below: Sequence[PageLine]) -> None:
    """Find the standfirst, and the caption and credit of a picture, under a headline.

    A line directly under the headline is the standfirst, unless it speaks of a picture,
    or key points do a standfirst's work; after a byline or a time it is a caption.
    """
    credit_lines = [i for i, item in enumerate(below) if item.kind is LineKind.CREDIT]
    captions = [i for i, item in enumerate(below) if item.kind is LineKind.CAPTION]
    credited = [i for i, item in enumerate(below) if item.kind is LineKind.CREDITED]
    plain = [i for i, item in enumerate(below) if _is_plain(item)]
    caption = next(iter(captions or credited), None)
    if caption is None and credit_lines:
        caption = credit_lines[0] - 1 if credit_lines[0] - 1 in plain else None
        caption = (
            credit_lines[0] + 1 if caption is None and credit_lines[0] + 1 in plain else caption
        )
    elif caption is None and plain:
        spoken = (i for i in plain if _speaks_of_picture(below, i))
        last = plain[:2][-1] if front.bullets or len(plain) > 1 else None
        caption = next(spoken, last)
    front.caption = None if caption is None else below[caption]
    if credit_lines and caption not in credited:
        front.credit = below[credit_lines[0]]
    standfirst = next((i for i in plain if caption is None or i < caption), None)
    front.standfirst = None if standfirst is None else below[standfirst].line


def _is_plain(item: PageLine) -> bool:
    return item.kind is LineKind.SENTENCE or (
        item.kind is LineKind.TITLE and item.line.words >= _LONG_TITLE
    )


def _speaks_of_picture(below: Sequence[PageLine], index: int) -> bool:
    """Return whether a line of prose is a caption: by its words, or below the byline."""
    return bool(_CAPTION_WORDS.search(below[index].line.text)) or any(
        item.kind in (LineKind.BYLINE, LineKind.STAMP) for item in below[:index]
    )


def _find_wire_headline(candidates: list[Line]) -> list[Line]:
    """Return the headline: the first line of two words or more, and those it continues on."""
    likely = [line for line in candidates if line.words > 1 and not line.ends_sentence]
    if not candidates:
        return []
    first = (likely or candidates)[0]
    headline = [first]
    for line in candidates[candidates.index(first) + 1 :]:
        above = headline[-1]
        is_marked = above.head != above.text
        continues = line.text[:1].islower() or (len(above.text) > 44 and line.text.isupper())
        if is_marked or line.number != above.number + 1 or not continues:
            break
        headline.append(line)
    return headline
