"""A story's whole content as feeds carry it: HTML that needs nothing of the site's pages."""

from __future__ import annotations

from functools import partial

from editor.core.edition import Item
from editor.core.listing import Listing
from editor.formats.site.feed import in_language
from editor.proof.pages import Pages
from editor.proof.placed_pictures import PlacedPictures
from editor.proof.site import Site
from editor.proof.views import PictureView
from editor.text.xml import escape, escape_attribute


def feed_content(item: Item, pages: Pages, site: Site) -> str:
    """Return the key points, pictures, body and corrections of a story, with whole addresses.

    `content_inputs` is all that goes into it. The house must have a web address.
    """
    story = item.story.without_blanks()
    points = "".join(f"<li>{escape(point)}</li>" for point in story.key_points)
    figure = partial(_figure, root=site.house.url)
    body = pages.bodies.of(item.hash, item.story)
    pictures = PlacedPictures.of(PictureView.with_files(story), body)
    text = pages.body(item, site, pictures, figure)
    around = (*map(figure, pictures.lead), text, *map(figure, pictures.further))
    parts = (f"<ul>{points}</ul>" if points else "", *around)
    return in_language(story.language, "\n".join(filter(None, parts)))


def content_inputs(listing: Listing, site: Site) -> tuple[str, ...]:
    """Return what goes into a story's content, beside the house, without reading its text.

    It is the hash of the text, and where the links in it lead now.
    """
    slugs = (site.current_slug(slug) or "" for slug in listing.links)
    return listing.hash, *slugs


def _figure(view: PictureView, root: str) -> str:
    picture, file = view.picture, view.widest
    image = (
        f'<img src="{root}{file.path}" alt="{escape_attribute(view.alt)}"'
        f' width="{file.width}" height="{file.height}">'
    )
    credit = f"({picture.bare_credit})" if picture.bare_credit else ""
    caption = escape(" ".join(filter(None, (picture.caption, credit))))
    return f"<figure>{image}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"
