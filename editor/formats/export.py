"""An export from end to end: the exporter's files, then what proves them."""

from __future__ import annotations

import hashlib
import json
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from editor.core.edition import Edition, LeftOut, Proof
from editor.core.export_memory import EditionRecord, EditionSummary
from editor.core.front import Front
from editor.core.times import instant_text
from editor.errors import NotAllowed
from editor.formats.base import Exporter, Output
from editor.formats.edition_document import (
    ApprovedText,
    ChosenTheme,
    EditionDocument,
    ExpiredEntry,
    MovedEntry,
    Origin,
    StoryEntry,
    WithdrawnEntry,
)
from editor.formats.edition_pictures import EditionPictures
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.formats.planned import input_key
from editor.formats.report import ExportDifference, Report
from editor.garbage import without_collecting
from editor.i18n import _
from editor.progress import Progress
from editor.trust.compact import SignedDocument
from editor.trust.edition import EditionStatement
from editor.trust.keys import PrivateKey
from editor.trust.masthead import MastheadChain

_WITHHELD = {"under embargo": "embargo", "not due": "not_due", "expired": "expired"}


@without_collecting()
def write_edition(  # noqa: PLR0913, PLR0917 - what, how, where to, and who signs
    edition: Edition,
    exporter: Exporter,
    output: Output,
    progress: Progress,
    signer: PrivateKey | None,
    by: str,
) -> Report:
    """Write an edition, its edition.json and SHA256SUMS, and `by`'s signature in edition.jws.

    Without a key nothing is signed, and edition.json says so. Raises, before anything is
    written, BadValue for content credentials that expired, and NotAllowed where the key is not
    on the edition's masthead as this person's; else what the exporter raises.
    """
    masthead = _masthead(edition.proof, signer, by) if signer else ""
    whole = edition_key(edition, exporter, masthead, by if signer else "")
    _remember(edition, exporter, by if signer else "", whole)
    if count := output.keeps_all(whole):
        return replace(
            _report(edition, exporter, count),
            signed_by=by if signer else "",
            difference=ExportDifference(unchanged=count),
        )
    desk = edition.proof.desk if edition.proof else ""
    output.begin(whole, Origin(exporter.name, desk), in_one_folder=exporter.in_one_folder)
    report = write_files(edition, exporter, output, progress)
    document = describe(edition, exporter, by if signer else "")
    output.write(EDITION, document.data())
    closing = 0
    for path, data in exporter.closing_files(edition, output.sums):
        output.write(path, data)
        closing += 1
    sums = output.sums.data()
    output.write(SUMS, sums)
    edition.parts.flush()
    files = report.files + closing + 2
    if signer is None:
        return replace(report, files=files, difference=output.difference())
    statement = EditionStatement(
        document.desk,
        exporter.name,
        instant_text(edition.generated_at),
        by,
        masthead,
        hashlib.sha256(sums).hexdigest(),
        edition.what_if,
    )
    output.write(SIGNATURE, statement.signed(signer).encode() + b"\n")
    difference = output.difference()
    return replace(report, files=files + 1, signed_by=by, difference=difference)


def write_files(edition: Edition, exporter: Exporter, output: Output, progress: Progress) -> Report:
    """Write the exporter's files: those that are kept from the last export are not made.

    Raises what `Exporter.plan` and the making of its files raise.
    """
    files = exporter.plan(edition, progress)
    for done, file in enumerate(files):
        progress.report(done, len(files), file.title)
        if not output.keeps(file.path, file.key):
            output.write(file.path, file.make(), file.key)
    progress.report(len(files), len(files))
    return _report(edition, exporter, len(files))


def edition_key(edition: Edition, exporter: Exporter, masthead: str, by: str) -> bytes:
    """Return the hash of all that goes into an export, but for its instant.

    Where that alone is another one, nothing that readers get is: the earlier edition stays.
    """
    proof = edition.proof
    tokens = (proof.desk, *proof.mastheads, proof.house, proof.banner, proof.front) if proof else ()
    instant = instant_text(edition.generated_at) if edition.what_if else ""
    facts = (exporter.name, masthead, by, instant, *tokens, *exporter.other_inputs(edition))
    return input_key(
        repr(facts),
        edition.house.canonical(),
        repr((edition.briefs(), edition.front, edition.withdrawn, edition.redirects())),
        repr(edition.expired),
        repr(_withheld(edition.left_out)),
        *(listing.stamp for listing in edition.listings),
    )


