"""The verification of an edition: a path in, a report out. Only reading, and no network."""

from __future__ import annotations

import hashlib
import io
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from editor.core.times import CLOCK_TOLERANCE, is_instant_text, now, parse_instant
from editor.errors import BadInput, OutputError
from editor.formats.edition_document import EditionDocument
from editor.formats.paths import EDITION, SIGNATURE, SUMS, UNFINISHED
from editor.formats.sums import parse_sums
from editor.formats.verify.bag import BUNDLE, bag_conclusion
from editor.formats.verify.before import Verified, VerifiedBefore
from editor.formats.verify.bundle import (
    Bundle,
    FolderBundle,
    Stamp,
    file_stamp,
    newest_time,
    no_edition,
    open_bundle,
)
from editor.formats.verify.documents import prove
from editor.formats.verify.history import history_conclusions
from editor.formats.verify.report import (
    Alteration,
    AlteredFile,
    Conclusion,
    EditionFacts,
    EditionReport,
    Severity,
    printable,
)
from editor.formats.verify.tombstones import tombstone_conclusions
from editor.i18n import _
from editor.progress import Progress

_LARGEST_LIST = 1 << 20
_LIST_BYTES_A_FILE = 512
"""How much longer the list may be for each file that is there; a line takes about 120 bytes."""
_LARGEST_DOCUMENT = 16 << 20
_DOCUMENT_BYTES_A_FILE = 4 << 10
"""How much longer edition.json may be for each file in the list; a story takes about 1 KiB."""
_MOST_VALUES = 20_000
_VALUES_A_FILE = 64
"""How many more values edition.json may have for each file; a story has 8, each of some memory."""
_LARGEST_SIGNATURE = 64 << 10
_STEP = 64
_SETTLED = 2_000_000_000
"""Nanoseconds after which a file that changes again gets another time on any file system."""


def verify_edition(
    path: Path, progress: Progress | None = None, before: VerifiedBefore | None = None
) -> EditionReport:
    """Verify a folder or a zip file. `before` knows what need not be read again, and is updated.

    Raises BadInput for what is no edition at all, Cancelled.
    """
    progress = progress or Progress()
    started = time.time_ns()
    known = before.load(path) if before else None
    with open_bundle(path) as bundle:
        signature = bundle.read(SIGNATURE, _LARGEST_SIGNATURE) or b""
        sums_data = _list_data(bundle)
        sums_hash = hashlib.sha256(sums_data)
        key = hashlib.sha256(sums_hash.digest() + signature).hexdigest()
        if known and known.key != key:
            known = None
        sums = _sums(sums_data, is_known=known is not None)
        del sums_data  # much memory, where there are many files
        whole = _whole_stamp(bundle)
        if known and whole and known.stamps.get("") == whole:
            return EditionReport(known.facts, len(sums), 0, is_ahead=_is_ahead(known.facts))
        to_read = _to_read(bundle, sums, known.stamps if known else {})
        altered = _altered(bundle, sums, to_read, progress)
        hashes = sums, sums_hash.hexdigest()
        facts = known.facts if known else _facts(bundle, *hashes, signature, progress)
        report = EditionReport(
            facts, len(sums), len(to_read), tuple(altered), is_ahead=_is_ahead(facts)
        )
        if before and report.is_whole and not facts.problems and (to_read or known is None):
            stamps = {"": whole} if whole else {name: bundle.stamps[name] for name in sums}
            settled = {
                name: stamp
                for name, stamp in stamps.items()
                if newest_time(stamp) < started - _SETTLED
            }
            before.save(path, Verified(key, facts, settled))
    return report


def _list_data(bundle: Bundle) -> bytes:
    """Read SHA256SUMS, which is in memory as a whole. Raises BadInput."""
    data = bundle.read(SUMS, _LARGEST_LIST + len(bundle.stamps) * _LIST_BYTES_A_FILE)
    if data is None and SUMS in bundle.stamps:
        raise BadInput(
            _(
                "The list of files ({sums}) can't be read, or names far more files than are there."
            ).format(sums=SUMS),
            _("Ask for the edition again."),
        )
    if data is None:
        raise no_edition(bundle.path)
    return data


def _sums(data: bytes, *, is_known: bool) -> dict[str, str]:
    """Read SHA256SUMS; of the same bytes as before it is known that they can be read."""
    if is_known:
        lines = (line.decode() for line in io.BytesIO(data))
        return {line[66:-1]: line[:64] for line in lines}
    try:
        return parse_sums(data)
    except (ValueError, OutputError):
        raise BadInput(
            _("The list of files ({sums}) is not one that Stonehand wrote.").format(sums=SUMS),
            _("It was altered, or the export was interrupted. Ask for the edition again."),
        ) from None


