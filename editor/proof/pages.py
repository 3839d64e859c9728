"""The one renderer: whole pages from stories, for the preview and for every export."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import Markup

from editor.core.dateline import render_dateline
from editor.core.edition import Item, Withdrawn
from editor.core.story import Story
from editor.proof import views
from editor.proof.authors import author_slug
from editor.proof.bodies import Bodies, Body, linked
from editor.proof.frame import Frames, MadePage, Page
from editor.proof.head import PageFacts, story_facts
from editor.proof.neighbours import Neighbours
from editor.proof.paper import Paper
from editor.proof.placed_pictures import Figure, PlacedPictures
from editor.proof.sections import section_of
from editor.proof.serial import as_serialised
from editor.proof.site import SEARCH_PATH, Site, author_path, story_path
from editor.proof.subjects import ShownSubject, shown_subject
from editor.proof.templates import make_page
from editor.proof.theme import Theme, shipped_theme
from editor.proof.words import Words, direction
from editor.text.html import Resolve
from editor.text.xml import xml_text

__all__ = ["Article", "MadePage", "Pages", "Site", "story_path"]

# No story contains NUL (core.canonical.normal), so it can mark where the body goes.
_BODY = "\0"
_DASHES = " –—−-"


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

    `bodies` is shared with others who need the same bodies. Every method is pure: the same
    values give the same characters.
    """

    def __init__(self, bodies: Bodies | None = None, theme: Theme | None = None) -> None:
        self.theme = theme or shipped_theme()
        self.bodies = bodies or Bodies()
        self._templates = self.theme.templates
        self._frames: tuple[Site, Frames] | None = None

    def article(self, item: Item, site: Site) -> Article:
        """Make the <article> of a story for stories/{slug}.html."""
        story = item.story.without_blanks()
        phrases = site.words(story.language)
        body = self.bodies.of(item.hash, item.story)
        blocks, alone = _body(item, site, body, _relative_links(site))
        pictures = PlacedPictures.of(views.PictureView.shown_in(story), body)
        blocks = pictures.fill(blocks, body, self._text_picture)
        template = self._templates.get_template("article.html")
        html = template.render(
            item=item,
            story=story,
            house=site.house,
            words=phrases,
            root="../",
            home="../" + site.prefix(story.language),
            direction=direction(story.language),
            section=section_of(story, site.house),
            byline=_byline(story, site, phrases),
            dates=views.Dates.of(item, phrases),
            read=views.reading_time(body.words, phrases),
            lead=[view.leading for view in pictures.lead],
            further=pictures.further,
            dateline_alone=alone,
            corrections=views.CorrectionView.all_of(story, phrases),
            body=Markup(_BODY),  # noqa: S704 - a constant
            related=_related(item, site),
            subjects=_subjects(story),
            keywords=[(word, f"{SEARCH_PATH}?q={quote(word)}") for word in story.keywords],
        )
        if html.count(_BODY) != 1:
            raise template.misplaced("body")
        top, _, bottom = as_serialised(html.strip()).partition(_BODY)
        return Article(top, blocks, bottom)

    def body(self, item: Item, site: Site, pictures: PlacedPictures, figure: Figure) -> str:
        """Make a story's body and corrections with absolute links, to be read elsewhere.

        Its pictures are made by `figure`.
        """
        body = self.bodies.of(item.hash, item.story)
        blocks, alone = _body(item, site, body, _absolute_links(site))
        blocks = pictures.fill(blocks, body, figure)
        phrases = site.words(item.story.language)
        corrections = self._templates.get_template("corrections.html").render(
            corrections=views.CorrectionView.all_of(item.story, phrases), words=phrases
        )
        parts = (f"<p>{alone}</p>" if alone else "", *blocks, as_serialised(corrections.strip()))
        return "\n".join(part for part in parts if part)

    def _text_picture(self, view: views.PictureView) -> str:
        """A picture in the text, as a theme shows it."""
        template = self._templates.get_template("text_picture.html")
        return as_serialised(template.render(view=view, root="../").strip())

    def html(self, made: MadePage, site: Site) -> str:
        """Join a page with the frame around it."""
        if self._frames is None or self._frames[0] is not site:
            self._frames = site, Frames(self.theme, site)
        return self._frames[1].html(made)

    def story(self, item: Item, site: Site, neighbours: Neighbours | None = None) -> MadePage:
        """Make the page of a story, for stories/{slug}.html."""
        story = item.story.without_blanks()
        body = self.bodies.of(item.hash, item.story)
        paper, summary = Paper(site.house), views.summary(story, body.text)
        facts = story_facts(item, summary, body.words, paper)
        page = story_frame(story.language, story.section, site)
        return make_page(
            self._templates,
            "story.html",
            page,
            facts,
            site,
            article=Markup(self.article(item, site).html),  # noqa: S704 - made above
            address=paper.address(facts.path),
            story=story,
            section=section_of(story, site.house),
            neighbours=neighbours or Neighbours(),
            mail=_mail(story, site),
            rights=paper.rights_of(item.published),
        )

    def withdrawn(self, story: Withdrawn, site: Site) -> MadePage:
        """Make the page for the address of a killed story: nothing of the story is in it."""
        title = site.words(story.language)["withdrawn"]
        facts = PageFacts(story_path(story.slug), title, story.language, indexed=False)
        page = withdrawn_frame(story, site)
        return make_page(self._templates, "withdrawn.html", page, facts, site)

    def moved(self, slug: str, site: Site) -> MadePage:
        """Make the page for an address that a story had: it leads to where the story is now."""
        page = moved_frame(site)
        # Machines are told the story's address, and are to forget this one.
        facts = PageFacts(story_path(slug), site.words(page.language)["moved"], page.language)
        return make_page(self._templates, "moved.html", page, facts, site, address=f"{slug}.html")


