"""Which stories use a picture, which one is the paper's logo, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import Connection, select

from editor.core.story import picture_place, picture_title
from editor.i18n import _
from editor.store.db.schema import papers, stories, versions
from editor.store.pictures import Pictures
from editor.store.reading.values import read_object


class PictureUse(NamedTuple):
    """Where a picture is used: the stories' slugs, and what sentences call it."""

    slugs: tuple[str, ...] = ()
    title: str = ""


@dataclass(frozen=True, slots=True)
class PictureProblem:
    """A picture that is missing or damaged: a sentence about it, and where it is used."""

    file: str
    sentence: str
    use: PictureUse

    @property
    def slugs(self) -> tuple[str, ...]:
        """The stories that use it."""
        return self.use.slugs

    def __str__(self) -> str:
        place = picture_place(*self.use)
        return f"{place}: {self.sentence}" if place else self.sentence


def used_pictures(connection: Connection) -> dict[str, PictureUse]:
    """Where pictures are used in any version, by their file names.

    No story uses a logo, which is in the paper's facts alone.
    """
    used: dict[str, PictureUse] = {}
    query = select(stories.c.slug, versions.c.content).join(stories).order_by(stories.c.slug)
    for slug, content in connection.execute(query):
        for file, title in _pictures(content):
            slugs, known = used.get(file, PictureUse())
            slugs = tuple(dict.fromkeys((*slugs, slug)))
            used[file] = PictureUse(slugs, known or title)
    houses = select(papers.c.content).where(papers.c.kind == "house").order_by(papers.c.number)
    for content in connection.scalars(houses):
        logo = PictureUse(title=_("the paper’s logo"))
        used |= {file: logo for file in _logo(content) if file not in used}
    return used


def _pictures(content: str) -> Iterator[tuple[str, str]]:
    """The pictures of a version by file, with what sentences call them.

    None of what does not read back, which the audit tells.
    """
    if '"pictures"' not in content:
        return
    try:
        for picture in read_object(content).get("pictures", []):
            file = picture.get("file", "")
            if file and isinstance(file, str):
                title = picture_title(f"{picture.get('caption', '')}", f"{picture.get('alt', '')}")
                yield file, title
    except (ValueError, TypeError, AttributeError):
        return


def _logo(content: str) -> Iterator[str]:
    """The logo of a version of the paper's facts; none of what does not read back."""
    try:
        file = read_object(content).get("logo")
    except (ValueError, TypeError):
        return
    if isinstance(file, str):
        yield file


def find_problems(pictures: Pictures, used: Mapping[str, PictureUse]) -> list[PictureProblem]:
    """Read every picture that is used, and return those that can't be trusted."""
    return [PictureProblem(file, sentence, used[file]) for file, sentence in pictures.damaged(used)]
