"""What an edition needs to know of each text, made once and kept by the text's hash."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import msgspec

from editor.core.export_memory import PartStore
from editor.core.listing import TextFacts
from editor.core.publication import Timed
from editor.core.story import Correction, Story
from editor.text.minimum import missing_parts

if TYPE_CHECKING:
    from editor.proof.bodies import Bodies

KIND = "facts"


class Outline(Timed, Protocol):
    """What the choice of an edition asks of a text: a story, or what is known of it."""

    @property
    def id(self) -> str:
        """The story it is of."""

    @property
    def slug(self) -> str:
        """Its slug."""

    @property
    def section(self) -> str:
        """Its section."""

    @property
    def corrections(self) -> tuple[Correction, ...]:
        """What readers were told was wrong."""


class KnownText(msgspec.Struct, array_like=True, frozen=True):
    """What is known of a text: the `facts` that pages need, and what only the choice asks.

    `id` to `expires` are as they are in the text; the times never leave the desk.
    `lacks_parts` says that it is less than readers must get.
    """

    facts: TextFacts
    id: str
    slug: str
    section: str
    corrections: tuple[Correction, ...]
    embargo: str
    publish_at: str
    expires: str
    lacks_parts: bool


class KnownTexts:
    """Gives what is known of texts, and keeps it among the parts, with their bodies."""

    def __init__(self, parts: PartStore) -> None:
        self._parts = parts
        self._decoder = msgspec.msgpack.Decoder(KnownText)

    def get(self, hash: str) -> KnownText | None:
        """What is known of a text by its hash; None where that is not kept."""
        data = self._parts.get(KIND, _key(hash))
        if data is None:
            return None
        try:
            return self._decoder.decode(data)
        except msgspec.MsgspecError:
            return None

    def of(self, hash: str, story: Story) -> KnownText:
        """What is known of a text, made now if need be."""
        return self.get(hash) or self._make(hash, story)

    def _make(self, hash: str, story: Story) -> KnownText:
        # An approval is verified long before anything is rendered.
        from editor.proof.listing import text_facts  # noqa: PLC0415

        known = KnownText(
            facts=text_facts(story, self._bodies.of(hash, story)),
            id=story.id,
            slug=story.slug,
            section=story.section,
            corrections=story.corrections,
            embargo=story.embargo,
            publish_at=story.publish_at,
            expires=story.expires,
            lacks_parts=any(missing_parts(story, self._bodies.document(story))),
        )
        self._parts.put(KIND, _key(hash), msgspec.msgpack.encode(known))
        return known

    @cached_property
    def _bodies(self) -> Bodies:
        from editor.proof.bodies import Bodies  # noqa: PLC0415

        return Bodies(parts=self._parts)


def _key(hash: str) -> bytes:
    return hash.encode()
