"""Makes what lists and other pages say of a story from its text."""

from __future__ import annotations

from editor.core.edition import Item
from editor.core.listing import Listing, TextFacts, dated
from editor.core.publication import PublicVersion
from editor.core.story import Story
from editor.proof.bodies import Body
from editor.proof.views import PictureView, summary


def text_facts(story: Story, body: Body) -> TextFacts:
    """Return what follows from a text alone; `body` is its own."""
    seen = story.without_blanks()
    return TextFacts(
        id=seen.id,
        slug=seen.slug,
        language=seen.language,
        section=seen.section,
        kicker=seen.kicker,
        headline=seen.headline,
        standfirst=seen.standfirst,
        summary=summary(seen, body.text),
        key_points=seen.key_points,
        bylines=seen.bylines,
        keywords=seen.keywords,
        subjects=seen.subjects,
        city=seen.dateline.city,
        agency=seen.dateline.agency,
        pictures=tuple(view.picture for view in PictureView.shown_in(seen)),
        corrections=seen.corrections,
        related=tuple(dict.fromkeys(id for id in seen.related if id != seen.id)),
        links=body.links,
        words=body.words,
    )


def listing_of(item: Item, body: Body) -> Listing:
    """Return the listing of an item, of its version alone; `body` is that of its text."""
    versions = (PublicVersion(item.version, item.updated),)
    return dated(text_facts(item.story, body), item.hash, item.published, versions, item.approval)
