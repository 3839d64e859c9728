"""Text as it comes from a wire or a newspaper's page, read by its structure. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from editor.core.brief import Brief
from editor.core.dateline import Dateline
from editor.core.story import Picture, Story, slug_from
from editor.formats.base import Incoming, Problem
from editor.formats.encoding import clean, decode
from editor.formats.sniff import binary_kind, structured_kind
from editor.formats.wire.body import as_markdown, is_wrapped, joined, paragraphs
from editor.formats.wire.dateline import Found, find_dateline
from editor.formats.wire.front_matter import (
    Front,
    credit_at,
    headline_text,
    page_front_end,
    read_page_front,
    read_wire_front,
)
from editor.formats.wire.lines import Ledger, Line, split_lines
from editor.formats.wire.noise import body_end, end_slug, is_head_noise, names_of_byline

_LINES_ABOVE = 80
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_LETTER = re.compile(r"[^\W\d_]")


class WireImporter:
    """Reads plain text: a newspaper's page or an agency's copy."""

    name = "wire"
    title = "Wire text"

    def recognises(self, data: bytes, filename: str) -> bool:
        """Whether a file is text and not written for machines."""
        return not (binary_kind(data) or structured_kind(data))

    def read(self, data: bytes, filename: str) -> Incoming:
        """Read a whole file. Raises UnreadableText when it is not text."""
        decoded = decode(data, filename)
        return _incoming(decoded.text, decoded.problems)


def read_text(text: str) -> Incoming:
    """Read text that was pasted. Never raises: what can't be told is ignored, and said."""
    return _incoming(*clean(text))


