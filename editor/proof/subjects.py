"""Subjects as readers see them: Media Topics by name, each with a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from editor.core.listing import Listing
from editor.media_topics import topics


@dataclass(frozen=True, slots=True)
class ShownSubject:
    """A Media Topic: the path of its list without the number, its name, the name's language.

    The language is empty where it is that of the page.
    """

    list_path: str
    name: str
    language: str


@lru_cache(4_096)
def shown_subject(code: str, language: str) -> ShownSubject | None:
    """Return a subject by its code (`medtop:20000002`) on pages of a language; None if unknown."""
    topic = topics().get(code)
    if topic is None:
        return None
    of_name, name = topic.named(language)
    primary = language.lower().partition("-")[0]
    path = f"subjects/{code.rpartition(':')[2]}"
    return ShownSubject(path, name[:1].upper() + name[1:], "" if primary == of_name else of_name)


def stories_by_subject(stories: Iterable[Listing]) -> dict[str, list[Listing]]:
    """Return the stories about each subject that is known, by its code, in order."""
    found: dict[str, list[Listing]] = {}
    for story in stories:
        for code in dict.fromkeys(story.subjects):
            if code in topics():
                found.setdefault(code, []).append(story)
    return found
