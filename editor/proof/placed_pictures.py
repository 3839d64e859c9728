"""Where the pictures of a story are shown: above its text, in it, and below."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Self, TypeAlias

from editor.core.picture_reference import picture_address
from editor.proof.bodies import Body
from editor.proof.views import PictureView

Figure: TypeAlias = Callable[[PictureView], str]
"""Give a picture in the text, get it as HTML."""

_PLACE = re.compile(r'<div class="text-picture" data-picture="([^"]+)"></div>')


@dataclass(frozen=True, slots=True)
class PlacedPictures:
    """The pictures of a story, each of them in one place.

    `inside` are those that the body names, by their address there. The first of the story is
    the `lead`, unless it is one of those. The others are `further` ones, in their order.
    """

    lead: tuple[PictureView, ...]
    inside: dict[str, PictureView]
    further: tuple[PictureView, ...]

    @classmethod
    def of(cls, pictures: Sequence[PictureView], body: Body) -> Self:
        """Place the pictures of a story with this body; of two with one file the first is named."""
        named = {_address(body.blocks[index]) for index in body.pictures}
        inside: dict[str, PictureView] = {}
        around = []
        for view in pictures:
            address = picture_address(view.picture.file)
            if address in named and address not in inside and view.renditions:
                inside[address] = view
            else:
                around.append(view)
        has_lead = bool(around) and around[0] is pictures[0]
        return cls(tuple(around[:has_lead]), inside, tuple(around[has_lead:]))

    def fill(self, blocks: Sequence[str], body: Body, figure: Figure) -> tuple[str, ...]:
        """Return the blocks of the body with their pictures, each as a `figure` makes it.

        A block stays one element: without its picture an empty one, which readers don't see.
        """
        filled = list(blocks)
        for index in body.pictures:
            view = self.inside.get(_address(body.blocks[index]))
            html = ' hidden="">' if view is None else f">{figure(view)}"
            filled[index] = f'<div class="text-picture"{html}</div>'
        return tuple(filled)


def _address(block: str) -> str:
    found = _PLACE.fullmatch(block)
    return found[1] if found else ""
