"""What the head of a page says to search engines and social networks, as lines of HTML.

Templates show these lines and know nothing of them, so no theme can lose one. Addresses
that must be absolute are left out while the paper's is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from markupsafe import Markup

from editor.core.edition import Item
from editor.core.house import House
from editor.core.story import Picture
from editor.proof.icons import IconFile
from editor.proof.linked_data import (
    Properties,
    breadcrumbs,
    news_article,
    organization,
    script_element,
    website,
)
from editor.proof.paper import HOME, Paper
from editor.proof.sections import section_of
from editor.proof.site import section_path, story_path
from editor.proof.trees import Tree, tree_prefix
from editor.proof.views import PictureView
from editor.text.xml import escape_attribute

MANIFEST = "site.webmanifest"

Pairs = Sequence[tuple[str, str]]

_FEEDS = (
    ("feed.xml", "application/atom+xml"),
    ("rss.xml", "application/rss+xml"),
    ("feed.json", "application/feed+json"),
)
_APPLE_WIDTH = 180
_SHORT_MESSAGES = frozenset({"twitter.com", "www.twitter.com", "x.com", "www.x.com"})


@dataclass(frozen=True, slots=True)
class CardPicture:
    """The picture that a link to a page is shown with."""

    path: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What one page says of itself. `path` is its own, from the top of the site.

    `more` are further Open Graph properties, `objects` its JSON-LD. `feed` is the folder of
    the feed of what it lists, `alternates` are its addresses in all languages. What is not
    `indexed` is not for search engines, and says nothing else of itself.
    """

    path: str
    title: str
    language: str
    description: str = ""
    kind: str = "website"
    picture: CardPicture | None = None
    more: tuple[tuple[str, str], ...] = ()
    objects: tuple[Properties, ...] = ()
    feed: str = ""
    alternates: tuple[tuple[str, str], ...] = ()
    indexed: bool = True

    def page_title(self, paper: Paper) -> str:
        """Return what a browser shows over the page."""
        name = paper.house.name
        return name if self.title == name else f"{self.title} · {name}"


def page_lines(facts: PageFacts, paper: Paper) -> Markup:
    """Return the lines of one page, which depend on the two values alone."""
    if not facts.indexed:
        return Markup('<meta name="robots" content="noindex">\n')
    root = "../" * facts.path.count("/")
    lines = [
        _meta("name", "description", facts.description or facts.title),
        _meta("name", "robots", "max-image-preview:large"),
        _link(rel="canonical", href=paper.address(facts.path)),
        _link(rel="manifest", href=root + MANIFEST if _has_manifest(facts, paper) else ""),
        *(_link(rel="alternate", hreflang=tag, href=href) for tag, href in facts.alternates),
        *(_feed_links(root + facts.feed, facts.title) if facts.feed else ()),
        *(_meta("property", name, content) for name, content in _open_graph(facts, paper)),
        *(_meta("name", name, content) for name, content in _twitter_card(facts, paper)),
        *map(script_element, facts.objects),
    ]
    # Every line is made of escaped values.
    return Markup("".join(f"{line}\n" for line in lines if line))  # noqa: S704


def frame_lines(paper: Paper, root: str, feed: str | None) -> Markup:
    """Return the lines that pages in one frame share: icons, and the feeds of their tree.

    `feed` is the folder of those; None where there are none.
    """
    lines = [
        *(_icon_link(icon, root) for icon in paper.icons if not icon.maskable),
        *(_feed_links(root + feed, paper.house.name) if feed is not None else ()),
    ]
    return Markup("".join(f"{line}\n" for line in lines))  # noqa: S704  see page_lines


def story_facts(item: Item, summary: str, words: int, paper: Paper) -> PageFacts:
    """Return the facts of a story's page; `words` is the length of its body."""
    item = replace(item, story=item.story.without_blanks())
    story = item.story
    path, section = story_path(story.slug), section_of(story, paper.house)
    prefix = tree_prefix(story.language, paper.house.language)
    parent = [(section.title, prefix + section_path(section.slug))] if section else []
    steps = [(paper.house.name, prefix + HOME), *parent, (story.headline, path)]
    more = [
        ("article:published_time", item.published),
        ("article:modified_time", item.updated),
        ("article:section", section.title if section else ""),
        *(("article:author", paper.author_address(name, story.language)) for name in story.bylines),
        *(("article:tag", keyword) for keyword in story.keywords),
    ]
    return PageFacts(
        path,
        story.headline,
        story.language,
        summary,
        "article",
        _shown(story.pictures, story.headline),
        tuple(more),
        (news_article(item, summary, words, paper), *breadcrumbs(steps, paper)),
    )


def home_facts(language: str, paper: Paper) -> PageFacts:
    """Return the facts of a front page; that of the paper's language says who the paper is."""
    prefix = tree_prefix(language, paper.house.language)
    objects = () if prefix else (website(paper), organization(paper))
    return PageFacts(prefix + HOME, paper.house.name, language, objects=objects)


