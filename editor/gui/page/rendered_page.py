"""One rendered page, and the script that changes a page on screen into the next one."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.core.rendition import Rendition
from editor.proof.pages import Article
from editor.text.document import Document
from editor.text.nodes import Span


@dataclass(frozen=True, slots=True)
class Media:
    """The desk's picture file behind a `media/…` address, and what the preview shows there.

    That is a JPEG, whatever kind the address names, since AVIF takes seconds to encode.
    `siblings` are the picture's other sizes, which the page will ask for as well.
    """

    file: str
    rendition: Rendition
    siblings: tuple[Rendition, ...] = ()


@dataclass(frozen=True)
class RenderedPage:
    """One page of the site's tree: its relative path, its HTML, and its article if it has one.

    `before` and `after` are around the article. `media` maps each picture address the page
    may ask for to the picture behind it. `document` is the body of the article, `css` the
    sheet that it names.
    """

    path: str
    before: str
    article: Article | None = None
    after: str = ""
    media: Mapping[str, Media] = field(default_factory=dict)
    document: Document = field(default_factory=Document)
    css: str = ""

    @property
    def html(self) -> str:
        """The whole page."""
        return self.before + (self.article.html if self.article else "") + self.after

    @property
    def blocks(self) -> tuple[Span, ...]:
        """Where the body has each block of the article."""
        return self.document.spans

    @property
    def folder(self) -> str:
        """The folder of the path; relative addresses start there."""
        return posixpath.dirname(self.path)


def patch_script(old: RenderedPage, new: RenderedPage) -> str:
    """Return the script that changes the page on screen from `old` to `new`.

    The functions it calls are in resources/preview/page.js. Empty when both look
    the same. When only body blocks differ it carries only those, otherwise the
    whole page. Its value is False when the page on screen was not as expected.
    """
    if (old.before, old.article, old.after) == (new.before, new.article, new.after):
        return ""
    return _blocks_script(old, new) or page_script(new)


def page_script(new: RenderedPage) -> str:
    """Return the script that makes whatever is on screen equal to a page."""
    return f"stonehand.page({json.dumps(new.html)})"


def _blocks_script(old: RenderedPage, new: RenderedPage) -> str:
    """Return the script for a change of body blocks alone; empty when more has changed."""
    if old.article is None or new.article is None:
        return ""
    if _around_body(old, old.article) != _around_body(new, new.article):
        return ""
    head, tail = _count_common(old.article.blocks, new.article.blocks)
    count = len(old.article.blocks)
    # The renderer writes no white space between blocks.
    html = "".join(new.article.blocks[head : len(new.article.blocks) - tail])
    return f"stonehand.blocks({count}, {head}, {count - tail}, {json.dumps(html)})"


def _around_body(page: RenderedPage, article: Article) -> tuple[str, ...]:
    """Return everything that shows outside the body's blocks.

    The head is left out: the title changes with each key typed in the headline,
    and the preview does not show it.
    """
    before = page.before
    root = before[before.find("<html") :].partition(">")[0]
    return root, before[before.find("<body") :], article.top, article.bottom, page.after


def _count_common(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[int, int]:
    """Count the blocks at the start and at the end that are the same in both."""
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail
