"""The texts of versions: each is read once, and is the one that its event names."""

from __future__ import annotations

import json
from collections.abc import Iterable

from sqlalchemy import Connection

from editor.core.export_memory import MemoryParts
from editor.core.story import Story
from editor.errors import UntrustedSignature
from editor.i18n import _
from editor.store.db.engine import plain
from editor.store.db.packing import unpack
from editor.store.reading.evidence import AGAIN
from editor.store.reading.known_texts import KnownText, KnownTexts, Outline
from editor.store.reading.values import read_story, text_hash
from editor.store.reading.verified_story import VerifiedStory

_THESE = "SELECT id, content FROM versions WHERE id IN (SELECT value FROM json_each(?))"


class VerifiedTexts:
    """The texts of some versions, read together; each is parsed when it is first asked for."""

    def __init__(
        self, connection: Connection, wanted: Iterable[str], known: KnownTexts | None = None
    ) -> None:
        found = plain(connection).execute(_THESE, (json.dumps([*wanted]),))
        self._contents = {id: unpack(content) for id, content in found}
        self._sound: set[str] = set()
        self._stories: dict[str, Story] = {}
        self._outlines: dict[str, Outline] = {}
        self._known = known or KnownTexts(MemoryParts())

    def outline(self, found: VerifiedStory, version: str) -> Outline:
        """What is known of a version, or else its text. Raises as `story` does."""
        if version not in self._outlines:
            self.content(found, version)
            known = self._known.get(found.events[version].subject)
            self._outlines[version] = known or self.story(found, version)
        return self._outlines[version]

    def facts(self, found: VerifiedStory, version: str) -> KnownText:
        """What is known of a version, made now if need be. Raises as `story` does."""
        known = self.outline(found, version)
        if not isinstance(known, KnownText):
            story = self.story(found, version)
            known = self._known.of(found.events[version].subject, story)
            self._outlines[version] = known
        return known

    def story(self, found: VerifiedStory, version: str) -> Story:
        """The text of a version. Raises UntrustedSignature as `content` does, DeskDamaged."""
        if version not in self._stories:
            content = self.content(found, version)
            self._stories[version] = read_story(content, found.row.slug)
        return self._stories[version]

    def content(self, found: VerifiedStory, version: str) -> str:
        """The canonical JSON of a version. Raises UntrustedSignature unless it was saved so."""
        content = self._contents.get(version)
        if version in self._sound and content is not None:
            return content
        if content is None:
            raise UntrustedSignature(_("This version is gone."), _("Restore a backup."))
        if text_hash(content) != found.events[version].subject:
            raise UntrustedSignature(_("The text was changed outside Stonehand."), _(AGAIN))
        self._sound.add(version)
        return content
