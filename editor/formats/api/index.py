"""The service document of the API, which leads to all others."""

from __future__ import annotations

import hashlib

from editor.core.edition import Edition
from editor.core.times import instant_text
from editor.formats.api import documents, paths, values
from editor.formats.api.lists import ApiLists
from editor.proof.site import edition_year


def index_document(edition: Edition, lists: ApiLists, pictures: int) -> documents.IndexDocument:
    """Return the service document; `pictures` says how many files of pictures readers get."""
    house, here = edition.house, paths.INDEX
    contents = values.Contents(
        values.Site(house.name, house.language, house.timezone, house.url or None),
        values.RightsStatement(
            house.rights_of(edition_year(edition)), house.licence or None, house.ai_use.value
        ),
        instant_text(edition.generated_at),
        _build_id(edition),
        values.Counts(
            stories=len(edition.listings),
            sections=len(house.sections),
            subjects=len(lists.by_subject),
            authors=len(lists.by_author),
            trends=len(edition.briefs()),
            media=pictures,
        ),
    )
    links = values.IndexLinks(
        self=paths.link(here, here),
        stories=paths.link(paths.stories_page(1), here),
        sections=paths.link(paths.SECTIONS, here),
        subjects=paths.link(paths.SUBJECTS, here),
        authors=paths.link(paths.AUTHORS, here),
        trends=paths.link(paths.TRENDS, here),
        changes=paths.link(paths.CHANGES, here),
        search=paths.link(paths.SEARCH, here),
        openapi=paths.link(paths.OPENAPI, here),
    )
    return documents.IndexDocument(contents, links)


def _build_id(edition: Edition) -> str:
    """Return a hash of an edition, the same on every computer."""
    facts = (
        edition.house.hash,
        edition.banner.hash,
        tuple(story.stamp for story in edition.listings),
        edition.gone(),
        instant_text(edition.generated_at),
    )
    return hashlib.sha256(repr(facts).encode()).hexdigest()[:16]
