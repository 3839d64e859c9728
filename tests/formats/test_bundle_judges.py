"""The outside judges do refuse: a test that lets them look at every bundle means something."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from editor.formats.bundle import bag
from editor.formats.paths import SIGNATURE, SUMS
from editor.formats.verify.verifier import verify_edition
from tests.formats import bundle_judges
from tests.formats.bundle_judges import assert_judges_agree, is_signed_by_member, noting_outputs
from tests.formats.proven import ProvenDesk

PAGE = "data/stories/bare.md"


@pytest.fixture
def bundle(desk: ProvenDesk, tmp_path: Path) -> Path:
    desk.export(tmp_path / "bundle", name="bundle")
    return tmp_path / "bundle"


def test_every_folder_and_zip_file_that_is_written_is_noted(
    desk: ProvenDesk, tmp_path: Path
) -> None:
    with noting_outputs() as written:
        for name in ("bundle", "bundle.zip"):
            desk.export(tmp_path / name, name="bundle")
    assert written == {tmp_path / "bundle", tmp_path / "bundle.zip"}
    for path in written:
        assert_judges_agree(path)


def _append(name: str) -> Callable[[Path], None]:
    def change(bundle: Path) -> None:
        (bundle / name).write_bytes((bundle / name).read_bytes() + b"\n")

    return change


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        (_append(PAGE), bagit.BagError),
        (lambda bundle: (bundle / PAGE).unlink(), bagit.BagError),
        (lambda bundle: (bundle / "data" / "more").write_text("x"), bagit.BagError),
        (_append(bag.INFO), bagit.BagError),
        (lambda bundle: (bundle / bag.DECLARATION).unlink(), AssertionError),
        (_append(bag.TAG_MANIFEST), subprocess.CalledProcessError),
        (_append(SUMS), AssertionError),
        (lambda bundle: (bundle / SIGNATURE).unlink(), AssertionError),
    ],
)
def test_what_only_our_verification_accepts_fails(
    change: Callable[[Path], object], refused: type[Exception], bundle: Path
) -> None:
    """As if `verify` looked at nothing: it says what it says of the bundle before the change."""
    report = verify_edition(bundle)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bundle_judges, "verify_edition", lambda _path: report)
        assert_judges_agree(bundle)
        change(bundle)
        with pytest.raises(refused):
            assert_judges_agree(bundle)


def test_signature_of_another_list_or_key_is_none(bundle: Path, tmp_path: Path) -> None:
    assert is_signed_by_member(bundle)
    sums = (bundle / SUMS).read_bytes()
    (bundle / SUMS).write_bytes(sums + b"\n")
    assert not is_signed_by_member(bundle)
    (bundle / SUMS).write_bytes(sums)
    stranger = ProvenDesk()
    stranger.export(tmp_path / "theirs", name="bundle")
    (bundle / SIGNATURE).write_bytes((tmp_path / "theirs" / SIGNATURE).read_bytes())
    assert not is_signed_by_member(bundle)
