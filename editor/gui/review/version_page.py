"""A version's text as a plain page to read in the window, without a web engine."""

from __future__ import annotations

from editor.core.dateline import render_dateline
from editor.core.story import Story
from editor.text.html import to_html
from editor.text.parse import parse
from editor.text.xml import escape


def version_html(story: Story, template: str) -> str:
    """Return kicker, headline, key points, dateline, body and captions as simple HTML.

    `template` is the desk's for datelines. Links lose their targets: nothing is
    opened from here.
    """
    direction = "rtl" if story.right_to_left else "ltr"
    points = "".join(f"<li>{escape(point)}</li>" for point in story.key_points)
    dateline = render_dateline(story.dateline, template, story.language)
    captions = "".join(
        f"<p><i>{escape(picture.caption)}</i> {escape(picture.credit)}</p>"
        for picture in story.pictures
    )
    parts = (
        f"<p>{escape(story.kicker)}</p>" if story.kicker else "",
        f"<h2>{escape(story.headline)}</h2>",
        f"<ul>{points}</ul>" if points else "",
        f"<p><b>{escape(dateline)}</b></p>" if dateline else "",
        to_html(parse(story.body), lambda _slug: None),
        captions,
    )
    return f'<div dir="{direction}">{"".join(parts)}</div>'
