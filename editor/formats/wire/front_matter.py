"""The lines above a story's first paragraph: page furniture, briefs, headline, caption, bullets.

A line is classified by its form: a sentence ends in a punctuation mark, a title does not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import pairwise

from editor.formats.wire.lines import Line
from editor.formats.wire.noise import byline_names, is_head_noise

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
    """What a line looks like by itself."""

    TITLE = auto()
    LABEL = auto()
    SENTENCE = auto()
    CREDITED = auto()
    CREDIT = auto()
    BULLET = auto()
    BYLINE = auto()
    NOISE = auto()


@dataclass(slots=True)
class FrontMatter:
    """The lines above the story by kind; those in none of the fields are page furniture."""

    briefs: list[tuple[Line, Line]] = field(default_factory=list)
    headline: list[Line] = field(default_factory=list)
    caption: Line | None = None
    credit: Line | None = None
    bylines: list[Line] = field(default_factory=list)
    bullets: list[Line] = field(default_factory=list)


def read_page_front_matter(lines: Sequence[Line]) -> FrontMatter:
    """Sort the lines a newspaper's page shows above a story's first paragraph."""
    items = _promote_titles([(line, classify_line(line)) for line in lines if line.text])
    briefs, rest = _split_briefs(items)
    front = FrontMatter(briefs=briefs)
    headline = _find_headline(rest)
    if headline is None:
        rest, below = [], rest
    else:
        front.headline = [rest[headline][0]]
        below = rest[headline + 1 :]
    front.bylines = [line for line, kind in (*rest, *below) if kind is LineKind.BYLINE][:1]
    front.bullets = [line for line, kind in below if kind is LineKind.BULLET]
    front.caption, front.credit = _find_caption(below)
    return front


def read_wire_front_matter(lines: Sequence[Line]) -> FrontMatter:
    """Sort the lines an agency writes above a story's first paragraph."""
    front = FrontMatter()
    candidates: list[Line] = []
    for line in lines:
        if not line.text or is_head_noise(line):
            continue
        if byline_names(line.head):
            front.bylines.append(line)
            # The lines after a byline name the writer's desk.
            break
        if line.bullet and candidates:
            front.bullets.append(line)
        else:
            candidates.append(line)
    front.headline = _find_wire_headline(candidates)
    return front


def find_first_paragraph(lines: Sequence[Line]) -> int:
    """Return the index of the story's first paragraph on a page without a dateline."""
    items = [(i, line, classify_line(line)) for i, line in enumerate(lines) if line.text]
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


def classify_line(line: Line) -> LineKind:
    """Return what a line looks like by itself."""
    if line.bullet:
        return LineKind.BULLET
    if _CREDIT_LINE.fullmatch(line.text):
        return LineKind.CREDIT
    if byline_names(line.head):
        return LineKind.BYLINE
    if find_credit(line) is not None:
        return LineKind.CREDITED
    return _classify_prose(line)


def _classify_prose(line: Line) -> LineKind:
    text = line.text
    if line.ends_sentence:
        question = text.rstrip("\"'”’»)")[-1:] in "?!؟…"
        return LineKind.TITLE if question and len(text) < 90 else LineKind.SENTENCE
    if not any(char.isalpha() for char in text):
        return LineKind.NOISE
    if len(text) > _LONGEST_TITLE:
        return LineKind.SENTENCE
    return LineKind.LABEL if line.words < 3 or _STAMP.fullmatch(text) else LineKind.TITLE


def find_credit(line: Line) -> tuple[int, int, int] | None:
    """Return where a caption's bracket begins in the raw line, and its credit begins and ends."""
    found = _CREDIT.search(line.raw)
    if found is None or not line.raw[: found.start()].strip():
        return None
    words = found["credit"].strip()
    is_name = not words[0].isascii() or words[0].isupper() or words[0] == "©"
    if not is_name or len(words.split()) > 9 or len(words) < 2:
        return None
    return found.start(), found.start("credit"), found.end("credit")


def join_headline(lines: Sequence[Line]) -> str:
    """Join the lines of a headline, without a wire's end mark and padding."""
    return " ".join(word for line in lines for word in line.head.split())


ClassifiedLines = list[tuple[Line, LineKind]]


def _promote_titles(items: ClassifiedLines) -> ClassifiedLines:
    """Make a title of a short line with a full stop (`… buys Foo Inc.`) directly above another.

    Below a title it stays a sentence.
    """
    promoted = list(items)
    for i, ((line, kind), (_, below)) in enumerate(pairwise(items)):
        above = promoted[i - 1][1] if i else LineKind.LABEL
        is_above_sentence = kind is LineKind.SENTENCE and below in (
            LineKind.SENTENCE,
            LineKind.CREDITED,
        )
        if is_above_sentence and above is not LineKind.TITLE and len(line.text) < 90:
            promoted[i] = (line, LineKind.TITLE)
    return promoted


def _split_briefs(items: ClassifiedLines) -> tuple[list[tuple[Line, Line]], ClassifiedLines]:
    """Return the pairs of a title and one sentence before another title, and the rest."""
    titles = [i for i, (_, kind) in enumerate(items) if kind is LineKind.TITLE]
    pairs, end = [], 0
    for i, (line, kind) in enumerate(items[:-2]):
        below, kind_below = items[i + 1]
        # There is no credit under a brief, but its sentence may end in a bracket.
        is_summary = kind_below is LineKind.SENTENCE or (
            kind_below is LineKind.CREDITED and below.ends_sentence
        )
        is_single = len(below.text) <= _LONGEST_BRIEF and not _SENTENCE_INSIDE.search(below.text)
        if (
            kind in (LineKind.TITLE, LineKind.LABEL)
            and is_summary
            and is_single
            and titles[-1:] > [i + 1]
        ):
            pairs.append((line, below))
            end = i + 2
    return pairs, items[end:]


def _find_headline(items: ClassifiedLines) -> int | None:
    """Return the index of the first title of five words: a page's labels are shorter."""
    titles = [i for i, (_, kind) in enumerate(items) if kind is LineKind.TITLE]
    labels = [i for i, (_, kind) in enumerate(items) if kind is LineKind.LABEL]
    long_titles = [i for i in titles if items[i][0].words >= 5]
    return next(iter(long_titles or titles[-1:] or labels[-1:]), None)


def _find_caption(below: ClassifiedLines) -> tuple[Line | None, Line | None]:
    """Return the caption under a headline, and its credit when that has its own line."""
    credit = next((line for line, kind in below if kind is LineKind.CREDIT), None)
    credited = [line for line, kind in below if kind is LineKind.CREDITED]
    plain = [
        line
        for line, kind in below
        if kind is LineKind.SENTENCE or (kind is LineKind.TITLE and line.words >= 5)
    ]
    return next(iter(credited or plain), None), None if credited else credit


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
