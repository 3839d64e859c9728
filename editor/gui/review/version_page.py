"""A version's text as a plain page to read in the window, without a web engine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from editor.core.dateline import render_dateline
from editor.core.fields import FIELDS, Field, Kind
from editor.core.picture_reference import picture_address
from editor.core.story import Picture, Story
from editor.i18n import _
from editor.text.html import html_blocks
from editor.text.nodes import TextPicture
from editor.text.parse import parse
from editor.text.xml import escape


def version_html(story: Story, template: str) -> str:
    """Return the text that readers read as simple HTML; `template` is the house's for datelines.

    Links lose their targets: nothing is opened from here.
    """
    direction = "rtl" if story.right_to_left else "ltr"
    dateline = render_dateline(story.dateline, template, story.language)
    place = f"<p><b>{escape(dateline)}</b></p>" if dateline else ""
    parts = []
    for field in FIELDS:
        if field.kind is not Kind.MARKDOWN:
            parts.append(_field(field, getattr(story, field.name)))
        elif story.body:
            parts += place, *_blocks(story)
    parts += [
        f"<p><i>{escape(picture.caption)}</i> {escape(picture.credit)}</p>"
        for picture in story.pictures
    ]
    return f'<div dir="{direction}">{"".join(parts)}</div>'


def _blocks(story: Story) -> Iterator[str]:
    """The body; where it has a picture, that one's name."""
    document, pictures = parse(story.body), reversed(story.pictures)
    named = {picture_address(picture.file): picture for picture in pictures}
    blocks = html_blocks(document, lambda _slug: None)
    for block, html in zip(document.blocks, blocks, strict=True):
        if isinstance(block, TextPicture):
            picture = named.get(block.address, Picture())
            name = picture.caption or picture.alt or block.address
            yield f"<p><i>{escape(_('Picture: {name}').format(name=name))}</i></p>"
        else:
            yield html


def _field(field: Field, value: Any) -> str:
    """Return a field of running text as HTML; an empty text for any other field."""
    if not (field.reader and field.prose and value):
        return ""
    if field.many:
        return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in value) + "</ul>"
    tag = "h2" if field.name == "headline" else "p"
    return f"<{tag}>{escape(value)}</{tag}>"
