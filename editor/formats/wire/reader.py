"""Reads plain text: finds the headline, dateline, paragraphs and briefs by their form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from editor.core.brief import Brief
from editor.core.dateline import Dateline
from editor.core.story import Picture, Story, slug_from
from editor.formats.base import Incoming, Problem
from editor.formats.encoding import decode
from editor.formats.sniff import detect_binary, detect_markup
from editor.formats.wire.body import (
    group_paragraphs,
    is_wrapped,
    join_lines,
    paragraphs_to_markdown,
)
from editor.formats.wire.dateline import FoundDateline, find_dateline
from editor.formats.wire.front_matter import (
    FrontMatter,
    find_credit,
    find_first_paragraph,
    join_headline,
    read_page_front_matter,
    read_wire_front_matter,
)
from editor.formats.wire.lines import Line, LineFields, split_lines
from editor.formats.wire.noise import byline_names, find_body_end, find_end_slug, is_head_noise

_LINES_ABOVE = 80
_ARABIC = re.compile(r"[\u0620-\u064a\u066e-\u06d3]")
_LETTER = re.compile(r"[^\W\d_]")


class WireImporter:
    """Reads plain text: a newspaper's page or an agency's wire copy."""

    name = "wire"
    title = "Wire text"

    def recognises(self, data: bytes, filename: str) -> bool:
        """Return whether a file is text for people, not for machines."""
        return not (detect_binary(data) or detect_markup(data))

    def read(self, data: bytes, filename: str) -> Incoming:
        """Read one story, with the briefs above it. Raises UnreadableText when it is not text."""
        decoded = decode(data, filename)
        lines = split_lines(decoded.text)
        source = _split_source(lines)
        fields = LineFields(lines)
        briefs = _read_briefs(source.front, fields)
        story = _read_story(source, fields)
        return Incoming(
            stories=(story,),
            briefs=briefs,
            ignored=fields.ignored(),
            problems=(*decoded.problems, *_find_problems(story, source)),
            lines=fields.imported_lines(),
        )


@dataclass(frozen=True, slots=True)
class _Source:
    """A text in its parts: the lines above the story, and the lines of its paragraphs."""

    front: FrontMatter
    body: Sequence[Line]
    dateline: FoundDateline | None


def _split_source(lines: list[Line]) -> _Source:
    start, dateline = _find_dateline_line(lines)
    if dateline is None:
        start = _find_body_start(lines)
    is_wire = _is_wire(lines, start)
    read_front_matter = read_wire_front_matter if is_wire else read_page_front_matter
    end = find_body_end(lines, start)
    if not is_wire:
        end = _skip_labels(lines, start, end)
    return _Source(read_front_matter(lines[:start]), lines[start:end], dateline)


def _find_dateline_line(lines: list[Line]) -> tuple[int, FoundDateline | None]:
    """Find the line that begins with a dateline, among the first with words."""
    written = [i for i, line in enumerate(lines) if line.text]
    for i in written[:_LINES_ABOVE]:
        dateline = find_dateline(lines[i].text)
        if dateline is None:
            continue
        if dateline.is_certain or (len(lines[i].text) > 60 and not _looks_like_title(lines, i)):
            return i, dateline
    return 0, None


def _looks_like_title(lines: list[Line], index: int) -> bool:
    """Return whether a line has a blank line below it and no punctuation mark at its end."""
    below = lines[index + 1].text if index + 1 < len(lines) else ""
    return not below and not lines[index].ends_sentence


def _find_body_start(lines: list[Line]) -> int:
    """Return where the story begins when no dateline shows it."""
    head = [i for i, line in enumerate(lines[:_LINES_ABOVE]) if line.text]
    marked = [i for i in head if lines[i].head and lines[i].text.endswith(("=", "<"))]
    if marked:
        return marked[-1] + 1
    if not is_wrapped(lines):
        return find_first_paragraph(lines)
    first = next((i for i in head if not is_head_noise(lines[i])), 0)
    for i in range(first + 1, len(lines)):
        if lines[i].indent > 2 or not lines[i].text:
            return i
    return 0 if lines[first].ends_sentence else first + 1


def _is_wire(lines: list[Line], start: int) -> bool:
    """Return whether the text looks like an agency's: wrapped lines, indents, a wire header."""
    if is_wrapped(lines[start:]):
        return True
    return any(is_head_noise(line) and re.search(r"\w", line.text) for line in lines[:start])


