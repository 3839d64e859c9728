"""The part of a bundle with the history: the logs of who did what, and the texts readers had.

Of the logs every entry is there by its hash, so that each chain and its signatures can be
checked; what an entry is about is there only where `is_shown` allows it.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

from editor.core.canonical import canonical_json
from editor.core.edition import Edition
from editor.core.events import (
    BANNER_APPROVED,
    FOUNDED,
    FRONT,
    HOUSE,
    MASTHEAD,
    OPENED,
    VERSION_ACTIONS,
    Event,
)
from editor.core.front import Front
from editor.core.history import History, HistoryEntry, HistoryVersion, LogPiece
from editor.core.listing import Listing
from editor.core.paths import leaf_values
from editor.core.story import Story
from editor.core.workflow import Action
from editor.formats.bundle.part import PlainPart
from editor.formats.planned import PlannedFile, input_key, ready_files
from editor.progress import Progress
from editor.proof.bodies import body_of
from editor.resources import resource
from editor.text.parse import parse
from editor.trust.compact import SignedDocument

EVENTS, TEXTS, README = "events", "texts", "README.txt"

_OF_THE_DESK = frozenset({OPENED, FOUNDED, MASTHEAD, HOUSE, BANNER_APPROVED, FRONT})
_DECISIONS = frozenset({Action.SUBMIT.past, Action.APPROVE.past, Action.PUBLISH.past})
_STEP = 64


def is_shown(id: str, event: Event, versions: Collection[str]) -> bool:
    """Return whether an event leaves with its words, not by its hash alone.

    Those are who is on the desk, the house, the front and the approved banner; and who wrote,
    submitted, approved and published each of some `versions`, which readers had. What has the
    name of an imported file, or the hash of a remark, is not told: both are private.
    """
    if event.action in _OF_THE_DESK:
        return True
    if event.action in _DECISIONS:
        return event.version in versions and not (event.subject or event.detail)
    return event.action in VERSION_ACTIONS and id in versions and not event.detail


class HistoryPart(PlainPart):
    """`events/LOG/NUMBER.jsonl`, an entry a line, and `texts/HASH.json`."""

    def plan(self, edition: Edition, progress: Progress) -> Sequence[PlannedFile]:
        """Return every file. Raises Cancelled, UntrustedSignature, DeskDamaged."""
        text = resource("bundle", "history.txt").read_text(encoding="utf-8")
        files = list(ready_files({README: text}))
        if edition.history is not None:
            files += _Plan(edition, edition.history, progress).files()
        return files

    def other_inputs(self, edition: Edition) -> tuple[str, ...]:
        """Return the last entry of each log, which fixes all before it."""
        pieces = edition.history.pieces() if edition.history else ()
        return tuple(repr(piece) for piece in pieces)


class _Plan:
    """The files of one export of the history."""

    def __init__(self, edition: Edition, history: History, progress: Progress) -> None:
        self._edition = edition
        self._history = history
        self._progress = progress
        self._versions = history.versions(edition.listings)
        self._shown = {
            version.event for versions in self._versions.values() for version in versions
        }

    def files(self) -> Iterator[PlannedFile]:
        pieces = self._history.pieces()
        for done, piece in enumerate(pieces):
            self._progress.report(done, len(pieces), piece.log)
            shown = [
                version.event
                for story in self._stories_of(piece)
                for version in self._versions.get(story, ())
            ]
            key = input_key("history", repr(piece), *shown)
            name = f"{EVENTS}/{piece.log}/{piece.first:08}.jsonl"
            yield PlannedFile(name, key, partial(self._lines, piece))
        yield from self._texts()

    def _stories_of(self, piece: LogPiece) -> Sequence[str]:
        """The stories that entries of a piece may tell of: kept, as entries never change."""
        key = input_key("history stories", piece.log, str(piece.first), piece.hash)
        if (kept := self._edition.parts.get("history", key)) is None:
            events = (Event.from_body(entry.body) for entry in self._history.entries(piece))
            kept = json.dumps(sorted({event.story for event in events} - {""})).encode()
            self._edition.parts.put("history", key, kept)
        stories: list[str] = json.loads(kept)
        return stories

    def _lines(self, piece: LogPiece) -> bytes:
        return b"".join(map(self._line, self._history.entries(piece)))

    def _line(self, entry: HistoryEntry) -> bytes:
        is_open = is_shown(entry.event, Event.from_body(entry.body), self._shown)
        signature = urlsafe_b64encode(entry.signature).decode().rstrip("=")
        value = entry._asdict() | {"signature": signature}
        if not is_open:
            del value["body"]
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"

    def _texts(self) -> Iterator[PlannedFile]:
        texts = {self._edition.house.hash: self._edition.house.canonical()}
        texts |= _approved_papers(self._edition)
        for hash, data in sorted(texts.items()):
            yield PlannedFile(_text_path(hash), input_key(data), partial(bytes, data))
        shown = _References(self._edition)
        seen = set(texts)
        for done, listing in enumerate(self._edition.listings):
            if done % _STEP == 0:
                self._progress.report(done, len(self._edition.listings), listing.headline)
            for version in self._versions.get(listing.id, ()):
                # Nothing in the logs that are told says what an imported one was.
                is_named = not version.was_imported or version.hash == listing.hash
                if is_named and version.hash not in seen:
                    seen.add(version.hash)
                    if shown.are_public(self._facts(version, listing)):
                        key = input_key("history text", version.hash)
                        make = partial(self._text, version)
                        yield PlannedFile(_text_path(version.hash), key, make, listing.headline)

    def _facts(self, version: HistoryVersion, listing: Listing) -> Mapping[str, Any]:
        """What decides whether a text may leave: kept by its hash, as it never changes."""
        key = input_key("history text", version.hash)
        if (kept := self._edition.parts.get("history", key)) is None:
            story = self._history.text(version)
            is_latest = version.hash == listing.hash
            links = listing.links if is_latest else body_of(parse(story.body), story.slug).links
            facts = {
                "is_private": _has_private_fields(story),
                "related": story.related,
                "links": links,
            }
            kept = json.dumps(facts).encode()
            self._edition.parts.put("history", key, kept)
        found: dict[str, Any] = json.loads(kept)
        return found

    def _text(self, version: HistoryVersion) -> bytes:
        return self._history.text(version).canonical()


class _References:
    """The stories that a text may name, by id and by slug: readers have them."""

    def __init__(self, edition: Edition) -> None:
        self._ids = {listing.id for listing in edition.listings}
        self._slugs = {listing.slug for listing in edition.listings}
        self._slugs |= {former.slug for former, _slug in edition.redirects()}

    def are_public(self, facts: Mapping[str, Any]) -> bool:
        """Return whether all that a text names is public, and it has nothing that is private."""
        if facts["is_private"]:
            return False
        return self._ids.issuperset(facts["related"]) and self._slugs.issuperset(facts["links"])


def _has_private_fields(story: Story) -> bool:
    values = leaf_values(story)
    return story.has_unknown or any(value for _path, field, value in values if field.private)


def _approved_papers(edition: Edition) -> dict[str, bytes]:
    """The banner and the front by their hashes, where all that was approved is public."""
    found: dict[str, bytes] = {}
    proof, banner, front = edition.proof, edition.banner, Front(edition.front)
    if proof and proof.banner and edition.briefs() == banner.briefs:
        data = canonical_json(banner.to_json())
        if sha256(data).hexdigest() == _hash_in(proof.banner):
            found[banner.hash] = data
    if proof and proof.front and front.hash == _hash_in(proof.front):
        found[front.hash] = front.canonical()
    return found


def _hash_in(token: str) -> str:
    return str(json.loads(SignedDocument.of(token).payload)["hash"])


def _text_path(hash: str) -> str:
    return f"{TEXTS}/{hash}.json"
