"""The least that readers must get of a story: a headline, and a body or pictures instead."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from editor.core.story import Story
from editor.errors import NotAllowed
from editor.i18n import _
from editor.text.document import Document
from editor.text.parse import parse
from editor.text.plain import to_plain

_VISIBLE = "LNS"
"""The Unicode categories that say something: letters, numbers, symbols such as emoji."""

_PARAGRAPH = re.compile(r"(?:\A|\n[ \t]*\n)[^\W_]")
"""A paragraph that begins with a letter or digit is text, whatever Markdown follows."""


@dataclass(frozen=True, slots=True)
class MissingPart:
    """What a story lacks: the path of its field, a sentence without its full stop, and a hint.

    `reason` is the same within a longer sentence.
    """

    path: str
    sentence: str
    hint: str
    reason: str


def missing_parts(story: Story, document: Document | None = None) -> Iterator[MissingPart]:
    """Yield what a story lacks to go out; `document` is its body, parsed here without one."""
    if not _says_something(story.headline):
        yield MissingPart(
            "headline",
            _("The story has no headline"),
            _("Say in a line what happened; lists and links show nothing else."),
            _("it has no headline"),
        )
    if story.picture_story:
        if not any(picture.file for picture in story.pictures):
            yield MissingPart(
                "pictures",
                _("The picture story has no picture"),
                _("Add a picture, or write a body."),
                _("it has no picture"),
            )
    elif not _has_words(story.body, document):
        yield MissingPart(
            "body",
            _("The story has no body"),
            _("Write it, or mark it as a picture story."),
            _("it has no body"),
        )


def require_minimum(story: Story, document: Document | None = None) -> None:
    """Raise NotAllowed, with the path of the field, for a story that can't go out."""
    for part in missing_parts(story, document):
        raise NotAllowed(f"{part.sentence}.", part.hint, part.path)


def _has_words(body: str, document: Document | None) -> bool:
    """Whether a body shows anything; an export must not parse each for this a second time."""
    if document is None and _PARAGRAPH.search(body):
        return True
    return _says_something(to_plain(document or parse(body)))


def _says_something(text: str) -> bool:
    return any(unicodedata.category(character)[0] in _VISIBLE for character in text)
