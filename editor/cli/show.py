"""`stonehand show`: one whole story."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from editor.cli.base import desk_option, json_option, open_desk
from editor.cli.printing import say, say_json
from editor.cli.views import describe_state, story_view
from editor.core.dateline import render_dateline
from editor.core.fields import FIELDS, Field, Kind, label
from editor.core.house import House
from editor.core.story import Correction, Picture, Story
from editor.i18n import _
from editor.media_topics import topic_name
from editor.store.reading.rows import StoredVersion


@click.command("show")
@click.argument("slug", metavar="SLUG")
@desk_option
@click.option("--version", type=click.IntRange(min=1), default=None, help="An earlier version.")
@json_option
def show(slug: str, desk_path: Path, version: int | None, as_json: bool) -> None:
    """Show a story by its slug or id: the latest version, unless another is given."""
    with open_desk(desk_path) as desk, desk.read() as snapshot:
        story = snapshot.find(slug)
        stored, row = snapshot.stored(story, version), snapshot.row(story)
        leaves, house = snapshot.leaves(story), snapshot.house()
        slugs = snapshot.slugs(stored.story.related)
    if as_json:
        live = {"live_version": row.live_version or None, "leaves": list(leaves)}
        say_json(story_view(stored, house) | live)
        return
    _print_state(stored, describe_state(row))
    say("\n".join((*_text(stored.story, house), "", *_facts(stored.story, slugs))))
    say(_("Hash: {hash}").format(hash=stored.hash))
    if len(leaves) > 1:
        versions = ", ".join(map(str, leaves))
        say("\n" + _("Versions to reconcile: {versions}.").format(versions=versions))


def _print_state(stored: StoredVersion, state: str) -> None:
    parts = [_("version {n}").format(n=stored.version), state]
    if approval := stored.approval:
        approved = (
            _("self-approved by {name}") if approval.self_approved else _("approved by {name}")
        )
        parts.append(approved.format(name=approval.person))
    say(f"{stored.story.slug} ({', '.join(parts)})\n")
    if stored.story.has_unknown:
        say(_("It has fields of a later Stonehand, so it is read-only here.") + "\n")
    if stored.refusal:
        say(_("Its approval is not valid: {reason}").format(reason=stored.refusal) + "\n")


def _text(story: Story, house: House) -> Iterator[str]:
    """The running text, as readers read it."""
    for field in FIELDS:
        value = getattr(story, field.name)
        if not (field.reader and field.prose and value):
            continue
        if field.kind is Kind.MARKDOWN:
            yield f"\n{_body(story, house)}"
        elif field.many:
            yield ""
            yield from (f"  • {item}" for item in value)
        else:
            yield value


def _body(story: Story, house: House) -> str:
    """The body with the dateline at the start of its first paragraph, else above it."""
    from editor.text.nodes import Paragraph  # noqa: PLC0415  brings Markdown
    from editor.text.parse import parse  # noqa: PLC0415

    dateline = render_dateline(story.dateline, house.dateline_template, story.language)
    document = parse(story.body)
    blocks = zip(document.parts, document.spans, strict=True)
    paragraphs = (span.start for part, span in blocks if isinstance(part.block, Paragraph))
    start = next(paragraphs, -1)
    if start < 0:
        return "\n\n".join(filter(None, (dateline, story.body)))
    return story.body[:start] + dateline + story.body[start:]


def _facts(story: Story, slugs: Mapping[str, str]) -> Iterator[str]:
    """Everything else that is filled in, a line each."""
    for field in FIELDS:
        value = getattr(story, field.name)
        shown = field.compared and value and not (field.reader and field.prose)
        if not shown or field.name == "dateline":
            continue
        if field.kind is Kind.PARTS:
            for index, part in enumerate(value):
                yield f"{label(f'{field.name}/{index}')}: {_part(part)}"
        else:
            yield f"{label(field.name)}: {_value(field, value, slugs)}"


def _part(part: Picture | Correction) -> str:
    if isinstance(part, Correction):
        return f"{part.text} ({part.at})"
    return f"{part.caption} ({part.bare_credit})".lstrip() if part.credit else part.caption


def _value(field: Field, value: Any, slugs: Mapping[str, str]) -> str:
    if field.kind is Kind.FLAG:
        return _("yes")
    if field.kind is Kind.STORY:
        return ", ".join(slugs.get(story, story) for story in value)
    if field.kind is Kind.SUBJECT:
        return ", ".join(map(_subject, value))
    return "; ".join(value) if field.many else str(value)  # a name may have a comma


def _subject(code: str) -> str:
    name = topic_name(code, "en")
    return code if name == code else f"{name} ({code})"
