"""Outside judges of bundles: bagit, sha256sum and jwcrypto must agree with our own verification."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import tempfile
import zipfile
from base64 import urlsafe_b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bagit
import pytest
from jwcrypto import jwk, jws

from editor.errors import BadInput
from editor.formats.bundle.bag import DECLARATION
from editor.formats.disk_output import DiskOutput
from editor.formats.paths import EDITION, SIGNATURE, SUMS
from editor.formats.verify.report import EditionReport, Severity
from editor.formats.verify.verifier import verify_edition


@contextmanager
def noting_outputs() -> Iterator[set[Path]]:
    """Give a set that gets the path of every folder and zip file that is written meanwhile."""
    written: set[Path] = set()
    leave = DiskOutput.__exit__

    def note(self: DiskOutput, *details: Any) -> None:
        leave(self, *details)
        written.add(self.path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DiskOutput, "__exit__", note)
        yield written


def assert_judges_agree(path: Path) -> None:
    """Assert of a folder or a zip file, if it is a bundle, that what we accept all accept."""
    try:
        report = verify_edition(path)
    except BadInput:
        return
    if report.facts.format != "bundle" or not is_accepted(report):
        return
    with tempfile.TemporaryDirectory() as folder:
        root = path if path.is_dir() else _unpacked(path, Path(folder))
        assert (root / DECLARATION).is_file(), path
        bagit.Bag(str(root)).validate()
        if shutil.which("sha256sum"):
            command = ["sha256sum", "--check", "--strict", "--quiet", SUMS]
            subprocess.run(command, cwd=root, check=True)
        assert bool(report.facts.signed_by) == is_signed_by_member(root), path


def is_accepted(report: EditionReport) -> bool:
    """Return whether our own verification found nothing wrong."""
    found = (conclusion.severity for conclusion in report.conclusions())
    return report.is_whole and Severity.PROBLEM not in found


def is_signed_by_member(root: Path) -> bool:
    """Return whether jwcrypto takes the signature with a key of the last masthead."""
    if not (root / SIGNATURE).exists():
        return False
    mastheads = json.loads((root / EDITION).read_text(encoding="utf-8"))["mastheads"]
    payload = mastheads[-1].split(".")[1]
    masthead = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    sums = hashlib.sha256((root / SUMS).read_bytes()).hexdigest()
    for x in (x for member in masthead["members"] for x in member["keys"]):
        token = jws.JWS()
        token.deserialize((root / SIGNATURE).read_text().strip())
        token.allowed_algs = ["Ed25519", "EdDSA"]
        try:
            token.verify(jwk.JWK(kty="OKP", crv="Ed25519", x=x))
        except jws.InvalidJWSSignature:
            continue
        return bool(json.loads(token.payload)["sums"] == sums)
    return False


def _unpacked(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as packed:
        packed.extractall(folder)
    return next(found.parent for found in folder.rglob(SUMS))
