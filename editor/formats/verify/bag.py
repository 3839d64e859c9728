"""Whether a bundle's BagIt files say what the list of its files says, and no story is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from hashlib import sha256

from editor.core.bundle_parts import MAIN_PARTS, PARTS
from editor.formats.bundle import bag
from editor.formats.edition_document import EditionDocument
from editor.formats.paths import EDITION
from editor.formats.verify.bundle import Bundle
from editor.formats.verify.report import Conclusion, Severity, printable
from editor.i18n import _

BUNDLE = "bundle"
"""The format of an edition that is a bag."""

_OURS = frozenset({bag.README, bag.DECLARATION, bag.INFO, bag.MANIFEST, bag.TAG_MANIFEST, EDITION})
"""What is beside the payload. Programs for bags would take more for a manifest, or fetch it."""
_PARTS = tuple(f"{bag.PAYLOAD}{part}/" for part in PARTS)
_OXUM = "Payload-Oxum: "
_LABEL = re.compile(r"([A-Za-z-]+): \S.*")
_LARGEST_INFO = 64 << 10

# A story's file in each of the parts that have stories.
_STORY_FILE = re.compile(
    r"data/(?:(site)/stories|(api)/v1/stories|(stories))/([^/]+)\.[a-z]+", re.DOTALL
)


def bag_conclusion(
    bundle: Bundle, document: EditionDocument, sums: Mapping[str, str]
) -> Conclusion:
    """Compare a bundle with SHA256SUMS, the SHA-256 of each file by its path.

    The manifests follow from that list, so their hashes do: a program for bags and this one
    come to the same. Every part with stories has a file for all that the edition names, and for
    no other.
    """
    if problem := next(_problems(bundle, document, sums), ""):
        return Conclusion(Severity.PROBLEM, printable(problem))
    return Conclusion(Severity.OK, _("It is a BagIt bag, and its manifests name the same files."))


def _problems(bundle: Bundle, document: EditionDocument, sums: Mapping[str, str]) -> Iterator[str]:
    for path in sums:
        if not path.startswith(_PARTS) and path not in _OURS:
            yield _("{path} is nothing that a bundle has.").format(path=path)
    made = {
        bag.DECLARATION: [bag.DECLARED.encode()],
        bag.MANIFEST: bag.manifest_lines(sums),
        bag.TAG_MANIFEST: bag.tag_manifest_lines(sums),
    }
    for path, lines in made.items():
        digest = sha256()
        for line in lines:
            digest.update(line)
        if sums.get(path) != digest.hexdigest():
            yield _("{path} does not say what a bundle of these files has.").format(path=path)
    yield from _size_problem(bundle, sums)
    yield from _story_problems(document, sums)


def _size_problem(bundle: Bundle, sums: Mapping[str, str]) -> Iterator[str]:
    """Compare the Payload-Oxum (RFC 8493, 2.2.2): the bytes and the files below `data/`."""
    payload = [path for path in sums if path.startswith(bag.PAYLOAD)]
    if not all(path in bundle.stamps for path in payload):
        return  # which is named as missing
    size = sum(bundle.stamps[path][0] for path in payload)
    info = bundle.read(bag.INFO, _LARGEST_INFO, sums.get(bag.INFO, "")) or b""
    lines = info.decode("utf-8", "replace").splitlines()
    found = [line.removeprefix(_OXUM) for line in lines if line.startswith(_OXUM)]
    if found != [f"{size}.{len(payload)}"]:
        sentence = _("{path} does not say how large its files are: {bytes} bytes in {n} files.")
        yield sentence.format(path=bag.INFO, bytes=size, n=len(payload))
    labels = [match and match[1].lower() for match in map(_LABEL.fullmatch, lines)]
    if not all(labels) or len({*labels}) < len(labels) or "\n".join([*lines, ""]).encode() != info:
        # Labels have no case, and a line that is indented goes on with the one before.
        sentence = _("{path} has lines that programs read differently.")
        yield sentence.format(path=bag.INFO)


def _story_problems(document: EditionDocument, sums: Mapping[str, str]) -> Iterator[str]:
    named = {story.slug for story in document.stories}
    named |= {story.slug for story in document.withdrawn}
    others = {address.path for address in document.moved}
    others |= {story.path for story in document.expired}
    there: dict[str, set[str]] = defaultdict(set)
    for path in sorted(sums):
        if found := _STORY_FILE.fullmatch(path):
            site, api, texts, slug = found.groups()
            there[site or api or texts].add(slug)
            if slug not in named and path not in others:
                yield _("{path} is not the page of an approved story.").format(path=path)
    for part in MAIN_PARTS:
        folder = f"{bag.PAYLOAD}{part}/"
        has_part = part in there or any(path.startswith(folder) for path in sums)
        if has_part and (missing := sorted(named - there[part])):
            sentence = _("{slug} is in the edition, and has no file in {folder}.")
            yield sentence.format(slug=missing[0], folder=folder)
