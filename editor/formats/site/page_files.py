"""Pages as planned files: what is inside them is kept, and joined with the frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from editor.core.edition import Edition
from editor.core.export_memory import PartStore
from editor.formats.planned import PlannedFile, input_key
from editor.proof.frame import Inside, MadePage, Page
from editor.proof.pages import Pages
from editor.proof.planned import PlannedPage
from editor.proof.site import Site

_KIND = "page"


class PageFiles:
    """Plans the pages of one site."""

    def __init__(self, edition: Edition, pages: Pages, site: Site, parts: PartStore) -> None:
        self._pages, self._site, self._parts = pages, site, parts
        self._house = input_key("house", edition.house.canonical())
        banner = (
            f"{brief.title}\0{brief.summary}\0{site.slugs.get(brief.story, '')}"
            for brief in site.briefs
        )
        self._banner = input_key("banner", self._house, str(site.what_if), *banner)
        self._frames: dict[Page, bytes] = {}

    def planned(self, pages: Iterable[PlannedPage]) -> Iterator[PlannedFile]:
        """Yield the file of each page."""
        for planned in pages:
            inside = input_key(planned.path, self._house, repr(planned.page), *planned.inputs)
            key = input_key(self._frame_key(planned.page), inside)
            yield PlannedFile(planned.path, key, partial(self._make, planned, inside))

    def _frame_key(self, page: Page) -> bytes:
        if page not in self._frames:
            self._frames[page] = input_key("frame", self._banner, repr(page))
        return self._frames[page]

    def _make(self, planned: PlannedPage, key: bytes) -> bytes:
        data = self._parts.get(_KIND, key)
        if data is None:
            inside = planned.make().inside
            self._parts.put(_KIND, key, _packed(inside))
        else:
            inside = _unpacked(data)
        return self._pages.html(MadePage(planned.page, inside), self._site).encode("utf-8")


def _packed(inside: Inside) -> bytes:
    # No text of a page contains NUL.
    return "\0".join((inside.title, inside.head, inside.main, inside.scripts)).encode("utf-8")


def _unpacked(data: bytes) -> Inside:
    return Inside(*data.decode("utf-8").split("\0"))
