"""What is made with a template inside the frame of a page."""

from __future__ import annotations

from markupsafe import escape

from editor.proof.frame import Inside, MadePage, Page
from editor.proof.head import PageFacts, page_lines
from editor.proof.paper import Paper
from editor.proof.site import Site
from editor.proof.theme_templates import Templates
from editor.text.xml import xml_text

_SLOTS = ("head", "main", "scripts")


def make_page(
    templates: Templates,
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
    source = templates.get_template(template)
    module = source.make_module(
        {"page": page, "house": site.house, "words": site.words(page.language), **values}
    )
    parts = {slot: str(getattr(module, slot, "")) for slot in _SLOTS}
    if not parts["main"]:
        raise source.misplaced("main")
    parts["head"] = str(page_lines(facts, paper)) + parts["head"]
    return MadePage(page, Inside(str(escape(xml_text(facts.page_title(paper)))), **parts))
