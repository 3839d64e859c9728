"""Pages that a site has one of: about the paper, search, and for addresses without a page."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from editor.core.addresses import contact_link
from editor.core.people import Person, Role
from editor.proof.frame import POLICY, MadePage, Page
from editor.proof.head import PageFacts, list_facts
from editor.proof.paper import Paper
from editor.proof.serial import as_serialised
from editor.proof.site import ABOUT_PATH, SEARCH_PATH, Site
from editor.proof.templates import make_page
from editor.proof.theme_templates import Templates
from editor.text.html import to_html
from editor.text.parse import parse


@dataclass(frozen=True, slots=True)
class ShownPolicy:
    """A policy as readers see it: `html` where its text is here, else the address of its page."""

    anchor: str
    title: str
    html: Markup
    url: str


def about_frame(site: Site) -> Page:
    """Return the frame of about.html."""
    return Page("about-page", site.house.language)


def about_inputs(site: Site) -> tuple[str, ...]:
    """Return what the page about the paper depends on, beside the house."""
    texts = (site.house.about, *(policy.text for policy in site.house.policies))
    slugs = {slug for text in texts for slug in parse(text).slugs}
    return (
        *(f"{slug} {site.current_slug(slug)}" for slug in sorted(slugs)),
        *(f"{person.role} {person.name}" for person in site.people),
    )


def about_page(templates: Templates, site: Site) -> MadePage:
    """Make about.html: what the house says of itself, in the paper's language."""
    house = site.house
    phrases = site.words(house.language)
    policies = [
        ShownPolicy(
            policy.kind.anchor,
            phrases[f"policy_{policy.kind.anchor.replace('-', '_')}"],
            Markup() if policy.url else _html(policy.text, site),
            policy.url,
        )
        for policy in house.policies
    ]
    title = phrases["about"].format(name=house.name)
    return make_page(
        templates,
        "about.html",
        about_frame(site),
        list_facts(ABOUT_PATH, title, house.language, Paper(site.house)),
        site,
        heading=title,
        about=_html(house.about, site),
        policies=policies,
        contact=contact_link(house.contact),
        roles=_by_role(site.people),
    )


def search_page(templates: Templates, site: Site, page: Page) -> MadePage:
    """Make search.html of a tree."""
    title = site.words(page.language)["search"]
    facts = list_facts(page.tree + SEARCH_PATH, title, page.language, Paper(site.house))
    sections = site.tree(page.tree).sections
    return make_page(
        templates,
        "search.html",
        page,
        facts,
        site,
        sections=sections,
        other_languages=len(site.trees) > 1,
    )


def not_found_frame(site: Site, style: str) -> Page:
    """Return the frame of 404.html: its links are absolute if possible, its style is in it."""
    house = site.house
    # Any host may show it, at any depth: so it has its style with it.
    policy = POLICY.replace("style-src 'self'", f"style-src {style_source(style)}")
    if house.url:
        policy = policy.replace("form-action 'self'", f"form-action 'self' {house.url}")
    return Page("not-found-page", house.language, house.url, policy=policy, style=style)


def not_found_page(templates: Templates, site: Site, page: Page) -> MadePage:
    """Make 404.html, which a server shows at any depth."""
    facts = PageFacts("", site.words(page.language)["not_found"], page.language, indexed=False)
    return make_page(templates, "not_found.html", page, facts, site)


def style_source(style: str) -> str:
    """Return what a policy names a sheet inside a page by: its hash."""
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


def _html(text: str, site: Site) -> Markup:
    """Markdown as HTML; links to stories lead to their pages."""
    written = to_html(
        parse(text),
        lambda slug: f"stories/{now}.html" if (now := site.current_slug(slug)) else None,
    )
    return Markup(as_serialised(written))  # noqa: S704  everything in it is escaped


def _by_role(people: Sequence[Person]) -> list[tuple[Role, list[str]]]:
    """The names of people by role, the chiefs first."""
    order = (Role.CHIEF, Role.EDITOR, Role.JOURNALIST)
    found = ((role, [person.name for person in people if person.role is role]) for role in order)
    return [(role, names) for role, names in found if names]
