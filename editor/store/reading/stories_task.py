"""What is verified of a desk's stories, in tasks that processes can share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from editor.store.reading.approvals import ApprovalVerifier
from editor.store.reading.mastheads import read_chain
from editor.store.reading.story_faults import VerifiedStories, verify_stories
from editor.store.reading.verifying_process import OnCounted


class StoriesTask(NamedTuple):
    """Verify some stories, of logs whose entries are sound.

    `last` is the id of the last entry, `signed` the last entry of each log that a
    signature covers. Of `words`, the sums of their words in the search are wanted.
    """

    ids: Sequence[str]
    last: int
    signed: dict[str, int]
    words: bool

    def run(self, connection: Connection, on_counted: OnCounted) -> VerifiedStories:
        """Do it, up to the first fault."""
        verifier = ApprovalVerifier(connection, None, read_chain(connection))
        verifier.trust_logs(self.signed)
        return verify_stories(connection, verifier, self.ids, self.last, words=self.words)
