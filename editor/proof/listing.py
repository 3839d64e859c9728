"""Makes what lists and other pages say of a story from its text."""

from __future__ import annotations

from editor.core.edition import Item
from editor.core.listing import Listing, TextFacts, dated
from editor.core.publication import ReaderDates
from editor.core.story import Story
from editor.proof.views import PictureView, PlainBody, summary
from editor.text.document import Document
from editor.text.html import html_blocks


def text_facts(story: Story, document: Document) -> TextFacts:
    """Return what follows from a text alone; `document` is its body."""
    seen, body = story.without_blanks(), PlainBody(document)
    return TextFacts(
        id=seen.id,
        slug=seen.slug,
        language=seen.language,
        section=seen.section,
        kicker=seen.kicker,
        headline=seen.headline,
        summary=summary(seen, body),
        key_points=seen.key_points,
        bylines=seen.bylines,
        keywords=seen.keywords,
        subjects=seen.subjects,
        city=seen.dateline.city,
        agency=seen.dateline.agency,
        pictures=tuple(view.picture for view in PictureView.shown_in(seen)),
        corrections=seen.corrections,
        related=tuple(dict.fromkeys(id for id in seen.related if id != seen.id)),
        links=_linked(document),
        words=body.words,
    )


def listing_of(item: Item, document: Document) -> Listing:
    """Return the listing of an item; `document` is its body."""
    dates = ReaderDates(item.published, item.updated)
    return dated(text_facts(item.story, document), item.hash, item.version, dates, item.approval)


def _linked(document: Document) -> tuple[str, ...]:
    """The slugs that the HTML of a body asks for."""
    asked: set[str] = set()

    def resolve(slug: str) -> None:
        asked.add(slug)

    html_blocks(document, resolve)
    return tuple(sorted(asked))
