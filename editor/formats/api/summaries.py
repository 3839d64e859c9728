"""What documents say of a story, its section and its pictures; addresses are from `here`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import UNSET, UnsetType

from editor.core.house import House
from editor.core.languages import is_right_to_left
from editor.core.listing import Listing
from editor.core.rendition import Rendition
from editor.core.story import Picture
from editor.formats.api import paths, values
from editor.proof.renditions import picture_name, renditions
from editor.proof.sections import section_of


def media_id(picture: Picture) -> str:
    """Return a picture's id in the API: 16 digits of its file's hash (`picture_name`)."""
    return picture_name(picture) or picture.file[:16]


def reference(listing: Listing, here: str) -> values.StoryReference:
    """Return a story's name and address."""
    return values.StoryReference(**reference_values(listing, here))


def reference_values(listing: Listing, here: str) -> dict[str, str]:
    """Return the values of a reference, which all that is said of a story begins with."""
    url = paths.link(paths.story(listing.slug), here)
    return {"id": listing.id, "slug": listing.slug, "headline": listing.headline, "url": url}


def summary(listing: Listing, house: House, here: str) -> values.StorySummary:
    """Return what a list says of a story."""
    return values.StorySummary(**summary_values(listing, house, here))


def summary_values(listing: Listing, house: House, here: str) -> dict[str, Any]:
    """Return the values of a summary, which a whole story has as well, by their names."""
    pictures = shown_pictures(listing.pictures)
    return {
        **reference_values(listing, here),
        "version": listing.version,
        "language": listing.language,
        "direction": "rtl" if is_right_to_left(listing.language) else "ltr",
        "section": _section(listing, house, here),
        "kicker": listing.kicker,
        "standfirst": listing.standfirst,
        "bullets": listing.key_points,
        "image": image(pictures[0], here) if pictures else None,
        "published_at": listing.published,
        "updated_at": listing.updated,
    }


def shown_pictures(pictures: Iterable[Picture]) -> list[Picture]:
    """Return the pictures that have files."""
    return [picture for picture in pictures if renditions(picture)]


def image(picture: Picture, here: str) -> values.Image:
    """Return a picture as a story shows it."""
    sizes = tuple(rendition(size, here) for size in renditions(picture))
    return values.Image(**image_values(picture, here), renditions=sizes)


def image_values(picture: Picture, here: str) -> dict[str, Any]:
    """Return what is said of a picture, whatever its sizes, by the names of `ImageFacts`."""
    return {
        "id": media_id(picture),
        "url": paths.link(paths.media(media_id(picture)), here),
        "caption": picture.caption,
        "credit": picture.bare_credit,
        "alt": "" if picture.decorative else picture.alt,
        "decorative": picture.decorative,
        "rights": picture.rights,
        "focus": values.Focus(*picture.focus),
        "crops": _crops(picture),
    }


def _crops(picture: Picture) -> values.Crops | UnsetType:
    """Return the parts that somebody chose, by the names of their shapes."""
    chosen = {shape.name: values.Crop(*part) for shape, part in picture.hand_crops.items()}
    return values.Crops(**chosen) if chosen else UNSET


def rendition(size: Rendition, here: str) -> values.Rendition:
    """Return a picture in one size."""
    url = paths.link(paths.rendition(size), here)
    return values.Rendition(url, size.width, size.height, "image/jpeg")


def _section(listing: Listing, house: House, here: str) -> values.SectionReference | None:
    section = section_of(listing, house)
    if section is None:
        return None
    url = paths.link(paths.section_page(section.slug, 1), here)
    return values.SectionReference(section.slug, section.title, url)
