"""The one renderer: whole pages from stories, for the preview and for every export."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from hashlib import sha256

from markupsafe import Markup, escape

from editor.core.dateline import render_dateline
from editor.core.edition import Item, Withdrawn
from editor.core.house import Section
from editor.core.listing import Listing
from editor.proof import head, views
from editor.proof.frame import POLICY, Frames, Inside, MadePage, Page
from editor.proof.serial import as_serialised
from editor.proof.site import ListPage, Site, archive_path, section_path, story_path
from editor.proof.theme import Theme, shipped_theme
from editor.proof.words import Words, direction, words
from editor.text.cache import DocumentCache
from editor.text.document import Document
from editor.text.html import Resolve, html_blocks
from editor.text.nodes import Paragraph
from editor.text.xml import xml_text

__all__ = ["Article", "MadePage", "Pages", "Site", "archive_path", "section_path", "story_path"]


def style_source(style: str) -> str:
    """Return what a policy names a sheet inside a page by: its hash."""
    return f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'"


# No story contains NUL (core.canonical.normal), so it can mark where the body goes.
_BODY = "\0"


@dataclass(frozen=True, slots=True)
class Article:
    """A story's <article>, in the pieces that the live preview replaces one by one.

    `blocks` are the children of `<div class="body">`, one for each block of the
    body's Document, in order; between them there is no white space.
    """

    top: str
    blocks: tuple[str, ...]
    bottom: str

    @property
    def html(self) -> str:
        """The whole element, exactly as it is in the page."""
        return "".join((self.top, *self.blocks, self.bottom))


class Pages:
    """Makes pages from the templates of a theme, which are read once; the plain one for none.

    `documents` is shared with others who read the same bodies. Every method is
    pure: the same values give the same characters.
    """

    def __init__(self, documents: DocumentCache | None = None, theme: Theme | None = None) -> None:
        self.theme = theme or shipped_theme()
        self._documents = documents or DocumentCache()
        self._plain_bodies: dict[str, tuple[str, views.PlainBody]] = {}
        self._templates = self.theme.templates
        self._frames: tuple[Site, Frames] | None = None

    def plain_body(self, item: Item) -> views.PlainBody:
        """Return a story's body without markup, made once for all the pages that need it."""
        story = item.story
        body, plain_body = self._plain_bodies.get(story.id, ("", None))
        if plain_body is None or body != story.body:
            plain_body = views.PlainBody(self._document(item))
            self._plain_bodies[story.id] = story.body, plain_body
        return plain_body

    def article(self, item: Item, site: Site) -> Article:
        """Make the <article> of a story for stories/{slug}.html."""
        return self._article(item, site)

    def body(self, item: Item, site: Site) -> str:
        """Make a story's body and corrections with absolute links, to be read elsewhere."""
        blocks, alone = _body(item, site, self._document(item), _absolute_links(site))
        phrases = words(item.story.language, site.house.timezone)
        corrections = self._templates.get_template("corrections.html").render(
            corrections=views.CorrectionView.all_of(item.story, phrases), words=phrases
        )
        parts = (f"<p>{alone}</p>" if alone else "", *blocks, as_serialised(corrections.strip()))
        return "\n".join(part for part in parts if part)

    def html(self, made: MadePage, site: Site) -> str:
        """Join a page with the frame around it."""
        if self._frames is None or self._frames[0] is not site:
            self._frames = site, Frames(self.theme, site)
        return self._frames[1].html(made)

    def story(self, item: Item, site: Site) -> MadePage:
        """Make the page of a story, for stories/{slug}.html."""
        story = item.story.without_blanks()
        plain_body = self.plain_body(item)
        about = views.summary(story, plain_body)
        page = Page("story-page", story.language, "../", story.section)
        return self._made(
            "story.html",
            page,
            f"{story.headline} · {site.house.name}",
            site,
            description=about,
            article=Markup(self._article(item, site).html),  # noqa: S704 - made above
            canonical=head.canonical(item, site.house),
            meta=head.open_graph(item, site.house, about),
            linked_data=head.linked_data(item, site.house, about, plain_body.words),
        )

    def home(self, stories: Sequence[Listing], site: Site) -> MadePage:
        """Make index.html: the first story leads, the others follow in their order."""
        cards = [views.Card.of(story, site.house) for story in stories]
        page = Page("home-page", site.house.language)
        lead = cards[0] if cards else None
        return self._made("home.html", page, site.house.name, site, lead=lead, cards=cards[1:])

    def section(self, section: Section, part: ListPage, site: Site) -> MadePage:
        """Make one page of a section, for `section_path`."""
        root = "../../" if part.number else "../"
        page = Page("section-page", site.house.language, root, section.slug)
        return self._made(
            "section.html",
            page,
            _list_title(section.title, part, site),
            site,
            section=section,
            part=part,
            address=partial(section_path, section.slug),
            cards=[views.Card.of(story, site.house) for story in part.stories],
        )

    def archive(self, part: ListPage, site: Site) -> MadePage:
        """Make one page of the list of all stories, for `archive_path`."""
        page = Page("archive-page", site.house.language, "../" if part.number else "")
        title = _list_title(_phrases(site)["all_stories"], part, site)
        cards = [views.Card.of(story, site.house) for story in part.stories]
        return self._made("archive.html", page, title, site, part=part, cards=cards)

    def search(self, site: Site) -> MadePage:
        """Make search.html, which finds stories by assets/search-index.js alone."""
        page = Page("search-page", site.house.language)
        return self._made("search.html", page, _title("search", site), site)

    def not_found(self, site: Site) -> MadePage:
        """Make 404.html; a server shows it at any depth, so its links are absolute if possible."""
        # Any host may show it, at any depth: so it has its style with it.
        style = self.theme.css
        policy = POLICY.replace("style-src 'self'", f"style-src {style_source(style)}")
        if site.house.url:
            policy = policy.replace("form-action 'self'", f"form-action 'self' {site.house.url}")
        page = Page(
            "not-found-page", site.house.language, site.house.url, policy=policy, style=style
        )
        return self._made("not_found.html", page, _title("not_found", site), site)

    def withdrawn(self, story: Withdrawn, site: Site) -> MadePage:
        """Make the page for the address of a killed story: nothing of the story is in it."""
        phrases = words(story.language, site.house.timezone)
        page = Page("withdrawn-page", story.language, "../")
        title = f"{phrases['withdrawn']} · {site.house.name}"
        return self._made("withdrawn.html", page, title, site)

    def moved(self, slug: str, site: Site) -> MadePage:
        """Make the page for an address that a story had: it leads to where the story is now."""
        page = Page("moved-page", site.house.language, "../")
        address = f"{slug}.html"
        canonical = site.house.url + story_path(slug) if site.house.url else ""
        return self._made(
            "moved.html", page, _title("moved", site), site, address=address, canonical=canonical
        )

    def _made(
        self, template: str, page: Page, title: str, site: Site, **values: object
    ) -> MadePage:
        """Make what is inside a page; it may depend on the house, not on the banner."""
        source = self._templates.get_template(template)
        module = source.make_module(
            {
                "page": page,
                "house": site.house,
                "words": words(page.language, site.house.timezone),
                **values,
            }
        )
        parts = {slot: str(getattr(module, slot, "")) for slot in ("head", "main", "scripts")}
        if not parts["main"]:
            raise source.misplaced("main")
        return MadePage(page, Inside(str(escape(xml_text(title))), **parts))

    def _document(self, item: Item) -> Document:
        return self._documents.of(item.story.body)

    def _article(self, item: Item, site: Site) -> Article:
        story = item.story.without_blanks()
        phrases = words(story.language, site.house.timezone)
        blocks, alone = _body(item, site, self._document(item), _relative_links(site))
        pictures = views.PictureView.shown_in(story)
        dates = views.Dates.of(item, phrases)
        template = self._templates.get_template("article.html")
        html = template.render(
            item=item,
            story=story,
            house=site.house,
            words=phrases,
            root="../",
            direction=direction(story.language),
            section=views.section_of(story, site.house),
            byline=_byline(story.bylines, phrases),
            published=dates.published,
            updated=dates.updated,
            read=views.reading_time(self.plain_body(item).words, phrases),
            lead=pictures[:1],
            further=pictures[1:],
            dateline_alone=alone,
            corrections=views.CorrectionView.all_of(story, phrases),
            body=Markup(_BODY),  # noqa: S704 - a constant
            related=_related(item, site),
        )
        if html.count(_BODY) != 1:
            raise template.misplaced("body")
        top, _, bottom = as_serialised(html.strip()).partition(_BODY)
        return Article(top, blocks, bottom)


