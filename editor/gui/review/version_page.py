"""A version's text as a plain page to read in the window, without a web engine."""

from __future__ import annotations

from typing import Any

from editor.core.dateline import render_dateline
from editor.core.fields import FIELDS, Field, Kind
from editor.core.story import Story
from editor.text.html import to_html
from editor.text.parse import parse
from editor.text.xml import escape


def version_html(story: Story, template: str) -> str:
    """Return the text that readers read as simple HTML; `template` is the house's for datelines.

    Links lose their targets: nothing is opened from here.
    """
    direction = "rtl" if story.right_to_left else "ltr"
    dateline = render_dateline(story.dateline, template, story.language)
    parts = [_field(field, getattr(story, field.name), dateline) for field in FIELDS]
    parts += [
        f"<p><i>{escape(picture.caption)}</i> {escape(picture.credit)}</p>"
        for picture in story.pictures
    ]
    return f'<div dir="{direction}">{"".join(parts)}</div>'


def _field(field: Field, value: Any, dateline: str) -> str:
    """Return a field of running text as HTML; an empty text for any other field."""
    if not (field.reader and field.prose and value):
        return ""
    if field.kind is Kind.MARKDOWN:
        place = f"<p><b>{escape(dateline)}</b></p>" if dateline else ""
        return place + to_html(parse(value), lambda _slug: None)
    if field.many:
        return "<ul>" + "".join(f"<li>{escape(item)}</li>" for item in value) + "</ul>"
    tag = "h2" if field.name == "headline" else "p"
    return f"<{tag}>{escape(value)}</{tag}>"
