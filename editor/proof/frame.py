"""The frame around the pages of a site, made once for all pages that share it, then joined.

A page is what is inside (its title, what goes into `<head>`, its main part and its
scripts) and the frame: masthead, banner, foot. A new banner makes each frame again, and
nothing of what is inside them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from editor.core.languages import is_right_to_left
from editor.proof.head import frame_lines
from editor.proof.paper import Paper
from editor.proof.site import Site
from editor.proof.theme import Theme

POLICY = (
    "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'self'"
)
"""What a page may load (Content Security Policy 3): its own files, nothing else.

No script here connects to anything; it is the developer tools of browsers that read the site's
robots.txt in the name of a page, and call it missing where that is forbidden.
"""

_SLOTS = ("title", "head", "main", "scripts")
# No text of a page contains NUL (text.xml), so it can mark where the slots are.
_MARK = re.compile("\0(" + "|".join(_SLOTS) + ")\0")
_FRAME = "page.html"


@dataclass(frozen=True, slots=True)
class Page:
    """What the frame around a page depends on: pages with equal values share one.

    `root` leads from the page to the top of the site: empty, `../`, or the paper's
    address. `tree` is the folder of its language's pages (`Tree.prefix`). `section` is the
    slug of the section to mark as current. `style` is a style sheet that the page has in
    itself, and `policy` allows it.
    """

    kind: str
    language: str
    root: str = ""
    tree: str = ""
    section: str = ""
    policy: str = POLICY
    style: str = ""

    @property
    def home(self) -> str:
        """What leads from the page to the top of its tree, where paths of lists start."""
        return self.root + self.tree

    @property
    def direction(self) -> str:
        """The writing direction of the page."""
        return "rtl" if is_right_to_left(self.language) else "ltr"


@dataclass(frozen=True, slots=True)
class Inside:
    """What is inside the frame of one page, as HTML."""

    title: str
    head: str
    main: str
    scripts: str = ""


@dataclass(frozen=True, slots=True)
class MadePage:
    """A page before its two parts are joined."""

    page: Page
    inside: Inside


class Frames:
    """Makes the frames of one site, each once, and joins pages with them."""

    def __init__(self, theme: Theme, site: Site) -> None:
        self._theme = theme
        self._template = theme.templates.get_template(_FRAME)
        self._site = site
        self._frames: dict[Page, list[str]] = {}

    def html(self, made: MadePage) -> str:
        """Join a page with its frame."""
        pieces = self._frames.get(made.page)
        if pieces is None:
            pieces = self._frames[made.page] = self._pieces(made.page)
        inside = made.inside
        slots = {
            "title": inside.title,
            "head": inside.head,
            "main": inside.main,
            "scripts": inside.scripts,
        }
        # What is between the marks and what goes into the slots take turns.
        return "".join(slots[piece] if place % 2 else piece for place, piece in enumerate(pieces))

    def _pieces(self, page: Page) -> list[str]:
        """Return what is around the slots, with their names between. Raises ThemeError."""
        pieces = _MARK.split(self._frame(page))
        for slot in _SLOTS:
            if pieces[1::2].count(slot) != 1:
                raise self._template.misplaced(slot)
        return pieces

    def _frame(self, page: Page) -> str:
        marks = {slot: Markup(f"\0{slot}\0") for slot in _SLOTS}  # noqa: S704  constants
        site = self._site
        return self._template.render(
            page=page,
            site=site,
            theme=self._theme,
            tree=site.tree(page.tree),
            words=site.words(page.language),
            lines=frame_lines(Paper(site.house), page.root, page.tree if site.has_feeds else None),
            style=Markup(page.style),  # noqa: S704  our own sheet
            **marks,
        )