def _phrases(site: Site) -> Words:
    return words(site.house.language, site.house.timezone)


def _title(key: str, site: Site) -> str:
    return f"{_phrases(site)[key]} · {site.house.name}"


def _list_title(title: str, part: ListPage, site: Site) -> str:
    if part.number:
        title += " · " + _phrases(site)["page"].format(page=part.number)
    return f"{title} · {site.house.name}"


def _relative_links(site: Site) -> Resolve:
    return lambda slug: f"{now}.html" if (now := site.current_slug(slug)) else None


def _absolute_links(site: Site) -> Resolve:
    return lambda slug: (
        site.house.url + story_path(now) if (now := site.current_slug(slug)) else None
    )


def _body(
    item: Item, site: Site, document: Document, links: Resolve
) -> tuple[tuple[str, ...], Markup]:
    """The blocks with the dateline at the start of the first paragraph; else the two apart."""
    dateline = _dateline(item, site)
    blocks = list(map(_serialised, html_blocks(document, links, item.story.slug)))
    for i, part in enumerate(document.parts):
        if isinstance(part.block, Paragraph):
            inside = blocks[i].index(">") + 1
            blocks[i] = blocks[i][:inside] + str(dateline) + blocks[i][inside:]
            return tuple(blocks), Markup()
    return tuple(blocks), dateline


# Of the blocks on screen all but one are as they were a key ago.
_serialised = lru_cache(4_096)(as_serialised)


def _dateline(item: Item, site: Site) -> Markup:
    story = item.story.without_blanks()
    text = render_dateline(story.dateline, site.house.dateline_template, story.language)
    if not text:
        return Markup()
    span = Markup('<span class="dateline" dir="auto">{}</span>').format(xml_text(text))
    return Markup(as_serialised(span))  # noqa: S704 - escaped one line above


def _byline(names: Sequence[str], phrases: Words) -> Markup:
    filled = [name for name in map(xml_text, names) if name.strip()]
    if not filled:
        return Markup()
    return Markup(phrases["by"]).format(names=phrases.names(filled))  # noqa: S704 - a phrase of ours


def _related(item: Item, site: Site) -> list[dict[str, str]]:
    return [
        {"href": f"{site.slugs[story]}.html", "headline": site.headlines[story]}
        for story in dict.fromkeys(item.story.related)
        if story != item.story.id and story in site.slugs and story in site.headlines
    ]
