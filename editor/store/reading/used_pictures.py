"""Which stories use a picture, which one is the paper's logo, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from editor.store.db.schema import papers, stories, versions
from editor.store.pictures import Pictures
from editor.store.reading.values import read_object


@dataclass(frozen=True, slots=True)
class PictureProblem:
    """A picture that is missing or damaged: a sentence about it, and the stories that use it."""

    file: str
    sentence: str
    slugs: tuple[str, ...] = ()

    def __str__(self) -> str:
        names = ", ".join(self.slugs)
        return f"{names}: {self.sentence}" if names else self.sentence


def slugs_by_picture(connection: Connection) -> dict[str, tuple[str, ...]]:
    """The stories that use a picture in any version, by the picture's file name.

    None uses a logo, which is in the paper's facts alone.
    """
    used: dict[str, dict[str, None]] = {}
    query = select(stories.c.slug, versions.c.content).join(stories).order_by(stories.c.slug)
    for slug, content in connection.execute(query):
        for file in _files(content):
            used.setdefault(file, {})[slug] = None
    houses = select(papers.c.content).where(papers.c.kind == "house").order_by(papers.c.number)
    for content in connection.scalars(houses):
        used |= {file: {} for file in _logo(content) if file not in used}
    return {file: tuple(slugs) for file, slugs in used.items()}


def _files(content: str) -> Iterator[str]:
    """The pictures of a version; none of what does not read back, which the audit tells."""
    if '"pictures"' not in content:
        return
    try:
        pictures = read_object(content).get("pictures", [])
        files = [picture.get("file", "") for picture in pictures]
    except (ValueError, TypeError, AttributeError):
        return
    yield from (file for file in files if file and isinstance(file, str))


def _logo(content: str) -> Iterator[str]:
    """The logo of a version of the paper's facts; none of what does not read back."""
    try:
        file = read_object(content).get("logo")
    except (ValueError, TypeError):
        return
    if isinstance(file, str):
        yield file


def find_problems(pictures: Pictures, used: Mapping[str, tuple[str, ...]]) -> list[PictureProblem]:
    """Read every picture that is used, and return those that can't be trusted."""
    return [PictureProblem(file, sentence, used[file]) for file, sentence in pictures.damaged(used)]