def _whole_stamp(bundle: Bundle) -> Stamp:
    """The stamp of the zip file itself; empty for a folder, whose files have their own."""
    return () if isinstance(bundle, FolderBundle) else file_stamp(bundle.path)


def _to_read(bundle: Bundle, sums: Mapping[str, str], known: Mapping[str, Stamp]) -> list[str]:
    """The listed files that are there and not known to be unchanged."""
    return [
        name
        for name in sums
        if (stamp := bundle.stamps.get(name)) is not None and known.get(name) != stamp
    ]


def _altered(
    bundle: Bundle, sums: Mapping[str, str], to_read: list[str], progress: Progress
) -> list[AlteredFile]:
    """The files that are not as they were exported: the changed ones first, then the others."""
    found = []
    for number, name in enumerate(to_read):
        if number % _STEP == 0:
            progress.report(number, len(to_read), name)
        if (digest := bundle.sha256(name)) != sums[name]:
            how = Alteration.CHANGED if digest else Alteration.UNREADABLE
            found.append(AlteredFile(printable(name), how))
    found += [
        AlteredFile(
            printable(name), Alteration.INTERRUPTED if name == UNFINISHED else Alteration.MISSING
        )
        for name in sums
        if name not in bundle.stamps
    ]
    found += bundle.odd
    ours = {SUMS, SIGNATURE}
    found += map(AlteredFile.added, sorted(bundle.stamps.keys() - sums.keys() - ours))
    return found


def _is_ahead(facts: EditionFacts) -> bool:
    """Whether an edition is dated after the clock of this computer. Never kept: clocks go on."""
    if facts.what_if or not is_instant_text(facts.generated_at):
        return False
    return parse_instant(facts.generated_at) - now() > CLOCK_TOLERANCE


def _document(bundle: Bundle, files: int, sha256: str) -> EditionDocument:
    """Read edition.json, of no more than its number of files explains. Raises ValueError."""
    data = bundle.read(EDITION, _LARGEST_DOCUMENT + files * _DOCUMENT_BYTES_A_FILE, sha256)
    if data is None:
        raise ValueError("too large, or replaced since it was hashed")
    values = sum(data.count(sign) for sign in (b",", b":", b"[", b"{"))
    if values > _MOST_VALUES + files * _VALUES_A_FILE:
        raise ValueError("too many values")
    document = EditionDocument.parse(data)
    try:
        json.loads(data, object_pairs_hook=_refuse_twice)
    except RecursionError:
        raise ValueError("too deep") from None
    return document


def _refuse_twice(members: list[tuple[str, object]]) -> None:
    """Raise ValueError for an object with two members of one name: programs differ in which."""
    if len({name for name, _value in members}) < len(members):
        raise ValueError("a member twice")


def _facts(
    bundle: Bundle,
    sums: Mapping[str, str],
    sums_hash: str,
    signature: bytes,
    progress: Progress,
) -> EditionFacts:
    # Hashed a piece at a time, so that a forged one is never in memory.
    if EDITION not in bundle.stamps or bundle.sha256(EDITION) != sums.get(EDITION):
        sentence = _("edition.json is missing or was changed, so nothing in it is believed.")
        return EditionFacts((Conclusion(Severity.PROBLEM, sentence),))
    try:
        files = sum(name in bundle.stamps for name in sums)
        document = _document(bundle, files, sums[EDITION])
        if not is_instant_text(document.generated_at):
            raise ValueError("not an instant")
        token = signature.decode("ascii").removesuffix("\n")
        if signature and (token.split() != [token] or token.encode() + b"\n" != signature):
            raise ValueError("not a token and a line feed")
    except ValueError:
        sentence = _("edition.json or edition.jws is not one that Stonehand wrote.")
        return EditionFacts((Conclusion(Severity.PROBLEM, sentence),))
    facts = prove(document, token, sums.keys(), sums_hash, progress)
    gone = tombstone_conclusions(bundle, document, sums)
    facts = replace(facts, conclusions=(*facts.conclusions, *gone))
    if document.format != BUNDLE:
        return facts
    history = history_conclusions(bundle, document, sums, progress)
    more = (bag_conclusion(bundle, document, sums), *history)
    return replace(facts, conclusions=(*facts.conclusions, *more))
