"""Reads plain text: finds the headline, dateline, paragraphs and briefs by their form."""

from __future__ import annotations

from editor.core.brief import Brief
from editor.core.dateline import Dateline
from editor.core.story import Picture, Story, slug_from
from editor.formats.base import Incoming, Problem
from editor.formats.encoding import decode
from editor.formats.languages import detect_language
from editor.formats.sniff import detect_kind
from editor.formats.wire.body import blocks_to_markdown, group_lines, join_lines
from editor.formats.wire.front_matter import FrontMatter, join_headline
from editor.formats.wire.line_kinds import PageLine, find_credit
from editor.formats.wire.lines import LineFields, split_lines
from editor.formats.wire.noise import byline_names, find_end_slug
from editor.formats.wire.several import find_other_stories
from editor.formats.wire.source import SplitText, split_source
from editor.i18n import N_, _
from editor.text.nodes import Block, Paragraph, Text


class WireImporter:
    """Reads plain text: a newspaper's page or an agency's wire copy."""

    name = "wire"
    title = N_("Wire text")

    def recognises(self, data: bytes, filename: str) -> bool:
        """Return whether a file is text for people, not for machines."""
        return not detect_kind(data)

    def read(self, data: bytes, filename: str) -> Incoming:
        """Read one story, with the briefs above it. Raises UnreadableText when it is not text."""
        decoded = decode(data, filename)
        lines = split_lines(decoded.text)
        source = split_source(lines)
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


def _read_briefs(front: FrontMatter, fields: LineFields) -> tuple[Brief, ...]:
    for i, (title, summary) in enumerate(front.briefs):
        fields.assign(title, f"brief/{i}/title")
        fields.assign(summary, f"brief/{i}/summary")
    return tuple(Brief(title=title.text, summary=summary.text) for title, summary in front.briefs)


def _read_story(source: SplitText, fields: LineFields) -> Story:
    front = source.front
    for line in front.headline:
        fields.assign(line, "headline")
    if front.standfirst is not None:
        fields.assign(front.standfirst, "standfirst")
    for i, point in enumerate(front.bullets):
        for line in filter(None, (point.mark, point.line)):
            fields.assign(line, f"key_points/{i}")
    bylines = _read_bylines(source, fields)
    blocks = _read_body(source, fields)
    headline = join_headline(front.headline)
    standfirst = front.standfirst.text if front.standfirst is not None else ""
    body = blocks_to_markdown(blocks)
    return Story(
        slug=slug_from(headline) if headline else "",
        language=detect_language([headline, standfirst, body]),
        headline=headline,
        standfirst=standfirst,
        key_points=tuple(point.words for point in front.bullets),
        bylines=bylines,
        dateline=source.dateline.dateline if source.dateline else Dateline(),
        body=body,
        pictures=_read_pictures(front, fields),
    )


def _read_bylines(source: SplitText, fields: LineFields) -> tuple[str, ...]:
    """Return the names above the story, and those that its dateline is written after."""
    names: list[str] = []
    lines = [(line, line.head) for line in source.front.bylines]
    if source.dateline is not None and source.dateline.start:
        first = source.body[0]
        lines.append((first, first.text[: source.dateline.start].strip()))
    for line, text in lines:
        fields.assign(line, f"bylines/{len(names)}")
        names += byline_names(text)
    return tuple(names)


def _read_pictures(front: FrontMatter, fields: LineFields) -> tuple[Picture, ...]:
    caption = credit = ""
    if front.caption is not None:
        caption, credit = _read_caption(front.caption, fields)
    if front.credit is not None:
        fields.assign(front.credit.line, "pictures/0/credit")
        credit = front.credit.words
        if credit[0] in "([":
            credit = credit.rstrip(".")[1:-1].strip()
    return (Picture(caption=caption, credit=credit),) if caption or credit else ()


def _read_caption(item: PageLine, fields: LineFields) -> tuple[str, str]:
    """Return a caption and the credit that it ends in, if it does."""
    line = item.line
    fields.assign(line, "pictures/0/caption")
    credit = find_credit(line)
    if credit is None:
        return item.words, ""
    end, credit_start, credit_end = credit
    fields.assign(line, "pictures/0/credit", end)
    return line.raw[item.start : end].strip(), line.raw[credit_start:credit_end].strip()


def _read_body(source: SplitText, fields: LineFields) -> list[Block]:
    """Return paragraphs and tables, without the dateline and an agency's slug at the end."""
    starts = {}
    if source.dateline is not None:
        first = source.body[0]
        start = first.raw.index(first.text)
        fields.assign(first, "dateline", source.dateline.start and start + source.dateline.start)
        starts[first] = start + source.dateline.end
    ends = {}
    if source.body and (slug := find_end_slug(source.body[-1].raw)):
        ends[source.body[-1]] = slug
        fields.assign(source.body[-1], "ignored", slug)
    blocks: list[Block] = []
    for group in group_lines(source.body, alone={*starts, *ends}):
        pieces = []
        for line in group.lines:
            start = starts.get(line, 0)
            pieces.append(line.raw[start : ends.get(line)])
            if pieces[-1].strip():
                fields.assign(line, "body", start)
        if group.table is not None:
            blocks.append(group.table)
        elif text := join_lines(pieces):
            blocks.append(Paragraph((Text(text),)))
    return blocks


def _find_problems(story: Story, source: SplitText) -> tuple[Problem, ...]:
    problems = list(find_other_stories(source.body))
    if not story.headline:
        problems.append(Problem(_("No headline was found."), _("Write one in the story's form.")))
    if not story.body:
        problems.append(
            Problem(_("No paragraph was found under the headline."), _("Paste the whole story."))
        )
    elif source.dateline is None:
        problems.append(
            Problem(
                _("No dateline was found."),
                _("Fill in the place in the story's form, if it has one."),
            )
        )
    elif not source.dateline.is_certain and (city := source.dateline.dateline.city):
        problems.append(
            Problem(
                _("“{city}” was read as the dateline only because of its position.").format(
                    city=city
                ),
                _("If it belongs to the sentence, move it back into the body."),
                source.body[0].number,
            )
        )
    return tuple(problems)
