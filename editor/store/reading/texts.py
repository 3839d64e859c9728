"""The texts of versions: each is read once, and is the one that its event names."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from editor.core.story import Story
from editor.errors import UntrustedSignature
from editor.store.db.groups import in_groups
from editor.store.db.schema import versions
from editor.store.reading.evidence import AGAIN
from editor.store.reading.values import read_story, text_hash
from editor.store.reading.verified_story import OUTSIDE, VerifiedStory


class VerifiedTexts:
    """The texts of some versions, read together; each is parsed when it is first asked for."""

    def __init__(self, connection: Connection, wanted: Iterable[str]) -> None:
        ids = list(dict.fromkeys(wanted))
        self._contents: dict[str, str] = {}
        self._stories: dict[str, Story] = {}
        for group in in_groups(ids):
            some = versions.c.id.in_(group)
            query = select(versions.c.id, versions.c.content).where(some)
            self._contents |= dict(connection.execute(query).all())

    def story(self, found: VerifiedStory, version: str) -> Story:
        """The text of a version. Raises UntrustedSignature as `content` does, DeskDamaged."""
        if version not in self._stories:
            content = self.content(found, version)
            self._stories[version] = read_story(content, found.row.slug)
        return self._stories[version]

    def content(self, found: VerifiedStory, version: str) -> str:
        """The canonical JSON of a version. Raises UntrustedSignature unless it was saved so."""
        content = self._contents.get(version)
        if content is None:
            raise UntrustedSignature("This version is gone.", "Restore a backup.")
        if text_hash(content) != found.events[version].subject:
            raise UntrustedSignature(f"The text {OUTSIDE}.", AGAIN)
        return content
