"""Pages as planned files: what is inside them is kept, and joined with the frames."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from editor.core.export_memory import PartStore
from editor.formats.planned import PlannedFile, input_key, kept
from editor.proof.frame import Inside, MadePage, Page
from editor.proof.pages import Pages
from editor.proof.planned import PlannedPage
from editor.proof.site import Site

_KIND = "page"


class PageFiles:
    """Plans the pages of one site."""

    def __init__(self, pages: Pages, site: Site, house: bytes, parts: PartStore) -> None:
        self._pages, self._site, self._parts = pages, site, parts
        self._house = house
        self._around = input_key("frame", house, *site.frame_inputs())
        self._frames: dict[Page, bytes] = {}

    def planned(self, pages: Iterable[PlannedPage]) -> Iterator[PlannedFile]:
        """Yield the file of each page."""
        for planned in pages:
            key = input_key(self._frame_key(planned.page), planned.path, *planned.inputs)
            yield PlannedFile(planned.path, key, partial(self._make, planned))

    def _frame_key(self, page: Page) -> bytes:
        if page not in self._frames:
            self._frames[page] = input_key(self._around, repr(page))
        return self._frames[page]

    def _make(self, planned: PlannedPage) -> bytes:
        key = input_key(planned.path, self._house, repr(planned.page), *planned.inputs)
        data = kept(self._parts, _KIND, key, lambda: _packed(planned.make().inside))
        made = MadePage(planned.page, _unpacked(data))
        return self._pages.html(made, self._site).encode("utf-8")


def _packed(inside: Inside) -> bytes:
    # No text of a page contains NUL.
    return "\0".join((inside.title, inside.head, inside.main, inside.scripts)).encode("utf-8")


def _unpacked(data: bytes) -> Inside:
    return Inside(*data.decode("utf-8").split("\0"))
