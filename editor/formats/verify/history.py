"""Whether the history in a bundle is whole: each log's chain, its signatures, and the approvals.

A log is read a line at a time, so that memory does not grow with it.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from base64 import urlsafe_b64decode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from editor.core.events import (
    OPENED,
    VERSION_ACTIONS,
    Event,
    entry_hash,
    event_id,
    signed_bytes,
    skip_of,
)
from editor.errors import BadInput, UntrustedSignature
from editor.formats.edition_document import EditionDocument
from editor.formats.verify.bundle import BROKEN_ZIP, Bundle
from editor.formats.verify.report import Conclusion, Severity, printable
from editor.i18n import _, plural
from editor.progress import Progress
from editor.trust.compact import SignedDocument
from editor.trust.keys import PublicKey
from editor.trust.log_tip import LogTip, token_hash
from editor.trust.masthead import MastheadChain

_FOLDER = "data/history/"
_PIECE = re.compile(rf"{_FOLDER}events/([^/]+)/(\d+)\.jsonl")
_TEXT = re.compile(rf"{_FOLDER}texts/([0-9a-f]{{64}})\.json")
_README = f"{_FOLDER}README.txt"
_LONGEST = 64 << 10
"""Bytes of a line; ours have about one thousand."""
_MEMBERS = {"seq", "previous", "skip", "hash", "event", "signature"}
_STEP = 1024


_NONE = LogTip(0, "")


class _Broken(Exception):
    """An entry that is not what it must be: the sentence. Raised and caught in this file only."""


def history_conclusions(
    bundle: Bundle, document: EditionDocument, sums: Mapping[str, str], progress: Progress
) -> Iterator[Conclusion]:
    """Yield what the history in a bundle proves; nothing where there is none. Raises Cancelled.

    `sums` is the SHA-256 of each file by its path.
    """
    paths = sorted(path for path in sums if path.startswith(_FOLDER))
    if not paths:
        return
    try:
        chain = MastheadChain.verified(document.mastheads)
    except UntrustedSignature:
        return  # which is a problem of its own
    try:
        yield from _Check(bundle, document, chain, progress).of(paths, sums)
    except _Broken as broken:
        sentence = _("The history is not whole: {why}")
        yield Conclusion(Severity.PROBLEM, printable(sentence.format(why=broken)))


@dataclass(slots=True)
class _Log:
    """A log as far as it was read. `skips` are the entries that a later one may name."""

    name: str
    person: str = ""
    key: PublicKey | None = None
    tip: LogTip = _NONE
    skips: list[LogTip] = field(default_factory=list)
    signed: tuple[LogTip, str] = (_NONE, "")
    """The last entry with a signature, and that."""

    def expected_skip(self, seq: int) -> str:
        """The hash that entry `seq` must name beside the one before; see `core.events.skip_of`."""
        if seq % 4:
            return ""
        while self.skips and self.skips[-1].seq > skip_of(seq):
            self.skips.pop()
        return self.skips[-1].hash if self.skips else ""


class _Check:
    """The history of one bundle, read once."""

    def __init__(
        self,
        bundle: Bundle,
        document: EditionDocument,
        chain: MastheadChain,
        progress: Progress,
    ) -> None:
        self._bundle = bundle
        self._document = document
        self._chain = chain
        self._progress = progress
        self._approvals = dict(_approvals(document))
        self._seen: dict[str, dict[int, str]] = defaultdict(dict)
        for masthead in chain.mastheads:
            for log, tip in masthead.seen.items():
                self._seen[log][tip.seq] = tip.hash
        self._texts = {story.hash for story in document.stories}
        self._texts |= {document.house.hash, document.banner.hash, document.front.hash}
        self._entries = 0

    def of(self, paths: list[str], sums: Mapping[str, str]) -> Iterator[Conclusion]:
        pieces: dict[str, list[tuple[int, str]]] = defaultdict(list)
        for path in paths:
            if found := _PIECE.fullmatch(path):
                pieces[found[1]].append((int(found[2]), path))
            elif path != _README and not _TEXT.fullmatch(path):
                raise _Broken(_("{path} does not belong in it.").format(path=path))
        waiting = sum(self._log(name, sorted(some), sums) for name, some in pieces.items())
        if missing := next((log for log, places in self._seen.items() if places), ""):
            raise _Broken(_("a masthead names entries of log {log} that are not in it.").format(
                log=missing))  # fmt: skip
        if self._approvals:
            what, _token = next(iter(self._approvals.values()))
            raise _Broken(_("the approval of {what} is not recorded in it.").format(what=what))
        for path in paths:
            if text := _TEXT.fullmatch(path):
                if sums[path] != text[1]:
                    raise _Broken(_("{path} is not the text with this hash.").format(path=path))
                if text[1] not in self._texts:
                    raise _Broken(_("{path} is a text that nothing names.").format(path=path))
        yield from self._sound(waiting)

    def _sound(self, waiting: int) -> Iterator[Conclusion]:
        sentence = plural(
            "The history is whole: {n} entry, which begins its log.",
            "The history is whole: {n} entries, each after the one before in its log.",
            self._entries,
        )
        yield Conclusion(Severity.OK, sentence)
        if waiting:
            sentence = plural(
                "The last entry of the history is not signed yet.",
                "The last {n} entries of the history are not signed yet.",
                waiting,
            )
            yield Conclusion(Severity.NOTE, sentence)

    def _log(self, name: str, pieces: list[tuple[int, str]], sums: Mapping[str, str]) -> int:
        """Read a log; how many of its entries no signature covers."""
        log = _Log(name)
        for first, path in pieces:
            if first != log.tip.seq + 1:
                raise _at(log, log.tip.seq + 1, _("it is missing"))
            for line in self._lines(path, sums[path]):
                self._entry(log, line)
        if log.key is None:
            raise _at(log, 1, _("it does not say whose log it is"))
        tip, signature = log.signed
        if signature and not log.key.verify_bytes(signed_bytes(tip.hash), _decoded(signature)):
            raise _at(log, tip.seq, _("the signature does not verify"))
        return log.tip.seq - tip.seq

    def _lines(self, path: str, sha256: str) -> Iterator[bytes]:
        digest = hashlib.sha256()
        try:
            with self._bundle.open(path) as raw, io.BufferedReader(raw) as file:  # type: ignore[type-var]
                while line := file.readline(_LONGEST):
                    digest.update(line)
                    yield line
        except BROKEN_ZIP:
            raise _Broken(_("{path} can't be read.").format(path=path)) from None
        # Somebody may replace it after it was hashed.
        if digest.hexdigest() != sha256:
            raise _Broken(_("{path} is not as the list has it.").format(path=path))

    def _entry(self, log: _Log, line: bytes) -> None:
        if self._entries % _STEP == 0:
            self._progress.report(self._entries, self._entries + _STEP, _("History"))
        self._entries += 1
        seq = log.tip.seq + 1
        value = _parse(line)
        if value is None:
            raise _at(log, seq, _("it can't be read"))
        links = value["previous"], value["event"], value["skip"]
        expected = entry_hash(log.name, seq, *links)
        if (value["seq"], value["hash"]) != (seq, expected) or value["previous"] != log.tip.hash:
            raise _at(log, seq, _("it does not follow the one before"))
        if value["skip"] != log.expected_skip(seq):
            raise _at(log, seq, _("it does not follow an earlier one"))
        event = self._event(log, seq, value)
        self._record(log, seq, value, event)
        log.tip = LogTip(seq, expected)
        if seq % 4 == 0:
            log.skips.append(log.tip)
        if value["signature"]:
            log.signed = log.tip, value["signature"]

    def _event(self, log: _Log, seq: int, value: Mapping[str, Any]) -> Event | None:
        """What an entry is about, where the history tells it."""
        if "body" not in value:
            return None
        try:
            event = Event.from_body(value["body"])
        except BadInput:
            raise _at(log, seq, _("it can't be read")) from None
        if event_id(value["body"]) != value["event"] or event.desk != self._chain.desk:
            raise _at(log, seq, _("it is not the event that it names"))
        if (event.action == OPENED) != (seq == 1):
            raise _at(log, seq, _("it does not say whose log it is"))
        if seq == 1:
            log.person, log.key = event.person, self._owner(log, event)
        elif event.person != log.person:
            raise _at(log, seq, _("it speaks for somebody else"))
        if event.action in VERSION_ACTIONS:
            self._texts.add(event.subject)
        return event

    def _owner(self, log: _Log, event: Event) -> PublicKey:
        try:
            key = PublicKey(event.detail)
        except BadInput:
            raise _at(log, 1, _("it has no key")) from None
        owners = (masthead.owner(key) for masthead in self._chain.mastheads)
        if not any(owner and owner.person.name == event.person for owner in owners):
            raise _at(log, 1, _("its key is on no masthead as that of {name}").format(
                name=event.person))  # fmt: skip
        return key

    def _record(self, log: _Log, seq: int, value: Mapping[str, Any], event: Event | None) -> None:
        """Note that an entry is one that an approval or a masthead names."""
        if (seen := self._seen[log.name].pop(seq, value["hash"])) != value["hash"]:
            raise _at(log, seq, _("it is not the one that a masthead names: {hash}").format(
                hash=seen))  # fmt: skip
        what, token = self._approvals.pop((log.name, value["previous"]), ("", ""))
        if token and event and event.token != token:
            raise _at(log, seq, _("it does not record the approval of {what}").format(what=what))


def _approvals(document: EditionDocument) -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    """Yield where each approval says that it was recorded, what it is of, and its hash."""
    tokens = [(story.slug, story.approval) for story in document.stories]
    tokens += [
        (_("the house"), document.house.approval),
        (_("the trends banner"), document.banner.approval),
        (_("the front page"), document.front.approval),
    ]
    for what, token in tokens:
        if not token:
            continue
        try:
            statement = json.loads(SignedDocument.of(token).payload)
            yield (str(statement["log"]), str(statement["previous"])), (what, token_hash(token))
        except (UntrustedSignature, ValueError, KeyError, TypeError, RecursionError):
            continue  # what is no approval is a problem of its own


def _parse(line: bytes) -> dict[str, Any] | None:
    """Read a line; None for one that is no entry."""
    try:
        value = json.loads(line)
        members = value.keys()
    except (ValueError, AttributeError, RecursionError):
        return None
    if not line.endswith(b"\n") or members - {"body"} != _MEMBERS or type(value["seq"]) is not int:
        return None
    return value if all(isinstance(value[name], str) for name in members - {"seq"}) else None


def _decoded(signature: str) -> bytes:
    """The bytes of a signature; none for what is no base64url."""
    try:
        return urlsafe_b64decode(signature + "=" * (-len(signature) % 4))
    except ValueError:
        return b""


def _at(log: _Log, seq: int, why: str) -> _Broken:
    sentence = _("entry {seq} of log {log}: {why}.")
    return _Broken(sentence.format(seq=seq, log=log.name[:64], why=why))
