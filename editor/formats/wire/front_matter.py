"""What stands above the story's first paragraph: chrome, briefs, headline, caption, bullets.

A line is told by its form: a title has no mark at its end, a sentence has one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from editor.formats.wire.lines import Line
from editor.formats.wire.noise import is_head_noise, names_of_byline

_CREDIT = re.compile(r"[(\[](?P<credit>[^()\[\]]{2,80})[)\]]\s*\.?\s*$")
_CREDIT_LINE = re.compile(
    r"(?:photo(?:graph)?|picture|image|credit|source|تصوير|الصورة|صورة|المصدر)"
    r"(?:\s+(?:by|credit))?\s*:\s*\S.{1,78}|(?:photo|picture|image) by \S.{1,70}|©\s*\S.{1,60}",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:published|updated|posted|last\s+(?:updated|modified)|نشر|آخر\s+تحديث)\b.*"
    r"|.*\b(?:min(?:ute)?s?\s+read|ago|\d{1,2}:\d\d(?:\s*[ap]\.?m\.?)?|gmt|utc)\b.*"
    r"|(?:\w+day\b,?\s*)?(?:\d{1,2}\s+\w+|\w+\s+\d{1,2}),?\s+(?:19|20)\d\d",
    re.IGNORECASE,
)
_SENTENCE_INSIDE = re.compile(r"[.!?؟][\"'”’»)]?\s+[\"'“‘«(]?[A-Z\u0621-\u064a]")
_LONGEST_TITLE = 160
_LONGEST_BRIEF = 320


class LineKind(Enum):
    """What a line looks like, seen alone."""

    TITLE = auto()
    LABEL = auto()
    SENTENCE = auto()
    CREDITED = auto()
    CREDIT = auto()
    BULLET = auto()
    BYLINE = auto()
    NOISE = auto()


@dataclass(slots=True)
class Front:
    """The lines above the story by what they are; those in none of the fields are chrome."""

    briefs: list[tuple[Line, Line]] = field(default_factory=list)
    headline: list[Line] = field(default_factory=list)
    caption: Line | None = None
    credit: Line | None = None
    bylines: list[Line] = field(default_factory=list)
    bullets: list[Line] = field(default_factory=list)


def read_page_front(lines: Sequence[Line]) -> Front:
    """Sort what a newspaper's page shows above a story's first paragraph."""
    items = _in_context([(line, kind_of(line)) for line in lines if line.text])
    briefs, rest = _briefs(items)
    front = Front(briefs=briefs)
    at = _headline_at([kind for _, kind in rest], [line for line, _ in rest])
    if at is None:
        rest, below = [], rest
    else:
        front.headline = [rest[at][0]]
        below = rest[at + 1 :]
    front.bylines = [line for line, kind in (*rest, *below) if kind is LineKind.BYLINE][:1]
    front.bullets = [line for line, kind in below if kind is LineKind.BULLET]
    front.caption, front.credit = _caption(below)
    return front


def read_wire_front(lines: Sequence[Line]) -> Front:
    """Sort what an agency writes above a story's first paragraph; only a headline is needed."""
    front = Front()
    candidates: list[Line] = []
    for line in lines:
        if not line.text or is_head_noise(line):
            continue
        if names_of_byline(line.head):
            front.bylines.append(line)
            # What follows a byline is the writer's desk.
            break
        if line.bullet and candidates:
            front.bullets.append(line)
        else:
            candidates.append(line)
    front.headline = _wire_headline(candidates)
    return front


def page_front_end(lines: Sequence[Line]) -> int:
    """Where the story's first paragraph is, on a page that has no dateline to show it."""
    items = [(i, line, kind_of(line)) for i, line in enumerate(lines) if line.text]
    titles = (LineKind.TITLE, LineKind.LABEL)
    k, pairs = 0, []
    while k < len(items) and items[k][2] in (*titles, LineKind.NOISE, LineKind.BYLINE):
        after = [kind for _, _, kind in items[k + 1 : k + 3]]
        if after[:1] == [LineKind.SENTENCE] and after[1:] and after[1] in titles:
            pairs.append(k)
            k += 2
        elif after and after[0] in titles and items[k][1].words < 5:
            k += 1
        else:
            break
    if len(pairs) == 1:
        # One title and one sentence before another title: a story and its first crosshead.
        k = pairs[0]
    if k >= len(items) or items[k][2] not in titles:
        return items[0][0] if items else 0
    k += 1
    above = (LineKind.BULLET, LineKind.BYLINE, LineKind.CREDIT, LineKind.CREDITED)
    while k < len(items) and (items[k][2] in above or _STAMP.fullmatch(items[k][1].text)):
        k += 1
    return items[k][0] if k < len(items) else len(lines)


