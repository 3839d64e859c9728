"""What an export of all stories chose, of each story, and the logs that it was chosen by."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import msgspec
from msgspec.structs import replace

from editor.core.edition import Expired, FormerSlug, Withdrawn
from editor.core.listing import Listing
from editor.garbage import without_collecting
from editor.store.exports.blocks import BlockTable, KnownHead
from editor.store.exports.kept_file import KeptFile
from editor.store.log.fingerprint import VerifiedEntries
from editor.store.log.logs import LogOwner
from editor.trust.log_tip import LogTip

NEVER = float("inf")


class StoryOutcome(msgspec.Struct, array_like=True, frozen=True, kw_only=True):
    """What comes of one story: it goes out, was withdrawn, is left out, or none of these.

    `trace` is the fingerprint of its entries in the logs (`store.log.traces`). `listing` goes
    out, in the order of `place`, the id of the entry of its first approval. `left_out` says
    why a story does not, under its `slug`; it may have `expired` since readers had it. Only
    `until` that instant (seconds since 1970) is it certain. `was_decided` says that it was once
    approved or published, `was_killed` the same.
    """

    trace: bytes = b""
    listing: Listing | None = None
    place: int = 0
    slug: str = ""
    left_out: str = ""
    withdrawn: Withdrawn | None = None
    expired: Expired | None = None
    former: tuple[FormerSlug, ...] = ()
    until: float = NEVER
    was_decided: bool = False
    was_killed: bool = False


class LogsHead(msgspec.Struct, array_like=True, frozen=True, kw_only=True):
    """The logs up to the entry `last`, all of them verified, by which the outcomes are judged.

    `desk` is the desk's id and `masthead` the hash of the latest one, `pinned` what this computer
    remembers of the entries, `trace` the fingerprint of those about no story. The others are as
    in `Logs`. Times were compared with the instants `at` and `expiry` (seconds since 1970).
    """

    desk: str
    masthead: str
    pinned: VerifiedEntries
    last: int
    newest: str
    owners: dict[str, LogOwner]
    tips: dict[str, LogTip]
    signed: dict[str, int]
    skips: dict[str, list[LogTip]]
    trace: bytes
    at: float
    expiry: float


class KeptOutcomes:
    """The outcomes of one desk in a file; what was read or written once stays in memory."""

    def __init__(self, file: KeptFile) -> None:
        self._file = file
        self._table = BlockTable(file, "edition", LogsHead, StoryOutcome)
        self._known: tuple[KnownHead[LogsHead], Mapping[str, StoryOutcome]] | None = None

    def read(self) -> tuple[LogsHead, Mapping[str, StoryOutcome]] | None:
        """The logs and the outcome of every story by its id; None where nothing is remembered."""
        if not self._file.is_there:
            return None
        head, known = self._table.read_head(), self._known
        if head is None or known is None or head.stamp != known[0].stamp:
            with without_collecting():
                known = self._known = self._table.read() if head else None
        return (known[0].head, known[1]) if known else None

    def replace(self, head: LogsHead, outcomes: Mapping[str, StoryOutcome]) -> None:
        """Remember all outcomes in the place of others."""
        written = self._table.replace(head, outcomes)
        self._known = (written, outcomes) if written else None

    def update(
        self, head: LogsHead, outcomes: Mapping[str, StoryOutcome], changed: Collection[str]
    ) -> None:
        """Remember all outcomes, of which some changed since they were read."""
        if self._known is None:
            return
        base = self._known[0].stamp
        written = self._table.update(head, {id: outcomes[id] for id in changed}, base=base)
        self._known = (written, outcomes) if written else None

    def follow_pins(self, before: VerifiedEntries, after: VerifiedEntries) -> None:
        """Let the outcomes fit what this computer remembers of the entries, as they did before."""
        head = self._table.read_head() if self._file.is_there else None
        if head is None or head.head.pinned != before:
            return
        follows = replace(head.head, pinned=after)
        written = self._table.update(follows, {}, base=head.stamp)
        if self._known is not None and self._known[0].stamp == head.stamp:
            self._known = (written, self._known[1]) if written else None
