"""Which stories use a picture, and which of their pictures are missing or damaged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, text

from editor.store.pictures import Pictures

_USES = text(
    """
    SELECT DISTINCT json_extract(picture.value, '$.file') AS file, s.slug
    FROM versions v JOIN stories s ON s.id = v.story,
    json_each(CASE WHEN json_valid(v.content) THEN v.content ELSE '{}' END, '$.pictures') picture
    WHERE file IS NOT NULL AND file <> '' ORDER BY s.slug
    """
)


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
    """The stories that use a picture in any version, by the picture's file name."""
    used: dict[str, list[str]] = {}
    for file, slug in connection.execute(_USES):
        used.setdefault(str(file), []).append(slug)
    return {file: tuple(slugs) for file, slugs in used.items()}


def find_problems(pictures: Pictures, used: Mapping[str, tuple[str, ...]]) -> list[PictureProblem]:
    """Read every picture that is used, and return those that can't be trusted."""
    return [PictureProblem(file, sentence, used[file]) for file, sentence in pictures.damaged(used)]