def kind_of(line: Line) -> LineKind:
    """Tell what a line looks like, seen alone."""
    if line.bullet:
        return LineKind.BULLET
    if _CREDIT_LINE.fullmatch(line.text):
        return LineKind.CREDIT
    if names_of_byline(line.head):
        return LineKind.BYLINE
    if credit_at(line) is not None:
        return LineKind.CREDITED
    return _title_or_sentence(line)


def _title_or_sentence(line: Line) -> LineKind:
    text = line.text
    if line.ends_sentence:
        question = text.rstrip("\"'”’»)")[-1:] in "?!؟…"
        return LineKind.TITLE if question and len(text) < 90 else LineKind.SENTENCE
    if not any(char.isalpha() for char in text):
        return LineKind.NOISE
    if len(text) > _LONGEST_TITLE:
        return LineKind.SENTENCE
    return LineKind.LABEL if line.words < 3 or _STAMP.fullmatch(text) else LineKind.TITLE


def credit_at(line: Line) -> tuple[int, int, int] | None:
    """Where a caption's bracketed credit begins, and its words begin and end, in the raw line."""
    found = _CREDIT.search(line.raw)
    if found is None or not line.raw[: found.start()].strip():
        return None
    words = found["credit"].strip()
    named = not words[0].isascii() or words[0].isupper() or words[0] == "©"
    if not named or len(words.split()) > 9 or len(words) < 2:
        return None
    return found.start(), found.start("credit"), found.end("credit")


def headline_text(lines: Sequence[Line]) -> str:
    """The headline of its lines, without a wire's end mark and padding."""
    return " ".join(word for line in lines for word in line.head.split())


Items = list[tuple[Line, LineKind]]


def _in_context(items: Items) -> Items:
    """Make a title of a short line with a full stop (`… buys Foo Inc.`) right above another.

    Below a title it stays a sentence.
    """
    better = list(items)
    for i, ((line, kind), (_, below)) in enumerate(pairwise(items)):
        above = better[i - 1][1] if i else LineKind.LABEL
        stands_over = kind is LineKind.SENTENCE and below in (LineKind.SENTENCE, LineKind.CREDITED)
        if stands_over and above is not LineKind.TITLE and len(line.text) < 90:
            better[i] = (line, LineKind.TITLE)
    return better


def _briefs(items: Items) -> tuple[list[tuple[Line, Line]], Items]:
    """The pairs of a title and one sentence that have another title after them, and the rest."""
    titles = [i for i, (_, kind) in enumerate(items) if kind is LineKind.TITLE]
    pairs, end = [], 0
    for i, (line, kind) in enumerate(items[:-2]):
        below, follows = items[i + 1]
        # A credit never stands under a brief, but a sentence may end in a bracket.
        summary = follows is LineKind.SENTENCE or (
            follows is LineKind.CREDITED and below.ends_sentence
        )
        single = len(below.text) <= _LONGEST_BRIEF and not _SENTENCE_INSIDE.search(below.text)
        if (
            kind in (LineKind.TITLE, LineKind.LABEL)
            and summary
            and single
            and titles[-1:] > [i + 1]
        ):
            pairs.append((line, below))
            end = i + 2
    return pairs, items[end:]


def _headline_at(kinds: Sequence[LineKind], lines: Sequence[Line]) -> int | None:
    """The index of the headline: the first real title, for a page's labels are short."""
    titles = [i for i, kind in enumerate(kinds) if kind is LineKind.TITLE]
    labels = [i for i, kind in enumerate(kinds) if kind is LineKind.LABEL]
    full = [i for i in titles if lines[i].words >= 5]
    return next(iter(full or titles[-1:] or labels[-1:]), None)


def _caption(below: Items) -> tuple[Line | None, Line | None]:
    """The picture's caption under a headline, and its credit when that has its own line."""
    credit = next((line for line, kind in below if kind is LineKind.CREDIT), None)
    credited = [line for line, kind in below if kind is LineKind.CREDITED]
    plain = [
        line
        for line, kind in below
        if kind is LineKind.SENTENCE or (kind is LineKind.TITLE and line.words >= 5)
    ]
    return next(iter(credited or plain), None), None if credited else credit


def _wire_headline(candidates: list[Line]) -> list[Line]:
    """The lines of the headline: the first with some words, and what it runs on to."""
    full = [line for line in candidates if line.words > 1 and not line.ends_sentence]
    if not (full or candidates):
        return []
    first = (full or candidates)[0]
    headline = [first]
    for line in candidates[candidates.index(first) + 1 :]:
        above = headline[-1]
        marked = above.head != above.text
        runs_on = line.text[:1].islower() or (len(above.text) > 44 and line.text.isupper())
        if marked or line.number != above.number + 1 or not runs_on:
            break
        headline.append(line)
    return headline
