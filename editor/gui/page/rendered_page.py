"""What the preview shows at one moment, and the script that turns one such page into the next."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Mapping
from dataclasses import dataclass, field

from editor.proof.pages import Article
from editor.text.nodes import Span


@dataclass(frozen=True, slots=True)
class Media:
    """Which picture of the desk a `media/…` address stands for, and how wide it is wanted."""

    file: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """One page of the site's tree: its relative path, its HTML, and its article if it has one.

    `media` maps each picture address the page may ask for to the picture behind it.
    `blocks` holds, for each block of the article, where the body has it.
    """

    path: str
    html: str
    article: Article | None = None
    media: Mapping[str, Media] = field(default_factory=dict)
    blocks: tuple[Span, ...] = ()

    @property
    def folder(self) -> str:
        """The folder of the path; relative addresses start there."""
        return posixpath.dirname(self.path)


def patch_script(old: RenderedPage, new: RenderedPage) -> str:
    """The script (see resources/preview/page.js) that makes a shown `old` page `new`.

    Empty when both look the same. When only body blocks differ it carries only
    those; anything else carries the whole page, of which the script keeps what
    is the same. Its value is False when the page was not as expected.
    """
    if old.html == new.html:
        return ""
    blocks = _blocks_script(old, new)
    return blocks or page_script(new)


def page_script(new: RenderedPage) -> str:
    """The script that makes whatever is shown equal to a page."""
    return f"stonehand.page({json.dumps(new.html)})"


def _blocks_script(old: RenderedPage, new: RenderedPage) -> str:
    """The script for a change inside the body's blocks; empty when there is another change."""
    if old.article is None or new.article is None or not _same_around(old, new):
        return ""
    head, tail = _common(old.article.blocks, new.article.blocks)
    count = len(old.article.blocks)
    # Blocks stand side by side: no white space has to be kept between them.
    html = "".join(new.article.blocks[head : len(new.article.blocks) - tail])
    return f"stonehand.blocks({count}, {head}, {count - tail}, {json.dumps(html)})"


def _same_around(old: RenderedPage, new: RenderedPage) -> bool:
    """Whether everything outside the body's blocks is the same, as far as it shows."""
    if old.article is None or new.article is None:
        return False
    if (old.article.top, old.article.bottom) != (new.article.top, new.article.bottom):
        return False
    return _around(old, old.article) == _around(new, new.article)


def _around(sheet: RenderedPage, article: Article) -> tuple[str, str, str]:
    """What surrounds the article: the root's tag, the page's body before it and after it.

    The head is left out: the title changes with each key typed in the headline,
    and nobody sees it here.
    """
    before, _, after = sheet.html.partition(article.html)
    root = before[before.find("<html") :].partition(">")[0]
    return root, before[before.find("<body") :], after


def _common(old: tuple[str, ...], new: tuple[str, ...]) -> tuple[int, int]:
    """How many blocks at the start and at the end are the same in both."""
    most = min(len(old), len(new))
    head = 0
    while head < most and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < most - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return head, tail
