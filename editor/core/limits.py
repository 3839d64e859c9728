"""How long a story may be: what is longer is refused with a sentence, not worked on for ages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from editor.core.canonical import Json
from editor.core.story import Story
from editor.errors import BadValue
from editor.i18n import _

STORY_CHARACTERS = 1_000_000
"""The characters of a whole story: twice the longest novel that people read."""

WORD_CHARACTERS = 20_000
"""The characters without a place to break the line: beyond it each key is slow (Qt breaks lines
by trying every width). Scripts that break between any two characters have no such limit."""

_BREAKS_ANYWHERE = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f"
    "\uff00-\uffef\U00020000-\U0003fffd"
)
_WORD = re.compile(f"[^\\s{_BREAKS_ANYWHERE}]+")


def require_size(story: Story) -> None:
    """Raise BadValue for a story that is too long, or has a word that is."""
    total = 0
    for text in _texts(story.to_json()):
        total += len(text) + 1
        require_words(text)
    if total > STORY_CHARACTERS:
        raise _too_long(_("“{name}”").format(name=story.headline[:90] or story.slug), total)


def require_room(pasted: str, beside: int) -> None:
    """Raise BadValue for a text that is too long to be pasted beside so many characters."""
    if len(pasted) + beside > STORY_CHARACTERS:
        raise _too_long(_("The text"), len(pasted) + beside)
    require_words(pasted)


def require_words(text: str) -> None:
    """Raise BadValue for a text with a word that is too long."""
    if len(text) <= WORD_CHARACTERS:
        return
    longest = max((len(word[0]) for word in _WORD.finditer(text)), default=0)
    if longest > WORD_CHARACTERS:
        raise BadValue(
            _("{n} characters without a space are too many; {limit} is the limit.").format(
                n=f"{longest:,}", limit=f"{WORD_CHARACTERS:,}"
            ),
            _("Remove what is no text, such as a picture’s data, or break it into lines."),
        )


def _too_long(what: str, characters: int) -> BadValue:
    return BadValue(
        _("{what} has {n} characters; {limit} is the limit.").format(
            what=what, n=f"{characters:,}", limit=f"{STORY_CHARACTERS:,}"
        ),
        _("Split it into several stories."),
    )


def _texts(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
