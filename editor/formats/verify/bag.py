"""Whether a bundle's BagIt manifests say what the list of its files says."""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256

from editor.formats.bundle import bag
from editor.formats.edition_document import EditionDocument
from editor.formats.verify.report import Conclusion, Severity, printable
from editor.i18n import _

BUNDLE = "bundle"
"""The format of an edition that is a bag."""


# A story's file in each of the parts that have stories.
_STORY_FILE = re.compile(r"data/(?:site/stories|api/v1/stories|stories)/([^/]+)\.[a-z]+")


def bag_conclusion(document: EditionDocument, sums: Mapping[str, str]) -> Conclusion:
    """Compare a bundle with SHA256SUMS, the SHA-256 of each file by its path.

    The manifests follow from that list, so their hashes do: a program for bags and this one
    come to the same. No part has a file for a story that the edition does not name.
    """
    made = {
        bag.DECLARATION: bag.DECLARED.encode(),
        bag.MANIFEST: bag.manifest(sums),
        bag.TAG_MANIFEST: bag.tag_manifest(sums),
    }
    for path, data in made.items():
        if sums.get(path) != sha256(data).hexdigest():
            sentence = _("{path} does not say what a bundle of these files has.")
            return Conclusion(Severity.PROBLEM, sentence.format(path=path))
    slugs = {story.slug for story in document.stories}
    slugs |= {story.slug for story in document.withdrawn}
    slugs |= {address.slug for address in document.moved}
    unnamed = sums.keys() - {story.path for story in document.expired}
    for path in sorted(unnamed):
        if (found := _STORY_FILE.fullmatch(path)) and found[1] not in slugs:
            sentence = _("{path} is not the page of an approved story.")
            return Conclusion(Severity.PROBLEM, sentence.format(path=printable(path)))
    return Conclusion(Severity.OK, _("It is a BagIt bag, and its manifests name the same files."))
