"""What a page says of itself in schema.org's words, as JSON-LD.

Addresses are absolute, so they are left out while the paper's is not known. So is all else
that is empty.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from markupsafe import Markup

from editor.core.dateline import Dateline, render_dateline
from editor.core.edition import Item
from editor.core.rendition import Rendition
from editor.core.story import Picture
from editor.media_topics import PREFIX, topic_name
from editor.proof.paper import Paper
from editor.proof.sections import section_of
from editor.proof.site import story_path
from editor.proof.views import PictureView
from editor.text.xml import xml_text

Properties = dict[str, Any]

MEDIA_TOPICS = "http://cv.iptc.org/newscodes/mediatopic/"
"""IPTC's name of the vocabulary of a story's subjects; a code after it names one topic."""

_SCRIPT_SAFE = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"})
_POLICIES = "about.html"
_TYPE = {"@type"}


def script_element(value: Properties) -> Markup:
    """Return an object as a script element of data.

    No text can end the element: `<`, `>` and `&` are escaped as JSON allows.
    """
    filled = {"@context": "https://schema.org", **_filled(value)}
    text = json.dumps(filled, ensure_ascii=False, separators=(",", ":")).translate(_SCRIPT_SAFE)
    # No markup is left in it.
    return Markup(f'<script type="application/ld+json">{xml_text(text)}</script>')  # noqa: S704


def news_article(item: Item, summary: str, words: int, paper: Paper) -> Properties:
    """Return a story, which has no blanks, as a NewsArticle; `words` is its body's length.

    https://developers.google.com/search/docs/appearance/structured-data/article asks for
    pictures in three shapes and authors with addresses. It asks for short headlines and
    sets no limit any more, so the headline is whole.
    """
    story = item.story
    house, address = paper.house, paper.address(story_path(story.slug))
    section = section_of(story, house)
    publisher = organization_name(paper)
    return {
        "@type": "NewsArticle",
        "@id": address,
        "identifier": story.id,
        "url": address,
        "mainEntityOfPage": address,
        "headline": story.headline,
        "alternativeHeadline": story.kicker,
        "description": summary,
        "abstract": list(story.key_points),
        "inLanguage": story.language,
        "datePublished": item.published,
        "dateModified": item.updated,
        "author": [_author(name, story.language, paper) for name in story.bylines] or [publisher],
        "publisher": publisher,
        "isPartOf": _website_name(paper),
        "articleSection": section.title if section else "",
        "keywords": list(story.keywords),
        "about": [_topic(code, story.language) for code in story.subjects],
        "wordCount": words,
        "version": item.version,
        "isAccessibleForFree": True,
        "image": _images(story.pictures, paper),
        "correction": [
            {"@type": "CorrectionComment", "text": note.text, "datePublished": note.at}
            for note in story.corrections
        ],
        **_place(story.dateline, story.language, paper),
        **_rights(item, paper),
    }


def breadcrumbs(steps: Sequence[tuple[str, str]], paper: Paper) -> list[Properties]:
    """Return the way from the front page to a page, by the names and paths of all its steps.

    There is none while the paper's address is not known, since each step needs its own
    (https://developers.google.com/search/docs/appearance/structured-data/breadcrumb).
    """
    if not paper.house.url:
        return []
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": paper.address(path)}
        for place, (name, path) in enumerate(steps, 1)
    ]
    return [{"@type": "BreadcrumbList", "itemListElement": items}]


def organization(paper: Paper) -> Properties:
    """Return the paper as a NewsMediaOrganization with its policies: for the front page.

    The address of a policy is that of its own page, or of its part of the page about the paper.
    """
    house = paper.house
    about = paper.address(_POLICIES)
    policies = {
        policy.kind.value: policy.url or (f"{about}#{policy.kind.anchor}" if about else "")
        for policy in house.policies
    }
    return {
        **organization_name(paper),
        "sameAs": list(house.accounts),
        "foundingDate": str(house.founded or ""),
        "memberOf": [{"@type": "Organization", "url": site} for site in house.memberships],
        "parentOrganization": (
            {"@type": "Organization", "url": house.controlled_by} if house.controlled_by else {}
        ),
        "subOrganization": [{"@type": "Organization", "url": site} for site in house.controls],
        "contactPoint": _contact(house.contact),
        "masthead": f"{about}#masthead" if about and house.show_masthead else "",
        **policies,
    }


def website(paper: Paper) -> Properties:
    """Return the site with its search: for the front page."""
    search = paper.address("search.html")
    target = {"@type": "EntryPoint", "urlTemplate": f"{search}?q={{search_term_string}}"}
    return {
        **_website_name(paper),
        "inLanguage": paper.house.language,
        "publisher": {"@id": _anchor(paper, "organization")},
        "license": paper.house.licence,
        "potentialAction": {
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        }
        if search
        else {},
    }


def organization_name(paper: Paper) -> Properties:
    """Return what every page says of the paper; the front page has the rest under the same id."""
    return {
        "@type": "NewsMediaOrganization",
        "@id": _anchor(paper, "organization"),
        "name": paper.house.name,
        "url": paper.house.url,
        "logo": _logo(paper),
    }


def _website_name(paper: Paper) -> Properties:
    return {
        "@type": "WebSite",
        "@id": _anchor(paper, "website"),
        "name": paper.house.name,
        "url": paper.house.url,
    }


def _anchor(paper: Paper, name: str) -> str:
    return f"{paper.house.url}#{name}" if paper.house.url else ""


def _contact(contact: str) -> Properties:
    if not contact:
        return {}
    name = "url" if "://" in contact else "email"
    return {"@type": "ContactPoint", "contactType": "newsroom", name: contact}


def _author(name: str, language: str, paper: Paper) -> Properties:
    return {"@type": "Person", "name": name, "url": paper.author_address(name, language)}


def _topic(code: str, language: str) -> Properties:
    number = code.removeprefix(PREFIX)
    return {
        "@type": "DefinedTerm",
        "@id": MEDIA_TOPICS + number,
        "termCode": number,
        "name": topic_name(code, language),
        "inDefinedTermSet": MEDIA_TOPICS,
    }


def _place(dateline: Dateline, language: str, paper: Paper) -> Properties:
    """Where a story was written, and for wire copy by which agency."""
    text = render_dateline(dateline, paper.house.dateline_template, language)
    agency: Properties = {}
    if paper.is_others(dateline.agency):
        agency = {"@type": "Organization", "name": dateline.agency}
    place = {
        "@type": "Place",
        "name": dateline.city or dateline.state or dateline.country,
        "address": {
            "@type": "PostalAddress",
            "addressLocality": dateline.city,
            "addressRegion": dateline.state,
            "addressCountry": dateline.country,
        },
    }
    return {
        "dateline": text.strip(" –—-"),
        "locationCreated": place if place["name"] else {},
        "sourceOrganization": agency,
        "isBasedOn": {"@type": "CreativeWork", "provider": agency} if agency else {},
    }


def _rights(item: Item, paper: Paper) -> Properties:
    """The rights in a text; others' texts are not the paper's to hold or to license."""
    if paper.is_others(item.story.dateline.agency):
        return {}
    holder = {"@type": "NewsMediaOrganization", "@id": _anchor(paper, "organization")}
    return {
        "copyrightHolder": {**holder, "name": paper.house.name},
        "copyrightYear": paper.year_of(item.published) or "",
        "copyrightNotice": paper.rights_of(item.published),
        "license": paper.house.licence,
    }


def _images(pictures: Sequence[Picture], paper: Paper) -> list[Properties]:
    """The pictures, each with its words, and after the first one its crops."""
    views = [view for view in PictureView.all_of(pictures) if view.renditions]
    whole = [_with_words(view.picture, view.widest, paper) for view in views]
    crops = [_image(file, paper) for view in views[:1] for file in view.crops]
    return [*whole[:1], *crops, *whole[1:]]


def _image(file: Rendition, paper: Paper) -> Properties:
    address = paper.address(file.path)
    return {
        "@type": "ImageObject",
        "url": address,
        "contentUrl": address,
        "width": file.width,
        "height": file.height,
    }


def _with_words(picture: Picture, file: Rendition, paper: Paper) -> Properties:
    return {
        **_image(file, paper),
        "caption": picture.caption,
        "creditText": picture.bare_credit,
        "copyrightNotice": picture.rights,
    }


def _logo(paper: Paper) -> Properties:
    logo, address = paper.logo, paper.address(paper.logo.path)
    return {"@type": "ImageObject", "url": address, "width": logo.width, "height": logo.width}


def _filled(value: Any) -> Any:
    """The value without what is empty, at every depth; an object with a type alone is empty."""
    if isinstance(value, dict):
        items = {}
        for key, item in value.items():
            filled = item if isinstance(item, str) else _filled(item)
            if filled or isinstance(filled, int):
                items[key] = filled
        return {} if items.keys() == _TYPE else items
    if isinstance(value, list):
        return list(filter(None, map(_filled, value)))
    return value
