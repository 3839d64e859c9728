"""A story's whole content as feeds carry it: HTML that needs nothing of the site's pages."""

from __future__ import annotations

from markupsafe import Markup

from editor.core.edition import Item
from editor.core.listing import Listing
from editor.formats.site.feed import in_language
from editor.proof.pages import Pages
from editor.proof.site import Site
from editor.proof.views import PictureView
from editor.text.xml import xml_text


def feed_content(item: Item, pages: Pages, site: Site) -> str:
    """Return the key points, pictures, body and corrections of a story, with whole addresses.

    `content_inputs` is all that goes into it. The house must have a web address.
    """
    story = item.story.without_blanks()
    points = Markup().join(Markup("<li>{}</li>").format(xml_text(p)) for p in story.key_points)
    lead, *others = [_figure(view, site.house.url) for view in PictureView.with_files(story)] or [""]
    parts = (f"<ul>{points}</ul>" if points else "", lead, pages.body(item, site), *others)
    return in_language(story.language, "\n".join(filter(None, parts)))


def content_inputs(listing: Listing, site: Site) -> tuple[str | None, ...]:
    """Return what a story's content depends on, as plain values that are read without its text."""
    house = site.house
    return (
        listing.hash,
        house.url,
        house.timezone,
        house.dateline_template,
        house.digits,
        *map(site.current_slug, listing.links),
    )


def _figure(view: PictureView, root: str) -> str:
    picture, file = view.picture, view.widest
    image = Markup('<img src="{}" alt="{}" width="{}" height="{}">').format(
        root + file.path, xml_text(view.alt), file.width, file.height
    )
    texts = filter(None, (picture.caption, f"({credit})" if (credit := picture.bare_credit) else ""))
    caption = xml_text(" ".join(texts))
    words = Markup('<figcaption dir="auto">{}</figcaption>').format(caption) if caption else ""
    return f"<figure>{image}{words}</figure>"