def _credentials_end(edition: Edition) -> float:
    """Return until when the paper's certificates are valid, in seconds since 1970.

    Raises BadValue where they are not at the edition's instant.
    """
    certificates = edition.house.content_credentials
    if not certificates or edition.picture_keys is None:
        return math.inf
    return edition.picture_keys.valid_until(certificates, edition.generated_at).timestamp()


def _remember(edition: Edition, exporter: Exporter, by: str, whole: bytes) -> None:
    """Remember what an export is made of, so that the next one of the same has nothing to do.

    Raises BadValue where the certificates of the paper are not valid at the edition's instant.
    """
    until = _credentials_end(edition)
    if edition.records is not None:
        change = exporter.next_change(edition)
        until = min(until, change.timestamp() if change else math.inf)
        record = EditionRecord(whole, until, _summary(edition, exporter))
        edition.records.put(exporter.remembered_as, by, record)


def _report(edition: Edition, exporter: Exporter, files: int) -> Report:
    return Report(files, _summary(edition, exporter))


def _summary(edition: Edition, exporter: Exporter) -> EditionSummary:
    return EditionSummary(
        exporter.start,
        exporter.notices(edition),
        tuple(listing.slug for listing in edition.listings),
        tuple(story.slug for story in edition.withdrawn),
        _withheld(edition.left_out),
    )


def describe(edition: Edition, exporter: Exporter, signed_by: str) -> EditionDocument:
    """Return the edition.json of an edition as one exporter wrote it."""
    proof = edition.proof
    stories = (
        StoryEntry(
            listing.id,
            listing.slug,
            exporter.story_path(listing.slug),
            listing.version,
            listing.hash,
            listing.published,
            listing.updated,
            listing.approval.token if listing.approval else "",
        )
        for listing in edition.listings
    )
    withdrawn = (
        WithdrawnEntry(
            story.story_id,
            story.slug,
            exporter.story_path(story.slug),
            story.language,
            story.at,
        )
        for story in edition.withdrawn
    )
    shown = EditionPictures(edition).shown
    pictures = {picture.picture.file: exporter.picture_paths(picture) for picture in shown}
    return EditionDocument(
        exporter.name,
        instant_text(edition.generated_at),
        edition.what_if,
        signed_by,
        proof.desk if proof else "",
        proof.mastheads if proof else (),
        ApprovedText(edition.house.hash, proof.house if proof else ""),
        ChosenTheme(edition.house.theme, edition.house.theme_digest),
        _approved(edition.banner.hash, proof.banner if proof else ""),
        _approved(Front(edition.front).hash, proof.front if proof else ""),
        tuple(stories),
        tuple(withdrawn),
        tuple(_expired(edition, exporter)),
        tuple(
            MovedEntry(former.story_id, former.slug, path)
            for former, _slug in edition.redirects()
            if (path := exporter.redirect_path(former.slug))
        ),
        pictures,
        _withheld(edition.left_out),
    )


def _expired(edition: Edition, exporter: Exporter) -> Iterator[ExpiredEntry]:
    for story in edition.expired:
        if path := exporter.expired_path(story.slug):
            yield ExpiredEntry(story.story_id, story.slug, path, story.at)


def _approved(hash: str, token: str) -> ApprovedText:
    """The banner or the front as it was approved; the edition's has only what goes out of it."""
    if not token:
        return ApprovedText(hash, "")
    payload = json.loads(SignedDocument.of(token).payload)
    return ApprovedText(str(payload["hash"]), token)


def _withheld(left_out: Iterable[LeftOut]) -> dict[str, int]:
    """Count by reason; the reasons themselves have dates in them that readers may not know."""
    names = (
        next((name for start, name in _WITHHELD.items() if story.reason.startswith(start)), "other")
        for story in left_out
    )
    return dict(sorted(Counter(names).items()))


def _masthead(proof: Proof | None, signer: PrivateKey, by: str) -> str:
    """Return the hash of the masthead in force, which must have the signer's key."""
    if proof is None:
        raise ValueError("an edition without its mastheads can't be signed")
    chain = MastheadChain.verified(proof.mastheads)
    owner = chain.latest.owner(signer.public)
    if owner is None or owner.person.name != by:
        raise NotAllowed(
            _(
                "The key of {by} on this computer is not on the masthead, so it "
                "can't sign an export."
            ).format(by=by),
            _("A chief can add it, or somebody else can export."),
        )
    return chain.latest_hash