def list_facts(path: str, title: str, language: str, paper: Paper) -> PageFacts:
    """Return the facts of a page that is one step from the front page of its language."""
    name, prefix = paper.house.name, tree_prefix(language, paper.house.language)
    steps = [(name, prefix + HOME), (title, path)]
    return PageFacts(
        path, title, language, f"{title} · {name}", objects=tuple(breadcrumbs(steps, paper))
    )


def alternates(path: str, trees: Sequence[Tree], paper: Paper) -> tuple[tuple[str, str], ...]:
    """Return a page's addresses by language, for hreflang; none where it is in one language.

    `trees` are those that have it, the paper's own first, and `path` is inside of them. All
    pages of a path have the same list, so that they name each other and themselves
    (https://developers.google.com/search/docs/specialty/international/localized-versions).
    """
    if len(trees) < 2 or not paper.house.url:
        return ()
    found = [(tree.language, paper.address(tree.prefix + path)) for tree in trees]
    return (*found, ("x-default", found[0][1]))


def _has_manifest(facts: PageFacts, paper: Paper) -> bool:
    """Whether a page leads to the manifest: the front page of a site that is somewhere.

    Chromium refuses it to pages from files, and says so in the console.
    """
    return bool(paper.house.url) and facts.path.endswith(HOME)


def _open_graph(facts: PageFacts, paper: Paper) -> Pairs:
    """The Open Graph properties (ogp.me) that say something."""
    picture = facts.picture or _logo(paper)
    address = paper.address(picture.path)
    return [
        ("og:type", facts.kind),
        ("og:site_name", paper.house.name),
        ("og:title", facts.title),
        ("og:description", facts.description or facts.title),
        ("og:locale", _locale(facts.language)),
        ("og:url", paper.address(facts.path)),
        ("og:image", address),
        ("og:image:width", str(picture.width) if address else ""),
        ("og:image:height", str(picture.height) if address else ""),
        ("og:image:alt", picture.alt if address else ""),
        *facts.more,
    ]


def _twitter_card(facts: PageFacts, paper: Paper) -> Pairs:
    """The card that X and others show (developer.x.com, Cards markup)."""
    picture = facts.picture or _logo(paper)
    address = paper.address(picture.path)
    return [
        ("twitter:card", "summary_large_image" if facts.picture and address else "summary"),
        ("twitter:site", _account(paper.house)),
        ("twitter:title", facts.title),
        ("twitter:description", facts.description or facts.title),
        ("twitter:image", address),
        ("twitter:image:alt", picture.alt if address else ""),
    ]


def _shown(pictures: Sequence[Picture], headline: str) -> CardPicture | None:
    """The first picture at 16:9; where nothing describes it, its caption or the headline does."""
    view = next((view for view in PictureView.all_of(pictures) if view.renditions), None)
    if view is None:
        return None
    file, words = view.crops[0], view.alt or view.picture.caption or headline
    return CardPicture(file.path, file.width, file.height, words)


def _logo(paper: Paper) -> CardPicture:
    logo = paper.logo
    return CardPicture(logo.path, logo.width, logo.width, paper.house.name)


def _account(house: House) -> str:
    """The name of the paper's account with X, as in `@harbourpost`; empty without one."""
    addresses = map(urlsplit, house.accounts)
    paths = (part.path.strip("/") for part in addresses if part.hostname in _SHORT_MESSAGES)
    names = (path.partition("/")[0] for path in paths)
    return next((f"@{name}" for name in names if name), "")


def _locale(language: str) -> str:
    """A language as Open Graph writes it: `en_GB`, or `en` where no country is told."""
    primary, *others = language.split("-")
    country = next((part.upper() for part in others if len(part) == 2), "")
    return f"{primary}_{country}" if country else primary


def _feed_links(folder: str, title: str) -> list[str]:
    return [
        _link(rel="alternate", type=kind, href=folder + name, title=title) for name, kind in _FEEDS
    ]


def _icon_link(icon: IconFile, root: str) -> str:
    if not icon.width:
        return _link(rel="icon", type="image/svg+xml", sizes="any", href=root + icon.path)
    relation = "apple-touch-icon" if icon.width == _APPLE_WIDTH else "icon"
    return _link(
        rel=relation, type="image/png", sizes=f"{icon.width}x{icon.width}", href=root + icon.path
    )


def _meta(kind: str, name: str, content: str) -> str:
    """A meta element; empty for no content."""
    if not content:
        return ""
    return f'<meta {kind}="{name}" content="{escape_attribute(content)}">'


def _link(**attributes: str) -> str:
    """A link element; empty where it leads nowhere."""
    if not attributes["href"]:
        return ""
    values = (f' {name}="{escape_attribute(value)}"' for name, value in attributes.items())
    return f"<link{''.join(values)}>"