def _incoming(text: str, problems: tuple[Problem, ...]) -> Incoming:
    lines = split_lines(text)
    parts = _cut(lines)
    ledger = Ledger(lines)
    story, briefs = _taken(parts, ledger)
    return Incoming(
        stories=(story,),
        briefs=briefs,
        ignored=ledger.ignored(),
        problems=(*problems, *_doubts(story, parts)),
        lines=ledger.entries(),
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """A text cut in two: what stands above the story, and its paragraphs' lines."""

    front: Front
    body: Sequence[Line]
    found: Found | None


def _cut(lines: list[Line]) -> _Parts:
    at, found = _dateline_at(lines)
    if found is None:
        at = _first_paragraph(lines)
    wire = _is_wire(lines, at)
    front = (read_wire_front if wire else read_page_front)(lines[:at])
    end = body_end(lines, at)
    if not wire:
        end = _without_labels(lines, at, end)
    return _Parts(front, lines[at:end], found)


def _dateline_at(lines: list[Line]) -> tuple[int, Found | None]:
    """Find the line that begins with a dateline, among the first with words."""
    seen = 0
    for i, line in enumerate(lines):
        if not line.text:
            continue
        seen += 1
        if seen > _LINES_ABOVE:
            break
        found = find_dateline(line.text)
        if found is None:
            continue
        if found.sure or (len(line.text) > 60 and not _stands_as_title(lines, i)):
            return i, found
    return 0, None


def _stands_as_title(lines: list[Line], at: int) -> bool:
    """Whether a line stands alone, without a mark at its end."""
    follows = lines[at + 1].text if at + 1 < len(lines) else ""
    return not follows and not lines[at].ends_sentence


def _first_paragraph(lines: list[Line]) -> int:
    """Where the story begins when no dateline shows it."""
    head = [i for i, line in enumerate(lines[:_LINES_ABOVE]) if line.text]
    marked = [i for i in head if lines[i].head and lines[i].text.endswith(("=", "<"))]
    if marked:
        return marked[-1] + 1
    if not is_wrapped(lines):
        return page_front_end(lines)
    first = next((i for i in head if not is_head_noise(lines[i])), 0)
    for i in range(first + 1, len(lines)):
        if lines[i].indent > 2 or not lines[i].text:
            return i
    return 0 if lines[first].ends_sentence else first + 1


def _is_wire(lines: list[Line], at: int) -> bool:
    """Whether the text has an agency's form: broken lines, indents, a head for the wire room."""
    if is_wrapped(lines[at:]):
        return True
    return any(is_head_noise(line) and re.search(r"\w", line.text) for line in lines[:at])


def _without_labels(lines: list[Line], start: int, end: int) -> int:
    """Leave out a page's last labels (`Share`, `Read more`): up to three words, no mark."""
    last = end
    while last > start + 1 and (
        not lines[last - 1].text
        or (lines[last - 1].words < 4 and not lines[last - 1].ends_sentence)
    ):
        last -= 1
    return last if any(line.text for line in lines[start:last]) else end


def _taken(parts: _Parts, ledger: Ledger) -> tuple[Story, tuple[Brief, ...]]:
    front = parts.front
    briefs = []
    for i, (title, summary) in enumerate(front.briefs):
        ledger.take(title, f"brief/{i}/title")
        ledger.take(summary, f"brief/{i}/summary")
        briefs.append(Brief(title=title.text, summary=summary.text))
    for line in front.headline:
        ledger.take(line, "headline")
    for i, line in enumerate(front.bullets):
        ledger.take(line, f"key_points/{i}")
    texts = _body(parts, ledger)
    headline = headline_text(front.headline)
    story = Story(
        slug=slug_from(headline) if headline else "",
        language=_language([headline, *texts]),
        headline=headline,
        key_points=tuple(line.raw[line.bullet :].strip() for line in front.bullets),
        bylines=_bylines(front.bylines, ledger),
        dateline=parts.found.dateline if parts.found else Dateline(),
        body=as_markdown(texts),
        pictures=_pictures(front, ledger),
    )
    return story, tuple(briefs)


def _bylines(lines: Sequence[Line], ledger: Ledger) -> tuple[str, ...]:
    names: list[str] = []
    for line in lines:
        ledger.take(line, f"bylines/{len(names)}")
        names += names_of_byline(line.head)
    return tuple(names)


def _pictures(front: Front, ledger: Ledger) -> tuple[Picture, ...]:
    if front.caption is None:
        return ()
    ledger.take(front.caption, "pictures/0/caption")
    if front.credit is not None:
        ledger.take(front.credit, "pictures/0/credit")
        return (Picture(caption=front.caption.text, credit=front.credit.text),)
    credit = credit_at(front.caption)
    if credit is None:
        return (Picture(caption=front.caption.text),)
    bracket, start, end = credit
    ledger.take(front.caption, "pictures/0/credit", bracket)
    raw = front.caption.raw
    return (Picture(caption=raw[:bracket].strip(), credit=raw[start:end].strip()),)


def _body(parts: _Parts, ledger: Ledger) -> list[str]:
    """The plain paragraphs, without the dateline and an agency's slug at the end."""
    groups = paragraphs(parts.body)
    texts = []
    for group in groups:
        pieces = []
        for line in group:
            start, end = 0, len(line.raw)
            if parts.found and line is groups[0][0]:
                ledger.take(line, "dateline")
                start = line.raw.index(line.text) + parts.found.end
            if line is parts.body[-1] and (slug := end_slug(line.raw)):
                ledger.take(line, "ignored", slug)
                end = slug
            if line.raw[start:end].strip():
                ledger.take(line, "body", start)
            pieces.append(line.raw[start:end])
        if text := joined(pieces):
            texts.append(text)
    return texts


def _language(texts: Sequence[str]) -> str:
    """Guess `ar` from Arabic letters, else say `en`; finer guesses belong to the writer."""
    text = " ".join(texts)[:20_000]
    letters = len(_LETTER.findall(text))
    return "ar" if letters and len(_ARABIC.findall(text)) > letters / 2 else "en"


def _doubts(story: Story, parts: _Parts) -> tuple[Problem, ...]:
    doubts = []
    if not story.headline:
        doubts.append(Problem("No headline was found.", "Write one in the story's form."))
    if not story.body:
        doubts.append(
            Problem("No paragraph was found under the headline.", "Paste the whole story.")
        )
    elif parts.found is None:
        doubts.append(
            Problem(
                "No dateline was found.", "Fill in the place in the story's form, if it has one."
            )
        )
    elif not parts.found.sure and parts.found.dateline.city:
        place = parts.found.dateline.city
        line = parts.body[0].number
        doubts.append(
            Problem(
                f"“{place}” was taken as the dateline, by its place alone.",
                "If it belongs to the sentence, move it back into the body.",
                line,
            )
        )
    return tuple(doubts)
