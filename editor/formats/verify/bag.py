"""Whether a bundle's BagIt manifests say what the list of its files says."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from editor.formats.bundle import bag
from editor.formats.verify.report import Conclusion, Severity
from editor.i18n import _

BUNDLE = "bundle"
"""The format of an edition that is a bag."""


def bag_conclusion(sums: Mapping[str, str]) -> Conclusion:
    """Compare the manifests with SHA256SUMS, the SHA-256 of each file by its path.

    They follow from it, so their hashes do: a program for bags and this one come to the same.
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
    return Conclusion(Severity.OK, _("It is a BagIt bag, and its manifests name the same files."))
