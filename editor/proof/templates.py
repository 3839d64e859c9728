"""The templates of pages, and what is made with them inside the frame."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from editor.proof.frame import Inside, MadePage, Page
from editor.proof.head import PageFacts, page_lines
from editor.proof.paper import Paper
from editor.proof.site import (
    ABOUT_PATH,
    SEARCH_PATH,
    Site,
    archive_path,
    corrections_path,
    numbered,
    section_path,
    story_path,
)
from editor.resources import resource
from editor.text.xml import xml_text

_SLOTS = ("head", "main", "scripts")


def make_page(
    templates: Environment,
    template: str,
    page: Page,
    facts: PageFacts,
    site: Site,
    /,
    **values: object,
) -> MadePage:
    """Make what is inside a page; it may depend on the house, not on the banner.

    What the page says to machines is of the facts, before the head of the template.
    """
    paper = Paper(site.house)
    module = templates.get_template(template).make_module(
        {"page": page, "house": site.house, "words": site.words(page.language), **values}
    )
    parts = {slot: str(getattr(module, slot, "")) for slot in _SLOTS}
    parts["head"] = str(page_lines(facts, paper)) + parts["head"]
    return MadePage(page, Inside(str(escape(xml_text(facts.page_title(paper)))), **parts))


@cache
def site_templates() -> Environment:
    """Return the templates of the site, loaded once."""
    environment = Environment(
        loader=FileSystemLoader(resource("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_without_controls,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(
        about_path=ABOUT_PATH,
        archive_path=archive_path,
        search_path=SEARCH_PATH,
        corrections_path=corrections_path,
        numbered=numbered,
        section_path=section_path,
        story_path=story_path,
    )
    return environment


def _without_controls(value: object) -> object:
    """Remove control characters, which no page may contain, from text that is no markup yet."""
    return xml_text(value) if isinstance(value, str) and not isinstance(value, Markup) else value