def story_frame(language: str, section: str, site: Site) -> Page:
    """Return the frame of a story's page, which is in the tree of its language."""
    return Page("story-page", language, "../", site.prefix(language), section)


def withdrawn_frame(story: Withdrawn, site: Site) -> Page:
    """Return the frame of the page at a killed story's address."""
    return Page("withdrawn-page", story.language, "../", site.prefix(story.language))


def moved_frame(site: Site) -> Page:
    """Return the frame of the page at an address that a story had."""
    return Page("moved-page", site.house.language, "../")


def _relative_links(site: Site) -> Resolve:
    return lambda slug: f"{now}.html" if (now := site.current_slug(slug)) else None


def _absolute_links(site: Site) -> Resolve:
    return lambda slug: (
        site.house.url + story_path(now) if (now := site.current_slug(slug)) else None
    )


def _body(item: Item, site: Site, body: Body, links: Resolve) -> tuple[tuple[str, ...], Markup]:
    """The blocks with the dateline at the start of the first paragraph; else the two apart."""
    dateline = _dateline(item, site, is_alone=body.lead < 0)
    blocks = [linked(block, links) for block in body.blocks]
    if body.lead < 0:
        return tuple(blocks), dateline
    lead = blocks[body.lead]
    inside = lead.index(">") + 1
    blocks[body.lead] = lead[:inside] + str(dateline) + lead[inside:]
    return tuple(blocks), Markup()


def _dateline(item: Item, site: Site, is_alone: bool) -> Markup:
    """The dateline; alone, it is without the dash that leads on to a text."""
    story = item.story.without_blanks()
    text = render_dateline(story.dateline, site.house.dateline_template, story.language)
    if is_alone:
        text = text.rstrip(_DASHES)
    if not text:
        return Markup()
    span = Markup('<span class="dateline" dir="auto">{}</span>').format(xml_text(text))
    return Markup(as_serialised(span))  # noqa: S704 - escaped one line above


def _byline(story: Story, site: Site, phrases: Words) -> Markup:
    """The names of the authors, each a link to the page of what else they wrote."""
    filled = [name for name in map(xml_text, story.bylines) if name.strip()]
    if not filled:
        return Markup()
    home = "../" + site.prefix(story.language)

    def address(name: str) -> str:
        slug = author_slug(name)
        return home + author_path(slug) if slug else ""

    joined = phrases.names(filled, address)
    return Markup(phrases["by"]).format(names=joined)  # noqa: S704 - a phrase of ours


def _related(item: Item, site: Site) -> list[dict[str, str]]:
    return [
        {"href": f"{site.slugs[story]}.html", **site.link_texts[story]._asdict()}
        for story in dict.fromkeys(item.story.related)
        if story != item.story.id and story in site.slugs and story in site.link_texts
    ]


def _subjects(story: Story) -> list[ShownSubject]:
    found = (shown_subject(code, story.language) for code in dict.fromkeys(story.subjects))
    return [subject for subject in found if subject]


def _mail(story: Story, site: Site) -> str:
    """What a link leads to that writes a mail about the story (RFC 6068); empty without address."""
    if not site.house.url:
        return ""
    subject = f"{story.headline} · {site.house.name}"
    address = site.house.url + story_path(story.slug)
    return f"mailto:?subject={quote(subject)}&body={quote(address)}"
