"""The history of a desk for an export: entries of the logs up to those that it was chosen by."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

from editor.core.events import IMPORTED, entry_hash, event_id
from editor.core.history import PIECE, HistoryEntry, HistoryVersion, LogPiece
from editor.core.listing import Listing
from editor.core.story import Story
from editor.errors import UntrustedSignature
from editor.i18n import _
from editor.store.reading.edition_texts import EditionTexts, read_version
from editor.store.reading.evidence import AGAIN
from editor.trust.log_tip import LogTip

_LAST = (
    "SELECT seq, hash, signature FROM events "
    "WHERE log = ? AND seq IN (SELECT value FROM json_each(?)) ORDER BY seq"
)
_ENTRIES = (
    "SELECT seq, previous, skip, hash, event, signature, body FROM events "
    "WHERE log = ? AND seq BETWEEN ? AND ? ORDER BY seq"
)
_VERSIONS = (
    "SELECT v.story, v.number, v.id, v.hash, v.cause FROM json_each(?) s CROSS JOIN versions v "
    "ON v.story = s.key AND v.number IN (SELECT value FROM json_each(s.value)) "
    "ORDER BY v.story, v.number"
)


class DeskHistory:
    """A `History` of a desk, read by the connection of an edition's texts.

    `tips` are the last entries of the logs that the edition was chosen by: what follows them
    is not in it.
    """

    def __init__(self, texts: EditionTexts, tips: Mapping[str, LogTip]) -> None:
        self._texts = texts
        self._tips = tips

    def pieces(self) -> Sequence[LogPiece]:
        """Return the pieces of all logs. Raises UntrustedSignature, DeskDamaged."""
        return self._pieces

    def entries(self, piece: LogPiece) -> Iterator[HistoryEntry]:
        """Yield the entries of a piece. Raises UntrustedSignature, DeskDamaged."""
        with self._texts.reading() as raw:
            rows = raw.execute(_ENTRIES, (piece.log, piece.first, piece.last)).fetchall()
        for seq, row in enumerate(rows, piece.first):
            entry = HistoryEntry._make(row)
            if seq == piece.last:  # it may have been signed since
                entry = entry._replace(signature=piece.signature)
            links = piece.log, seq, entry.previous, entry.event, entry.skip
            if entry.seq != seq or entry.hash != entry_hash(*links):
                raise _changed()
            if event_id(entry.body) != entry.event:
                raise _changed()
            yield entry
        if len(rows) != piece.last - piece.first + 1 or rows[-1][3] != piece.hash:
            raise _changed()

    def versions(self, listings: Sequence[Listing]) -> Mapping[str, tuple[HistoryVersion, ...]]:
        """Return the versions that readers could have, by story. Raises DeskDamaged."""
        numbers = {item.id: [version.number for version in item.versions] for item in listings}
        found: dict[str, list[HistoryVersion]] = defaultdict(list)
        with self._texts.reading() as raw:
            for story, number, event, hash, cause in raw.execute(_VERSIONS, (json.dumps(numbers),)):
                was_imported = cause == IMPORTED
                found[story].append(HistoryVersion(story, number, event, hash, was_imported))
        return {story: tuple(versions) for story, versions in found.items()}

    def text(self, version: HistoryVersion) -> Story:
        """Return the text of a version. Raises UntrustedSignature, DeskDamaged."""
        name = f"version {version.number}"
        with self._texts.reading() as raw:
            return read_version(raw, version.story, version.number, version.hash, name)

    @cached_property
    def _pieces(self) -> tuple[LogPiece, ...]:
        with self._texts.reading() as raw:
            return tuple(
                piece
                for log in sorted(self._tips)
                for piece in _pieces_of(raw, log, self._tips[log])
            )


def _pieces_of(raw: Any, log: str, tip: LogTip) -> Iterator[LogPiece]:
    ends = [*range(PIECE, tip.seq, PIECE), tip.seq]
    rows = raw.execute(_LAST, (log, json.dumps(ends))).fetchall()
    if [seq for seq, _hash, _signature in rows] != ends or rows[-1][1] != tip.hash:
        raise _changed()
    first = 1
    for seq, hash, signature in rows:
        yield LogPiece(log, first, seq, hash, signature)
        first = seq + 1


def _changed() -> UntrustedSignature:
    return UntrustedSignature(_("The logs of this desk were changed outside Stonehand."), _(AGAIN))