def _skip_labels(lines: list[Line], start: int, end: int) -> int:
    """Leave out a page's last labels (`Share`, `Read more`): up to three words, no mark."""
    last = end
    while last > start + 1 and (
        not lines[last - 1].text
        or (lines[last - 1].words < 4 and not lines[last - 1].ends_sentence)
    ):
        last -= 1
    return last if any(line.text for line in lines[start:last]) else end


def _read_briefs(front: FrontMatter, fields: LineFields) -> tuple[Brief, ...]:
    for i, (title, summary) in enumerate(front.briefs):
        fields.assign(title, f"brief/{i}/title")
        fields.assign(summary, f"brief/{i}/summary")
    return tuple(Brief(title=title.text, summary=summary.text) for title, summary in front.briefs)


def _read_story(source: _Source, fields: LineFields) -> Story:
    front = source.front
    for line in front.headline:
        fields.assign(line, "headline")
    for i, line in enumerate(front.bullets):
        fields.assign(line, f"key_points/{i}")
    texts = _read_body(source, fields)
    headline = join_headline(front.headline)
    return Story(
        slug=slug_from(headline) if headline else "",
        language=_guess_language([headline, *texts]),
        headline=headline,
        key_points=tuple(line.raw[line.bullet :].strip() for line in front.bullets),
        bylines=_read_bylines(front.bylines, fields),
        dateline=source.dateline.dateline if source.dateline else Dateline(),
        body=paragraphs_to_markdown(texts),
        pictures=_read_pictures(front, fields),
    )


def _read_bylines(lines: Sequence[Line], fields: LineFields) -> tuple[str, ...]:
    names: list[str] = []
    for line in lines:
        fields.assign(line, f"bylines/{len(names)}")
        names += byline_names(line.head)
    return tuple(names)


def _read_pictures(front: FrontMatter, fields: LineFields) -> tuple[Picture, ...]:
    if front.caption is None:
        return ()
    fields.assign(front.caption, "pictures/0/caption")
    if front.credit is not None:
        fields.assign(front.credit, "pictures/0/credit")
        return (Picture(caption=front.caption.text, credit=front.credit.text),)
    credit = find_credit(front.caption)
    if credit is None:
        return (Picture(caption=front.caption.text),)
    bracket, start, end = credit
    fields.assign(front.caption, "pictures/0/credit", bracket)
    raw = front.caption.raw
    return (Picture(caption=raw[:bracket].strip(), credit=raw[start:end].strip()),)


def _read_body(source: _Source, fields: LineFields) -> list[str]:
    """Return the plain paragraphs, without the dateline and an agency's slug at the end."""
    groups = group_paragraphs(source.body)
    texts = []
    for group in groups:
        pieces = []
        for line in group:
            start, end = 0, len(line.raw)
            if source.dateline and line is groups[0][0]:
                fields.assign(line, "dateline")
                start = line.raw.index(line.text) + source.dateline.end
            if line is source.body[-1] and (slug := find_end_slug(line.raw)):
                fields.assign(line, "ignored", slug)
                end = slug
            if line.raw[start:end].strip():
                fields.assign(line, "body", start)
            pieces.append(line.raw[start:end])
        if text := join_lines(pieces):
            texts.append(text)
    return texts


def _guess_language(texts: Sequence[str]) -> str:
    """Return `ar` where most letters are Arabic, else nothing: it is in the paper's language."""
    text = " ".join(texts)[:20_000]
    letters = len(_LETTER.findall(text))
    return "ar" if letters and len(_ARABIC.findall(text)) > letters / 2 else ""


def _find_problems(story: Story, source: _Source) -> tuple[Problem, ...]:
    problems = []
    if not story.headline:
        problems.append(Problem("No headline was found.", "Write one in the story's form."))
    if not story.body:
        problems.append(
            Problem("No paragraph was found under the headline.", "Paste the whole story.")
        )
    elif source.dateline is None:
        problems.append(
            Problem(
                "No dateline was found.", "Fill in the place in the story's form, if it has one."
            )
        )
    elif not source.dateline.is_certain and (city := source.dateline.dateline.city):
        problems.append(
            Problem(
                f"“{city}” was read as the dateline only because of its position.",
                "If it belongs to the sentence, move it back into the body.",
                source.body[0].number,
            )
        )
    return tuple(problems)
